"""The texts that a consolidation begins with; the officer edits them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from core.statistics import phrases
from core.statistics.counting import plain
from core.statistics.schemas import Figures, PartSummary, TextPart


def first_texts(figures: Figures, title: str) -> tuple[TextPart, ...]:
    """Return every text as the program proposes it: counts, then the units' own words."""
    opening = phrases.opening(
        title=title,
        obliged=figures.obliged,
        reported=figures.reported,
        rate=_percent(figures.reported_rate),
        on_time=figures.on_time,
        on_time_rate=_percent(figures.on_time_rate) if figures.timed else "",
        late=figures.late,
        accepted=figures.accepted,
        excused=figures.excused,
        missing=[unit.unit_name for unit in figures.missing],
    )
    criteria = [part for part in figures.parts if part.key != phrases.DIFFICULTIES]
    closing = [part for part in figures.parts if part.key == phrases.DIFFICULTIES]
    texts = [_own(phrases.OPENING, opening), *(_gathered(part) for part in criteria)]
    if figures.indicators:
        texts.append(_own(phrases.INDICATORS, _indicators(figures)))
    texts.append(_own(phrases.INITIATIVES, _initiatives(figures)))
    texts.extend(_gathered(part) for part in closing)
    texts.append(_own(phrases.CONCLUSION, ""))
    return tuple(texts)


def keep_edited(new: Iterable[TextPart], old: Iterable[TextPart]) -> tuple[TextPart, ...]:
    """Return the new texts, with those that were edited by hand kept as they are."""
    edited = {part.key: part for part in old if part.is_edited}
    return tuple(edited.get(part.key, part) for part in new)


def with_edits(texts: Iterable[TextPart], edits: Mapping[str, str]) -> tuple[TextPart, ...]:
    """Return the texts with some of them replaced; only a changed text counts as edited."""
    return tuple(
        TextPart(part.key, part.title, edits[part.key], is_edited=True)
        if part.key in edits and edits[part.key] != part.text
        else part
        for part in texts
    )


def _percent(value: float) -> str:
    return plain(Decimal(f"{value:.1f}"))


def _own(key: str, text: str) -> TextPart:
    return TextPart(key, phrases.TITLES[key], text)


def _gathered(part: PartSummary) -> TextPart:
    paragraphs = [f"{row.unit_name}: {row.text}" for row in part.gathered if row.text]
    head = phrases.assessed(len(part.gathered), part.assessments)
    return TextPart(part.key, part.title, "\n\n".join([head, *paragraphs]))


def _indicators(figures: Figures) -> str:
    lines = [
        phrases.spread(
            text=each.text.rstrip(" .;"),
            target=each.target,
            reporting=each.reporting,
            reached=each.reached,
            lowest=each.lowest,
            middle=each.middle,
            highest=each.highest,
        )
        for each in figures.indicators
    ]
    return "\n\n".join([*lines, phrases.NO_COMMON_FIGURE])


def _initiatives(figures: Figures) -> str:
    lines = []
    for row in figures.initiatives:
        author = f" ({row.author})" if row.author else ""
        result = f": {row.result}" if row.result else ""
        lines.append(f"{row.unit_name}: {row.name}{author}{result}")
    head = f"Các đơn vị báo cáo {len(lines)} sáng kiến, mô hình."
    return "\n\n".join([head, *lines])
