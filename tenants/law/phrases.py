"""What people read about legal parameters, in Vietnamese."""

from __future__ import annotations

from fractions import Fraction

from core.accounts.phrases import ROLE_NAMES
from core.kit.i18n import vn_date, vn_number
from core.law.awards import WORDS as AWARDS
from core.law.schemas import Confidence, Form, Kind, Parameter, Value

CONFIDENCE = {
    Confidence.CONFIRMED: "Đã đối chiếu văn bản gốc",
    Confidence.SECONDARY: "Nguồn thứ cấp",
    Confidence.GENERAL: "Hiểu biết chung",
    Confidence.INFERRED: "Suy ra",
    Confidence.PLATFORM: "Lựa chọn của nền tảng",
}
KINDS = {Kind.CONFIRM: "Sở xác nhận", Kind.REPLACE: "Sở thay bằng"}
_WORDS = {
    **{str(role): name for role, name in ROLE_NAMES.items()},
    "platform_operator": "Người vận hành nền tảng",
    "hero_title": "Anh hùng",
    **{str(kind): name for kind, name in AWARDS.items()},
}

NO_NUMBER = "Hãy nhập số của quyết định, ví dụ 123/QĐ-SYT."
LONG_NUMBER = "Số quyết định dài quá 100 ký tự."
NO_DAY = "Hãy chọn ngày của quyết định."
FUTURE_DAY = "Ngày của quyết định ở tương lai; hãy kiểm tra lại."
NO_FILE = "Hãy chọn tệp của quyết định (PDF, Word hoặc ảnh)."
NO_START = "Hãy chọn ngày bắt đầu áp dụng."
BAD_DAY = "Ngày không đúng, hãy chọn lại."
END_BEFORE_START = "Ngày kết thúc phải từ ngày bắt đầu ({start}) trở đi."
NOT_WHOLE = "Hãy nhập một số nguyên, chỉ gồm chữ số."
OUT_OF_RANGE = "Giá trị phải từ {least} đến {most} {unit}."
NOT_FRACTION = "Hãy nhập một phân số lớn hơn 0 và không quá 1, ví dụ 2/3."
OVERLAP = (
    "Trùng thời gian với quyết định số {number} (áp dụng {span}). Hãy kết thúc quyết định đó trước,"
    " hoặc chọn ngày khác."
)
NOT_REPLACEABLE = "Giá trị này do văn bản cấp trên hoặc nền tảng quy định, Sở không thay được."
NOT_CONFIRMABLE = "Giá trị này không cần Sở xác nhận."
CONFIRMED_ALREADY = "Sở đã xác nhận giá trị này."
NO_REASON = "Hãy ghi lý do."
ENDED_ALREADY = "Quyết định này đã thôi áp dụng."
LATER_THAN_END = "Quyết định này đã kết thúc từ ngày {end}; hãy chọn ngày sớm hơn."

CONFIRMED = "Đã ghi xác nhận của Sở."
CONFIRMED_MANY = "Đã ghi xác nhận của Sở cho {count} quy định."
NONE_CHOSEN = "Hãy chọn ít nhất một quy định để xác nhận."
NOT_WAITING = "Quy định này không chờ Sở xác nhận: {label}. Hãy mở lại trang rồi chọn lại."
REPLACED = "Đã ghi giá trị của Sở; áp dụng {span}."
ENDED = "Quyết định thôi áp dụng từ ngày {day}."
REVOKED = "Đã bãi bỏ quyết định; coi như chưa từng áp dụng."


def span(first: object, last: object) -> str:
    """Return the days of validity in words."""
    if first and last:
        return f"từ {vn_date(first)} đến hết {vn_date(last)}"  # type: ignore[arg-type]
    if first:
        return f"từ {vn_date(first)}"  # type: ignore[arg-type]
    return f"đến hết {vn_date(last)}" if last else "không nêu ngày"  # type: ignore[arg-type]


def value_words(value: Value, form: Form, unit: str) -> str:
    """Return a value with its unit, as people read it."""
    if isinstance(value, tuple):
        return ", ".join(_WORDS.get(item, item) for item in value)
    if isinstance(value, int):
        shown = vn_number(value)
    elif form is Form.DECIMAL:
        shown = value.replace(".", ",")
    else:
        shown = value
    return f"{shown} {unit}".strip()


def parameter_words(row: Parameter) -> str:
    """Return the value of a row with its unit."""
    return value_words(row.value, row.form, row.unit)


def example(row: Parameter) -> str:
    """Return the help of the field of a new value."""
    if row.form is Form.FRACTION:
        return f"Phân số không quá 1, ví dụ {Fraction(2, 3)}."
    return f"Từ {vn_number(row.minimum)} đến {vn_number(row.maximum)} {row.unit}."
