"""What demo units write: one to three sentences from each list, with figures of their own.

No unit, person or province is named here; `{…}` are filled by `tenants.demo.filling`.
"""

from __future__ import annotations

from typing import NamedTuple


class Theme(NamedTuple):
    """Sentences on one subject; `words` are looked for in a criterion's folded title."""

    words: tuple[str, ...]
    openings: tuple[str, ...]
    middles: tuple[str, ...]
    endings: tuple[str, ...]


THEMES: tuple[Theme, ...] = (
    Theme(
        ("doan ket",),
        (
            "Chi bộ và lãnh đạo đơn vị duy trì giao ban hằng tuần, công khai phân công nhiệm vụ "
            "và kết quả thực hiện trên hệ thống quản lý công việc.",
            "Tập thể đơn vị đoàn kết, thống nhất; quy chế dân chủ ở cơ sở được thực hiện nền nếp "
            "qua {n} kỳ họp viên chức và đối thoại định kỳ.",
        ),
        (
            "Trong kỳ không có đơn thư vượt cấp, không có viên chức bị xử lý kỷ luật; {p}% đảng "
            "viên được đánh giá hoàn thành tốt nhiệm vụ trở lên.",
            "{p}% viên chức, người lao động ký cam kết tu dưỡng, rèn luyện và đăng ký việc làm "
            "theo gắn với chuyển đổi số.",
        ),
        (
            "Công đoàn phối hợp tổ chức {k} đợt sinh hoạt chuyên đề, lồng ghép nội dung phong "
            "trào thi đua.",
            "Các khoản chi, quy hoạch, bổ nhiệm đều được công khai đúng quy định.",
        ),
    ),
    Theme(
        ("kiem tra, giam sat",),
        (
            "Đơn vị ban hành kế hoạch kiểm tra nội bộ từ đầu năm, tổ chức {k} đợt kiểm tra tại "
            "{n} khoa, phòng.",
            "Tổ giám sát chuyển đổi số họp hằng tháng, theo dõi {n} đầu việc được giao trên bảng "
            "tiến độ chung.",
        ),
        (
            "Đến ngày báo cáo, {p}% đầu việc hoàn thành đúng hạn; các việc chậm đều có nguyên "
            "nhân và thời hạn khắc phục cụ thể.",
            "Qua kiểm tra đã chấn chỉnh {k} tồn tại về nhập liệu hồ sơ bệnh án và ký số.",
        ),
        (
            "Kết quả kiểm tra được dùng làm căn cứ xếp loại thi đua quý của từng khoa, phòng.",
            "Báo cáo kiểm tra gửi lãnh đạo đơn vị trong vòng 5 ngày làm việc sau mỗi đợt.",
        ),
    ),
    Theme(
        ("sang kien", "to chuc phong trao"),
        (
            "Phong trào được phát động tới {n} khoa, phòng; mỗi khoa, phòng đăng ký ít nhất một "
            "giải pháp gắn với công việc hằng ngày.",
            "Hội đồng sáng kiến của đơn vị tiếp nhận {n} hồ sơ, công nhận {k} sáng kiến có phạm "
            "vi áp dụng trong toàn đơn vị.",
        ),
        (
            "Giải pháp đặt lịch khám qua điện thoại giúp thời gian chờ trung bình giảm từ {a} "
            "xuống còn {b} phút.",
            "Mô hình “buồng bệnh không giấy” được triển khai tại {k} khoa, giảm khoảng {p2}% "
            "lượng biểu mẫu in ra so với cùng kỳ.",
            "Việc dùng mã QR cho quy trình lĩnh, trả vật tư giúp rút ngắn thời gian đối chiếu "
            "cuối tháng từ 3 ngày xuống còn 1 ngày.",
        ),
        (
            "Các sáng kiến được chia sẻ tại hội nghị khoa học của đơn vị và gửi kèm trong phần "
            "sáng kiến của báo cáo này.",
            "Đơn vị dành nguồn thưởng cho {k} giải pháp có hiệu quả rõ nhất trong quý III.",
        ),
    ),
    Theme(
        ("an ninh", "an toan thong tin"),
        (
            "Đơn vị ban hành quy chế bảo đảm an toàn thông tin, phân quyền theo vị trí việc làm; "
            "{p}% tài khoản quản trị dùng xác thực hai lớp.",
            "Hệ thống thông tin bệnh viện được phê duyệt hồ sơ cấp độ an toàn và sao lưu hằng "
            "ngày tại hai nơi khác nhau.",
        ),
        (
            "Trong kỳ tổ chức {k} lớp tập huấn cho {n2} lượt viên chức về nhận biết thư lừa đảo "
            "và bảo vệ dữ liệu cá nhân của người bệnh.",
            "Đã rà soát, vá lỗ hổng cho {n2} máy trạm; gỡ bỏ phần mềm không có bản quyền tại {k} "
            "bộ phận.",
        ),
        (
            "Không để xảy ra sự cố mất an toàn thông tin; thời gian khôi phục thử nghiệm từ bản "
            "sao lưu là {b} phút.",
            "Nhật ký truy cập hồ sơ bệnh án được kiểm tra ngẫu nhiên hằng tháng.",
        ),
    ),
    Theme(
        ("tuyen truyen",),
        (
            "Đơn vị đăng {n} tin, bài về đổi mới sáng tạo và chuyển đổi số trên trang thông tin "
            "và nhóm trao đổi công việc.",
            "Nội dung phong trào được phổ biến tới {p}% viên chức, người lao động qua giao ban, "
            "sinh hoạt khoa phòng và bảng tin điện tử.",
        ),
        (
            "Tổ hướng dẫn tại khu vực tiếp đón đã hỗ trợ khoảng {n3} lượt người dân cài đặt ứng "
            "dụng và dùng sổ sức khỏe điện tử.",
            "Đã tổ chức {k} buổi hướng dẫn kỹ năng số cho {n2} viên chức, ưu tiên người trên 50 "
            "tuổi.",
        ),
        (
            "Khảo sát cuối đợt cho thấy {p}% người tham gia tự tin dùng chữ ký số và bệnh án "
            "điện tử trong công việc.",
            "Các gương làm tốt được giới thiệu hằng tháng để nhân rộng.",
        ),
    ),
    Theme(
        ("co che uu dai", "nguon luc"),
        (
            "Đơn vị rà soát nguồn thu, bố trí {m} triệu đồng cho hạ tầng công nghệ thông tin và "
            "đào tạo trong năm.",
            "Phương án tự chủ tài chính của đơn vị dành riêng mục chi cho đổi mới công nghệ, "
            "được hội nghị viên chức thông qua.",
        ),
        (
            "Đã tiếp nhận {k} thiết bị từ nguồn xã hội hóa, đưa vào dùng tại khu khám bệnh và "
            "khoa xét nghiệm.",
            "Đã cử {k} viên chức đi học chuyên sâu về công nghệ thông tin y tế và quản lý dữ liệu.",
        ),
        (
            "Các khoản đầu tư đều có đánh giá hiệu quả sau 6 tháng sử dụng.",
            "Đơn vị đề xuất Sở hỗ trợ cơ chế thuê dịch vụ công nghệ thông tin dài hạn.",
        ),
    ),
    Theme(
        ("tham muu", "ban hanh"),
        (
            "Đơn vị đã tham mưu, góp ý {n} dự thảo văn bản về khám, chữa bệnh từ xa, bệnh án "
            "điện tử và đấu thầu trang thiết bị.",
            "Đã rà soát {n} quy trình nội bộ, kiến nghị sửa đổi {k} quy định không còn phù hợp "
            "với việc ký số và lưu trữ điện tử.",
        ),
        (
            "Ban hành mới {k} quy chế nội bộ về quản lý dữ liệu, tài khoản và thiết bị, áp dụng "
            "từ quý II.",
            "Đề xuất cơ chế thu hút người có chuyên môn công nghệ thông tin về làm việc tại đơn "
            "vị, trong đó có hợp tác với trường đại học.",
        ),
        (
            "Các kiến nghị đã được gửi về Sở bằng văn bản và theo dõi đến khi có trả lời.",
            "Nhờ vậy thời gian phê duyệt các gói mua sắm nhỏ giảm khoảng {p2}%.",
        ),
    ),
    Theme(
        ("tinh gon", "thu tuc hanh chinh", "dich vu cong"),
        (
            "{p}% hồ sơ thủ tục hành chính thuộc thẩm quyền được tiếp nhận trực tuyến; không có "
            "hồ sơ quá hạn trong kỳ.",
            "Bộ phận một cửa giải quyết {n3} hồ sơ, trong đó {p}% trả kết quả trước hoặc đúng hạn.",
        ),
        (
            "Đơn vị sắp xếp lại {k} bộ phận, kiêm nhiệm những vị trí trùng việc, dành người cho "
            "khu vực tiếp đón và chăm sóc.",
            "Quy trình cấp giấy chuyển tuyến, giấy ra viện được tái cấu trúc, bỏ {k} bước ký "
            "trung gian và dùng chữ ký số.",
        ),
        (
            "Người dân nộp viện phí không dùng tiền mặt đạt {p}% tổng số lượt thanh toán.",
            "Kết quả khảo sát hài lòng của người dân đạt {p}%.",
        ),
    ),
    Theme(
        ("lien thong", "du lieu", "co so du lieu", "nen tang so"),
        (
            "Dữ liệu khám, chữa bệnh được gửi lên cổng giám định trong ngày, tỷ lệ hồ sơ đúng "
            "định dạng đạt {p}%.",
            "Đơn vị hoàn thành làm sạch {n3} hồ sơ người bệnh theo số định danh cá nhân.",
        ),
        (
            "Kết quả xét nghiệm, chẩn đoán hình ảnh được liên thông giữa {k} hệ thống, người "
            "bệnh không phải làm lại khi chuyển khoa.",
            "Thử nghiệm công cụ trí tuệ nhân tạo hỗ trợ đọc phim X-quang tại {k} khoa; bác sĩ "
            "vẫn là người kết luận cuối cùng.",
        ),
        (
            "Đã kết nối sổ sức khỏe điện tử, giấy ra viện và giấy hẹn khám lại trên ứng dụng "
            "định danh.",
            "Báo cáo thống kê hằng tháng được lập tự động, giảm khoảng {k} ngày công mỗi tháng.",
        ),
    ),
    Theme(
        ("chuyen doi so",),
        (
            "Bệnh án điện tử được dùng tại {n} khoa, phòng; {p}% đơn thuốc ngoại trú được liên "
            "thông lên hệ thống quốc gia.",
            "{p}% văn bản đi, đến được xử lý và ký số trên môi trường mạng; họp trực tuyến thay "
            "cho {n} cuộc họp tập trung.",
        ),
        (
            "Ki-ốt tự đăng ký khám giúp {p2}% người bệnh tự lấy số, thời gian chờ giảm từ {a} "
            "xuống {b} phút.",
            "Hội chẩn từ xa được tổ chức {n} lần với tuyến trên, xử trí kịp thời {k} ca bệnh nặng.",
        ),
        (
            "So với cùng kỳ, chi phí in ấn giảm khoảng {m} triệu đồng.",
            "Hạ tầng mạng được nâng cấp, đường truyền dự phòng hoạt động từ quý II.",
        ),
    ),
    Theme(
        (),
        (
            "Đơn vị được giao {n} nhiệm vụ, đến ngày báo cáo đã hoàn thành {p}%, trong đó {k} "
            "nhiệm vụ về đích sớm.",
            "Kế hoạch năm của đơn vị cụ thể hóa {n} chỉ tiêu; {p}% chỉ tiêu đạt và vượt, các chỉ "
            "tiêu còn lại đang đúng tiến độ.",
        ),
        (
            "Chế độ thông tin, báo cáo được thực hiện đúng hạn; {n} báo cáo định kỳ đều gửi qua "
            "hệ thống.",
            "Số lượt khám đạt {p}% kế hoạch năm, công suất sử dụng giường bệnh đạt {p}%.",
        ),
        (
            "Lãnh đạo đơn vị kiểm điểm tiến độ hằng tháng và điều chỉnh phân công khi cần.",
            "Nhiệm vụ còn chậm là hoàn thiện hồ sơ lưu trữ điện tử, dự kiến xong trong tháng 12.",
        ),
    ),
)

