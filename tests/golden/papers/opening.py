"""Checks of a paper's opening: components 1, 2, 3, 4, 5a and 9a."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from tests.golden.papers.reading import Page, Piece, Rule

NATIONAL = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
NUMBER = re.compile(r"Số:\s(\d{2,}|\s+)/(TTr|[A-ZĐ]+)(-[A-ZĐ0-9]+)*", re.UNICODE)
DATE = re.compile(
    r"\S.*, ngày (\s+|0[1-9]|[12]\d|3[01]) ?tháng (\s+|0[12]|[3-9]|1[0-2]) ?năm(\s+| \d{4})?"
)


@dataclass
class Opening:
    """Where the opening ends on page 1, and what is wrong with it."""

    bottom: float
    wrong: list[str]


def check_opening(
    page: Page, *, numbered: bool, parent: bool, minutes: bool = False
) -> tuple[Opening, list[str]]:
    """Violations of the opening's components, and the baseline below which the content starts.

    `minutes` have a number, but neither place nor date beside it (Mẫu 1.9).
    """
    wrong: list[str] = []
    pieces = page.pieces
    national = _find(pieces, NATIONAL)
    motto = _find(pieces, MOTTO)
    number = next((p for p in pieces if p.text.startswith("Số:")), None)
    date = next((p for p in pieces if re.search(r", ngày\s.*tháng\s", p.text)), None)
    level = number if minutes else date
    if national is None or motto is None or level is None:
        wrong.append("quốc hiệu, tiêu ngữ or date is missing")
        return Opening(0, wrong), wrong
    wrong += _check_national(page, national, motto)
    wrong += _check_bodies(page, national, level, parent_named=parent)
    if minutes:
        wrong += [f"4 minutes have no date line: {p.text}" for p in _beside(pieces, level)]
    elif date is not None:
        wrong += _check_date(national, date)
    if numbered:
        wrong += _check_number(pieces, national, number, level)
    below = [p for p in pieces if p.baseline > level.baseline + 2]
    bottom = _check_title(page, below, wrong)
    return Opening(bottom, wrong), wrong


def _find(pieces: list[Piece], text: str) -> Piece | None:
    return next((piece for piece in pieces if piece.text == text), None)


def type_is(piece: Piece, low: float, high: float, *, bold: bool, italic: bool) -> bool:
    """Whether every letter of the piece has the wanted size and style."""
    weight = piece.bold if bold else piece.light
    slope = piece.italic if italic else piece.upright
    return weight and slope and all(low <= size <= high for size in piece.sizes)


def _check_national(page: Page, national: Piece, motto: Piece) -> Iterator[str]:
    if not type_is(national, 12, 13, bold=True, italic=False):
        yield f"1 quốc hiệu: {national.sizes} {national.fonts}"
    if not type_is(motto, 13, 14, bold=True, italic=False):
        yield f"1 tiêu ngữ: {motto.sizes} {motto.fonts}"
    if national.centre < page.width / 2 or national.baseline != page.pieces[0].baseline:
        yield "1 quốc hiệu is not at the top right"
    if abs(national.centre - motto.centre) > 1.5:
        yield "1 tiêu ngữ is not centred under quốc hiệu"
    if not 0 < motto.baseline - national.baseline <= 1.4 * motto.size:
        yield "1 more than single spacing between quốc hiệu and tiêu ngữ"
    rule = _rule_under(page, motto)
    if rule is None or abs(rule.length - (motto.x1 - motto.x0)) > 3:
        yield f"1 rule under tiêu ngữ: {rule} for {motto.x1 - motto.x0:.0f} pt of text"


def _rule_under(page: Page, piece: Piece) -> Rule | None:
    """The rule that stands centred under a piece."""
    for rule in page.rules:
        if 0 < rule.top - piece.baseline < 12 and abs(rule.centre - piece.centre) < 3:
            return rule
    return None


def _check_bodies(page: Page, national: Piece, date: Piece, *, parent_named: bool) -> Iterator[str]:
    left = [p for p in page.pieces if p.x1 < national.x0 and p.baseline < date.baseline - 5]
    issuing = [p for p in left if not p.light]
    parent = [p for p in left if p.light]
    if not issuing:
        yield "2 cơ quan ban hành is missing or not bold"
        return
    if bool(parent) != parent_named:
        yield "2 cơ quan chủ quản is missing or bold"
    if parent and max(p.baseline for p in parent) > min(p.baseline for p in issuing):
        yield "2 cơ quan chủ quản does not stand above"
    if left[0].baseline != national.baseline:
        yield "2 the bodies do not begin level with quốc hiệu"
    for piece in left:
        if piece.text != piece.text.upper():
            yield f"2 not in capitals: {piece.text}"
        if not type_is(piece, 12, 13, bold=piece in issuing, italic=False):
            yield f"2 {piece.text}: {piece.sizes} {piece.fonts}"
        if abs(piece.centre - left[0].centre) > 1.5:
            yield f"2 not centred: {piece.text}"
    yield from short_rule(page, issuing, "2 cơ quan ban hành")


def short_rule(page: Page, lines: list[Piece], name: str) -> Iterator[str]:
    """The rule under a text spans a third to a half of it."""
    rule = _rule_under(page, lines[-1])
    longest = max(p.x1 - p.x0 for p in lines)
    if rule is None:
        yield f"{name}: no rule"
    elif not 1 / 3 <= rule.length / longest <= 1 / 2:
        yield f"{name}: the rule is {rule.length / longest:.2f} of the text"


def _beside(pieces: list[Piece], number: Piece) -> list[Piece]:
    """Pieces on the number's line other than the number."""
    return [p for p in pieces if p is not number and abs(p.baseline - number.baseline) < 2]


