"""Word files, read as XML: typeface, sizes, margins, page numbers, table heads."""

from __future__ import annotations

import io
import zipfile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from core.documents.render.docx import render_docx
from core.documents.render.model import Paper, Paragraph
from tests.golden.papers.samples import LONG_NAME, NARRATIVE, NOTICE, annexes, report, table

PAPER = report(2, body=(Paragraph(NARRATIVE), table(30), Paragraph(NARRATIVE)), annexes=annexes())
SCRIPTS = ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs")


def opened(paper: Paper = PAPER) -> Document:
    return docx.Document(io.BytesIO(render_docx(paper)))


@pytest.fixture(scope="module")
def document() -> Document:
    return opened()


def format_of(document: Document, text: str) -> tuple[float, bool, bool]:
    """Size, bold and italic of the run that holds a text, wherever it stands."""
    for element in document.element.body.iter(qn("w:r")):
        run = Run(element, document)
        if text in run.text:
            return run.font.size.pt, bool(run.bold), bool(run.italic)
    pytest.fail(f"{text} is not in the file")


def test_every_run_names_the_typeface_for_all_scripts(document: Document) -> None:
    runs = list(document.element.body.iter(qn("w:r")))

    assert len(runs) > 150
    for run in runs:
        fonts = run.rPr.find(qn("w:rFonts"))
        assert [fonts.get(qn(script)) for script in SCRIPTS] == ["Times New Roman"] * 4


def test_the_page_is_a4_with_margins_inside_the_decree(document: Document) -> None:
    for section in document.sections:
        assert (section.page_width.mm, section.page_height.mm) == pytest.approx((210, 297), abs=0.1)
        assert 20 <= section.top_margin.mm <= 25
        assert 20 <= section.bottom_margin.mm <= 25
        assert 30 <= section.left_margin.mm <= 35
        assert 15 <= section.right_margin.mm <= 20


COMPONENTS = {
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM": (13, True, False),
    "Độc lập - Tự do - Hạnh phúc": (14, True, False),
    "SỞ Y TẾ TỈNH LAI CHÂU": (13, False, False),
    "TRUNG TÂM": (13, True, False),
    "Số: 05/BC-TTKSBT": (13, False, False),
    "Lai Châu, ngày 05 tháng 01 năm 2026": (14, False, True),
    "BÁO CÁO": (14, True, False),
    "Kết quả phong trào thi đua": (14, True, False),
    "Kính gửi: Sở Y tế tỉnh Lai Châu": (14, False, False),
    "Căn cứ Luật Thi đua, khen thưởng;": (14, False, True),
    "Đơn vị đã quán triệt": (14, False, False),
    "Nơi nhận:": (12, True, True),
    "- Lưu: VT, TCHC.": (11, False, False),
    "KT. GIÁM ĐỐC": (14, True, False),
    "Nguyễn Văn Phượng": (14, True, False),
    "Phụ lục I": (14, True, False),
}


@pytest.mark.parametrize(("text", "wanted"), COMPONENTS.items(), ids=COMPONENTS)
def test_components_have_their_size_and_style(
    document: Document, text: str, wanted: tuple[float, bool, bool]
) -> None:
    assert format_of(document, text) == wanted


def test_content_is_justified_with_indent_and_space(document: Document) -> None:
    paragraph = next(p for p in document.paragraphs if p.text.startswith("Đơn vị đã quán triệt"))
    spacing = paragraph.paragraph_format

    assert paragraph.alignment == docx.enum.text.WD_ALIGN_PARAGRAPH.JUSTIFY
    assert spacing.first_line_indent.mm == pytest.approx(12.7, abs=0.1)
    assert spacing.space_before.pt >= 6
    assert 1.0 <= spacing.line_spacing <= 1.5


def test_page_numbers_begin_on_page_two_of_every_part(document: Document) -> None:
    sections = document.sections

    assert len(sections) == 3
    for section in sections:
        assert section.different_first_page_header_footer
        assert section.first_page_header.paragraphs[0].text == ""
        assert "PAGE" in section.header._element.xml
    starts = [section._sectPr.find(qn("w:pgNumType")) for section in sections]
    assert [start is not None and start.get(qn("w:start")) for start in starts] == [False, "1", "1"]


def test_a_table_repeats_its_head_and_keeps_rows_whole(document: Document) -> None:
    rows = document.tables[1].rows

    heads = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in rows]

    assert heads == [True, *[False] * 30]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in [*rows][1:])


def test_rules_have_the_lengths_of_the_decree(document: Document) -> None:
    cells = document.tables[0].rows[0].cells
    widths = [cell.width.pt for cell in cells]
    rules = [
        width - p.paragraph_format.left_indent.pt - p.paragraph_format.right_indent.pt
        for cell, width in zip(cells, widths, strict=True)
        for p in cell.paragraphs
        if p.paragraph_format.left_indent
    ]

    assert rules[0] == pytest.approx(0.42 * 129, rel=0.2)
    assert rules[1] == pytest.approx(171.4, abs=2)


ORDER = {
    "w:tblPr": "tblStyle tblW jc tblBorders tblLayout tblCellMar tblLook",
    "w:sectPr": "headerReference|footerReference type pgSz pgMar pgNumType cols titlePg docGrid",
    "w:pPr": "pStyle keepNext widowControl pBdr spacing ind jc sectPr",
    "w:rPr": "rFonts b i sz lang",
}


@pytest.mark.parametrize(("parent", "order"), ORDER.items(), ids=ORDER)
def test_properties_stand_in_the_order_that_word_insists_on(
    document: Document, parent: str, order: str
) -> None:
    groups = enumerate(group.split("|") for group in order.split())
    ranks = {qn(f"w:{name}"): rank for rank, names in groups for name in names}
    elements = list(document.element.body.iter(qn(parent)))

    assert elements
    for element in elements:
        found = [ranks[child.tag] for child in element]
        assert found == sorted(found)


def test_the_signature_is_kept_with_the_last_lines() -> None:
    document = opened(report(2))
    last = document.paragraphs[-2:]

    assert last[0].text.endswith("kính gửi Sở Y tế./.")
    assert [paragraph.paragraph_format.keep_with_next for paragraph in last] == [True, True]
    assert document.tables[-1].rows[0]._tr.trPr.find(qn("w:cantSplit")) is not None


def test_a_notice_stands_at_the_foot_of_every_page() -> None:
    section = opened(report(1, notice=NOTICE)).sections[0]

    assert section.footer.paragraphs[0].text == NOTICE
    assert section.first_page_footer.paragraphs[0].text == NOTICE


def test_long_names_and_several_addressees_are_written_out() -> None:
    addressees = ("Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh")
    paper = report(1, addressees=addressees, abstract=LONG_NAME)
    document = opened(paper)
    cells = document.tables[1].rows[0].cells

    assert cells[0].text == "Kính gửi:"
    assert cells[1].text == f"- {addressees[0]};\n- {addressees[1]}."
    assert LONG_NAME in " ".join(paragraph.text for paragraph in document.paragraphs)


def test_the_same_paper_gives_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    first = render_docx(PAPER)
    monkeypatch.setattr("time.localtime", lambda *_: (2031, 5, 6, 7, 8, 9, 0, 0, 0))

    assert render_docx(PAPER) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