INITIATIVES: tuple[tuple[str, str], ...] = (
    (
        "Nhắc lịch tái khám tự động qua tin nhắn",
        "Tỷ lệ tái khám đúng hẹn tăng {p2} điểm phần trăm so với năm trước.",
    ),
    (
        "Mã QR quản lý vòng đời trang thiết bị",
        "Theo dõi {n2} thiết bị, giảm thời gian tìm hồ sơ bảo dưỡng từ {a} xuống {b} phút.",
    ),
    (
        "Bảng điều khiển giường bệnh theo thời gian thực",
        "Điều phối giường nhanh hơn, giảm {k} ca nằm ghép mỗi ngày.",
    ),
    (
        "Sổ tay điện tử hướng dẫn người bệnh trước phẫu thuật",
        "{p}% người bệnh được hướng dẫn đầy đủ trước mổ, giảm hủy lịch.",
    ),
    (
        "Biểu mẫu điện tử cho tiêm chủng tại trạm",
        "Rút ngắn thời gian ghi chép {b} phút mỗi buổi, dữ liệu vào thẳng hệ thống.",
    ),
    (
        "Kho câu hỏi tự học kỹ năng số cho viên chức",
        "{n2} viên chức hoàn thành, điểm trung bình tăng từ 6,1 lên 8,4.",
    ),
)

