"""Days, numbers and names as people say them."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from core.kit import i18n

DUE = datetime.fromisoformat("2026-11-30T00:00:00+07:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def test_exclusive_instant_is_told_as_the_day_before() -> None:
    assert i18n.last_day(DUE) == date(2026, 11, 29)
    assert i18n.vn_day_long(DUE) == "hết ngày 29/11/2026"
    assert i18n.vn_day_long(None) == "không nêu ngày"


@pytest.mark.parametrize(
    ("now", "text"),
    [
        ("2026-11-23T10:00:00", "còn 6 ngày"),
        ("2026-11-29T23:59:59", "hôm nay là ngày cuối"),
        ("2026-11-30T00:00:00", "quá hạn 1 ngày"),
        ("2026-12-02T08:00:00", "quá hạn 3 ngày"),
    ],
)
def test_days_left(now: str, text: str) -> None:
    assert i18n.days_left_text(DUE, at(now)) == text


def test_lateness_is_told_in_two_units() -> None:
    assert i18n.late_text(DUE, at("2026-12-01T08:05:00")) == "muộn 1 ngày 8 giờ"
    assert i18n.late_text(DUE, at("2026-11-30T00:00:00")) == "muộn 0 giây"
    assert i18n.late_text(DUE, at("2026-11-29T23:59:59")) == ""


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("1.234", "1234"),
        ("1.234.567", "1234567"),
        (" 95 % ", "95"),
        ("0.125", "0.125"),
        ("-3", "-3"),
    ],
)
def test_figures_are_understood(text: str, value: str) -> None:
    assert i18n.parse_vn_number(text) == Decimal(value)


@pytest.mark.parametrize("text", ["abc", "", "12,5,6", "1.23.456", "12a", "١٢", "1e5"])
def test_what_is_no_figure_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match="Chỉ nhập số"):
        i18n.parse_vn_number(text)


@pytest.mark.parametrize(
    ("comparison", "target", "unit", "words"),
    [
        (">=", 90, "%", "từ 90% trở lên"),
        (">", 95.5, "%", "trên 95,5%"),
        ("=", 100, "%", "100%"),
        (">=", 3, "sáng kiến", "từ 3 sáng kiến trở lên"),
        ("rank_between", (1, 5), "thứ hạng", "hạng 1 đến 5"),
    ],
)
def test_targets_in_words(comparison: str, target: Any, unit: str, words: str) -> None:
    assert i18n.vn_target(comparison, target, unit) == words


def test_numbers_are_written_the_vietnamese_way() -> None:
    assert i18n.vn_number(Decimal("1234.50")) == "1.234,5"
    assert i18n.vn_number(1000) == "1.000"
    assert i18n.vn_number(None) == ""
    assert i18n.file_size(1_258_291) == "1,2 MB"


def test_search_ignores_diacritics_also_decomposed_ones() -> None:
    assert i18n.fold("Điện Biên Phủ") == "dien bien phu"
    assert i18n.fold("Đie\u0302\u0323n") == "dien"


def test_dictionary_order() -> None:
    words = ["bà", "ba", "bạ", "ă", "a", "đa", "da", "ân", "Trạm 2", "Trạm 10", "ả", "á"]
    assert sorted(words, key=i18n.sort_key) == [
        "a", "ả", "á", "ă", "ân", "ba", "bà", "bạ", "da", "đa", "Trạm 10", "Trạm 2",
    ]  # fmt: skip


def test_roster_is_sorted_by_given_name() -> None:
    names = ["Trần Văn Bình", "Nguyễn Thị An", "Lê An"]
    assert sorted(names, key=i18n.roster_key) == ["Lê An", "Nguyễn Thị An", "Trần Văn Bình"]
