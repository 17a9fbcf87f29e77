"""Finished PDFs, read back and held against the decree; and proof that the check can fail."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import date
from functools import cache

import msgspec
import pikepdf
import pytest

from core.documents.render import engine
from core.documents.render.layout import Layout, lay_out
from core.documents.render.model import DocumentNumber, Letterhead, Paper, Paragraph, PlaceDate
from core.documents.render.pdf import render_pdf as render
from core.documents.render.template_versions import Margins
from tests.golden.papers.decree import check
from tests.golden.papers.reading import read
from tests.golden.papers.samples import HEAD, LONG_NAME, NARRATIVE, NOTICE, annexes, report, table

render_pdf = cache(render)


def pages_of(pdf: bytes) -> int:
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)


@pytest.mark.parametrize(("narratives", "pages"), [(1, 1), (20, 5), (324, 60)])
def test_papers_of_any_length_keep_the_decree(narratives: int, pages: int) -> None:
    pdf = render_pdf(report(narratives))

    assert pages_of(pdf) == pages
    assert check(pdf) == []


ADDRESSEES = ("Ủy ban nhân dân tỉnh", "Hội đồng Thi đua - Khen thưởng tỉnh", "Sở Nội vụ")
VARIANTS = {
    "long names": report(3, letterhead=Letterhead(parent_body=LONG_NAME, issuing_body=LONG_NAME)),
    "no parent": report(2, letterhead=Letterhead(issuing_body="Sở Y tế tỉnh Lai Châu")),
    "not numbered, not dated": report(
        2,
        number=DocumentNumber(notation="BC-TTKSBT"),
        place_date=PlaceDate(place="Lai Châu", on=None),
    ),
    "several addressees": report(2, addressees=ADDRESSEES),
    "months and days with two digits": report(
        1,
        number=DocumentNumber(notation="BC-SYT", number=1024),
        place_date=PlaceDate(place="Quảng Ngãi", on=date(2026, 12, 31)),
    ),
    "annexes": report(2, annexes=annexes()),
    "table": report(1, body=(Paragraph(NARRATIVE), table(24), Paragraph(NARRATIVE))),
    "table at the end": report(1, body=(Paragraph(NARRATIVE), table(12))),
    "typed in NFD": report(
        1, body=(Paragraph(unicodedata.normalize("NFD", "Thực hiện đúng kế hoạch đã đề ra")),)
    ),
}


@pytest.mark.parametrize("paper", VARIANTS.values(), ids=VARIANTS)
def test_variants_keep_the_decree(paper: Paper) -> None:
    named = paper.letterhead.parent_body is not None

    assert check(render_pdf(paper), parent=named) == []


def test_long_names_stand_whole_in_their_column() -> None:
    page = read(render_pdf(VARIANTS["long names"]))[0]
    motto = next(p for p in page.pieces if p.text.startswith("Độc lập"))
    left = [p for p in page.pieces if p.x1 < motto.x0 - 10 and p.baseline < page.height / 2]
    words = " ".join(piece.text for piece in left)

    assert len(LONG_NAME) >= 200
    assert words.count(LONG_NAME.upper()) == 2


def test_a_table_repeats_its_head_on_every_page() -> None:
    pages = read(render_pdf(VARIANTS["table"]))
    with_table = [page for page in pages if page.tables]
    heads = [sum(piece.text == HEAD[1] for piece in page.pieces) for page in with_table]
    numbers = [p.text for page in pages for p in page.pieces if p.text.isdigit() and p.x0 < 115]

    assert len(with_table) == 3
    assert heads == [1] * len(with_table)
    assert numbers == [str(number + 1) for number in range(24)]


def test_annexes_count_their_own_pages() -> None:
    pages = read(render_pdf(report(4, annexes=annexes())))
    numbers = [[p.text for p in page.pieces if p.baseline < 50] for page in pages]

    assert numbers == [[], ["2"], [], ["2"], ["3"], []]


@pytest.mark.parametrize("last", [1, 2, 3, 4])
def test_the_signature_never_stands_alone(last: int) -> None:
    body = (*[Paragraph(NARRATIVE * 2)] * 2, Paragraph(NARRATIVE * last))

    assert check(render_pdf(report(body=body))) == []


def test_a_notice_stands_on_every_page() -> None:
    pdf = render_pdf(report(2, notice=NOTICE))

    assert check(pdf, notice=NOTICE) == []
    assert all(any(p.text == NOTICE for p in page.pieces) for page in read(pdf))
    assert any("bottom margin" in text for text in check(pdf))


def test_a_pdf_says_what_it_is() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(report()))) as document:
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "2"
            assert metadata["pdfaid:conformance"] == "B"
            assert metadata["dc:title"].startswith("Báo cáo Kết quả phong trào")
        assert document.Root.Lang == "vi"
        assert str(document.docinfo["/Author"]) == "Trung tâm Kiểm soát bệnh tật"


def test_the_same_paper_gives_the_same_bytes() -> None:
    assert render(report(2)) == render(report(2))
    assert render(report(2)) != render(report(3))


STYLES = {
    "body 12 pt": (".content > p { font-size: 12pt }", "6 size"),
    "ragged": (".content > p { text-align: left }", "6 not justified"),
    "no indent": (".content > p { text-indent: 20pt }", "6 indent"),
    "no space between paragraphs": (".content > p { margin: 0 }", "less than 6 pt"),
    "double spacing": (".content > p { line-height: 2 }", "6 line spacing"),
    "issuing body not bold": (".issuing { font-weight: normal }", "2 cơ quan ban hành"),
    "parent body bold": (".parent { font-weight: bold }", "2 cơ quan chủ quản"),
    "quốc hiệu 14 pt": (".national { font-size: 14pt }", "1 quốc hiệu"),
    "tiêu ngữ italic": (".motto { font-style: italic }", "1 tiêu ngữ"),
    "rules too long": (".rule { width: 90pt }", "1 rule|2 cơ quan|5a trích yếu"),
    "number bold": (".number { font-weight: bold }", "3 number"),
    "date upright": (".place-date { font-style: normal }", "4 date"),
    "date lower": (".place-date { vertical-align: top; padding-top: 20pt }", "3, 4 number"),
    "title light": (".document-type { font-weight: normal }", "5a tên loại"),
    "abstract light": (".abstract { font-weight: normal }", "5a trích yếu"),
    "addressee italic": (".addressee { font-style: italic }", "9a Kính gửi"),
    "legal basis upright": (".legal { font-style: normal }", "căn cứ is not italic"),
    "authority light": (".authority { font-weight: normal }", "7 "),
    "name right": (".signatory { text-align: right }", "7 not centred"),
    "no room to sign": (".signatory { margin-top: 10pt }", "7b no room"),
    "recipients 12 pt": (".recipients { font-size: 12pt }", "9b "),
    "label upright": (".recipients-label { font-style: normal }", "9b Nơi nhận"),
    "recipients lower": (".closing .left { vertical-align: bottom }", "7a, 9b"),
    "signature alone": (".closing { break-before: page }", "7 the signature stands alone"),
    "red": (".title { color: red }", "colours"),
    "number on page 1": ("@page :first { @top-center { content: '1' } }", "first page shows"),
    "no page numbers": ("@page { @top-center { content: none } }", "not 2"),
    "page number left": ("@page { @top-center { width: 160mm; text-align: left } }", "not centred"),
    "page number small": ("@page { @top-center { font-size: 11pt } }", "number's type"),
    "other font": ("html { font-family: 'DejaVu Sans' }", "font "),
}


def mutated(css: str) -> bytes:
    """A paper whose format was spoilt by a style of its own, of two pages if that matters."""
    layout = lay_out(report(2 if "page" in css else 1))
    important = re.sub(r"(: [^;{}]+?)(?=;| })", r"\1 !important", css)
    html = engine.to_html(layout).replace("</head>", f"<style>{important}</style></head>")
    return engine.html_to_pdf(html, layout.version)


@pytest.mark.parametrize(("css", "expected"), STYLES.values(), ids=STYLES)
def test_the_check_sees_a_wrong_style(css: str, expected: str) -> None:
    found = check(mutated(css))

    assert any(part in text for text in found for part in expected.split("|")), found


MARGINS = {
    "top": Margins(top=15, bottom=21, left=31, right=16),
    "bottom": Margins(top=21, bottom=10, left=31, right=16),
    "left": Margins(top=21, bottom=21, left=25, right=16),
    "right": Margins(top=21, bottom=21, left=31, right=10),
}


def with_margins(margins: Margins) -> Layout:
    layout = lay_out(report(6))
    version = msgspec.structs.replace(layout.version, margins=margins)
    return msgspec.structs.replace(layout, version=version)


@pytest.mark.parametrize("edge", MARGINS)
def test_the_check_sees_a_wrong_margin(edge: str) -> None:
    found = check(engine.write_pdf(with_margins(MARGINS[edge])))

    assert any(f"{edge} margin" in text for text in found), found


WORDS = {
    "number without zero": ("Số: 05/", "Số: 5/", "3 number"),
    "no-break spaces": ("SỞ Y TẾ", "SỞ\u00a0Y\u00a0TẾ", "no-break"),
    "day without zero": ("ngày 05 tháng 01", "ngày 5 tháng 1", "4 date"),
    "zero before month 6": ("ngày 05 tháng 01", "ngày 05 tháng 06", "4 date"),
    "no comma": ("Lai Châu, ngày", "Lai Châu ngày", "date"),
    "no ending mark": ("./.", ".", "does not end"),
    "title before the name": ("Nguyễn Văn Phượng", "BSCKII. Nguyễn Văn Phượng", "7b title"),
    "recipients without a stop": ("TCHC.", "TCHC", "9b lines end"),
    "not NFC": ("Nguyễn", "Nguye\u0302\u0303n", "not NFC"),
}


@pytest.mark.parametrize(("old", "new", "expected"), WORDS.values(), ids=WORDS)
def test_the_check_sees_wrong_words(old: str, new: str, expected: str) -> None:
    layout = lay_out(report(1))
    html = engine.to_html(layout)
    assert old in html

    found = check(engine.html_to_pdf(html.replace(old, new), layout.version))

    assert any(expected in text for text in found), found


def test_the_check_sees_a_font_that_is_not_embedded() -> None:
    with pikepdf.open(io.BytesIO(render_pdf(report()))) as document:
        for font in document.pages[0].Resources.Font.values():
            del font.DescendantFonts[0].FontDescriptor.FontFile2
        out = io.BytesIO()
        document.save(out)

    assert any("not embedded" in text for text in check(out.getvalue()))
