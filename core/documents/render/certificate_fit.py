"""Where every line of a certificate stands: shrink by rule, then more lines, then a warning.

Nothing leaves its box, whatever the text is: what the rule cannot set is set smaller than the rule
allows, and said.
"""

from collections.abc import Iterable
from functools import lru_cache

import msgspec

from core.documents.render import certificate_phrases as phrases
from core.documents.render.certificate_model import Certificate, Sheet, Spot, Warned
from core.documents.render.certificate_versions import (
    HEIGHT,
    WIDTH,
    Box,
    CertificateVersion,
    Colour,
    Slot,
    certificate_template,
)
from core.documents.render.glyphs import Face, face
from core.documents.render.rules import MOTTO, NATIONAL_TITLE

POINT = 25.4 / 72
"""Millimetres of a point."""
_STEP = 0.5
_SMALLEST = 2.0
_SCALES = tuple(1 - 0.04 * step for step in range(16))
_BROKEN = 0.86
"""A text on several lines is at most this share of its full size."""
_WIDEST = 2.0
"""A gap of the middle grows to at most so many times its least."""
_RULE_DROP = 1.9
_SPACE = " "
_NEEDED = (Spot.NAME, Spot.ACHIEVEMENT, Spot.DECISION, Spot.PLACE_DATE, Spot.SIGNER_NAME)


class Line(msgspec.Struct, frozen=True):
    """One line on the sheet: left end and baseline in millimetres, size in points."""

    spot: Spot
    text: str
    x: float
    y: float
    size: float
    face: str
    colour: Colour
    spacing: float
    width: float


class Stroke(msgspec.Struct, frozen=True):
    """The rule under the motto: both ends in millimetres."""

    x1: float
    x2: float
    y: float


class Laid(msgspec.Struct, frozen=True):
    """A certificate as it will be drawn."""

    lines: tuple[Line, ...]
    rule: Stroke | None
    warnings: tuple[Warned, ...]


class _Set(msgspec.Struct, frozen=True):
    """A text in lines of one size; `why` when the rule was broken."""

    lines: tuple[str, ...]
    size: float
    why: str = ""


def lay_out_certificate(certificate: Certificate, sheet: Sheet) -> Laid:
    """All lines of one certificate; NoTemplateError for an unknown format."""
    version = certificate_template(sheet.template)
    texts = _texts(certificate)
    found = {spot: _fit(text, version.slots[spot], version.slots[spot].size)
             for spot, text in texts.items() if spot not in version.flow}  # fmt: skip
    flowing = {spot: texts[spot] for spot in version.flow if texts[spot]}
    middle, top, crowded = _flow(flowing, version)
    found |= middle
    scale = min(sheet.width / WIDTH, sheet.height / HEIGHT)
    left, upper = (sheet.width - WIDTH * scale) / 2, (sheet.height - HEIGHT * scale) / 2
    lines: list[Line] = []
    for spot, made in found.items():
        shift = sheet.shift(spot)
        if not shift.shown:
            continue
        slot = version.slots[spot]
        last = top[spot] if spot in top else _last_baseline(spot, slot, made, version)
        for text, y in zip(made.lines, _baselines(last, made, version), strict=True):
            width = face(slot.face).width(text, made.size, slot.spacing) * POINT
            x = slot.x - (width / 2 if slot.align == "middle" else 0)
            lines.append(Line(
                spot, text, left + x * scale + shift.dx, upper + y * scale + shift.dy,
                made.size * scale, slot.face, slot.colour, slot.spacing, width * scale,
            ))  # fmt: skip
    warned = _warnings(certificate, texts, found, sheet, crowded=crowded)
    return Laid(tuple(lines), _rule(lines), warned)


