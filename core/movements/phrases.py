"""Vietnamese words for a plan: its enums, its silences, and what may go wrong."""

from __future__ import annotations

PLUGIN_FAILED = (
    "Chưa đọc được bộ quy tắc của tỉnh, nên chưa lập được bản kế hoạch mới. "
    "Các kỳ báo cáo đang mở không bị ảnh hưởng; đơn vị vận hành hệ thống đã có nhật ký lỗi."
)
NO_EDITION = "Sở chưa công bố kế hoạch phong trào trên hệ thống."
NOT_INSTALLED = "chưa cài"
OTHER_PLUGIN = (
    "Chưa mở được kỳ: Sở đã chuyển sang bộ quy tắc “{now}”, còn bản kế hoạch đang áp dụng lập theo"
    " bộ quy tắc “{before}”. Quản trị hoặc lãnh đạo Sở cần xem khác biệt rồi công bố bản mới ở"
    " trang Kế hoạch của Sở; từ ngày áp dụng bản đó thì mở kỳ được. Chưa có gì thay đổi."
)
SAME_EDITION = "Nội dung không khác bản đang áp dụng, nên không công bố bản mới."
BEING_DRAWN_UP = "Đang có người lập bản kế hoạch. Xin chờ vài giây rồi thử lại."
PUBLISHED = "Đã công bố bản kế hoạch số {number}, áp dụng cho các kỳ mở từ ngày {day}."
PUBLISHED_MEANWHILE = (
    "Bản số {number} vừa được công bố trong lúc bạn xem. Chưa có gì được công bố thêm; "
    "xin xem lại khác biệt so với bản mới rồi hãy công bố."
)
CHANGED_MEANWHILE = (
    "Nội dung sắp công bố đã đổi sau khi bạn mở trang này. Chưa có gì được công bố; "
    "xin xem lại khác biệt ở dưới."
)
NOT_READY = "Chưa công bố được. {lacks}"
BAD_EFFECTIVE = "Ngày áp dụng không được ở trước hôm nay ({day})."
NO_REASON = "Xin ghi lý do, căn cứ công bố."
STALE = "{who} vừa lưu mục này. Bản của bạn còn nguyên bên dưới; bấm lưu sẽ dùng bản của bạn."
SOMEBODY = "Người khác"
LACK_PAPER = (
    "Kế hoạch trên hệ thống do {author} ban hành. Trước khi công bố, xin nhập số, ngày, trích yếu "
    "và tệp kế hoạch của Sở."
)
LACK_DAY = "{kind}: kế hoạch không nêu ngày và Sở chưa đặt hạn."
LACK_SETTING = "Chưa đặt: {label}."
LACK_OCCASION = "{award} ({subject}): kế hoạch không nêu dịp và Sở chưa chọn."
FILE_GONE = "Tệp không còn trong hệ thống, xin tải lên lại."
PLAN_SILENT = "Kế hoạch không nêu."
OWN_CRITERION = "Tiêu chí do Sở đặt thêm, không có trong kế hoạch"
NOT_STATED = "không nêu trong kế hoạch"

SUBJECTS = {"collective": "Tập thể", "individual": "Cá nhân", "other": "Đối tượng khác"}
OCCASIONS = {
    "annual": "Hằng năm",
    "ad_hoc": "Đột xuất",
    "preliminary_review": "Sơ kết",
    "final_review": "Tổng kết",
}
REPORT_KINDS = {
    "plan": "Kế hoạch của đơn vị",
    "annual": "Báo cáo hằng năm",
    "preliminary_review": "Báo cáo sơ kết",
    "final_review": "Báo cáo tổng kết",
    "on_request": "Báo cáo theo yêu cầu",
}
ACTIONS = {"decide": "quyết định", "propose": "đề nghị cấp trên", "forward": "trình cấp trên"}
SIGNERS = {
    "department": "Giám đốc Sở Y tế",
    "unit": "Thủ trưởng đơn vị có tư cách pháp nhân",
    "either": "Giám đốc Sở Y tế hoặc thủ trưởng đơn vị có tư cách pháp nhân",
}
LEVELS = {
    "subunit": "Khoa, phòng",
    "unit": "Đơn vị",
    "department": "Sở Y tế",
    "higher": "Cấp trên của Sở",
}
APPLICABILITY = {
    "always": "",
    "awaiting_guidance": "chưa áp dụng, chờ hướng dẫn",
    "conditional": "áp dụng có điều kiện",
}
NOT_ASKED = "chưa áp dụng"
NOT_SET = "chưa đặt"
YES, NO = "có", "không"
MAIL_EVENTS = {
    "round_opened": "Mở kỳ báo cáo",
    "due_soon": "Sắp đến hạn",
    "reminded": "Nhắc nộp",
    "returned": "Trả lại để bổ sung",
    "accepted": "Đã tiếp nhận",
    "sign_off_requested": "Chờ thủ trưởng duyệt",
    "given_back": "Thủ trưởng đề nghị sửa",
    "person_move": "Điều chuyển nhân sự",
    "delegated": "Được ủy quyền",
    "unit_change": "Thay đổi đơn vị chưa làm được",
    "inactivity": "Tài khoản lâu không dùng",
    "decision_review": "Văn bản khen thưởng chờ duyệt",
    "decision_approved": "Văn bản khen thưởng chờ cấp số",
    "decision_back": "Văn bản khen thưởng được trả lại",
    "award_decided": "Có kết quả khen thưởng",
    "council_invited": "Mời họp Hội đồng",
    "council_stopped": "Dừng bỏ phiếu",
    "award_round": "Mở đợt khen thưởng",
    "nomination_returned": "Trả lại đề nghị khen thưởng",
    "invitation": "Lời mời dùng hệ thống",
    "password_reset": "Đặt lại mật khẩu",
}
SOURCES = {
    "plan": "Kế hoạch",
    "department": "Sở đặt",
    "round": "Riêng kỳ này",
    "not_stated": "Chưa đặt",
}
VERSION_NOT_OPENED = (
    "Phiên bản {installed} của plugin đã được cài nhưng chưa mở cho Sở (đang mở: {opened})."
    " Kế hoạch hiện hành vẫn chạy; muốn lập kế hoạch mới, hãy đề nghị người"
    " vận hành mở phiên bản này."
)
SECTION_SAVED = "Đã lưu mục “{title}”. Công bố bản mới thì có hiệu lực."
# state -> colour, icon, words
SECTION_STATES = {
    "missing": ("warn", "alert-triangle", "còn thiếu"),
    "department": ("info", "pencil", "Sở đã đặt"),
    "plan": ("ok", "file-check", "theo kế hoạch"),
    "platform": ("ok", "circle-check", "theo nền tảng"),
    "empty": ("idle", "circle-dashed", "không đặt"),
}
REASON_MAX = 2000
LONG_REASON = "Lý do dài quá 2.000 ký tự."
