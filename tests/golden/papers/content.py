"""Checks of a paper's content: component 6 and căn cứ."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from tests.golden.papers.closing import TWO
from tests.golden.papers.reading import Page, Piece

INDENTS = (28.35, 36.0)
WIDEST_MARGIN = 35 * 72 / 25.4
CLOSING = ("Nơi nhận:", TWO[0])
"""What the closing block begins with."""
SINGLE = 1.149
"""Single spacing of Times New Roman as a multiple of its size."""


def check_content(pages: list[Page], *, start: float) -> list[str]:
    """Violations in the running text from below `start` on page 1 to the closing block."""
    found: list[str] = []
    ended = False
    for page in pages:
        lines = _content_lines(page, start if page.number == 1 else 57)
        if lines and lines[0].text.startswith("Phụ lục"):
            break
        found += [f"page {page.number}: 6 {text}" for text in _check_lines(page, lines)]
        ended = ended or any(line.text.endswith("./.") for line in lines)
    if not ended:
        found.append("6 the content does not end with “./.”")
    return found


def _content_lines(page: Page, start: float) -> list[Piece]:
    """Lines of the content: neither in a table, nor in the margins, nor in the closing block."""
    closing = next((p.baseline for p in page.pieces if p.text in CLOSING), page.height)
    return [p for p in page.free() if start < p.baseline < min(closing, page.height - 56) - 1]


def _check_lines(page: Page, lines: list[Piece]) -> Iterator[str]:
    if not lines:
        return
    left = min(p.x0 for p in lines)
    right = max(p.x1 for p in lines)
    starts = [
        _is_centred(p, left, right) or any(abs(p.x0 - left - indent) < 1 for indent in INDENTS)
        for p in lines
    ]
    if left > WIDEST_MARGIN + 1:  # nothing but first lines on this page
        starts = [True] * len(lines)
    if all(starts) and len(lines) > 1:
        left = page.width
    for line, start in zip(lines, starts, strict=True):
        if not all(13 <= size <= 14 for size in line.sizes):
            yield f"size {line.sizes}: {line.text[:40]}"
        if not start and abs(line.x0 - left) > 1 and left < page.width:
            yield f"indent {line.x0 - left:.1f} pt: {line.text[:40]}"
        if line.text.startswith("Căn cứ") and not line.italic:
            yield f"căn cứ is not italic: {line.text[:40]}"
    for (line, _), (after, new) in pairwise(zip(lines, starts, strict=True)):
        yield from _check_pair(page, line, after, right, new=new)


def _is_centred(line: Piece, left: float, right: float) -> bool:
    """Whether it is a line of its own in the middle, in bold capitals (Mẫu 1.2: who decides)."""
    is_loud = line.bold and line.text == line.text.upper()
    return is_loud and line.x0 - left > 50 and abs(line.centre - (left + right) / 2) < 3


def _check_pair(page: Page, line: Piece, after: Piece, right: float, *, new: bool) -> Iterator[str]:
    """A line and the next: spacing, and justification where the paragraph goes on."""
    if any(line.baseline < top and bottom < after.baseline + 5 for top, bottom in page.tables):
        return
    step = (after.baseline - line.baseline) / after.size
    if not new:
        if abs(line.x1 - right) > 2 and len(line.text.split()) > 3:
            yield f"not justified: {line.text[:40]}"
        if not SINGLE - 0.02 <= step <= 1.5 * SINGLE + 0.02:
            yield f"line spacing {step / SINGLE:.2f}: {after.text[:40]}"
    elif after.baseline - line.baseline < SINGLE * after.size + 6 - 0.5:
        yield f"less than 6 pt above: {after.text[:40]}"
