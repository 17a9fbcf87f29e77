"""The administrative format decree (30/2020/NĐ-CP, Phụ lục I) as checks on a finished PDF.

Nothing here looks at how the PDF was made: a paper by anybody can be checked.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator

import pikepdf

from tests.golden.papers import opening
from tests.golden.papers.closing import check_closing, check_two
from tests.golden.papers.content import check_content
from tests.golden.papers.reading import Page, read

MM = 72 / 25.4
TOP = BOTTOM = (20 * MM, 25 * MM)
LEFT, RIGHT = (30 * MM, 35 * MM), (15 * MM, 20 * MM)
ALLOWED_FONT = re.compile(r"Times|Tinos|Liberation-?Serif", re.IGNORECASE)
SLACK = 1.0


def check(
    pdf: bytes,
    *,
    parent: bool = True,
    numbered: bool = True,
    signed: bool = True,
    minutes: bool = False,
    notice: str = "",
) -> list[str]:
    """What the paper does against the decree; empty when it keeps it.

    `parent`: a cơ quan chủ quản is named. A receipt is neither `numbered` nor `signed`.
    `minutes` have no place and date, and two signatures (Mẫu 1.9). `notice` is the text that
    marks a provisional paper in the bottom margin: the decree knows no such thing, so any other
    text there is wrong.
    """
    pages = read(pdf)
    found = [*_check_fonts(pdf), *_check_numbers(pages)]
    for page in pages:
        found += [f"page {page.number}: {text}" for text in _check_page(page, notice)]
    parts, wrong = opening.check_opening(
        pages[0], numbered=numbered, parent=parent, minutes=minutes
    )
    found += wrong
    found += check_content(pages, start=parts.bottom)
    if signed:
        found += check_two(pages) if minutes else check_closing(pages)
    return found


def _check_fonts(pdf: bytes) -> Iterator[str]:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages, 1):
            for font in dict(page.resources.get("/Font", {})).values():
                name = str(font.BaseFont)
                if not ALLOWED_FONT.search(name):
                    yield f"page {number}: font {name}"
                for inner in font.get("/DescendantFonts", [font]):
                    descriptor = inner.get("/FontDescriptor", {})
                    if not any(f"/FontFile{n}" in descriptor for n in ("", "2", "3")):
                        yield f"page {number}: font {name} is not embedded"


def _check_page(page: Page, notice: str) -> Iterator[str]:
    if abs(page.width - 595.28) > 1 or abs(page.height - 841.89) > 1:
        yield f"size {page.width} × {page.height}"
    if any(any(value != 0 for value in colour) for colour in page.colours):
        yield f"colours {page.colours}"
    body = [p for p in page.pieces if TOP[0] - 5 < p.baseline < page.height - BOTTOM[0] + 5]
    for piece in page.pieces:
        if unicodedata.normalize("NFC", piece.text) != piece.text:
            yield f"not NFC: {piece.text[:40]}"
        if "\u00a0" in piece.text:
            yield f"no-break spaces in place of spaces: {piece.text[:40]}"
        if piece.baseline >= page.height - BOTTOM[0] + 5 and piece.text != notice:
            yield f"text in the bottom margin: {piece.text[:40]}"
    if not body:
        return
    first = min(body, key=lambda p: p.baseline)
    ascent = first.baseline - 0.891 * first.size
    if ascent < TOP[0] - SLACK:
        yield f"top margin {ascent / MM:.1f} mm"
    if ascent > TOP[1] + SLACK and not page.tables:
        yield f"first line only at {ascent / MM:.1f} mm"
    last = max(p.baseline + 0.216 * p.size for p in body)
    if last > page.height - BOTTOM[0] + SLACK:
        yield f"bottom margin {(page.height - last) / MM:.1f} mm"
    yield from _check_sides(page, min(p.x0 for p in body), max(p.x1 for p in body))


def _check_sides(page: Page, left: float, right: float) -> Iterator[str]:
    if not LEFT[0] - SLACK <= left <= LEFT[1] + 13 * MM:
        yield f"left margin {left / MM:.1f} mm"
    if page.width - right < RIGHT[0] - SLACK:
        yield f"right margin {(page.width - right) / MM:.1f} mm"


def _check_numbers(pages: list[Page]) -> Iterator[str]:
    """1 is hidden, then 2, 3, …; an annex starts again."""
    expected = 0
    for page in pages:
        head = [p for p in page.pieces if p.baseline <= TOP[0] - 5]
        first = min(
            (p for p in page.pieces if p not in head), key=lambda p: p.baseline, default=None
        )
        starts = first is not None and re.fullmatch(r"Phụ lục( [IVXLC]+)?", first.text)
        expected = 1 if starts else expected + 1
        if expected == 1:
            if head:
                yield f"page {page.number}: first page shows “{head[0].text}” in the top margin"
            continue
        if [p.text for p in head] != [str(expected)]:
            yield f"page {page.number}: number {[p.text for p in head]}, not {expected}"
            continue
        number = head[0]
        middle = (LEFT[0] + page.width - RIGHT[0]) / 2
        if not (number.upright and number.light and 13 <= number.size <= 14):
            yield f"page {page.number}: the number's type is {number.sizes} {number.fonts}"
        if abs(number.centre - middle) > 5 * MM:
            yield f"page {page.number}: the number is not centred"
