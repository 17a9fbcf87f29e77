"""The pieces of Word's format that python-docx has no call for."""

from collections.abc import Sequence

from docx.document import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.table import Table, _Cell, _Row
from docx.text.font import Font
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT = "Times New Roman"
_SCRIPTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")
_EDGES = ("top", "left", "bottom", "right", "insideH", "insideV")
_MM_PER_POINT = 25.4 / 72

Container = Document | _Cell


def set_base_style(style: ParagraphStyle, size: float) -> None:
    """The typeface of the whole file, black, with no space of its own."""
    _set_font(style.font, style.element.get_or_add_rPr(), size)
    style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.line_spacing = 1.0
    style.paragraph_format.widow_control = True
    style.element.rPr.append(_element("w:lang", val="vi-VN"))


def add_run(
    paragraph: Paragraph, text: str, size: float, *, bold: bool = False, italic: bool = False
) -> Run:
    """A run with its typeface and size written out."""
    run = paragraph.add_run(text)
    _set_font(run.font, run._element.get_or_add_rPr(), size)
    run.bold, run.italic = bold, italic
    return run


def new_paragraph(container: Container) -> Paragraph:
    """A paragraph at the end; a cell's first, empty one is used before another is made."""
    if isinstance(container, _Cell):
        first: Paragraph = container.paragraphs[0]
        if len(container.paragraphs) == 1 and not first.runs:
            return first
    paragraph: Paragraph = container.add_paragraph()
    return paragraph


def add_line(
    container: Container,
    text: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    before: float = 0,
) -> Paragraph:
    """A centred line with `before` points above it."""
    paragraph = new_paragraph(container)
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_before = Pt(before)
    add_run(paragraph, text, size, bold=bold, italic=italic)
    return paragraph


def add_rule(container: Container, length: float, width: float) -> None:
    """A rule of `length` points, centred in `width` millimetres: a thin bordered paragraph."""
    paragraph = new_paragraph(container)
    indent = Mm((width - length * _MM_PER_POINT) / 2)
    spacing = paragraph.paragraph_format
    spacing.left_indent = spacing.right_indent = indent
    spacing.line_spacing_rule, spacing.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(3)
    border = _element("w:bottom", val="single", sz="6", space="0", color="000000")
    borders = _element("w:pBdr")
    borders.append(border)
    paragraph._element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc"
    )
    add_run(paragraph, "", 1)


def add_page_field(paragraph: Paragraph, size: float) -> None:
    """The current page's number."""
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = add_run(paragraph, "", size)
        if kind:
            run._element.append(_element("w:fldChar", fldCharType=kind))
        else:
            instruction = _element("w:instrText")
            instruction.text = text
            run._element.append(instruction)


def restart_page_numbers(section: Section) -> None:
    """Pages of this section count from 1."""
    numbering = _element("w:pgNumType", start="1")
    section._sectPr.insert_element_before(numbering, "w:cols", "w:titlePg", "w:docGrid")


def bare_table(document: Document, rows: int, widths: Sequence[float]) -> Table:
    """A table without rules or inner margins, for things that stand side by side."""
    table: Table = document.add_table(rows=rows, cols=len(widths))
    margins = _element("w:tblCellMar")
    for edge in ("left", "right"):
        margins.append(_element(f"w:{edge}", w="0", type="dxa"))
    _into_table(table, margins, "w:tblLook")
    set_widths(table, widths)
    return table


def ruled_table(document: Document, rows: int, columns: int) -> Table:
    """An empty table with thin black rules."""
    table: Table = document.add_table(rows=rows, cols=columns)
    borders = _element("w:tblBorders")
    for edge in _EDGES:
        borders.append(_element(f"w:{edge}", val="single", sz="4", space="0", color="000000"))
    _into_table(table, borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")
    return table


def set_widths(table: Table, widths: Sequence[float]) -> None:
    """Fixed column widths in millimetres."""
    table.autofit = False
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table._tbl.tr_lst:
        for cell, width in zip(row.tc_lst, widths, strict=True):
            cell.width = Mm(width)


def repeat_row(row: _Row) -> None:
    """The row is the table's head and comes again on every page."""
    row._tr.get_or_add_trPr().append(_element("w:tblHeader"))


def keep_row_whole(row: _Row) -> None:
    """The row is not broken across pages."""
    row._tr.get_or_add_trPr().append(_element("w:cantSplit"))


def _into_table(table: Table, element: BaseOxmlElement, *followers: str) -> None:
    """Word insists on the schema's order of a table's properties."""
    table._tbl.tblPr.insert_element_before(element, *followers)


def _set_font(font: Font, properties: BaseOxmlElement, size: float) -> None:
    font.name, font.size = FONT, Pt(size)
    fonts = properties.find(qn("w:rFonts"))
    for script in _SCRIPTS:
        fonts.set(qn(script), FONT)


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
