"""The paper as lines that are ready to be set: what PDF and Word have in common."""

from collections.abc import Iterable
from datetime import date

import msgspec

from core.documents.render import rules
from core.documents.render.fonts import BOLD, balanced_lines, text_width
from core.documents.render.model import (
    Align,
    Annex,
    Article,
    Block,
    Heading,
    ItemList,
    PageBreak,
    Paper,
    Paragraph,
    PlaceDate,
    Signature,
    Table,
    clean_paper,
)
from core.documents.render.template_versions import TemplateVersion, template_by_id

POINTS_PER_MM = 72 / 25.4
SHORT_RULE = 0.42
"""Share of the text that a short rule spans; the decree wants 1/3 to 1/2."""
SHORT_ROW = 900
"""Rows with fewer characters than this are not broken across pages."""


class HeadingLine(msgspec.Struct, frozen=True):
    """A heading with its number."""

    text: str
    level: int
    kind: str = "heading"


class TextParagraph(msgspec.Struct, frozen=True):
    """A paragraph of the content."""

    text: str
    italic: bool
    kind: str = "paragraph"


class ArticleLine(msgspec.Struct, frozen=True):
    """An article: its bold label and its text."""

    label: str
    text: str
    kind: str = "article"


class TextList(msgspec.Struct, frozen=True):
    """Items with their marks."""

    items: tuple[str, ...]
    kind: str = "list"


class NewPage(msgspec.Struct, frozen=True):
    """A page break."""

    kind: str = "break"


class HeadCell(msgspec.Struct, frozen=True):
    """A column's title and its share of the width in percent."""

    title: str
    percent: float


class BodyCell(msgspec.Struct, frozen=True):
    """A cell's lines and how they stand."""

    lines: tuple[str, ...]
    align: Align


class BodyRow(msgspec.Struct, frozen=True):
    """A row; a short one stays on one page."""

    cells: tuple[BodyCell, ...]
    short: bool


class RuledTable(msgspec.Struct, frozen=True):
    """A table with its widths worked out."""

    columns: tuple[HeadCell, ...]
    rows: tuple[BodyRow, ...]
    kind: str = "table"


Line = HeadingLine | TextParagraph | ArticleLine | TextList | NewPage | RuledTable


class AnnexLayout(msgspec.Struct, frozen=True, kw_only=True):
    """An annex with its label, its title in lines and its reference to the paper."""

    name: str
    label: str
    title: tuple[str, ...]
    reference: str
    body: tuple[Line, ...]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """Every text of the paper as it is printed; rules in points."""

    version: TemplateVersion
    title: str
    author: str
    created: date | None
    notice: str | None
    parent: tuple[str, ...]
    issuing: tuple[str, ...]
    issuing_rule: float
    small_names: bool
    national_title: str
    motto: str
    motto_rule: float
    number: str | None
    place_date: str
    document_type: str
    abstract: tuple[str, ...]
    abstract_rule: float
    addressees: tuple[str, ...]
    decider: str
    legal_bases: tuple[str, ...]
    enacting: str
    body: tuple[Line, ...]
    authority: tuple[str, ...]
    signatory: str | None
    left_authority: tuple[str, ...]
    left_signatory: str | None
    recipients: tuple[str, ...]
    annexes: tuple[AnnexLayout, ...]
    seal_width: float

    @property
    def name_size(self) -> float:
        """Size of the bodies' names: long ones get the smaller of the decree's two."""
        sizes = self.version.sizes
        return sizes.body_name_small if self.small_names else sizes.body_name


def lay_out(paper: Paper) -> Layout:
    """Apply the decree's rules of writing to a paper."""
    paper = clean_paper(paper)
    version = template_by_id(paper.template)
    sizes = version.sizes
    parent, issuing, small = _names(paper, version)
    name_size = sizes.body_name_small if small else sizes.body_name
    abstract = _centred(paper.abstract, sizes.abstract, version)
    signature, number = paper.signature, paper.number
    return Layout(
        version=version,
        title=f"{paper.document_type} {paper.abstract}",
        author=paper.letterhead.issuing_body,
        created=paper.place_date.on,
        notice=paper.notice,
        parent=parent,
        issuing=issuing,
        issuing_rule=_short_rule(issuing, name_size),
        small_names=small,
        national_title=rules.NATIONAL_TITLE,
        motto=rules.MOTTO,
        motto_rule=round(text_width(rules.MOTTO, sizes.motto, BOLD), 1),
        number=rules.number_line(number.number, number.notation) if number else None,
        place_date=_place_date(paper.place_date),
        document_type=paper.document_type.upper(),
        abstract=abstract,
        abstract_rule=_short_rule(abstract, sizes.abstract),
        addressees=_addressees(paper.addressees),
        decider=paper.decider.upper(),
        enacting=paper.enacting.upper(),
        legal_bases=rules.series(paper.legal_bases, dash=False) if paper.legal_bases else (),
        body=_lines(rules.with_end_mark(paper.body)),
        authority=_authority(signature),
        signatory=_signatory(signature),
        left_authority=_authority(paper.left_signature),
        left_signatory=_signatory(paper.left_signature),
        recipients=rules.series(paper.recipients, dash=True) if paper.recipients else (),
        annexes=tuple(_annex(paper, version, i, annex) for i, annex in enumerate(paper.annexes)),
        seal_width=paper.seal_width,
    )


