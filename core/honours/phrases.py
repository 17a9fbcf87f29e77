"""Words and sentences of this room."""

from __future__ import annotations

SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân", "other": "Đối tượng khác"}
SOURCES = {
    "decision": "Quyết định tại đây",
    "higher": "Cấp trên quyết định",
    "import": "Nhập từ các năm trước",
}
GRANT_STATES = {"in_force": "Đang có hiệu lực", "revoked": "Đã bị hủy bỏ"}

# Lists from Excel
NO_HEADINGS = "Không tìm thấy hàng tiêu đề. Hãy dùng tệp mẫu và giữ nguyên các tiêu đề cột."
NO_COLUMN = "Thiếu cột {names}. Hãy dùng tệp mẫu và giữ nguyên các tiêu đề cột."
NO_ROWS = "Danh sách chưa có dòng nào dưới hàng tiêu đề."
TOO_MANY = "Danh sách có {n} dòng, mỗi lần nhận tối đa {most} dòng. Hãy chia làm nhiều tệp."
NO_FILE = "Chưa chọn tệp."
ROW_NO_UNIT = "Chưa ghi đơn vị."
ROW_UNIT = "Không có đơn vị “{words}”. Ghi mã hoặc đúng tên đơn vị như ở trang Đơn vị."
ROW_NOT_YOURS = "Đơn vị này không thuộc phạm vi của bạn."
ROW_PERSON = "Không có ai tên “{name}” ở {unit}. Thêm người vào sổ nhân sự trước."
ROW_PEOPLE = "Có {n} người tên “{name}” ở {unit}. Ghi thêm chức vụ để phân biệt."
ROW_NO_AWARD = "Chưa ghi hình thức khen thưởng."
ROW_NO_NUMBER = "Chưa ghi số quyết định."
ROW_DAY = "Ngày quyết định “{words}” chưa đúng. Ghi như 20/12/2024."
ROW_FUTURE = "Ngày quyết định ở tương lai."
ROW_YEAR = "Năm “{words}” chưa đúng. Ghi năm của thành tích, ví dụ 2024."
ROW_DOUBLE = "Trùng với dòng {row}."
ROW_KNOWN = "Khen thưởng này đã có trong sổ."
IMPORT_ERRORS = "Danh sách còn lỗi nên chưa nhập dòng nào. Sửa tệp rồi tải lên lại."
IMPORTED = "Đã nhập {n} khen thưởng vào sổ."

# Public lists and opinions
STANCES = {
    "support": "Đồng ý",
    "objection": "Không đồng ý, đề nghị xem lại",
    "complaint": "Khiếu nại, kiến nghị để xác minh",
}
CHANNELS = {"site": "gửi trên trang", "paper": "ghi từ giấy"}
LIST_TITLE = "Lấy ý kiến về danh sách đề nghị khen thưởng: {name}"
TOO_LONG = "Dài quá {most} ký tự. Xin rút ngắn."
NOBODY_WAITS = "Đợt này không có ai đang chờ công khai: danh sách đã công khai hoặc chưa trình."
NO_ROUND = "Chưa chọn đợt khen thưởng."
PUBLISHED = "Đã công khai. Gửi địa chỉ trang cho mọi người để lấy ý kiến."
UNKNOWN_LIST = "Không có danh sách nào ở địa chỉ này. Kiểm tra lại địa chỉ, hoặc hỏi Sở."
SLOW_DOWN = "Địa chỉ mạng này đã hỏi nhiều trang không có. Xin chờ 15 phút rồi thử lại."
WINDOW_CLOSED = "Ngoài thời gian lấy ý kiến nên không ghi thêm được. Có thể gửi đơn tới Sở."
NO_ENTRY = "Xin chọn tập thể hoặc cá nhân trong danh sách."
NO_STANCE = "Xin chọn loại ý kiến."
NO_BODY = "Xin ghi nội dung."
NO_AUTHOR = "Xin ghi họ tên người gửi như trên giấy."
OPINION_TAKEN = "Đã ghi nhận ý kiến. Cảm ơn bạn."
COMPLAINT_TAKEN = "Đã chuyển đơn tới người xử lý."

