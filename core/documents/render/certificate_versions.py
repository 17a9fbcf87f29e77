"""Dated formats of the certificate: order, colours and styles by law, sizes as the issuer's choice.

All measures are millimetres on a sheet of 297 × 210; type sizes are points.
"""

from datetime import date
from typing import Literal

import msgspec

from core.documents.render import fonts
from core.documents.render.certificate_model import Spot
from core.documents.render.errors import NoTemplateError

Colour = tuple[float, float, float]
BLACK: Colour = (0.0, 0.0, 0.0)
RED: Colour = (0.784, 0.063, 0.086)
WIDTH, HEIGHT = 297.0, 210.0


class Slot(msgspec.Struct, frozen=True, kw_only=True):
    """How one text is set.

    Attributes:
        x, y: where its line is anchored: middle or left edge, and baseline of the last line (or
            of the first, for the texts of the middle, which flow).
        width: of the box that nothing may leave.
        size, least: points; between them a text is shrunk to stay on one line.
        lines: into how many it may be broken when `least` is not small enough.
        spacing: between letters, as a share of the size.
    """

    x: float
    y: float
    width: float
    size: float
    least: float
    lines: int = 1
    face: str = fonts.BOLD
    colour: Colour = BLACK
    align: Literal["middle", "left"] = "middle"
    capitals: bool = False
    spacing: float = 0.0


class Box(msgspec.Struct, frozen=True):
    """A square or rectangle: middle of its upper edge, width and height."""

    x: float
    y: float
    width: float
    height: float


class CertificateVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One format with the law that sets it and the days on which it holds.

    Attributes:
        flow: the texts of the middle, one under the other between `flow_top` and `flow_bottom`.
        line: distance of baselines as a multiple of the size; `gap` between two texts, points.
        frame: how far the border's inner line stands from the edge of the sheet.
    """

    id: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    confidence: Literal["confirmed", "unconfirmed"]
    emblem: Box
    qr: Box
    slots: dict[Spot, Slot]
    flow: tuple[Spot, ...]
    flow_top: float
    flow_bottom: float
    line: float
    gap: float
    frame: float


_MIDDLE, _LEFT, _RIGHT = WIDTH / 2, 54.0, 219.0
_SLOTS = {
    Spot.NATIONAL_TITLE: Slot(
        x=_MIDDLE, y=50, width=200, size=15, least=13, capitals=True, spacing=0.01
    ),
    Spot.MOTTO: Slot(x=_MIDDLE, y=57, width=200, size=15, least=13),
    Spot.POSITION: Slot(
        x=_MIDDLE, y=71, width=235, size=19, least=14, lines=2, colour=RED, capitals=True,
        spacing=0.015,
    ),
    Spot.GIVING: Slot(
        x=_MIDDLE, y=80, width=150, size=15, least=12, capitals=True, spacing=0.04
    ),
    Spot.AWARD: Slot(
        x=_MIDDLE, y=98, width=220, size=46, least=26, lines=1, colour=RED, capitals=True,
        spacing=0.035,
    ),
    Spot.NAME: Slot(x=_MIDDLE, y=0, width=225, size=26, least=16, lines=2),
    Spot.DETAIL: Slot(
        x=_MIDDLE, y=0, width=225, size=15, least=12, lines=2, face=fonts.REGULAR
    ),
    Spot.ACHIEVEMENT: Slot(
        x=_MIDDLE, y=0, width=220, size=15, least=12, lines=4, face=fonts.REGULAR
    ),
    Spot.DECISION: Slot(
        x=_LEFT, y=180, width=105, size=12, least=9, lines=2, face=fonts.BOLD_ITALIC, align="left"
    ),
    Spot.GOLD_BOOK: Slot(
        x=_LEFT, y=186.5, width=105, size=12, least=9, face=fonts.BOLD_ITALIC, align="left"
    ),
    Spot.PLACE_DATE: Slot(x=_RIGHT, y=150, width=112, size=14, least=10, face=fonts.BOLD_ITALIC),
    Spot.SIGNER_POSITION: Slot(
        x=_RIGHT, y=157, width=112, size=14, least=10, lines=3, capitals=True
    ),
    Spot.SIGNER_NAME: Slot(x=_RIGHT, y=186.5, width=112, size=15, least=11, lines=1),
}  # fmt: skip

DECREE_98 = CertificateVersion(
    id="nd98-2023-dieu104",
    valid_from=date(2024, 1, 1),
    valid_to=date(2025, 6, 30),
    legal_basis="Nghị định số 98/2023/NĐ-CP ngày 31 tháng 12 năm 2023, Điều 104",
    confidence="confirmed",
    emblem=Box(_MIDDLE, 21.5, 22, 22),
    qr=Box(36, 164.5, 20, 20),
    slots=_SLOTS,
    flow=(Spot.NAME, Spot.DETAIL, Spot.ACHIEVEMENT),
    flow_top=101.3,
    flow_bottom=144,
    line=1.22,
    gap=4,
    frame=18.4,
)

SINCE_JULY_2025 = msgspec.structs.replace(
    DECREE_98,
    id="giay-khen-2025-07",
    valid_from=date(2025, 7, 1),
    valid_to=None,
    legal_basis=(
        "Nghị định số 98/2023/NĐ-CP, Điều 104 (hết hiệu lực từ 01/7/2025); chưa xác nhận Quyết "
        "định số 01/2026/QĐ-TTg giữ bố cục này"
    ),
    confidence="unconfirmed",
)

VERSIONS: tuple[CertificateVersion, ...] = (DECREE_98, SINCE_JULY_2025)


def certificate_template_on(day: date) -> CertificateVersion:
    """The format that holds on `day`; NoTemplateError when none does."""
    for version in VERSIONS:
        if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
            return version
    raise NoTemplateError(f"Không có mẫu Giấy khen cho ngày {day:%d/%m/%Y}")


def certificate_template(version_id: str) -> CertificateVersion:
    """The format with this id; NoTemplateError when there is none."""
    for version in VERSIONS:
        if version.id == version_id:
            return version
    raise NoTemplateError(f"Không có mẫu Giấy khen “{version_id}”")
