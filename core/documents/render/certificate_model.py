"""What a certificate (Giấy khen) says and on what it is printed: values that travel as JSON."""

from enum import StrEnum

import msgspec


class Spot(StrEnum):
    """One thing on the sheet that can be moved, in the order of Nghị định 98/2023, Điều 104."""

    EMBLEM = "emblem"
    NATIONAL_TITLE = "national_title"
    MOTTO = "motto"
    POSITION = "position"
    GIVING = "giving"
    AWARD = "award"
    NAME = "name"
    DETAIL = "detail"
    ACHIEVEMENT = "achievement"
    DECISION = "decision"
    GOLD_BOOK = "gold_book"
    PLACE_DATE = "place_date"
    SIGNER_POSITION = "signer_position"
    SIGNER_NAME = "signer_name"
    QR = "qr"


class Stock(StrEnum):
    """The paper in the printer: empty sheets, or sheets with border and emblem on them."""

    BLANK = "blank"
    PREPRINTED = "preprinted"


class Shift(msgspec.Struct, frozen=True):
    """How far a thing is moved in millimetres (right, down), and whether it is printed at all."""

    dx: float = 0.0
    dy: float = 0.0
    shown: bool = True


class Sheet(msgspec.Struct, frozen=True, kw_only=True):
    """On what is printed: format version, size in millimetres, stock, positions, emblem.

    Attributes:
        dx, dy: moves everything, for the printer's own error (millimetres; right, down).
        emblem: PNG or JPEG; empty leaves its place free.
        guides: rulers, crosses and names of the fields, for the test print.
    """

    template: str
    width: float
    height: float
    stock: Stock = Stock.BLANK
    dx: float = 0.0
    dy: float = 0.0
    shifts: dict[Spot, Shift] = {}
    emblem: bytes = b""
    guides: bool = False

    def shift(self, spot: Spot) -> Shift:
        """Where a thing goes, with the move of the whole sheet in it."""
        own = self.shifts.get(spot, Shift())
        return Shift(own.dx + self.dx, own.dy + self.dy, own.shown)


class Certificate(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one certificate, as they are to be read.

    Attributes:
        position: who decides (“Giám đốc Sở Y tế tỉnh …”); capitals are set by the format.
        detail: address, title or unit under the name; may be empty.
        signer_position: one or two lines (“KT. GIÁM ĐỐC”, “PHÓ GIÁM ĐỐC”).
        address: of the public page that the QR code leads to; empty = no code.
        code: what to type there when the code cannot be read, under it in small letters.
    """

    id: str
    position: str
    name: str
    detail: str
    achievement: str
    decision: str
    gold_book: str
    place_date: str
    signer_position: tuple[str, ...]
    signer_name: str
    giving: str = "Tặng"
    award: str = "Giấy khen"
    address: str = ""
    code: str = ""


class Job(msgspec.Struct, frozen=True):
    """Several certificates on the same kind of sheet."""

    sheet: Sheet
    certificates: tuple[Certificate, ...]


class Warned(msgspec.Struct, frozen=True):
    """A text that could not be set as the rule asks: which, where, and why in Vietnamese."""

    certificate_id: str
    spot: Spot
    sentence: str


class Printed(msgspec.Struct, frozen=True):
    """Finished files in order (one for each certificate, or one with all) and the warnings."""

    files: tuple[bytes, ...]
    warnings: tuple[Warned, ...]
