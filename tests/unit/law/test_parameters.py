"""Dated legal parameters: chosen by the day, and nothing without a source or a mark."""

from datetime import date
from fractions import Fraction
from math import ceil
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from core.law import service as law
from core.law.schemas import Confidence, Decision, Form, Kind, May

DATED = """
theme = "Tiền thưởng"

[[parameter]]
key = "base_salary"
label = "Lương cơ sở"
unit = "đồng"
[[parameter.row]]
value = 2340000
legal_basis = "NĐ 73/2024/NĐ-CP"
confidence = "C"
valid_from = 2024-07-01
valid_to = 2026-06-30
[[parameter.row]]
value = 2530000
legal_basis = "NĐ 161/2026/NĐ-CP, Điều 3 khoản 2"
confidence = "C"
valid_from = 2026-07-01
"""


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2024, 7, 1), 2_340_000),
        (date(2026, 6, 30), 2_340_000),
        (date(2026, 7, 1), 2_530_000),
        (date(2030, 1, 1), 2_530_000),
    ],
)
def test_the_day_chooses_the_row(day: date, expected: int) -> None:
    assert law.choose(law.read_parameters(DATED), "base_salary", day).value == expected


def test_a_day_before_the_first_row_is_an_error_that_says_so() -> None:
    with pytest.raises(law.LawParameterError, match=r"chưa có giá trị nào vào ngày 30/06/2024"):
        law.choose(law.read_parameters(DATED), "base_salary", date(2024, 6, 30))


def test_an_unknown_key_is_an_error() -> None:
    with pytest.raises(law.LawParameterError, match="Không có tham số"):
        law.value("no_such_thing", date(2026, 1, 1))


def test_two_rows_in_force_are_an_error() -> None:
    doubled = DATED.replace("valid_from = 2026-07-01", "valid_from = 2026-06-01")
    with pytest.raises(law.LawParameterError, match="nhiều giá trị"):
        law.choose(law.read_parameters(doubled), "base_salary", date(2026, 6, 15))


def test_a_misspelt_field_is_an_error() -> None:
    with pytest.raises(msgspec.ValidationError):
        law.read_parameters(DATED.replace("legal_basis", "legal_bassis"))


def test_kinds_of_values_are_not_mixed_up() -> None:
    day = date(2026, 11, 23)
    with pytest.raises(law.LawParameterError, match="chữ, không phải một số"):
        law.value("award_decree", day)
    with pytest.raises(law.LawParameterError, match="“fraction”"):
        law.fraction("prize_province_flag", day)
    with pytest.raises(law.LawParameterError, match="danh sách"):
        law.value("second_factor_roles", date(2026, 1, 1))
    with pytest.raises(law.LawParameterError, match="một số"):
        law.names("lockout_failures", date(2026, 1, 1))


def test_every_row_is_marked_and_has_a_source_unless_it_is_our_own_choice() -> None:
    for row in law.parameters():
        assert row.note, row.key
        assert row.legal_basis or row.confidence is Confidence.PLATFORM, row.key


@pytest.mark.parametrize(
    ("key", "figure"),
    [
        ("password_length_with_second_factor", 8),
        ("password_length_alone", 14),
        ("password_classes_alone", 4),
        ("admin_password_age", 2),
        ("lockout_failures", 5),
        ("session_idle", 15),
        ("session_idle_admin", 5),
        ("account_inactive", 45),
    ],
)
def test_security_numbers_are_those_of_the_standard(key: str, figure: int) -> None:
    row = law.parameter(key, date(2026, 11, 23))
    assert (row.value, row.confidence) == (figure, Confidence.SECONDARY)
    assert "TCVN 14423:2026" in row.legal_basis


@pytest.mark.parametrize(
    ("day", "decree", "salary"),
    [
        (date(2025, 6, 30), "NĐ 98/2023/NĐ-CP", 2_340_000),
        (date(2025, 7, 1), "NĐ 152/2025/NĐ-CP", 2_340_000),
        (date(2026, 7, 1), "NĐ 152/2025/NĐ-CP", 2_530_000),
    ],
)
def test_the_switch_dates_of_the_law(day: date, decree: str, salary: int) -> None:
    assert law.text("award_decree", day) == decree
    assert law.value("base_salary", day) == salary


