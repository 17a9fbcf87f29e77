"""Checks of a paper's end: components 7a, 7b and 9b."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.golden.papers.opening import type_is
from tests.golden.papers.reading import Page, Piece

TITLES = re.compile(r"\b(GS|PGS|TS|ThS|BS|BSCK\w*|CK[I12]+|DS|TTƯT|TTND)\b\.?")


TWO = ("THƯ KÝ", "CHỦ TỌA")
"""Who signs minutes: on the left, on the right (Mẫu 1.9)."""


def check_two(pages: list[Page]) -> list[str]:
    """Violations of the end of minutes: two signatures side by side, “Nơi nhận” below both."""
    for page in pages:
        signing = [p for p in page.pieces if p.text in TWO]
        if signing:
            return list(_check_two(page, signing))
    return ["7 nobody signs"]


def _check_two(page: Page, signing: list[Piece]) -> Iterator[str]:
    if tuple(p.text for p in signing) != TWO or signing[0].baseline != signing[1].baseline:
        yield f"7a {[p.text for p in signing]} are not level, the secretary on the left"
        return
    label = next((p for p in page.pieces if p.text == "Nơi nhận:"), None)
    if label is None:
        yield "9b Nơi nhận is missing, or on another page than the signatures"
        return
    if not any(57 < p.baseline < signing[0].baseline - 1 for p in page.pieces):
        yield "7 the signatures stand alone on their page"
    names = [p for p in page.pieces if signing[0].baseline < p.baseline < label.baseline]
    if len(names) != len(TWO):
        yield f"7b names: {[p.text for p in names]}"
    for above, name in zip(signing, names, strict=False):
        if abs(above.centre - name.centre) > 1.5:
            yield f"7 not centred: {name.text}"
        if name.baseline - above.baseline < 50:
            yield "7b no room for a signature"
    for piece in (*signing, *names):
        if not type_is(piece, 13, 14, bold=True, italic=False):
            yield f"7 {piece.text}: {piece.sizes} {piece.fonts}"
        if TITLES.search(piece.text):
            yield f"7b title before the name: {piece.text}"
    end = page.height - 56
    yield from _check_recipients(
        page, label, [p for p in page.pieces if label.baseline < p.baseline < end]
    )


def check_closing(pages: list[Page]) -> list[str]:
    """Violations of quyền hạn, họ tên and nơi nhận."""
    for page in pages:
        label = next((p for p in page.pieces if p.text == "Nơi nhận:"), None)
        if label is not None:
            return list(_check_block(page, label))
    return ["9b Nơi nhận is missing"]


def _check_block(page: Page, label: Piece) -> Iterator[str]:
    end = page.height - 56
    right = [p for p in page.pieces if label.baseline - 1 <= p.baseline < end and p.x0 > label.x1]
    right = [p for p in right if p.centre > page.width / 2]
    left = [p for p in page.pieces if label.baseline < p.baseline < end and p not in right]
    if not any(57 < p.baseline < label.baseline - 1 for p in page.pieces):
        yield "7 the signature stands alone on its page"
    yield from _check_recipients(page, label, left)
    authority = [p for p in right if p.text == p.text.upper()]
    names = [p for p in right if p not in authority]
    if not authority or authority[0].baseline != label.baseline:
        yield "7a, 9b quyền hạn and Nơi nhận are not level"
    if len(names) != 1:
        yield f"7b names: {[p.text for p in names]}"
    for piece in right:
        if not type_is(piece, 13, 14, bold=True, italic=False):
            yield f"7 {piece.text}: {piece.sizes} {piece.fonts}"
        if abs(piece.centre - right[0].centre) > 1.5:
            yield f"7 not centred: {piece.text}"
    for piece in names:
        if TITLES.search(piece.text):
            yield f"7b title before the name: {piece.text}"
        if authority and piece.baseline - authority[-1].baseline < 50:
            yield "7b no room for a signature"


def _check_recipients(page: Page, label: Piece, lines: list[Piece]) -> Iterator[str]:
    if not type_is(label, 12, 12, bold=True, italic=True):
        yield f"9b Nơi nhận: {label.sizes} {label.fonts}"
    margin = min(p.x0 for p in page.pieces)
    if abs(label.x0 - margin) > 1:
        yield "9b Nơi nhận is not flush left"
    for piece in lines:
        if not type_is(piece, 11, 11, bold=False, italic=False):
            yield f"9b {piece.text}: {piece.sizes} {piece.fonts}"
    texts = [p.text for p in lines]
    items = re.split(r"(?=- )", " ".join(texts))[1:]
    ends = [item.strip()[-1:] for item in items]
    if not items or ends != [";"] * (len(items) - 1) + ["."]:
        yield f"9b lines end with {ends}"
    if items and not items[-1].startswith("- Lưu:"):
        yield f"9b the last line is “{items[-1].strip()}”"
