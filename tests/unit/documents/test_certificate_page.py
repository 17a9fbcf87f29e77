"""The finished certificate, read back from the PDF: page, order, styles, places, fonts."""

from __future__ import annotations

import io
import unicodedata
from datetime import date

import pdfplumber
import pikepdf
import pytest
from PIL import Image

from core.documents.render.certificate_model import Shift, Spot
from core.documents.render.certificate_versions import certificate_template_on
from core.documents.render.errors import NoTemplateError
from tests.unit.documents.certificates import MM, certificate, preprinted, printed, rows, sheet

BLACK, RED = (0.0, 0.0, 0.0), (0.78, 0.06, 0.09)
BOLD, SLANTED, PLAIN = "Tinos-Bold", "Tinos-BoldItalic", "Tinos-Regular"


def emblem() -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (60, 60), (200, 30, 30, 128)).save(out, "PNG")
    return out.getvalue()


def test_lines_stand_in_the_order_and_style_of_the_decree() -> None:
    found = rows(printed(certificate()).files[0])
    assert [(row.text, row.font, row.colour) for row in found] == [
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", BOLD, BLACK),
        ("Độc lập - Tự do - Hạnh phúc", BOLD, BLACK),
        ("GIÁM ĐỐC SỞ Y TẾ TỈNH BÌNH MINH", BOLD, RED),
        ("TẶNG", BOLD, BLACK),
        ("GIẤY KHEN", BOLD, RED),
        ("Số quyết định: 123/QĐ-SYT, ngày 20 tháng 11 năm 2026", SLANTED, BLACK),
        ("Số sổ vàng: 01", SLANTED, BLACK),
        ("Bình Minh, ngày 20 tháng 11 năm 2026", SLANTED, BLACK),
        ("GIÁM ĐỐC", BOLD, BLACK),
        ("Trần Văn Bình", BOLD, BLACK),
        ("Nguyễn Thị Hồng Ánh", BOLD, BLACK),
        ("Điều dưỡng trưởng, Bệnh viện Đa khoa tỉnh", PLAIN, BLACK),
        ("Đã có thành tích xuất sắc trong phong trào thi đua năm 2026", PLAIN, BLACK),
    ]


def test_lines_stand_where_the_format_puts_them() -> None:
    found = {row.text: row for row in rows(printed(certificate()).files[0])}
    down = [found[text].baseline for text in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
        "GIÁM ĐỐC SỞ Y TẾ TỈNH BÌNH MINH", "TẶNG", "GIẤY KHEN", "Nguyễn Thị Hồng Ánh",
        "Bình Minh, ngày 20 tháng 11 năm 2026", "GIÁM ĐỐC", "Trần Văn Bình",
    )]  # fmt: skip
    assert down == sorted(down)
    for text in ("TẶNG", "GIẤY KHEN", "Nguyễn Thị Hồng Ánh", "Độc lập - Tự do - Hạnh phúc"):
        assert (found[text].left + found[text].right) / 2 == pytest.approx(148.5, abs=1.0)
    decision, gold = (found[text] for text in (
        "Số quyết định: 123/QĐ-SYT, ngày 20 tháng 11 năm 2026", "Số sổ vàng: 01"))  # fmt: skip
    assert decision.left == pytest.approx(54, abs=0.3)
    assert gold.left == pytest.approx(54, abs=0.3)
    assert gold.baseline > decision.baseline
    assert found["Trần Văn Bình"].left > 148.5
    assert found["Trần Văn Bình"].baseline - found["GIÁM ĐỐC"].baseline > 25  # signature and seal


def test_the_page_is_landscape_a4_with_the_rule_as_wide_as_the_motto() -> None:
    content = printed(certificate()).files[0]
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        assert (page.width * MM, page.height * MM) == pytest.approx((297, 210), abs=0.01)
        rules = [line for line in page.lines if line["stroking_color"] == (0, 0, 0)]
        drawn = (*page.lines, *page.curves, *page.rects)
        border = [shape for shape in drawn if shape["stroke"] and shape not in rules]
    motto = next(row for row in rows(content) if row.text.startswith("Độc lập"))
    assert len(rules) == 1
    assert (rules[0]["x0"] * MM, rules[0]["x1"] * MM) == pytest.approx(
        (motto.left, motto.right), abs=0.05
    )
    assert min(shape["x0"] for shape in border) * MM == pytest.approx(8, abs=0.01)
    assert max(shape["x1"] for shape in border) * MM == pytest.approx(289, abs=0.01)
    assert min(shape["top"] for shape in border) * MM == pytest.approx(8, abs=0.01)
    assert max(shape["bottom"] for shape in border) * MM == pytest.approx(202, abs=0.01)


