"""Vietnamese words of the ladder and of its simulator."""

from __future__ import annotations

NO_EDITION = "Sở chưa công bố kế hoạch phong trào, nên chưa có thang khen thưởng."
NOT_STATED = "kế hoạch không nêu"
# state of a cell -> colour, icon, words
CELLS = {
    "department": ("ok", "rubber-stamp", "Quyết định tại Sở"),
    "unit": ("ok", "rubber-stamp", "Quyết định tại đơn vị"),
    "either": ("ok", "rubber-stamp", "Quyết định tại Sở hoặc đơn vị"),
    "up": ("info", "send", "Trình cấp trên"),
    "unknown": ("warn", "alert-triangle", "Chưa rõ ai quyết định"),
}
LEVELS = {
    "base": "cấp Sở, đơn vị",
    "province": "cấp tỉnh, thành phố",
    "state": "cấp Nhà nước",
    "unknown": "chưa rõ cấp",
}
ORIGINS = {
    "plan": "theo kế hoạch",
    "department": "Sở đặt",
    "law": "theo luật",
    "not_stated": "không nêu",
}
SAVED = "Đã lưu lựa chọn vào bản nháp. Công bố bản kế hoạch mới thì có hiệu lực."
NO_CHOICE = "Kế hoạch đã nêu đủ dịp và người quyết định, không còn gì để Sở chọn."
LADDER_RULE = "Hình thức khen thưởng có trong kế hoạch, đúng đối tượng và đúng dịp."
LADDER_REASONS = {
    "met": "Kế hoạch nêu hình thức này cho đối tượng và dịp đã chọn.",
    "chosen": "Kế hoạch không nêu dịp; Sở đã chọn dịp này.",
    "other_subject": "Kế hoạch không nêu hình thức này cho loại đối tượng đã chọn.",
    "waits": "Kế hoạch không nêu dịp và Sở chưa chọn.",
    "other_occasion": "Kế hoạch chỉ nêu hình thức này cho dịp: {said}.",
}
ASSUMED = "Điều bạn nhập để thử"
_C, _I, _O = "collective", "individual", "other"
# fact of the simulator -> question, kinds of subject
QUESTIONS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rating": ("Xếp loại chất lượng trong năm", (_C, _I)),
    "leadership_rating": ("Xếp loại tập thể lãnh đạo, quản lý", (_C,)),
    "obeys_law": ("Chấp hành tốt chủ trương, chính sách, pháp luật", (_C, _I)),
    "internal_unity": ("Nội bộ đoàn kết", (_C,)),
    "movement_organised": ("Tổ chức phong trào thiết thực, hiệu quả", (_C,)),
    "clear_change": ("Tạo được chuyển biến rõ rệt", (_C,)),
    "has_initiative": ("Có sáng kiến, giải pháp", (_I,)),
    "has_contributions": ("Có nhiều đóng góp cho phong trào", (_I, _O)),
    "digital_skills_certificate": ("Có xác nhận phổ cập kỹ năng số cơ bản", (_I,)),
    "dti_guidance_issued": ("Đã có hướng dẫn về chỉ số DTI", (_C,)),
    "ranked_by_dti": ("Thuộc diện xếp hạng chỉ số chuyển đổi số (DTI)", (_C,)),
    "dti_rank": ("Thứ hạng trung bình 5 năm về chỉ số DTI", (_C,)),
    "within_quota": ("Còn trong số lượng được phân bổ", (_C, _I, _O)),
}
OUTCOMES = {
    "met": ("ok", "circle-check", "Được đề nghị"),
    "not_met": ("bad", "ban", "Không được đề nghị"),
    "pending": ("warn", "hourglass", "Còn chờ thông tin"),
    "needs_judgement": ("info", "users", "Được đề nghị, Hội đồng xem xét"),
}
YES_NO = (("", "Chưa rõ"), ("co", "Có"), ("khong", "Không"))
BAD_KIND = "Chọn loại đối tượng."
BAD_OCCASION = "Chọn dịp khen thưởng."
BAD_YEAR = "Chọn một năm của phong trào."
BAD_FACT = "Xin chọn một trong các mục có sẵn."
BAD_RANK = "Nhập thứ hạng, ví dụ 3 hoặc 3,5."
REACH = {
    "met": "Được đề nghị đến: ",
    "pending": "Có thể được đề nghị đến: ",
    "needs_judgement": "Được đề nghị đến: ",
}
NOT_OPEN = "Kế hoạch không để ngỏ bậc “{key}”."