@pytest.mark.parametrize(
    ("key", "before", "after"),
    [
        ("prize_commendation_collective", 1_410_000, 1_520_000),
        ("prize_province_certificate_individual", 3_510_000, 3_800_000),
        ("prize_province_flag", 18_720_000, 20_240_000),
        ("prize_labour_order_2_individual", 17_550_000, 18_980_000),
    ],
)
def test_multiples_give_the_printed_amounts(key: str, before: int, after: int) -> None:
    for day, expected in ((date(2026, 6, 30), before), (date(2026, 7, 1), after)):
        step = law.value("prize_rounding", day)
        exact = law.decimal(key, day) * law.value("base_salary", day)
        assert ceil(exact / step) * step == expected


def test_fractions_are_exact() -> None:
    assert law.fraction("council_quorum", date(2026, 11, 23)) == Fraction(2, 3)


def test_every_key_has_one_row_for_any_day_it_knows() -> None:
    for row in law.parameters():
        for day in (row.valid_from, row.valid_to, date(2026, 11, 23)):
            if day:
                assert law.parameter(row.key, day).key == row.key


def test_what_a_department_may_replace_has_bounds_that_hold_the_value() -> None:
    for row in law.parameters():
        if row.department_may is not May.REPLACE:
            assert (row.minimum, row.maximum) == (None, None), row.key
        elif row.form is not Form.FRACTION:
            assert isinstance(row.value, int), row.key
            assert row.minimum is not None, row.key
            assert row.maximum is not None, row.key
            assert row.minimum <= row.value <= row.maximum, row.key


@pytest.mark.parametrize(
    ("key", "loosest"),
    [
        ("password_length_with_second_factor", "minimum"),
        ("password_length_alone", "minimum"),
        ("log_retention", "minimum"),
        ("admin_password_age", "maximum"),
        ("lockout_failures", "maximum"),
        ("session_idle", "maximum"),
        ("session_idle_admin", "maximum"),
        ("session_lifetime", "maximum"),
    ],
)
def test_security_floors_may_only_become_stricter(key: str, loosest: str) -> None:
    row = law.parameter(key, date(2026, 11, 23))
    assert getattr(row, loosest) == row.value


def test_a_value_is_confirmed_by_the_law_alone_or_by_the_department() -> None:
    row = law.parameter("session_idle", date(2026, 11, 23))
    assert not row.is_confirmed
    assert law.parameter("base_salary", date(2026, 11, 23)).is_confirmed
    decision = Decision(
        UUID(int=1),
        row.key,
        Kind.CONFIRM,
        15,
        None,
        None,
        "5/QĐ-SYT",
        date(2026, 1, 1),
        UUID(int=2),
    )
    confirmed = law.decided_row(row.key, date(2026, 11, 23), (decision,))
    assert (confirmed.value, confirmed.is_confirmed) == (15, True)
    other = msgspec.structs.replace(decision, value=14)  # the catalogue has moved on
    assert not law.decided_row(row.key, date(2026, 11, 23), (other,)).is_confirmed


def test_a_replacement_holds_between_its_days() -> None:
    decision = Decision(
        UUID(int=1), "session_idle", Kind.REPLACE, 10, date(2026, 3, 1), date(2026, 3, 31),
        "5/QĐ-SYT", date(2026, 2, 20), UUID(int=2),
    )  # fmt: skip
    days = (date(2026, 2, 28), date(2026, 3, 1), date(2026, 3, 31), date(2026, 4, 1))
    rows = [law.decided_row("session_idle", day, (decision,)) for day in days]
    assert [row.value for row in rows] == [15, 10, 10, 15]
    assert rows[1].legal_basis == "Quyết định số 5/QĐ-SYT ngày 20/02/2026 của Sở"


def test_roles_with_a_second_factor() -> None:
    assert law.names("second_factor_roles", date(2026, 11, 23)) == {
        "officer",
        "department_head",
        "tenant_admin",
        "council_secretary",
        "auditor",
        "platform_operator",
    }


def test_a_key_is_marked_as_used_exactly_when_the_program_reads_it() -> None:
    root = Path(__file__).parents[3]
    sources = [
        path.read_text(encoding="utf-8")
        for package in ("core", "tenants", "admin", "plugins")
        for path in sorted((root / package).rglob("*"))
        if path.suffix in {".py", ".html"} and "demo" not in path.parts
    ]
    everything = "\n".join(sources)
    marked = {row.key: row.used for row in law.parameters()}
    assert marked == {key: f'"{key}"' in everything for key in marked}
    assert (marked["lockout_failures"], marked["log_retention"]) == (True, False)