def _check_date(national: Piece, date: Piece) -> Iterator[str]:
    if not type_is(date, 13, 14, bold=False, italic=True):
        yield f"4 date: {date.sizes} {date.fonts}"
    if not DATE.fullmatch(date.text):
        yield f"4 date is written “{date.text}”"
    if abs(date.centre - national.centre) > 12:
        yield "4 date is not centred under tiêu ngữ"


def _check_number(
    pieces: list[Piece], national: Piece, number: Piece | None, level: Piece
) -> Iterator[str]:
    if number is None:
        yield "3 number is missing"
        return
    if not type_is(number, 13, 13, bold=False, italic=False):
        yield f"3 number: {number.sizes} {number.fonts}"
    if not NUMBER.fullmatch(number.text):
        yield f"3 number is written “{number.text}”"
    if number.baseline != level.baseline:
        yield "3, 4 number and date are not on one line"
    if abs(number.centre - pieces[0].centre) > 3 and pieces[0].x1 < national.x0:
        yield "3 number is not centred under the bodies"


def _check_title(page: Page, below: list[Piece], wrong: list[str]) -> float:
    """Check tên loại, trích yếu and Kính gửi; the baseline of the last of them."""
    title, *rest = below
    middle = title.centre
    if title.text != title.text.upper() or not type_is(title, 13, 14, bold=True, italic=False):
        wrong.append(f"5a tên loại: {title.text} {title.sizes} {title.fonts}")
    first_rule = next((r for r in page.rules if r.top > title.baseline), None)
    abstract = [p for p in rest if first_rule and p.baseline < first_rule.top]
    if not abstract:
        wrong.append("5a trích yếu is missing")
        return title.baseline
    for piece in abstract:
        if not type_is(piece, 13, 14, bold=True, italic=False) or abs(piece.centre - middle) > 1.5:
            wrong.append(f"5a trích yếu: {piece.text} {piece.sizes} {piece.fonts}")
    wrong.extend(short_rule(page, abstract, "5a trích yếu"))
    bottom = abstract[-1].baseline
    label = next((p for p in rest if p.text.startswith("Kính gửi:")), None)
    if label is None:
        return bottom
    if not type_is(label, 13, 14, bold=False, italic=False):
        wrong.append(f"9a Kính gửi: {label.sizes} {label.fonts}")
    return _addressees(rest, label, wrong)


def _addressees(rest: list[Piece], label: Piece, wrong: list[str]) -> float:
    """Several addressees stand one to a line, each under the first."""
    first = label.text.removeprefix("Kính gửi:").strip()
    if not first.startswith("- "):
        return label.baseline
    under = [p for p in rest if p.baseline > label.baseline and p.text.startswith("- ")]
    items = [p for p in under if abs(p.x0 - under[0].x0) < 0.5]
    ends = [text[-1] for text in (first, *(p.text for p in items))]
    if ends != [";"] * len(items) + ["."]:
        wrong.append(f"9a addressees end with {ends}")
    if not items or not label.x0 + 30 < items[0].x0 < label.x0 + 75:
        wrong.append("9a addressees do not stand under one another")
    return items[-1].baseline if items else label.baseline
