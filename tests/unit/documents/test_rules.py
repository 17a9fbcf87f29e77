"""The decree's rules of writing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from core.documents.render import rules
from core.documents.render.model import Column, Heading, ItemList, ListStyle, Paragraph, Table


@pytest.mark.parametrize(("number", "shown"), [(1, "01"), (9, "09"), (10, "10"), (1240, "1240")])
def test_numbers_below_ten_get_a_zero(number: int, shown: str) -> None:
    assert rules.number_line(number, "QĐ-SYT") == f"Số: {shown}/QĐ-SYT"


def test_a_paper_without_number_leaves_room() -> None:
    assert rules.number_line(None, "BC-SYT") == "Số:         /BC-SYT"


@pytest.mark.parametrize(
    ("on", "shown"),
    [
        (date(2026, 1, 5), "ngày 05 tháng 01 năm 2026"),
        (date(2026, 2, 10), "ngày 10 tháng 02 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 6, 29), "ngày 29 tháng 6 năm 2026"),
        (date(2026, 12, 31), "ngày 31 tháng 12 năm 2026"),
    ],
)
def test_only_days_below_ten_and_months_one_and_two_get_a_zero(on: date, shown: str) -> None:
    assert rules.place_date_line("Hà Nội", on) == f"Hà Nội, {shown}"


def test_a_paper_without_date_leaves_room() -> None:
    assert rules.date_text(None).split() == ["ngày", "tháng", "năm"]


def test_instants_are_told_to_the_second_with_their_offset() -> None:
    hanoi = timezone(timedelta(hours=7))

    assert rules.instant_text(datetime(2026, 11, 29, 23, 5, 9, 400, tzinfo=hanoi)) == (
        "23 giờ 05 phút 09 giây, ngày 29 tháng 11 năm 2026 (múi giờ +07:00)"
    )
    assert rules.instant_text(datetime(2026, 11, 29, tzinfo=UTC)).endswith("(múi giờ +00:00)")


@pytest.mark.parametrize(
    ("length", "shown"),
    [
        (timedelta(days=2, hours=3, minutes=15, seconds=59), "2 ngày 3 giờ 15 phút"),
        (timedelta(days=1), "1 ngày"),
        (timedelta(hours=26), "1 ngày 2 giờ"),
        (timedelta(seconds=59), "59 giây"),
        (timedelta(0), "0 giây"),
    ],
)
def test_durations(length: timedelta, shown: str) -> None:
    assert rules.duration_text(length) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [(1, "I"), (4, "IV"), (9, "IX"), (14, "XIV"), (40, "XL"), (99, "XCIX"), (2026, "MMXXVI")],
)
def test_roman_numerals(number: int, shown: str) -> None:
    assert rules.roman(number) == shown


def test_points_follow_the_vietnamese_alphabet() -> None:
    letters = [rules.point_letter(index) for index in range(8)]

    assert letters == ["a", "b", "c", "d", "đ", "e", "g", "h"]
    assert rules.point_letter(22) == "y"
    assert rules.point_letter(23) == "aa"


def test_a_series_ends_with_semicolons_and_a_full_stop() -> None:
    items = ("Như trên", "- Ban Giám đốc;", "Lưu: VT, TCHC.")

    assert rules.series(items, dash=True) == (
        "- Như trên;",
        "- Ban Giám đốc;",
        "- Lưu: VT, TCHC.",
    )
    assert rules.series(("Căn cứ Luật Thi đua, khen thưởng",), dash=False) == (
        "Căn cứ Luật Thi đua, khen thưởng.",
    )


@pytest.mark.parametrize(
    "written",
    [
        "BSCKII. Nguyễn Văn An",
        "BSCK2 Nguyễn Văn An",
        "TS.BS Nguyễn Văn An",
        "PGS.TS. Nguyễn Văn An",
        "ThS. BSCKI. Nguyễn Văn An",
        "TTƯT, BS. CKII Nguyễn Văn An",
        "Thầy thuốc ưu tú, Bác sĩ chuyên khoa II Nguyễn Văn An",
        "Tiến sĩ Nguyễn Văn An",
        "Nguyễn Văn An",
    ],
)
def test_titles_go_unless_the_tenant_allows_them(written: str) -> None:
    assert rules.signatory_name(written, keep_titles=False) == "Nguyễn Văn An"
    assert rules.signatory_name(written, keep_titles=True) == written


@pytest.mark.parametrize("name", ["Tsằn A Mềnh", "Cà Thị Bình", "Tô Sử", "Giàng A Sử", "Dương Sỹ"])
def test_names_that_begin_like_titles_stay(name: str) -> None:
    assert rules.signatory_name(name, keep_titles=False) == name


@pytest.mark.parametrize("end", ["", ".", "./.", "; ", " ./."])
def test_the_content_ends_with_its_mark_once(end: str) -> None:
    assert rules.with_end_mark([Paragraph(f"Kính báo cáo{end}")]) == (Paragraph("Kính báo cáo./."),)


def test_the_mark_follows_the_last_item_or_stands_alone_after_a_table() -> None:
    table = Table((Column("A"),), (("1",),))

    assert rules.with_end_mark([ItemList(("một;", "hai."))]) == (ItemList(("một;", "hai./.")),)
    assert rules.with_end_mark([table]) == (table, Paragraph("./."))
    assert rules.with_end_mark([]) == (Paragraph("./."),)


def test_headings_are_numbered_by_level_and_start_again() -> None:
    body = [
        Heading("A"),
        Heading("B", 2),
        Heading("C", 3),
        Heading("D", 3),
        Paragraph("…"),
        Heading("E", 2),
        Heading("F", 3),
        Heading("Lời kết", 1, numbered=False),
        Heading("G"),
        Heading("H", 2),
    ]

    assert rules.heading_labels(body) == (
        *("I. ", "1. ", "a) ", "b) ", ""),
        *("2. ", "a) ", "", "II. ", "1. "),
    )


def test_items_are_marked_by_style() -> None:
    assert [rules.item_mark(style, 4) for style in ListStyle] == ["- ", "5. ", "đ) "]


def test_annexes_are_counted_only_when_there_are_several() -> None:
    assert rules.annex_label(0, 1) == "Phụ lục"
    assert [rules.annex_label(index, 2) for index in (0, 1)] == ["Phụ lục I", "Phụ lục II"]
    assert rules.annex_reference("BÁO CÁO", "BC-SYT", "Sở Y tế tỉnh Lai Châu") == (
        "(Kèm theo Báo cáo số .../BC-SYT ngày ... tháng ... năm ... của Sở Y tế tỉnh Lai Châu)"
    )
