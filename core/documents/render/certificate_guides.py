"""The test print: rulers along the edges, a cross and the name at every field."""

from collections.abc import Callable

from core.documents.render import certificate_phrases as phrases
from core.documents.render import fonts
from core.documents.render.certificate_fit import POINT, Laid, Line, placed
from core.documents.render.certificate_model import Sheet, Spot, Stock
from core.documents.render.certificate_versions import Colour, certificate_template
from core.documents.render.glyphs import face

MM = 72 / 25.4
_BLUE: Colour = (0.05, 0.35, 0.65)
_LABEL = 6.0
_ARM = 2.5
_ROOM = 60.0  # a field that begins left of this has its name above it

Show = Callable[[Line, float], str]


def guides(sheet: Sheet, laid: Laid, show: Show) -> str:
    """Operators of rulers, crosses, boxes and labels (millimetres from the upper left corner)."""
    strokes = ["0.05 0.35 0.65 RG 0.2 w"]
    labels: list[Line] = []
    for length, across in ((sheet.width, True), (sheet.height, False)):
        for at in range(5, int(length), 5):
            reach = 4.0 if at % 10 == 0 else 2.5
            strokes.append(_tick(at, reach, sheet, across=across))
            if at % 10 == 0:
                labels.append(_label(str(at), *((at, 6.2) if across else (4.4, at + 0.7))))
    for x, y, text in _crosses(laid):
        strokes.append(_cross(x, y, sheet.height))
        beside = x > _ROOM
        where = (x - 3, y + 0.7) if beside else (x + 1, y - 4.6)
        labels.append(_label(text, *where, left=not beside, end=beside))
    for left, top, width, height, text in _boxes(sheet):
        labels.append(_label(text, left, top - 1, left=True))
        strokes.append(f"{left * MM:.3f} {(sheet.height - top - height) * MM:.3f} "
                       f"{width * MM:.3f} {height * MM:.3f} re S")  # fmt: skip
    texts = [show(label, sheet.height) for label in labels]
    return "\n".join(["q", *strokes, "Q", "BT", *texts, "ET"])


def _crosses(laid: Laid) -> list[tuple[float, float, str]]:
    """Left end and baseline of the first line of every field, with its name."""
    first: dict[Spot, Line] = {}
    for line in laid.lines:
        first.setdefault(line.spot, line)
    return [(line.x, line.y, phrases.spot_label(spot, line.x, line.y))
            for spot, line in first.items()]  # fmt: skip


def _boxes(sheet: Sheet) -> list[tuple[float, float, float, float, str]]:
    """Places of the emblem and of the code, with their words."""
    version = certificate_template(sheet.template)
    spots = [(Spot.EMBLEM, version.emblem)] if sheet.stock is Stock.BLANK else []
    spots.append((Spot.QR, version.qr))
    made = []
    for spot, box in spots:
        if sheet.shift(spot).shown:
            at = placed(box, sheet, spot)
            left = at.x - at.width / 2
            empty = spot is Spot.EMBLEM and not sheet.emblem
            text = phrases.NO_EMBLEM if empty else phrases.spot_label(spot, left, at.y)
            made.append((left, at.y, at.width, at.height, text))
    return made


def _tick(at: float, reach: float, sheet: Sheet, *, across: bool) -> str:
    x, y, height = at * MM, at * MM, sheet.height * MM
    if across:
        return f"{x:.3f} {height:.3f} m {x:.3f} {height - reach * MM:.3f} l S"
    return f"0 {height - y:.3f} m {reach * MM:.3f} {height - y:.3f} l S"


def _cross(x: float, y: float, height: float) -> str:
    left, middle = x * MM, (height - y) * MM
    arm = _ARM * MM
    return (f"{left - arm:.3f} {middle:.3f} m {left + arm:.3f} {middle:.3f} l "
            f"{left:.3f} {middle - arm:.3f} m {left:.3f} {middle + arm:.3f} l S")  # fmt: skip


def _label(text: str, x: float, y: float, *, left: bool = False, end: bool = False) -> Line:
    width = face(fonts.REGULAR).width(text, _LABEL) * POINT
    start = x if left else x - width if end else x - width / 2
    return Line(Spot.NAME, text, start, y, _LABEL, fonts.REGULAR, _BLUE, 0.0, width)
