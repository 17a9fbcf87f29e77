"""What a paper says, independent of PDF or Word.

All texts are plain: no markup. `clean_paper` brings them into the form that the renderers expect.
"""

import unicodedata
from datetime import date
from enum import StrEnum
from typing import TypeAlias, TypeVar, cast

import msgspec


class PaperKind(StrEnum):
    """Which paper this is."""

    UNIT_REPORT = "unit_report"
    CONSOLIDATED_REPORT = "consolidated_report"
    RECEIPT = "receipt"
    AWARD_DECISION = "award_decision"
    SUBMISSION_LETTER = "submission_letter"
    RECIPIENT_SUMMARY = "recipient_summary"
    NOMINATION_LETTER = "nomination_letter"
    ACHIEVEMENT_REPORT = "achievement_report"
    UNIT_MINUTES = "unit_minutes"
    COUNCIL_MINUTES = "council_minutes"
    BALLOT_MINUTES = "ballot_minutes"


class ListStyle(StrEnum):
    """How the items of a list are marked."""

    DASH = "dash"
    NUMBER = "number"
    LETTER = "letter"


class Align(StrEnum):
    """Horizontal position of a table column's text."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Letterhead(msgspec.Struct, frozen=True, kw_only=True):
    """The bodies at the top left, in their natural case; renderers write capitals."""

    issuing_body: str
    parent_body: str | None = None


class DocumentNumber(msgspec.Struct, frozen=True, kw_only=True):
    """Number and notation, e.g. 5 and "BC-SYT"; `number` is None until the clerk gives one."""

    notation: str
    number: int | None = None


class PlaceDate(msgspec.Struct, frozen=True, kw_only=True):
    """Where and when the paper is issued; `on` is None until it is dated."""

    place: str
    on: date | None = None


class Heading(msgspec.Struct, frozen=True, tag=True):
    """A title inside the content: level 1 "I.", 2 "1.", 3 "a)"."""

    text: str
    level: int = 1
    numbered: bool = True


class Paragraph(msgspec.Struct, frozen=True, tag=True):
    """One justified paragraph."""

    text: str
    italic: bool = False


class Article(msgspec.Struct, frozen=True, tag=True):
    """ "Điều n." in bold, then its text."""

    text: str


class ItemList(msgspec.Struct, frozen=True, tag=True):
    """Short items, each on its own line."""

    items: tuple[str, ...]
    style: ListStyle = ListStyle.DASH


class Column(msgspec.Struct, frozen=True):
    """A table column: its title, its share of the width and how its text stands."""

    title: str
    width: float = 1.0
    align: Align = Align.LEFT


class Table(msgspec.Struct, frozen=True, tag=True):
    """A ruled table whose head is repeated on every page that it reaches."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            message = "every row of a table needs one cell per column"
            raise ValueError(message)


class PageBreak(msgspec.Struct, frozen=True, tag=True):
    """The next block starts on a new page."""


Block: TypeAlias = Heading | Paragraph | Article | ItemList | Table | PageBreak


class Annex(msgspec.Struct, frozen=True, kw_only=True):
    """A phụ lục: begins on a new page and counts its own pages."""

    title: str
    body: tuple[Block, ...]


class Signature(msgspec.Struct, frozen=True, kw_only=True):
    """Authority lines ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC") and the signatory's name.

    `keep_titles` is the tenant's switch for academic titles before the name, off by default.
    """

    authority: tuple[str, ...]
    name: str
    keep_titles: bool = False


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One paper. `notice` marks a paper that is not (yet) a lawful document, on every page.

    `decider` and `enacting` are the lines around the legal bases of a decision (Mẫu 1.2).
    `seal_width`: width of the seal in millimetres where two signature boxes are reserved, else 0.
    `left_signature` stands on the left (minutes, Mẫu 1.9); "Nơi nhận" then follows below both.
    A `place_date` without a place is not printed: minutes have no such line.
    """

    kind: PaperKind
    template: str
    letterhead: Letterhead
    place_date: PlaceDate
    document_type: str
    abstract: str
    body: tuple[Block, ...]
    number: DocumentNumber | None = None
    addressees: tuple[str, ...] = ()
    legal_bases: tuple[str, ...] = ()
    signature: Signature | None = None
    recipients: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    notice: str | None = None
    decider: str = ""
    enacting: str = ""
    seal_width: float = 0
    left_signature: Signature | None = None


T = TypeVar("T")


def clean_paper(paper: Paper) -> Paper:
    """The same paper with every text in NFC and without characters that no paper can show."""
    return _clean(paper)


def clean_text(text: str) -> str:
    """NFC; control characters out; Word's private bullet signs become a dash.

    Every kind of space becomes the plain one: they share a glyph, and a PDF can map a glyph to one
    character only, so one no-break space would turn up in place of all spaces when text is copied.
    """
    kept = (_clean_char(char) for char in unicodedata.normalize("NFC", text))
    return "".join(kept).strip()


def _clean_char(char: str) -> str:
    category = unicodedata.category(char)
    if category == "Co":
        return "-"
    if category == "Zs":
        return " "
    if char in "\n\t":
        return char
    return "" if category in {"Cc", "Cs", "Cn"} or char == "\ufeff" else char


def _clean(value: T) -> T:
    if isinstance(value, StrEnum):
        return value
    if isinstance(value, str):
        return cast("T", clean_text(value))
    if isinstance(value, tuple):
        return cast("T", tuple(_clean(item) for item in value))
    if isinstance(value, msgspec.Struct):
        fields = {name: _clean(getattr(value, name)) for name in value.__struct_fields__}
        return cast("T", type(value)(**fields))
    return value


def paragraphs(text: str) -> tuple[Paragraph, ...]:
    """A narrative as typed by a person, one paragraph per non-empty line."""
    lines = (line.strip() for line in text.splitlines())
    return tuple(Paragraph(line) for line in lines if line)
