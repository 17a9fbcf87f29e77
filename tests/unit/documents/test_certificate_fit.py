"""Long names, capitals and rubbish never leave the frame; what breaks the rule is said."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.documents.render.certificate_fit import Laid, lay_out_certificate
from core.documents.render.certificate_model import Spot
from core.documents.render.certificate_versions import certificate_template
from core.documents.render.fonts import required_characters
from tests.unit.documents.certificates import TEMPLATE, certificate, printed, rows, sheet

FRAME = certificate_template(TEMPLATE).frame
LONG = (
    "Trung tâm Kiểm soát bệnh tật và Phòng chống dịch bệnh truyền nhiễm khu vực liên huyện "
    "miền núi phía Tây Bắc tỉnh"
)
CAPITALS = (
    "NGUYỄN ĐẶNG PHƯƠNG THẢO NGUYÊN HUỲNH CÔNG TẰNG TÔN NỮ THỊ ĐÀI TRANG HOÀNG PHỦ NGỌC TƯỜNG "
    "VI QUỲNH NHƯ TRƯƠNG THỊ HỒNG"
)


def sizes(laid: Laid, spot: Spot) -> list[float]:
    return [line.size for line in laid.lines if line.spot is spot]


def said(laid: Laid) -> set[Spot]:
    return {warning.spot for warning in laid.warnings}


def assert_inside(laid: Laid) -> None:
    for line in laid.lines:
        assert line.x >= FRAME, line
        assert line.x + line.width <= 297 - FRAME, line
        assert FRAME < line.y < 210 - FRAME, line


def test_a_short_name_keeps_its_full_size_on_one_line() -> None:
    laid = lay_out_certificate(certificate(), sheet())
    assert sizes(laid, Spot.NAME) == [26]
    assert said(laid) == set()


def test_a_longer_name_is_shrunk_first() -> None:
    name = "Trung tâm Kiểm soát bệnh tật và Phòng chống dịch tỉnh Bình Minh"
    (size,) = sizes(lay_out_certificate(certificate(name=name), sheet()), Spot.NAME)
    assert 16 <= size < 26


@pytest.mark.parametrize("name", [LONG, CAPITALS], ids=["long", "capitals"])
def test_a_name_that_cannot_be_shrunk_takes_two_lines_without_a_warning(name: str) -> None:
    assert len(name) > 100
    laid = lay_out_certificate(certificate(name=name), sheet())
    lines = [line for line in laid.lines if line.spot is Spot.NAME]
    assert len(lines) == 2
    assert " ".join(line.text for line in lines) == name
    assert min(line.size for line in lines) >= 16
    assert said(laid) == set()
    assert_inside(laid)


def test_a_name_of_120_letters_without_a_space_is_set_small_and_said() -> None:
    laid = lay_out_certificate(certificate(name="Ặ" * 120), sheet())
    assert said(laid) == {Spot.NAME}
    assert "mức nhỏ nhất" in laid.warnings[0].sentence
    assert_inside(laid)


def test_too_much_text_in_the_middle_is_squeezed_and_said() -> None:
    words = "thành tích đặc biệt xuất sắc " * 60
    laid = lay_out_certificate(certificate(name=LONG, detail=LONG, achievement=words), sheet())
    assert Spot.ACHIEVEMENT in said(laid)
    assert_inside(laid)


def test_missing_words_and_letters_that_the_font_lacks_are_said() -> None:
    laid = lay_out_certificate(certificate(name="Lê 汉 Văn", signer_name=""), sheet())
    assert said(laid) == {Spot.NAME, Spot.SIGNER_NAME}
    assert [line.text for line in laid.lines if line.spot is Spot.NAME] == ["Lê ? Văn"]


def test_two_lines_of_the_signers_position_are_kept() -> None:
    two = certificate(signer_position=("KT. Giám đốc", "Phó Giám đốc"))
    laid = lay_out_certificate(two, sheet())
    assert [line.text for line in laid.lines if line.spot is Spot.SIGNER_POSITION] == [
        "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"
    ]  # fmt: skip


def test_another_size_of_sheet_keeps_the_proportions() -> None:
    small = lay_out_certificate(certificate(), sheet())
    large = lay_out_certificate(certificate(), sheet(width=360, height=237))
    scale = 237 / 210
    assert [line.size for line in large.lines] == pytest.approx(
        [line.size * scale for line in small.lines]
    )
    middle = next(line for line in large.lines if line.spot is Spot.AWARD)
    assert middle.x + middle.width / 2 == pytest.approx(180, abs=0.01)


def test_measured_widths_are_the_widths_of_the_finished_page() -> None:
    laid = lay_out_certificate(certificate(name=LONG), sheet())
    shown = rows(printed(certificate(name=LONG)).files[0])
    assert [row.text for row in shown] == [line.text for line in laid.lines]
    for row, line in zip(shown, laid.lines, strict=True):
        assert row.left == pytest.approx(line.x, abs=0.05)
        assert row.right == pytest.approx(line.x + line.width, abs=0.6)


letters = st.text(st.sampled_from([*sorted(required_characters()), " "]), max_size=400)


@settings(max_examples=30, deadline=None)
@given(name=letters, detail=letters, achievement=letters, decision=letters, signer=letters)
def test_nothing_ever_leaves_the_frame(
    name: str, detail: str, achievement: str, decision: str, signer: str
) -> None:
    made = certificate(
        name=name, detail=detail, achievement=achievement, decision=decision, signer_name=signer
    )
    assert_inside(lay_out_certificate(made, sheet()))
