"""Which facts a person may declare: their words, their type, and how the years of a period join."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from core.plugin.api import Rating

RATING_WORDS = {
    Rating.NOT_COMPLETED: "Không hoàn thành nhiệm vụ",
    Rating.COMPLETED: "Hoàn thành nhiệm vụ",
    Rating.COMPLETED_WELL: "Hoàn thành tốt nhiệm vụ",
    Rating.COMPLETED_EXCELLENTLY: "Hoàn thành xuất sắc nhiệm vụ",
}
LEVELS = {rating: number for number, rating in enumerate(Rating, 1)}


class Span(StrEnum):
    """EVERY: holds only if no year of the period says no. NEWEST: the latest year counts."""

    EVERY = "every"
    NEWEST = "newest"


class Key(msgspec.Struct, frozen=True):
    """A fact that may be declared. `kinds`: of subjects; `is_number`: else yes or no."""

    key: str
    label: str
    kinds: tuple[str, ...]
    span: Span = Span.NEWEST
    is_number: bool = False


_UNIT, _PERSON, _ALL = ("unit",), ("person",), ("unit", "person", "other")
KEYS = {
    each.key: each
    for each in (
        Key("obeys_law", "Chấp hành tốt chủ trương, chính sách, pháp luật", _ALL, Span.EVERY),
        Key("internal_unity", "Nội bộ đoàn kết", _UNIT, Span.EVERY),
        Key("movement_organised", "Tổ chức phong trào thiết thực, hiệu quả", _UNIT),
        Key("clear_change", "Tạo được chuyển biến rõ rệt", _UNIT),
        Key("has_contributions", "Có nhiều đóng góp cho phong trào", ("person", "other")),
        Key("digital_skills_certificate", "Có xác nhận phổ cập kỹ năng số cơ bản", _PERSON),
        Key("maternity_leave", "Nghỉ thai sản trong năm", _PERSON),
        Key("ranked_by_dti", "Thuộc diện xếp hạng chỉ số chuyển đổi số (DTI)", _UNIT),
        Key("dti_rank", "Thứ hạng trung bình 5 năm về chỉ số DTI", _UNIT, is_number=True),
    )
}
# What a rule of a plan looks at, where its key is not itself the name of a fact.
FACTS_OF_RULE = {
    "merit": ("has_initiative", "has_contributions"),
    "dti_rank": ("dti_guidance_issued", "ranked_by_dti", "dti_rank"),
    "quota": (),
}
LABELS = {
    **{key: each.label for key, each in KEYS.items()},
    "dti_guidance_issued": "Đã có hướng dẫn về chỉ số DTI",
    "has_initiative": "Có sáng kiến",
}


def keys_of(kind: str) -> list[Key]:
    """Return what may be declared about a kind of subject (unit | person | other)."""
    return [each for each in KEYS.values() if kind in each.kinds]


def value_words(value: bool | float | None) -> str:
    """Return a declared value in words."""
    if value is None:
        return "chưa rõ"
    if isinstance(value, bool):
        return "có" if value else "không"
    return f"{value:g}".replace(".", ",")