def test_preprinted_sheets_get_text_alone() -> None:
    content = printed(certificate(), on=preprinted(emblem=emblem())).files[0]
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        page = pdf.pages[0]
        assert (page.rects, page.curves, page.images) == ([], [], [])
        assert len(page.lines) == 1


def test_every_field_moves_by_its_millimetres_and_can_be_left_out() -> None:
    shifts = {Spot.NAME: Shift(3, -2), Spot.GIVING: Shift(shown=False)}
    plain = {row.text: row for row in rows(printed(certificate(), on=preprinted()).files[0])}
    moved = {
        row.text: row
        for row in rows(printed(certificate(), on=preprinted(shifts=shifts, dx=1, dy=0.5)).files[0])
    }
    name = "Nguyễn Thị Hồng Ánh"
    assert moved[name].left - plain[name].left == pytest.approx(4, abs=0.01)
    assert moved[name].baseline - plain[name].baseline == pytest.approx(-1.5, abs=0.01)
    other = "Trần Văn Bình"
    assert moved[other].left - plain[other].left == pytest.approx(1, abs=0.01)
    assert moved[other].baseline - plain[other].baseline == pytest.approx(0.5, abs=0.01)
    assert "TẶNG" in plain
    assert "TẶNG" not in moved


def test_the_emblem_stands_in_its_place_at_the_top() -> None:
    content = printed(certificate(), on=sheet(emblem=emblem())).files[0]
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        (image,) = pdf.pages[0].images
    assert (image["x0"] * MM, image["x1"] * MM) == pytest.approx((137.5, 159.5), abs=0.01)
    assert (image["top"] * MM, image["bottom"] * MM) == pytest.approx((21.5, 43.5), abs=0.01)


def test_fonts_are_embedded_and_text_is_nfc() -> None:
    decomposed = unicodedata.normalize("NFD", "Đặng Thị Ngọc Ánh")
    content = printed(certificate(name=decomposed), certificate(2)).files[0]
    text = "".join(row.text for page in (0, 1) for row in rows(content, page))
    assert "Đặng Thị Ngọc Ánh" in text
    assert text == unicodedata.normalize("NFC", text)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.check_pdf_syntax() == []
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)
                 and o.get("/Type") == "/FontDescriptor"]  # fmt: skip
        assert len(fonts) == 3
        assert all("/FontFile2" in font for font in fonts)
        assert str(pdf.Root.Lang) == "vi"
        assert b"pdfaid:part>2<" in pdf.Root.Metadata.read_bytes()


def test_the_code_leads_to_the_public_page() -> None:
    code = certificate(address="https://so.example/xac-minh/K7QX2", code="K7QX2")
    content = printed(code, on=preprinted()).files[0]
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        squares = pdf.pages[0].rects
    left = min(square["x0"] for square in squares) * MM
    right = max(square["x1"] for square in squares) * MM
    assert (left, right) == pytest.approx((26, 46), abs=0.05)
    assert [row.text for row in rows(content)][-1] == "K7QX2"


def test_the_test_print_names_every_field_and_draws_rulers() -> None:
    content = printed(certificate(), on=preprinted(guides=True)).files[0]
    text = " ".join(row.text for row in rows(content))
    for words in ("Quốc hiệu (", "Tên được khen (", "Họ tên người ký (", "290", "200"):
        assert words in text


def test_the_same_certificates_give_the_same_bytes_and_many_files_stand_alone() -> None:
    both = (certificate(), certificate(2, name="Lê Văn Hai"))
    assert printed(*both).files == printed(*both).files
    one, two = printed(*both, one_file=False).files
    assert [row.text for row in rows(one)][-3] == "Nguyễn Thị Hồng Ánh"
    assert [row.text for row in rows(two)][-3] == "Lê Văn Hai"


def test_formats_are_chosen_by_the_day() -> None:
    assert certificate_template_on(date(2025, 6, 30)).confidence == "confirmed"
    assert certificate_template_on(date(2025, 7, 1)).confidence == "unconfirmed"
    with pytest.raises(NoTemplateError):
        certificate_template_on(date(2023, 12, 31))
    with pytest.raises(NoTemplateError):
        printed(certificate(), on=sheet(template="khong-co"))
