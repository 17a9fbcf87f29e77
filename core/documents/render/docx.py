"""Papers as Word files, with the same numbers as the PDF."""

import io
import zipfile
from datetime import UTC, datetime

import docx
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from core.documents.render.docx_parts import (
    add_line,
    add_page_field,
    add_rule,
    add_run,
    bare_table,
    keep_row_whole,
    repeat_row,
    restart_page_numbers,
    ruled_table,
    set_base_style,
    set_widths,
)
from core.documents.render.layout import (
    AnnexLayout,
    ArticleLine,
    HeadingLine,
    Layout,
    Line,
    NewPage,
    RuledTable,
    TextList,
    TextParagraph,
    lay_out,
)
from core.documents.render.model import Align, Paper
from core.documents.render.template_versions import TemplateVersion

MIME_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)
_SIGNATURE_ROOM = 70.0
_ALIGNMENT = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.CENTER: WD_ALIGN_PARAGRAPH.CENTER,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
}


def render_docx(paper: Paper) -> bytes:
    """The paper as .docx, the same bytes for the same paper."""
    layout = lay_out(paper)
    document = docx.Document()
    _set_base(document, layout)
    _letterhead(document, layout)
    _opening(document, layout)
    _content(document, layout.body, layout.version)
    _closing(document, layout)
    for annex in layout.annexes:
        _annex(document, annex, layout)
    return _packed(document)


def _set_base(document: Document, layout: Layout) -> None:
    version = layout.version
    set_base_style(document.styles["Normal"], version.sizes.content)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(version.page_width), Mm(version.page_height)
    section.top_margin, section.bottom_margin = Mm(version.margins.top), Mm(version.margins.bottom)
    section.left_margin, section.right_margin = Mm(version.margins.left), Mm(version.margins.right)
    section.header_distance = section.footer_distance = Mm(9)
    _page_furniture(section, layout)
    properties = document.core_properties
    properties.title, properties.author, properties.language = layout.title, layout.author, "vi"
    properties.comments = ""
    day = layout.created or version.valid_from
    properties.created = properties.modified = datetime(day.year, day.month, day.day, tzinfo=UTC)


def _page_furniture(section: Section, layout: Layout) -> None:
    """Page number from the second page on; the notice at the foot of every page."""
    section.different_first_page_header_footer = True
    header = section.header.paragraphs[0]
    header.alignment = WD_ALIGN_PARAGRAPH.CENTER
    add_page_field(header, layout.version.sizes.page_number)
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        size = layout.version.sizes.notice
        add_run(paragraph, layout.notice or "", size, bold=True, italic=True)


def _letterhead(document: Document, layout: Layout) -> None:
    version, sizes = layout.version, layout.version.sizes
    table = bare_table(document, 2, (version.left_column, version.right_column))
    (left, right), (number, place) = ([*row.cells] for row in table.rows)
    for line in layout.parent:
        add_line(left, line, layout.name_size)
    for line in layout.issuing:
        add_line(left, line, layout.name_size, bold=True)
    add_rule(left, layout.issuing_rule, version.left_column)
    add_line(right, layout.national_title, sizes.national_title, bold=True)
    add_line(right, layout.motto, sizes.motto, bold=True)
    add_rule(right, layout.motto_rule, version.right_column)
    add_line(number, layout.number or "", sizes.number, before=6)
    add_line(place, layout.place_date, sizes.place_date, italic=True, before=6)


def _opening(document: Document, layout: Layout) -> None:
    version, sizes = layout.version, layout.version.sizes
    add_line(document, layout.document_type, sizes.document_type, bold=True, before=16)
    for line in layout.abstract:
        add_line(document, line, sizes.abstract, bold=True)
    add_rule(document, layout.abstract_rule, version.text_width)
    if len(layout.addressees) == 1:
        add_line(document, f"Kính gửi: {layout.addressees[0]}", sizes.content, before=10)
    elif layout.addressees:
        table = bare_table(document, 1, (version.text_width * 0.35, version.text_width * 0.65))
        label, items = table.rows[0].cells
        paragraph = add_line(label, "Kính gửi:", sizes.content, before=10)
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for text in layout.addressees:
            paragraph = add_line(items, text, sizes.content, before=10 * (not items.text))
            paragraph.alignment = WD_ALIGN_PARAGRAPH.LEFT
    if layout.decider:
        add_line(document, layout.decider, sizes.content, bold=True, before=10)
    for text in layout.legal_bases:
        _body_text(document, text, version, italic=True)
    if layout.enacting:
        add_line(document, layout.enacting, sizes.content, bold=True, before=10)


