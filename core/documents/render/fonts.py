"""The shipped typeface: Tinos, which has the metrics of Times New Roman (SIL OFL 1.1)."""

import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from core.documents.render.errors import unavailable

FONTS_DIR = Path(__file__).parent.parent / "fonts"
REGULAR = "Tinos_400Regular.ttf"
ITALIC = "Tinos_400Regular_Italic.ttf"
BOLD = "Tinos_700Bold.ttf"
BOLD_ITALIC = "Tinos_700Bold_Italic.ttf"
FONT_FILES = (REGULAR, ITALIC, BOLD, BOLD_ITALIC)

_BASE = "aăâeêioôơuưy"
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SIGNS = "0123456789.,:;-–—/()[]\"'“”‘’…%&§°≥≤±×"


@cache
def required_characters() -> frozenset[str]:
    """Every letter of Vietnamese in both cases, its tone marks, digits and common signs."""
    vowels = {unicodedata.normalize("NFC", char + tone) for char in _BASE for tone in ("", *_TONES)}
    lower = vowels | set("bcdđfghjklmnpqrstvwxz")
    return frozenset(lower | {char.upper() for char in lower} | set(_TONES) | set(_SIGNS))


def font_problems(folder: Path = FONTS_DIR) -> list[str]:
    """What is wrong with the shipped fonts, in Vietnamese; empty when all is well."""
    problems = []
    for name in FONT_FILES:
        path = folder / name
        if not path.is_file():
            problems.append(f"thiếu tệp phông chữ {name}")
            continue
        with TTFont(path, lazy=True) as font:
            known = font.getBestCmap()
        lacking = sorted(char for char in required_characters() if ord(char) not in known)
        if lacking:
            problems.append(f"phông chữ {name} thiếu ký tự: {' '.join(lacking)}")
    return problems


def require_fonts(folder: Path = FONTS_DIR) -> None:
    """RenderingUnavailableError when a font file is not there: without any, Pango crashes."""
    missing = [name for name in FONT_FILES if not (folder / name).is_file()]
    if missing:
        raise unavailable(f"phông chữ {', '.join(missing)}")


def text_width(text: str, size: float, font_name: str = REGULAR) -> float:
    """Width of one line in points, without kerning."""
    advances, fallback, units = _advances(font_name)
    return sum(advances.get(ord(char), fallback) for char in text) * size / units


def balanced_lines(text: str, size: float, font_name: str, limit: float) -> tuple[str, ...]:
    """The text in as few lines as `limit` points allow, all about equally long."""
    words = [piece for word in text.split() for piece in _pieces(word, size, font_name, limit)]
    widths = [text_width(word, size, font_name) for word in words]
    space = text_width(" ", size, font_name)
    fewest = len(_greedy(widths, space, limit))
    low, high = max(widths, default=0.0), limit
    while high - low > 1:
        middle = (low + high) / 2
        low, high = (
            (low, middle) if len(_greedy(widths, space, middle)) <= fewest else (middle, high)
        )
    lines, start = [], 0
    for count in _greedy(widths, space, high):
        lines.append(" ".join(words[start : start + count]))
        start += count
    return tuple(lines)


def _greedy(widths: Sequence[float], space: float, limit: float) -> list[int]:
    """How many words each line takes when every line is filled up to the limit."""
    counts: list[int] = []
    used = 0.0
    for width in widths:
        if counts and used + space + width <= limit:
            counts[-1] += 1
            used += space + width
        else:
            counts.append(1)
            used = width
    return counts


def _pieces(word: str, size: float, font_name: str, limit: float) -> list[str]:
    """A word cut where it would not fit on a line of its own."""
    pieces = [""]
    for char in word:
        if pieces[-1] and text_width(pieces[-1] + char, size, font_name) > limit:
            pieces.append("")
        pieces[-1] += char
    return pieces


@cache
def _advances(font_name: str) -> tuple[dict[int, int], int, int]:
    require_fonts()
    with TTFont(FONTS_DIR / font_name, lazy=True) as font:
        metrics = font["hmtx"].metrics
        advances = {code: metrics[glyph][0] for code, glyph in font.getBestCmap().items()}
        return advances, metrics[".notdef"][0], font["head"].unitsPerEm
