"""Vietnamese words and sentences of a consolidation."""

from __future__ import annotations

OPENING = "opening"
INDICATORS = "indicators"
INITIATIVES = "initiatives"
DIFFICULTIES = "difficulties_proposals"
CONCLUSION = "conclusion"

TITLES = {
    OPENING: "Tình hình báo cáo",
    INDICATORS: "Kết quả thực hiện các chỉ tiêu",
    INITIATIVES: "Sáng kiến, mô hình tiêu biểu",
    DIFFICULTIES: "Khó khăn, vướng mắc và kiến nghị của các đơn vị",
    CONCLUSION: "Đánh giá chung và kiến nghị",
}
STATES = {"draft": "Bản nháp", "approved": "Đã duyệt", "issued": "Đã ban hành"}
ASSESSMENTS = {"vuot": "Vượt", "dat": "Đạt", "chua_dat": "Chưa đạt"}
REPORT_STATES = {
    "not_started": "chưa bắt đầu",
    "drafting": "đang soạn",
    "awaiting_sign_off": "chờ thủ trưởng duyệt",
}

NOTHING_OWED = "Trong kỳ này không có báo cáo nào gửi về đơn vị này."
PROVISIONAL = (
    "Đây là bản tổng hợp tạm vì kỳ báo cáo còn mở. Đóng kỳ rồi tổng hợp lại để trình duyệt."
)
WRONG_STATE = "Bản tổng hợp đang ở trạng thái “{state}”, nên chưa thực hiện được thao tác này."
STALE = "Người khác vừa sửa bản tổng hợp này. Xin xem lại bản mới rồi sửa tiếp."
STALE_HEAD = "Nội dung vừa thay đổi. Xin đọc lại bản mới rồi thực hiện lại."
COUNTED = "Đã tổng hợp theo các báo cáo mới nhất."
SAVED = "Đã lưu nội dung."
APPROVED = "Đã duyệt. Văn thư có thể cấp số và ngày văn bản."
ISSUED = "Đã cấp số {number}."
ATTACHED = "Đã đính kèm bản ký."
UNKNOWN_PART = "Phần này không có trong bản tổng hợp."
TOO_LONG = "Nội dung dài quá {limit} ký tự."
DATE_IN_FUTURE = "Ngày văn bản không được sau ngày hôm nay."
DATE_TOO_EARLY = "Ngày văn bản không được trước ngày duyệt."
DATE_UNREADABLE = "Cần chọn ngày văn bản."
SCAN_NOT_PDF = "Bản ký số hóa phải là tệp PDF."
SCAN_MISSING = "Cần chọn tệp PDF của bản đã ký."
NO_COMMON_FIGURE = (
    "Kế hoạch không nêu cách gộp số liệu của các đơn vị, nên chỉ nêu mức thấp nhất, ở giữa, "
    "cao nhất và số đơn vị đạt."
)


def opening(
    *, title: str, obliged: int, reported: int, rate: str, on_time: int, late: int,
    on_time_rate: str, accepted: int, excused: int, missing: list[str],
) -> str:  # fmt: skip
    """Return the first paragraphs: how many owed, reported, late; who is missing."""
    lines = [
        f"{title}: {obliged} đơn vị phải báo cáo, đã nhận {reported} báo cáo ({rate}%); "
        + (
            f"{on_time} đúng hạn ({on_time_rate}% số đã nhận), {late} nộp muộn; "
            if on_time_rate
            else ""
        )
        + f"{accepted} báo cáo đã được tiếp nhận."
    ]
    if excused:
        lines.append(f"{excused} đơn vị được miễn báo cáo.")
    if missing:
        lines.append(f"Chưa nhận được báo cáo của {len(missing)} đơn vị: {'; '.join(missing)}.")
    return "\n\n".join(lines)


def assessed(count: int, assessments: dict[str, int]) -> str:
    """Return the sentence on how the units assess themselves."""
    told = ", ".join(
        f"{word} {assessments[key]}" for key, word in ASSESSMENTS.items() if assessments.get(key)
    )
    return f"{count} đơn vị báo cáo." + (f" Tự đánh giá: {told}." if told else "")


def spread(
    *, text: str, target: str, reporting: int, reached: int, lowest: str, middle: str,
    highest: str,
) -> str:  # fmt: skip
    """Return the sentence on one indicator."""
    if not reporting:
        return f"{text} (mục tiêu: {target}): chưa có số liệu."
    return (
        f"{text} (mục tiêu: {target}): {reporting} đơn vị có số liệu, {reached} đơn vị đạt; "
        f"thấp nhất {lowest}, ở giữa {middle}, cao nhất {highest}."
    )


def finding(silent: int, late: int, obliged: int) -> str:
    """Return the title of the chart: the finding, not the name of the figure."""
    if not obliged:
        return "Chưa có đơn vị nào phải báo cáo"
    if silent:
        return f"Còn {silent} trên {obliged} đơn vị chưa gửi báo cáo"
    if late:
        return f"Đã nhận đủ {obliged} báo cáo, trong đó {late} báo cáo nộp muộn"
    return f"Đã nhận đủ {obliged} báo cáo, tất cả đúng hạn"


TODAY_WORDS = {
    "same": "",
    "merged": "đã nhận sáp nhập",
    "split": "đã chia tách",
    "closed": "đã giải thể",
}