def placed(box: Box, sheet: Sheet, spot: Spot) -> Box:
    """Where a box of the format stands on this sheet, in millimetres."""
    scale = min(sheet.width / WIDTH, sheet.height / HEIGHT)
    left, upper = (sheet.width - WIDTH * scale) / 2, (sheet.height - HEIGHT * scale) / 2
    shift = sheet.shift(spot)
    return Box(left + box.x * scale + shift.dx, upper + box.y * scale + shift.dy,
               box.width * scale, box.height * scale)  # fmt: skip


def _texts(certificate: Certificate) -> dict[Spot, str]:
    """Every text in NFC on one line (the signer's position keeps its lines), as it is to be set."""
    slots = {
        Spot.NATIONAL_TITLE: NATIONAL_TITLE,
        Spot.MOTTO: MOTTO,
        Spot.POSITION: certificate.position,
        Spot.GIVING: certificate.giving,
        Spot.AWARD: certificate.award,
        Spot.NAME: certificate.name,
        Spot.DETAIL: certificate.detail,
        Spot.ACHIEVEMENT: certificate.achievement,
        Spot.DECISION: certificate.decision,
        Spot.GOLD_BOOK: certificate.gold_book,
        Spot.PLACE_DATE: certificate.place_date,
        Spot.SIGNER_POSITION: "\n".join(certificate.signer_position),
        Spot.SIGNER_NAME: certificate.signer_name,
    }
    return {spot: phrases.plain(text) for spot, text in slots.items()}


def _fit(text: str, slot: Slot, size: float) -> _Set:
    return _fit_cached(text.upper() if slot.capitals else text, slot, size)


@lru_cache(maxsize=4096)
def _fit_cached(text: str, slot: Slot, size: float) -> _Set:
    """The rule: one line from `size` down to `least`, then more lines, then smaller and a word."""
    parts = tuple(part for part in text.split("\n") if part)
    font, width = face(slot.face), slot.width / POINT
    lacking = font.lacking("".join(parts))
    if lacking:
        parts = tuple("".join("?" if c in lacking else c for c in part) for part in parts)
    why = phrases.lacking(lacking) if lacking else ""
    widest = max((font.width(part, 1, slot.spacing) for part in parts), default=0.0)
    one = _whole_step(width / widest) if widest else size
    if one >= min(size, slot.least):
        return _Set(parts, min(size, one), why)
    room = slot.lines // max(1, len(parts))
    largest = max(slot.least, _whole_step(size * _BROKEN))
    for lines in range(2, room + 1):
        at = largest
        while at >= min(slot.least, size):
            broken = _broken(parts, font, at, slot.spacing, width, lines)
            if broken:
                return _Set(broken, at, why)
            at -= _STEP
    return _forced(parts, slot, font, width, max(1, room))


def _forced(parts: tuple[str, ...], slot: Slot, font: Face, width: float, room: int) -> _Set:
    """Smaller than the rule allows, so that it stays inside its box."""
    at = slot.least
    while at > _SMALLEST:
        broken = _broken(parts, font, at, slot.spacing, width, room)
        if broken:
            return _Set(broken, at, phrases.small(at, slot.least))
        at -= _STEP
    return _Set(tuple(_cut(part, font, slot.spacing, width) for part in parts), _SMALLEST,
                phrases.CUT)  # fmt: skip


def _cut(text: str, font: Face, spacing: float, width: float) -> str:
    while text and font.width(text + "…", _SMALLEST, spacing) > width:
        text = text[:-1]
    return text + "…"


def _broken(
    parts: tuple[str, ...], font: Face, size: float, spacing: float, width: float, lines: int
) -> tuple[str, ...] | None:
    """Every part in at most so many lines, about equally long; None when that is too few."""
    made: list[str] = []
    for part in parts:
        words = part.split(_SPACE)
        low, high = 0.0, width
        best = _greedy(words, font, size, spacing, width)
        if best is None or len(best) > lines:
            return None
        while high - low > 1:
            middle = (low + high) / 2
            tried = _greedy(words, font, size, spacing, middle)
            if tried is not None and len(tried) <= len(best):
                high, best = middle, tried
            else:
                low = middle
        made += best
    return tuple(made)


