"""The border of a certificate: our own line work, computed, and drawn as PDF paths.

Woven waves between two rules and a rosette in each corner, all inside the outer rule (Điều 104:
nothing outside the border). It copies no state award and stands on white.
"""

from functools import lru_cache
from math import cos, pi, sin

_EDGE, _BAND, _THICK = 8.0, 10.3, 6.6
_PERIOD = 11.0
_DEEP, _GOLD, _PALE = "0.545 0.376 0.122", "0.722 0.553 0.231", "0.871 0.788 0.592"
_WAVES = ((0.0, 1.0, _DEEP), (0.5, 1.0, _DEEP), (0.25, 1.0, _GOLD), (0.75, 1.0, _GOLD),
          (0.0, 0.45, _PALE), (0.5, 0.45, _PALE))  # fmt: skip
_STEPS = 8
_REACH = 0.92

Point = tuple[float, float]


@lru_cache(maxsize=8)
def border(width: float, height: float) -> bytes:
    """PDF operators of the border on a sheet of this size (millimetres, y downwards)."""
    made = ["1 j 1 J"]
    made += [_rectangle(_EDGE, width, height, 0.9, _DEEP)]
    made += [_rectangle(_EDGE + 1.3, width, height, 0.25, _GOLD)]
    made += _sides(width, height)
    middle = _BAND + _THICK / 2
    for x in (middle, width - middle):
        for y in (middle, height - middle):
            made += _rosette(x, y)
    inner = _BAND + _THICK
    made += [_rectangle(inner + 0.9, width, height, 0.25, _GOLD)]
    made += [_rectangle(inner + 1.9, width, height, 0.5, _DEEP)]
    return "\n".join(made).encode()


def _sides(width: float, height: float) -> list[str]:
    """The woven bands of the four sides, from corner square to corner square."""
    start, middle = _BAND + _THICK, _BAND + _THICK / 2
    made = []
    for y in (middle, height - middle):
        made += _band(width - 2 * start, f"1 0 0 1 {start:.3f} {y:.3f}")
    for x in (middle, width - middle):
        made += _band(height - 2 * start, f"0 1 1 0 {x:.3f} {start:.3f}")
    return made


def _band(length: float, matrix: str) -> list[str]:
    """One side: a whole number of periods, so that all sides end alike.

    Every period is drawn by the same operators, which therefore take hardly any room when packed.
    """
    periods = max(1, round(length / _PERIOD))
    tile = "\n".join(
        _path(_wave(length / periods, _THICK / 2 * share * _REACH, phase), colour)
        for phase, share, colour in _WAVES
    )
    step = f"{tile}\n1 0 0 1 {length / periods:.4f} 0 cm"
    return [f"q {matrix} cm", *[step] * periods, "Q"]


def _wave(length: float, swing: float, phase: float) -> list[Point]:
    """One period of a sine, with a point before and after it for the tangents."""
    return [
        (length * i / _STEPS, swing * sin(2 * pi * (i / _STEPS + phase)))
        for i in range(-1, _STEPS + 2)
    ]


def _rosette(x: float, y: float) -> list[str]:
    """A flower of three woven curves in a square frame."""
    half = _THICK / 2
    made = [_frame(x, y, half)]
    for petals, turn, deep, colour in ((8, 0.0, 0.38, _DEEP), (8, pi / 8, 0.38, _GOLD),
                                       (12, 0.0, 0.16, _PALE)):  # fmt: skip
        points = []
        for i in range(-1, petals * 10 + 2):
            angle = 2 * pi * i / (petals * 10)
            reach = half * _REACH * (1 - deep + deep * cos(petals * angle + turn * petals))
            points.append((x + reach * cos(angle), y + reach * sin(angle)))
        made.append(_path(points, colour))
    return made


def _frame(x: float, y: float, half: float) -> str:
    return f"{_GOLD} RG 0.25 w {x - half:.3f} {y - half:.3f} {2 * half:.3f} {2 * half:.3f} re S"


def _rectangle(inset: float, width: float, height: float, line: float, colour: str) -> str:
    return (f"{colour} RG {line:g} w {inset:.3f} {inset:.3f} {width - 2 * inset:.3f} "
            f"{height - 2 * inset:.3f} re S")  # fmt: skip


def _path(points: list[Point], colour: str) -> str:
    """A smooth curve from the second point to the last but one (Catmull-Rom as cubic Béziers)."""
    parts = [f"{colour} RG 0.28 w {points[1][0]:.3f} {points[1][1]:.3f} m"]
    for before, here, there, after in zip(points, points[1:], points[2:], points[3:], strict=False):
        c1 = [here[k] + (there[k] - before[k]) / 6 for k in (0, 1)]
        c2 = [there[k] - (after[k] - here[k]) / 6 for k in (0, 1)]
        parts.append(" ".join(f"{number:.3f}" for number in (*c1, *c2, *there)) + " c")
    return "\n".join([*parts, "S"])
