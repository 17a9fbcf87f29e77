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
    across, down = width - 2 * start, height - 2 * start
    made = []
    for phase, share, colour in _WAVES:
        swing = _THICK / 2 * share * 0.92
        for y, turn in ((middle, 1), (height - middle, -1)):
            made.append(_path(
                [(start + t, y + turn * d) for t, d in _wave(across, swing, phase)], colour))
        for x, turn in ((middle, 1), (width - middle, -1)):
            made.append(_path(
                [(x + turn * d, start + t) for t, d in _wave(down, swing, phase)], colour))
    return made  # fmt: skip


def _wave(length: float, swing: float, phase: float) -> list[Point]:
    """A sine with a whole number of periods, so that all sides end alike."""
    periods = max(1, round(length / _PERIOD))
    count = periods * _STEPS
    return [
        (length * i / count, swing * sin(2 * pi * (periods * i / count + phase)))
        for i in range(count + 1)
    ]


def _rosette(x: float, y: float) -> list[str]:
    """A flower of three woven curves in a square frame."""
    half = _THICK / 2
    made = [_frame(x, y, half)]
    for petals, turn, deep, colour in ((8, 0.0, 0.38, _DEEP), (8, pi / 8, 0.38, _GOLD),
                                       (12, 0.0, 0.16, _PALE)):  # fmt: skip
        points = []
        for i in range(petals * 10 + 1):
            angle = 2 * pi * i / (petals * 10)
            reach = half * 0.92 * (1 - deep + deep * cos(petals * angle + turn * petals))
            points.append((x + reach * cos(angle), y + reach * sin(angle)))
        made.append(_path(points, colour))
    return made


def _frame(x: float, y: float, half: float) -> str:
    return f"{_GOLD} RG 0.25 w {x - half:.3f} {y - half:.3f} {2 * half:.3f} {2 * half:.3f} re S"


def _rectangle(inset: float, width: float, height: float, line: float, colour: str) -> str:
    return (f"{colour} RG {line:g} w {inset:.3f} {inset:.3f} {width - 2 * inset:.3f} "
            f"{height - 2 * inset:.3f} re S")  # fmt: skip


def _path(points: list[Point], colour: str) -> str:
    """A smooth curve through the points (Catmull-Rom as cubic Béziers)."""
    parts = [f"{colour} RG 0.28 w {points[0][0]:.3f} {points[0][1]:.3f} m"]
    closed = max(abs(a - b) for a, b in zip(points[0], points[-1], strict=True)) < 1e-6
    for i in range(len(points) - 1):
        before = points[i - 1] if i else (points[-2] if closed else points[0])
        here, there = points[i], points[i + 1]
        after = points[i + 2] if i + 2 < len(points) else (points[1] if closed else there)
        c1 = [here[k] + (there[k] - before[k]) / 6 for k in (0, 1)]
        c2 = [there[k] - (after[k] - here[k]) / 6 for k in (0, 1)]
        numbers = (*c1, *c2, *there)
        parts.append(" ".join(f"{number:.3f}" for number in numbers) + " c")
    return "\n".join([*parts, "S"])
