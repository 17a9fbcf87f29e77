"""Dated legal parameters: chosen by the day, and nothing without a source or a mark."""

from datetime import date

import msgspec
import pytest

from core.law import service as law
from core.law.schemas import Confidence

DATED = """
[[parameter]]
key = "base_salary"
value = 2340000
unit = "đồng"
legal_basis = "NĐ 73/2024/NĐ-CP"
confidence = "C"
valid_from = 2024-07-01
valid_to = 2026-06-30

[[parameter]]
key = "base_salary"
value = 2530000
unit = "đồng"
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


def test_figures_and_lists_are_not_mixed_up() -> None:
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


def test_roles_with_a_second_factor() -> None:
    assert law.names("second_factor_roles", date(2026, 11, 23)) == {
        "officer",
        "department_head",
        "tenant_admin",
        "council_secretary",
        "auditor",
        "platform_operator",
    }