def _greedy(
    words: Iterable[str], font: Face, size: float, spacing: float, width: float
) -> list[str] | None:
    """Words filled into lines; None when one word alone is too long."""
    lines: list[str] = []
    for word in words:
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.width(longer, size, spacing) <= width:
            lines[-1] = longer
        elif font.width(word, size, spacing) <= width:
            lines.append(word)
        else:
            return None
    return lines


def _flow(
    texts: dict[Spot, str], version: CertificateVersion
) -> tuple[dict[Spot, _Set], dict[Spot, float], bool]:
    """The texts of the middle, their last baselines, and whether they had to be squeezed.

    The largest scale wins at which all keep the rule and their sum fits; else the largest at which
    the sum fits, with a warning.
    """
    room = version.flow_bottom - version.flow_top
    fitting: dict[Spot, _Set] | None = None
    made: dict[Spot, _Set] = {}
    for scale in _SCALES:
        made = {spot: _scaled(text, version.slots[spot], scale) for spot, text in texts.items()}
        if _height(made, version) <= room:
            fitting = made if fitting is None else fitting
            if not any(each.why for each in made.values()):
                fitting = made
                break
    crowded = fitting is None
    if fitting is None:
        squeeze = room / _height(made, version)
        fitting = {
            spot: msgspec.structs.replace(each, size=each.size * squeeze)
            for spot, each in made.items()
        }
    spare = room - _height(fitting, version)
    gap = min(version.gap * POINT * _WIDEST, version.gap * POINT + spare / (len(fitting) + 1))
    spare -= (gap - version.gap * POINT) * max(0, len(fitting) - 1)
    at, last = version.flow_top + spare / 2, {}
    for spot, each in fitting.items():
        at += (len(each.lines) * each.size * version.line) * POINT
        last[spot] = at - each.size * (version.line - 0.95) * POINT
        at += gap
    return fitting, last, crowded


def _scaled(text: str, slot: Slot, scale: float) -> _Set:
    return _fit(text, slot, max(slot.least, _whole_step(slot.size * scale)))


def _height(made: dict[Spot, _Set], version: CertificateVersion) -> float:
    text = sum(len(each.lines) * each.size * version.line for each in made.values())
    return (text + version.gap * max(0, len(made) - 1)) * POINT


def _last_baseline(spot: Spot, slot: Slot, made: _Set, version: CertificateVersion) -> float:
    """Texts at the foot grow downwards from the signer's first line; the others upwards."""
    if spot is Spot.SIGNER_POSITION:
        return slot.y + (len(made.lines) - 1) * made.size * version.line * POINT
    return slot.y


def _baselines(last: float, made: _Set, version: CertificateVersion) -> list[float]:
    step = made.size * version.line * POINT
    return [last - step * (len(made.lines) - 1 - index) for index in range(len(made.lines))]


def _rule(lines: list[Line]) -> Stroke | None:
    """The rule under the motto, exactly as wide as its text."""
    for line in lines:
        if line.spot is Spot.MOTTO:
            return Stroke(line.x, line.x + line.width, line.y + _RULE_DROP)
    return None


def _warnings(
    certificate: Certificate,
    texts: dict[Spot, str],
    found: dict[Spot, _Set],
    sheet: Sheet,
    *,
    crowded: bool,
) -> tuple[Warned, ...]:
    said = {spot: made.why for spot, made in found.items() if made.why}
    if crowded:
        said[Spot.ACHIEVEMENT] = phrases.CROWDED
    for spot in _NEEDED:
        if not texts[spot]:
            said[spot] = phrases.MISSING
    return tuple(Warned(certificate.id, spot, why) for spot, why in said.items()
                 if sheet.shift(spot).shown)  # fmt: skip


def _whole_step(size: float) -> float:
    return int(size / _STEP) * _STEP
