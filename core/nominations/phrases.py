"""What people read about award rounds and nominations."""

from __future__ import annotations

OCCASIONS = {
    "annual": "Hằng năm",
    "ad_hoc": "Đột xuất",
    "preliminary_review": "Sơ kết",
    "final_review": "Tổng kết",
}
KINDS = {"collective": "Tập thể", "individual": "Cá nhân", "other": "Đối tượng khác"}
ACTIONS = {
    "decide": "Sở quyết định",
    "propose": "đề nghị cấp trên",
    "forward": "trình cấp trên",
    "": "kế hoạch không nêu ai quyết định",
}
ELIGIBILITY = {
    "": "Chưa xét",
    "met": "Đủ điều kiện",
    "not_met": "Không đủ",
    "pending": "Còn chờ",
    "needs_judgement": "Cần xem xét",
}
RECOMMENDATIONS = {
    "agree": "Đồng ý trình",
    "not_agree": "Không đồng ý",
    "lower": "Đề nghị hình thức thấp hơn",
}
STEPS = {
    "lower": "Hạ mức theo Hội đồng",
    "send": "Gửi",
    "withdraw": "Thu hồi",
    "reopen": "Mở lại thành nháp",
    "receive": "Tiếp nhận",
    "return": "Trả lại bổ sung",
    "appraise": "Thẩm định",
    "to_council": "Đưa ra Hội đồng",
    "back_to_appraisal": "Đưa về thẩm định",
    "submit": "Trình người quyết định",
    "reject": "Không đạt",
    "decide": "Quyết định khen thưởng",
    "forward": "Trình cấp trên",
    "decided_above": "Cấp trên đã quyết định",
    "refused_above": "Cấp trên không đồng ý",
    "revoke": "Hủy bỏ",
}
ROUND_NAME = "Khen thưởng {occasion} {year}"
TEXT_MAX = 2000
NAME_MAX = 200

NO_UNIT = "Chọn đơn vị mở đợt."
NOT_AWARDING = "Chỉ Sở và đơn vị có tư cách pháp nhân mở được đợt khen thưởng."
BAD_OCCASION = "Chọn dịp khen thưởng."
NO_RUNG = "Kế hoạch đang áp dụng không nêu hình thức khen thưởng nào cho dịp này."
BAD_YEAR = "Chọn một năm của phong trào."
NOT_LEGAL = (
    "Đơn vị này chưa được ghi là có tư cách pháp nhân nên không tự mở đợt khen thưởng. Quản trị sửa"
    " ở trang thông tin đơn vị, hoặc chọn đơn vị khác."
)
BAD_PERIOD = "Ngày đầu và ngày cuối của thời gian tính thành tích phải đúng thứ tự."
NO_DAY = "Nhập ngày."
LONG = "Dài quá {n} ký tự. Xin rút ngắn."
ROUND_CLOSED = "Đợt khen thưởng đã đóng nên không nhận thêm đề nghị."
ROUND_OPENED = "Đã mở đợt “{name}”. Các đơn vị đã được báo."
ROUND_SHUT = "Đã đóng đợt “{name}”."
ROUND_REOPENED = "Đã mở lại đợt “{name}”."
OPENED_TITLE = "Mở đợt {name}"
OPENED_BODY = "Thời gian tính thành tích từ {start} đến {end}. {due}"
DUE = "Hạn cuối gửi đề nghị: {day}."
NO_DUE = "Đợt này không nêu hạn."