def _content(document: Document, body: tuple[Line, ...], version: TemplateVersion) -> None:
    for line in body:
        match line:
            case HeadingLine():
                paragraph = _body_text(document, line.text, version, bold=line.level < 3)
                paragraph.paragraph_format.keep_with_next = True
            case TextParagraph():
                _body_text(document, line.text, version, italic=line.italic)
            case ArticleLine():
                paragraph = _body_text(document, f"{line.label} ", version, bold=True)
                add_run(paragraph, line.text, version.sizes.content)
            case TextList():
                for item in line.items:
                    _body_text(document, item, version)
            case NewPage():
                document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
            case RuledTable():
                _table(document, line, version)


def _table(document: Document, table: RuledTable, version: TemplateVersion) -> None:
    document.add_paragraph().paragraph_format.line_spacing = Pt(version.paragraph_space)
    grid = ruled_table(document, 1 + len(table.rows), len(table.columns))
    head, *rows = grid.rows
    repeat_row(head)
    for cell, column in zip(head.cells, table.columns, strict=True):
        add_line(cell, column.title, version.sizes.table, bold=True)
    for target, row in zip(rows, table.rows, strict=True):
        if row.short:
            keep_row_whole(target)
        for cell, source in zip(target.cells, row.cells, strict=True):
            for text in source.lines or ("",):
                paragraph = add_line(cell, text, version.sizes.table)
                paragraph.alignment = _ALIGNMENT[source.align]
    set_widths(grid, [version.text_width * column.percent / 100 for column in table.columns])


def _closing(document: Document, layout: Layout) -> None:
    if not (layout.authority or layout.recipients):
        return
    version, sizes = layout.version, layout.version.sizes
    document.paragraphs[-1].paragraph_format.keep_with_next = True
    add_line(document, "", sizes.recipients).paragraph_format.keep_with_next = True
    table = bare_table(document, 1, (version.left_column, version.right_column))
    keep_row_whole(table.rows[0])
    left, right = table.rows[0].cells
    if not layout.left_authority:
        _recipients(left, layout)
    _signature(left, layout.left_authority, layout.left_signatory, sizes.authority)
    _signature(right, layout.authority, layout.signatory, sizes.authority)
    if layout.left_authority:
        _recipients(document, layout)


def _signature(cell: _Cell, authority: tuple[str, ...], signatory: str | None, size: float) -> None:
    for text in authority:
        add_line(cell, text, size, bold=True)
    if signatory:
        add_line(cell, signatory, size, bold=True, before=_SIGNATURE_ROOM)


def _recipients(target: Document | _Cell, layout: Layout) -> None:
    sizes = layout.version.sizes
    if layout.recipients:
        label = add_line(target, "Nơi nhận:", sizes.recipients_label, bold=True, italic=True)
        label.alignment = WD_ALIGN_PARAGRAPH.LEFT
    for text in layout.recipients:
        add_line(target, text, sizes.recipients).alignment = WD_ALIGN_PARAGRAPH.LEFT


def _annex(document: Document, annex: AnnexLayout, layout: Layout) -> None:
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    restart_page_numbers(section)
    add_line(document, annex.label, layout.version.sizes.document_type, bold=True)
    for line in annex.title:
        add_line(document, line, layout.version.sizes.document_type, bold=True)
    add_line(document, annex.reference, layout.version.sizes.content, italic=True)
    _content(document, annex.body, layout.version)


def _body_text(
    document: Document,
    text: str,
    version: TemplateVersion,
    *,
    bold: bool = False,
    italic: bool = False,
) -> Paragraph:
    """A justified paragraph of the content."""
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    spacing = paragraph.paragraph_format
    spacing.first_line_indent = Mm(version.first_line_indent)
    spacing.space_before, spacing.line_spacing = Pt(version.paragraph_space), version.line_spacing
    add_run(paragraph, text, version.sizes.content, bold=bold, italic=italic)
    return paragraph


def _packed(document: Document) -> bytes:
    """The file's bytes with the clock taken out of the archive."""
    raw, fixed = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w") as target:
        for name in sorted(
            source.namelist(), key=lambda name: (name != "[Content_Types].xml", name)
        ):
            entry = zipfile.ZipInfo(name, _ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
