"""Vietnamese words of the reporting room."""

from __future__ import annotations

from textwrap import shorten

from core.reports.states import State

KIND_NAMES = {
    "plan": "Kế hoạch thực hiện phong trào thi đua",
    "annual": "Báo cáo hằng năm",
    "preliminary_review": "Báo cáo sơ kết",
    "final_review": "Báo cáo tổng kết",
    "on_request": "Báo cáo đột xuất",
}
STATE_NAMES = {
    State.NOT_STARTED: "Chưa bắt đầu",
    State.DRAFTING: "Đang soạn",
    State.AWAITING_SIGN_OFF: "Chờ thủ trưởng duyệt",
    State.SUBMITTED: "Chờ duyệt",
    State.IN_REVIEW: "Đang duyệt",
    State.RETURNED: "Trả lại",
    State.ACCEPTED: "Đã tiếp nhận",
    State.EXCUSED: "Được miễn",
}
SELF_ASSESSMENT_NAMES = {"chua_dat": "Chưa đạt", "dat": "Đạt", "vuot": "Vượt"}
FIELD_NAMES = {
    "narrative": "Nội dung",
    "self_assessment": "Tự đánh giá",
    "merged_reference": "Báo cáo chung được dẫn chiếu",
    "figures": "Số liệu",
    "items": "Sáng kiến, mô hình",
    "difficulties": "Khó khăn, vướng mắc",
    "proposals": "Kiến nghị, đề xuất",
    "none": "Không có",
}
VERBS = {
    State.NOT_STARTED: "Bắt đầu",
    State.DRAFTING: "Soạn tiếp",
    State.AWAITING_SIGN_OFF: "Xem",
    State.SUBMITTED: "Xem",
    State.IN_REVIEW: "Xem",
    State.RETURNED: "Bổ sung",
    State.ACCEPTED: "Xem",
    State.EXCUSED: "Xem",
}
VERB_SIGN = "Duyệt và nộp"
VERB_REVIEW = "Duyệt"

ROUND_CLOSED = "Kỳ báo cáo đã đóng. Nội dung đã soạn vẫn được giữ; xin liên hệ nơi nhận báo cáo."
PART_ACCEPTED = "Phần này đã được tiếp nhận nên không sửa được nữa."
PART_NOT_RETURNED = "Báo cáo được trả lại từng phần; phần này không bị trả lại nên đang khóa."
PART_NOT_ASKED = "Phần này chưa áp dụng nên chưa phải báo cáo."
STALE = "Người khác vừa lưu phần này. Cả hai bản đều còn, xin chọn bản muốn giữ."
INCOMPLETE = "Báo cáo còn {n} chỗ chưa đủ. Xin bổ sung rồi gửi lại."
NEEDS_DECISION = "Hạn này khác với hạn nêu trong kế hoạch nên cần số quyết định và tệp quyết định."

NOTHING_TO_REPORT = "Không có nội dung để báo cáo."

MISSING_NARRATIVE = "Chưa có nội dung."
MISSING_SELF_ASSESSMENT = "Chưa chọn mức tự đánh giá."
MISSING_INITIATIVES = "Chưa nhập sáng kiến, mô hình; nếu không có, xin chọn “Không có”."
MISSING_DIFFICULTIES = "Chưa nhập khó khăn, kiến nghị; nếu không có, xin chọn “Không có”."
NOT_A_SHARE = "Tỷ lệ phần trăm nằm trong khoảng từ 0 đến 100."
MISSING_AFTER_RETURN = "Phần này được trả lại và chưa được bổ sung."


def missing_figure(indicator: str) -> str:
    """Say which figure is missing (the plan's words, shortened)."""
    name = shorten(indicator, 80, placeholder="…")
    return f"“{name}”: chưa có số liệu; nếu chưa có được, xin ghi rõ lý do ở ô ghi chú."


def unclear_grouping(typed: str) -> str:
    """Ask which of the two a figure like 95.123 is, where both could be meant."""
    decimal, whole = typed.replace(".", ","), typed.replace(".", "")
    return f"Chưa rõ “{typed}” là số nào: xin viết {decimal} hoặc {whole}."


def due_soon(title: str, day: str, *, returned: bool) -> tuple[str, str]:
    """Return title and body of the notice that a day is near."""
    if returned:
        return (
            f"Sắp đến hạn bổ sung: {title}",
            f"Hạn bổ sung: {day}. Phần trả lại chưa được gửi lại.",
        )
    return f"Sắp đến hạn: {title}", f"Hạn cuối: {day}. Báo cáo của đơn vị chưa được nộp."


def round_title(kind: str, year: int) -> str:
    """Return the name of a round, e.g. "Báo cáo hằng năm 2026"."""
    return f"{KIND_NAMES[kind]} {year}"


ACTION_NAMES = {
    "save_part": "Bắt đầu soạn",
    "request_sign_off": "Xin thủ trưởng duyệt",
    "give_back": "Thủ trưởng trả lại để sửa",
    "submit": "Nộp báo cáo",
    "withdraw": "Thu hồi báo cáo",
    "start_review": "Bắt đầu duyệt",
    "accept_parts": "Tiếp nhận tiêu chí",
    "return_parts": "Trả lại để bổ sung",
    "excuse": "Miễn nộp",
    "unexcuse": "Bỏ miễn nộp",
    "extend": "Gia hạn",
}
SAVED = "Đã lưu phần báo cáo."
TAKEN_OVER = "Đã lấy nội dung của khoa, phòng vào báo cáo."
SIGN_OFF_ASKED = "Đã gửi thủ trưởng duyệt. Trong lúc chờ, nội dung được khóa."
GIVEN_BACK = "Đã trả lại người soạn để sửa."
SUBMITTED = "Đã nộp báo cáo. Giấy xác nhận ở bên phải trang."
WITHDRAWN = "Đã thu hồi báo cáo; có thể sửa và nộp lại."


NOT_WITHDRAWABLE = "Báo cáo này không thu hồi được nữa: nơi nhận đã bắt đầu duyệt hoặc đã xử lý."


def withdrawal(round_title: str, receiver_name: str) -> list[str]:
    """Say what a withdrawal does, before it is done."""
    return [
        f"Thu hồi “{round_title}” đã gửi {receiver_name}.",
        "Báo cáo trở lại trạng thái đang soạn. Lần nộp vừa rồi vẫn được lưu trong lịch sử.",
        "Khi nộp lại, thời điểm nộp mới là thời điểm tính đúng hạn hay muộn.",
    ]