NO_SUBJECT = "Chọn ít nhất một tập thể hoặc cá nhân."
BAD_RUNG = "Chọn hình thức khen thưởng."
BAD_KIND = "Chọn loại đối tượng."
TOO_MANY = "Mỗi lần thêm nhiều nhất {n} đề nghị."
GONE_SUBJECT = "Có đối tượng không còn trong danh sách của đơn vị. Xin chọn lại."
ALREADY = "{names} đã có trong danh sách này với cùng hình thức khen thưởng."
ADDED = "Đã thêm {n} đề nghị ở trạng thái nháp."
REMOVED = "Đã bỏ đề nghị cho {name}."
ONLY_DRAFT = "Chỉ bỏ được đề nghị còn ở trạng thái nháp và chưa gửi lần nào."
SAVED = "Đã lưu."
LETTER_SAVED = "Đã lưu số và ngày tờ trình."
SENT = "Đã gửi {n} đề nghị tới {unit}."
NOT_SENDER = "Thủ trưởng đơn vị là người gửi. Hãy báo thủ trưởng vào danh sách này và bấm “Gửi”."
INCOMPLETE = "Chưa gửi được vì còn thiếu: {lacks}"
NOTHING_TO_SEND = "Danh sách không có đề nghị nào chờ gửi."
WITHDRAWN = "Đã thu hồi đề nghị."
REOPENED = "Đã mở lại thành nháp."
STALE = "Người khác vừa lưu phần này. Hãy so hai bản rồi lưu lại."
PART_LOCKED = "Đề nghị đã gửi nên nội dung không sửa được nữa. Nơi nhận trả lại thì mới sửa được."
PART_NOT_RETURNED = "Nơi nhận chỉ trả lại một số phần; phần này giữ nguyên."
NO_REASON = "Ghi lý do."
NO_PART_CHOSEN = "Chọn ít nhất một phần cần bổ sung."
NO_NEW_DAY = "Chọn hạn bổ sung sau hôm nay."
NO_OPINION = "Ghi ý kiến thẩm định."
NO_RECOMMENDATION = "Chọn một kết luận."
NO_LOWER = "Chọn hình thức thấp hơn."
NOT_APPRAISED = "Chưa có ý kiến thẩm định: {names}."
COUNCIL_DECIDES = (
    "{name} đang ở Hội đồng: kết quả do phiên họp của Hội đồng quyết định. Muốn rút khỏi phiên họp,"
    " hãy đưa về thẩm định."
)
COUNCIL_NEEDED = (
    "{name}: {award} phải được Hội đồng bỏ phiếu kín, không trình thẳng được. Hãy chuyển Hội đồng."
)
LOWERED = (
    "{name}: Hội đồng chỉ đồng ý mức thấp hơn ({award}). Mở đề nghị, bấm “Hạ mức” rồi trình, hoặc"
    " chuyển Hội đồng xét lại."
)
NOT_LOWERED = "{name}: không có kết luận hạ mức của Hội đồng còn chờ thực hiện."
BAD_LOWER = "Xin chọn một hình thức mà Hội đồng đã đồng ý."
LOWER_TAKEN = "{name} đã có đề nghị {award} trong cùng danh sách: hãy xử lý đề nghị đó."
LOWERED_NOTE = "Theo kết luận của Hội đồng tại {meeting}: từ {before} xuống {after}."
LOWERED_NOW = "Đã hạ mức theo kết luận của Hội đồng; điều kiện đã được kiểm tra lại."
IN_PAPER = (
    "Đã có trong quyết định hoặc tờ trình được duyệt: {names}. Muốn đưa ra, người duyệt trả lại văn"
    " bản để sửa trước."
)
NOTHING_CHOSEN = "Chọn ít nhất một đề nghị."
BULK_MAX = 200

CERTIFICATE = "Chứng nhận, xác nhận sáng kiến hoặc đề tài"
DOSSIER_LOCKED = "Hồ sơ đã qua thẩm định nên không thêm, bớt giấy tờ được nữa."
PAPER_ADDED = "Đã thêm giấy tờ vào hồ sơ."
PAPER_REMOVED = "Đã bỏ giấy tờ khỏi hồ sơ."
PAPER_NAMES = {
    "nomination_letter": "Tờ trình đề nghị khen thưởng của {unit}",
    "achievement_report": "Báo cáo thành tích của {name}",
    "unit_minutes": "Biên bản họp xét đề nghị khen thưởng của {unit}",
}

MEETING_SAVED = "Đã ghi cuộc họp. Có thể dựng biên bản để in và ký."
MEETING_UNWRITTEN = (
    "Chưa ghi cuộc họp của đơn vị. Mở “Ghi cuộc họp” để ghi, rồi dựng biên bản từ đó."
)
MEETING_LACKS = (
    "Cuộc họp chưa ghi số người đồng ý cho {n} đề nghị được thêm vào sau: {names}. Mở “Ghi cuộc"
    " họp” để ghi thêm."
)
NO_CHAIR = "Ghi họ tên người chủ trì."
NO_SECRETARY = "Ghi họ tên thư ký."
NO_DISCUSSION = "Ghi cuộc họp đã bàn gì, ít nhất một câu."
NO_START = "Nhập ngày, giờ bắt đầu."
NOT_YET_HELD = "Cuộc họp chưa diễn ra. Biên bản chỉ ghi cuộc họp đã họp."
NO_END = "Nhập ngày, giờ kết thúc, sau giờ bắt đầu."
NO_SUMMONED = "Nhập số người được triệu tập, từ 1 đến 5000."
NO_PRESENT = "Nhập số người có mặt, từ 1 đến {n}."
NO_AGREED = "Nhập số người đồng ý cho {name}, từ 0 đến {n}."
