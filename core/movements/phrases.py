"""Vietnamese words for a plan: its enums, its silences, and what may go wrong."""

from __future__ import annotations

PLUGIN_FAILED = (
    "Chưa đọc được bộ quy tắc của tỉnh, nên chưa lập được bản kế hoạch mới. "
    "Các kỳ báo cáo đang mở không bị ảnh hưởng; đơn vị vận hành hệ thống đã có nhật ký lỗi."
)
NO_EDITION = "Sở chưa công bố kế hoạch phong trào trên hệ thống."
SAME_EDITION = "Nội dung không khác bản đang áp dụng, nên không công bố bản mới."
BEING_DRAWN_UP = "Đang có người lập bản kế hoạch. Xin chờ vài giây rồi thử lại."
PUBLISHED = "Đã công bố bản kế hoạch số {number}. Các kỳ báo cáo mở từ nay theo bản này."
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
LEVELS = {
    "subunit": "Khoa, phòng",
    "unit": "Đơn vị",
    "department": "Sở Y tế",
    "higher": "Cấp trên của Sở",
}
COMPARISONS = {">=": "từ {target} trở lên", ">": "trên {target}", "=": "đạt {target}"}
RANK = "xếp hạng từ {low} đến {high}"
APPLICABILITY = {
    "always": "",
    "awaiting_guidance": "chưa áp dụng, chờ hướng dẫn",
    "conditional": "áp dụng có điều kiện",
}