# Complaints
COMPLAINT_STATES = {
    "received": "Đã nhận",
    "verifying": "Đang xác minh",
    "upheld": "Kết luận: đúng",
    "dismissed": "Kết luận: không đúng",
}
OUTCOMES = (("upheld", "Đúng, hoặc đúng một phần"), ("dismissed", "Không đúng"))
STRANGER = "Không tìm thấy đề nghị hoặc khen thưởng này. Mở đơn từ trang của người được nêu."
NO_COMPLAINANT = "Xin ghi họ tên người gửi đơn; đơn không ghi tên thì ghi “Không ghi tên”."
HOLD_REASON = "Đang xác minh đơn về: {about}"
NO_OUTCOME = "Xin chọn kết luận."
NO_CONCLUSION = "Xin ghi kết quả xác minh và lý do."
COMPLAINT_STATE = "Đơn đang ở bước “{state}” nên không làm được việc này."
RECORDED = "Đã ghi nhận đơn."
VERIFYING = "Bắt đầu xác minh. Việc xét khen thưởng của người được nêu tạm dừng tới khi kết luận."
CONCLUDED = "Đã kết luận. Việc xét khen thưởng được tiếp tục."

# Revocations (Luật Thi đua, khen thưởng, Điều 93)
GROUNDS = {
    "false_declaration": "Gian dối trong kê khai thành tích",
    "forged_dossier": "Cung cấp thông tin sai sự thật hoặc làm giả hồ sơ, giấy tờ",
    "unlawful_procedure": "Thẩm định, xét, đề nghị khen thưởng trái quy định của pháp luật",
    "later_finding": "Có kết luận, bản án của cơ quan có thẩm quyền về vi phạm trong thời gian tính"
    " thành tích, dẫn đến không bảo đảm tiêu chuẩn khen thưởng",
}
REVOCATION_STATES = {
    "proposed": "Đang đề nghị hủy bỏ",
    "decided": "Đã hủy bỏ",
    "dropped": "Đã rút đề nghị hủy bỏ",
}
NO_GROUND = "Xin chọn một trong bốn căn cứ của luật."
NO_FACTS = "Xin ghi sự việc: ai kết luận, văn bản nào, ngày nào."
NO_PAPER = "Xin ghi số và ngày quyết định hủy bỏ của cơ quan đã khen."
REVOKED_ALREADY = "Khen thưởng này đã bị hủy bỏ."
PROPOSED_ALREADY = "Khen thưởng này đang có đề nghị hủy bỏ. Mở đề nghị đó để làm tiếp."
HAS_PAPER = "Đề nghị hủy bỏ này đã có văn bản hoặc đã xong. Làm tiếp ở trang của văn bản."
NOT_DECIDED = "Chưa có quyết định hủy bỏ nên chưa ghi nộp lại tiền."
NO_AMOUNT = "Xin ghi số tiền, là số đồng nguyên lớn hơn 0."
NO_PAID_DAY = "Xin chọn ngày nộp, không sau hôm nay."
NO_BASIS = "Xin ghi chứng từ, ví dụ phiếu thu số 12."
PROPOSED = "Đã ghi đề nghị hủy bỏ. Lập dự thảo quyết định để trình lãnh đạo."
REVOKED_ELSEWHERE = "Đã ghi quyết định hủy bỏ. Khen thưởng không còn hiệu lực."
DRAFTED = "Đã lập dự thảo quyết định hủy bỏ. Xem lại rồi trình lãnh đạo duyệt."
DROPPED = "Đã rút đề nghị hủy bỏ."
RETURNED = "Đã ghi số tiền nộp lại vào quỹ."

# Figures
LEVELS = {
    "state": "Cấp Nhà nước",
    "province": "Cấp tỉnh",
    "base": "Cấp cơ sở",
    "unknown": "Chưa xác định cấp",
}
COMPARISONS = {
    "level": "Cấp của đơn vị",
    "work": "Loại công việc",
    "gender": "Giới tính",
    "place": "Địa bàn",
    "repeats": "Khen nhiều lần",
}
GROUPS = {
    "level": {"department": "Cơ quan Sở", "unit": "Đơn vị trực thuộc", "subunit": "Khoa, phòng"},
    "work": {"direct": "Trực tiếp làm chuyên môn", "leader": "Lãnh đạo, quản lý",
             "support": "Phục vụ, hỗ trợ"},
    "gender": {"female": "Nữ", "male": "Nam"},
}  # fmt: skip
REPEATS = {1: "Một lần trong 5 năm", 2: "Hai lần trong 5 năm", 3: "Từ ba lần trong 5 năm"}
UNKNOWN = "Chưa ghi"
BAD_YEAR = "Năm chưa đúng. Chọn một năm đã có hoặc năm nay."
NOTHING_TO_COMPARE = "Chưa đủ số liệu để so sánh"
ALL_THE_SAME = "Các nhóm có cùng tỷ lệ được khen: {rate}%"
HIGHEST_LOWEST = "{high} được khen nhiều nhất ({high_rate}%), {low} ít nhất ({low_rate}%)"
AGAIN = "{again} trên {total} tập thể, cá nhân được khen hơn một lần trong 5 năm"
NOT_OFFICIAL = "Số liệu để tham khảo, không phải biểu mẫu chính thức của TT 02/2023/TT-BNV."