DIFFICULTIES: tuple[str, ...] = (
    "Thiết bị tại một số khoa đã dùng trên 7 năm, chưa đáp ứng yêu cầu ký số và bệnh án điện tử.",
    "Thiếu viên chức chuyên trách công nghệ thông tin; hiện {k} người kiêm nhiệm.",
    "Đường truyền tại các điểm khám lẻ chưa ổn định vào giờ cao điểm.",
    "Phần mềm của các nhà cung cấp khác nhau chưa dùng chung danh mục, phải đối chiếu thủ công.",
)
PROPOSALS: tuple[str, ...] = (
    "Đề nghị Sở hướng dẫn thống nhất mức chi thuê dịch vụ công nghệ thông tin.",
    "Đề nghị Sở tổ chức lớp tập huấn về quản trị dữ liệu y tế cho đầu mối của các đơn vị.",
    "Đề nghị bổ sung kinh phí thay thế {k} máy chủ và thiết bị lưu trữ.",
    "Đề nghị sớm ban hành danh mục dùng chung để các đơn vị liên thông dữ liệu.",
)
RETURN_REASONS: tuple[str, ...] = (
    "Chưa có số liệu so với cùng kỳ; đề nghị bổ sung số liệu và minh chứng.",
    "Mức tự đánh giá “Vượt” chưa có căn cứ; đề nghị nêu rõ kết quả vượt ở điểm nào.",
    "Nội dung còn chung chung; đề nghị nêu việc đã làm, thời điểm và kết quả cụ thể.",
)
EXCUSE_REASON = (
    "Đơn vị đang trong thời gian sắp xếp, hợp nhất theo quyết định của cấp có thẩm quyền."
)
ADDITION = "Bổ sung theo yêu cầu: so với cùng kỳ năm trước, kết quả tăng {p2} điểm phần trăm."
ROUND_MESSAGE = (
    "Đề nghị các đơn vị báo cáo kết quả thực hiện phong trào thi đua năm {year}, nêu số liệu cụ "
    "thể, so với cùng kỳ và đính kèm minh chứng. Đơn vị có vướng mắc liên hệ đầu mối của Sở."
)
REQUEST_MESSAGE = (
    "Báo cáo nhanh việc triển khai bệnh án điện tử và sổ sức khỏe điện tử, phục vụ cuộc họp giao "
    "ban ngành."
)
CONCLUSION = (
    "Phong trào được các đơn vị triển khai nghiêm túc, có chuyển biến rõ về bệnh án điện tử, thủ "
    "tục trực tuyến và an toàn thông tin. Thời gian tới, Sở tập trung gỡ khó về hạ tầng và nhân "
    "lực công nghệ thông tin cho các đơn vị tuyến cơ sở."
)
PLAN_TITLE = "Kế hoạch tổ chức phong trào thi đua của Sở (dữ liệu minh họa)"
PLAN_NUMBER = "00/KH-SYT"
PLAN_FILE = "ke-hoach-cua-so-minh-hoa.docx"
PLAN_NOTE = "Tệp minh họa, thay cho kế hoạch mà Sở đã ban hành."
EDITION_REASON = "Công bố kế hoạch tổ chức phong trào thi đua để các đơn vị thực hiện và báo cáo."
