"""A PDF read back as pieces of text with their type, and as horizontal rules."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pdfplumber
from pdfminer.layout import LTChar, LTCurve, LTPage

GAP = 10.0
"""Points between two letters from which on they belong to different pieces."""


@dataclass(frozen=True)
class Piece:
    """Letters that stand on one baseline without a wide gap."""

    text: str
    x0: float
    x1: float
    baseline: float
    sizes: frozenset[float]
    fonts: frozenset[str]

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def size(self) -> float:
        return max(self.sizes)

    @property
    def bold(self) -> bool:
        return all("Bold" in font for font in self.fonts)

    @property
    def italic(self) -> bool:
        return all("Italic" in font or "Oblique" in font for font in self.fonts)

    @property
    def upright(self) -> bool:
        return not any("Italic" in font or "Oblique" in font for font in self.fonts)

    @property
    def light(self) -> bool:
        return not any("Bold" in font for font in self.fonts)


@dataclass(frozen=True)
class Rule:
    """A horizontal line."""

    x0: float
    x1: float
    top: float

    @property
    def length(self) -> float:
        return self.x1 - self.x0

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2


@dataclass
class Page:
    """One page: pieces from top to bottom, rules, colours, the text outside of tables."""

    number: int
    width: float
    height: float
    pieces: list[Piece]
    rules: list[Rule]
    colours: set[tuple[float, ...]]
    tables: list[tuple[float, float]] = field(default_factory=list)

    def free(self) -> list[Piece]:
        """Pieces that stand in no table."""
        return [p for p in self.pieces if not any(a <= p.baseline <= b for a, b in self.tables)]


def read(pdf: bytes) -> list[Page]:
    """All pages of a PDF."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        # Page.layout holds what pdfplumber's own lists are made from, at half their cost.
        return [_page(page.page_number, page.layout) for page in document.pages]


def _page(number: int, layout: LTPage) -> Page:
    chars = [item for item in layout if isinstance(item, LTChar)]
    drawn = [item for item in layout if isinstance(item, LTCurve)]
    edges = [(e.x0, e.x1, layout.y1 - e.y1, layout.y1 - e.y0) for e in drawn]
    level = {Rule(a, b, top) for a, b, top, bottom in edges if bottom - top < 2 < b - a}
    upright = [(top, bottom) for a, b, top, bottom in edges if b - a < 2 < bottom - top]
    return Page(
        number=number,
        width=layout.width,
        height=layout.height,
        pieces=list(_pieces(chars, layout.height)),
        rules=sorted(level, key=lambda rule: (rule.top, rule.x0)),
        colours={_components(char.graphicstate.ncolor) for char in chars},
        tables=list(_merged(upright)),
    )


def _components(colour: float | Sequence[float]) -> tuple[float, ...]:
    return (colour,) if isinstance(colour, int | float) else tuple(colour)


def _merged(spans: Iterable[tuple[float, float]]) -> Iterator[tuple[float, float]]:
    """Overlapping vertical spans as one: the extent of a table."""
    low = high = None
    for top, bottom in sorted(spans):
        if low is None or high is None:
            low, high = top, bottom
        elif top > high + 3:
            yield low, high
            low, high = top, bottom
        else:
            high = max(high, bottom)
    if low is not None and high is not None:
        yield low, high


def _pieces(chars: list[LTChar], height: float) -> Iterator[Piece]:
    rows: dict[float, list[LTChar]] = {}
    for char in chars:
        rows.setdefault(round(height - char.matrix[5], 1), []).append(char)
    for baseline in sorted(rows):
        run: list[LTChar] = []
        for char in sorted(rows[baseline], key=lambda c: c.x0):
            if run and char.x0 - run[-1].x1 > GAP:
                yield from _piece(run, baseline)
                run = []
            run.append(char)
        yield from _piece(run, baseline)


def _piece(run: list[LTChar], baseline: float) -> Iterator[Piece]:
    inked = [char for char in run if char.get_text().strip()]
    if inked:
        yield Piece(
            text="".join(char.get_text() for char in run).strip(" "),
            x0=inked[0].x0,
            x1=inked[-1].x1,
            baseline=baseline,
            sizes=frozenset(round(char.size, 1) for char in inked),
            fonts=frozenset(char.fontname.partition("+")[2] or char.fontname for char in inked),
        )