def _authority(signature: Signature | None) -> tuple[str, ...]:
    return tuple(text.upper() for text in signature.authority) if signature else ()


def _signatory(signature: Signature | None) -> str | None:
    if signature is None:
        return None
    return rules.signatory_name(signature.name, keep_titles=signature.keep_titles)


def _place_date(given: PlaceDate) -> str:
    return rules.place_date_line(given.place, given.on) if given.place else ""


def _names(paper: Paper, version: TemplateVersion) -> tuple[tuple[str, ...], tuple[str, ...], bool]:
    """Lines of the two bodies, and whether they take the smaller size."""
    limit = (version.left_column - 8) * POINTS_PER_MM
    issuing_text = paper.letterhead.issuing_body.upper()
    parent_text = (paper.letterhead.parent_body or "").upper()
    small = len(balanced_lines(issuing_text, version.sizes.body_name, BOLD, limit)) > 3
    size = version.sizes.body_name_small if small else version.sizes.body_name
    parent = balanced_lines(parent_text, size, BOLD, limit)
    return parent, balanced_lines(issuing_text, size, BOLD, limit), small


def _centred(text: str, size: float, version: TemplateVersion) -> tuple[str, ...]:
    return balanced_lines(text, size, BOLD, version.text_width * 0.86 * POINTS_PER_MM)


def _short_rule(lines: Iterable[str], size: float) -> float:
    longest = max((text_width(line, size, BOLD) for line in lines), default=0.0)
    return round(longest * SHORT_RULE, 1)


def _addressees(addressees: tuple[str, ...]) -> tuple[str, ...]:
    return addressees if len(addressees) < 2 else rules.series(addressees, dash=True)


def _annex(paper: Paper, version: TemplateVersion, index: int, annex: Annex) -> AnnexLayout:
    notation = paper.number.notation if paper.number else None
    return AnnexLayout(
        name=f"annex{index + 1}",
        label=rules.annex_label(index, len(paper.annexes)),
        title=_centred(annex.title.upper(), version.sizes.document_type, version),
        reference=rules.annex_reference(
            paper.document_type, notation, paper.letterhead.issuing_body
        ),
        body=_lines(annex.body),
    )


def _lines(body: tuple[Block, ...]) -> tuple[Line, ...]:
    pairs = zip(rules.heading_labels(body), rules.article_labels(body), strict=True)
    labels = tuple(heading or article for heading, article in pairs)
    return tuple(_line(block, label) for block, label in zip(body, labels, strict=True))


def _line(block: Block, label: str) -> Line:
    match block:
        case Heading():
            text = block.text.upper() if block.level == 1 else block.text
            return HeadingLine(f"{label}{text}", block.level)
        case Paragraph():
            return TextParagraph(block.text, block.italic)
        case Article():
            return ArticleLine(label, block.text)
        case ItemList():
            marks = (rules.item_mark(block.style, i) for i in range(len(block.items)))
            return TextList(tuple(m + text for m, text in zip(marks, block.items, strict=True)))
        case PageBreak():
            return NewPage()
        case Table():
            return _table(block)


def _table(table: Table) -> RuledTable:
    total = sum(column.width for column in table.columns)
    head = tuple(HeadCell(c.title, round(100 * c.width / total, 2)) for c in table.columns)
    return RuledTable(head, tuple(_row(table, row) for row in table.rows))


def _row(table: Table, row: tuple[str, ...]) -> BodyRow:
    cells = tuple(
        BodyCell(tuple(text.splitlines()), column.align)
        for column, text in zip(table.columns, row, strict=True)
    )
    return BodyRow(cells, short=max(len(text) for text in row) < SHORT_ROW)
