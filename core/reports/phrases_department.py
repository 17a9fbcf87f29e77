"""Vietnamese words of the receiver's pages."""

from __future__ import annotations

from collections.abc import Sequence

from core.reports.phrases import STATE_NAMES
from core.reports.schemas import Counters
from core.reports.states import State

TIMINGS = {"on_time": "Đúng hạn", "late": "Nộp muộn", "overdue": "Quá hạn"}
DUE_SOURCES = {
    "plan": "theo Kế hoạch",
    "department": "Sở đặt",
    "decision": "riêng kỳ này, theo quyết định thay đổi",
    "round": "đặt riêng cho kỳ này",
    "not_stated": "kế hoạch không nêu ngày, Sở chưa đặt",
}
FILES_AGAIN = "Tệp vừa chọn chưa được lưu, xin chọn lại tệp."
ALREADY_OPEN = "Kỳ báo cáo này đang mở rồi. Mở thêm sẽ có hai kỳ cùng loại, cùng năm."
NO_REASON = "Chưa ghi lý do trả lại."
NO_DAY = "Chưa chọn hạn bổ sung."
NO_CHOICE = "Chưa chọn phần nào để tiếp nhận hoặc trả lại."
NO_UNITS = "Chưa chọn đơn vị nào."
BAD_YEAR = "Xin chọn năm."
NO_NEW_DAY = "Chưa chọn hạn mới."

# State -> colour of the cards and of the bar, in the order of the bar.
COLOURS = {
    State.ACCEPTED: "ok",
    State.IN_REVIEW: "info-dark",
    State.SUBMITTED: "info",
    State.RETURNED: "warn",
    State.AWAITING_SIGN_OFF: "sign",
    State.DRAFTING: "idle",
    State.NOT_STARTED: "cold",
    State.EXCUSED: "none",
}
CARD_STATES = tuple(state for state in COLOURS if state is not State.EXCUSED)


def finding(counters: Counters, word: str = "đơn vị") -> str:
    """Return the title of the chart: what it says, not what it is (`word`: who owes)."""
    waiting = counters.by_state.get("submitted", 0) + counters.by_state.get("in_review", 0)
    returned = counters.by_state.get("returned", 0)
    if not counters.total:
        return f"Chưa có {word} nào trong kỳ này"
    if counters.silent:
        return f"Còn {counters.silent} {word} chưa nộp{_overdue(counters, word)}"
    if waiting:
        return f"Các {word} đã nộp đủ, còn {waiting} báo cáo chờ duyệt"
    if returned:
        return f"Các {word} đã nộp đủ, {returned} báo cáo đang được trả lại để bổ sung"
    return f"Đã tiếp nhận đủ báo cáo của các {word}"


def _overdue(counters: Counters, word: str) -> str:
    if not counters.overdue:
        return f", chưa {word} nào quá hạn"
    if counters.overdue == counters.silent:
        return " và đã quá hạn"
    return f", trong đó {counters.overdue} đã quá hạn"


def filed_share(counters: Counters) -> str:
    """Return how many have filed, and how many of those on time."""
    owed = counters.total - counters.by_state.get("excused", 0)
    if not owed:
        return ""
    filed = owed - counters.silent
    on_time = min(counters.on_time, filed)
    return f"Đã nộp {filed}/{owed} ({100 * filed // owed}%) · đúng hạn {on_time}"


def bar_items(counters: Counters) -> list[tuple[str, int, str]]:
    """Return (state's name, number, colour) for the chart, excused units last."""
    return [
        (STATE_NAMES[state], counters.by_state.get(state, 0), colour)
        for state, colour in COLOURS.items()
    ]


def reviewed(accepted: int, returned: int) -> str:
    """Return what one press of the button has done."""
    told = []
    if accepted:
        told.append(f"đã tiếp nhận {accepted} phần")
    if returned:
        told.append(f"đã trả lại {returned} phần để đơn vị bổ sung")
    return f"{', '.join(told).capitalize()}."


def rest_sentences(titles: Sequence[str], returned: int) -> list[str]:
    """Return what accepting all the rest does."""
    told = [
        f"Các phần được tiếp nhận: {'; '.join(titles)}.",
        "Phần đã tiếp nhận thì giữ nguyên: đơn vị không sửa và Sở không trả lại phần đó nữa.",
    ]
    if returned:
        told.append(f"Đồng thời trả lại {returned} phần để đơn vị bổ sung.")
    return told


def reminded(count: int) -> str:
    """Return how many units were reminded."""
    return f"Đã nhắc {count} đơn vị." if count else "Các đơn vị vừa được nhắc ít phút trước."


def remind_sentences(count: int) -> list[str]:
    """Return what a reminder does."""
    if not count:
        return ["Mọi đơn vị đã nộp hoặc được miễn; không còn đơn vị nào để nhắc."]
    return [
        f"{count} đơn vị chưa nộp sẽ nhận thông báo trong hệ thống và thư điện tử, "
        "ghi tên kỳ báo cáo và hạn cuối của từng đơn vị.",
        "Đơn vị vừa được nhắc trong 10 phút qua không bị nhắc lại.",
    ]


def close_sentences(silent: int) -> list[str]:
    """Return what closing does."""
    told = [
        "Sau khi đóng, các đơn vị không nộp được nữa; nội dung đang soạn vẫn được giữ.",
        "Báo cáo đã nộp vẫn duyệt được, và Sở có thể mở lại kỳ báo cáo.",
    ]
    if silent:
        told.insert(0, f"Còn {silent} đơn vị chưa nộp.")
    return told


REOPEN_SENTENCES = [
    "Các đơn vị chưa nộp sẽ soạn tiếp và nộp được. Hạn cuối giữ nguyên: "
    "nộp sau hạn vẫn ghi nhận là nộp muộn.",
]
