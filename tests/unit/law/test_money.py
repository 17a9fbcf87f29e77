"""Prize money against a table typed by hand from the decree's figures, at both base salaries."""

from datetime import date
from decimal import Decimal

import pytest

from core.law import money

BEFORE, AFTER = date(2026, 6, 30), date(2026, 7, 1)
# award, subject, multiple, amount at 2.340.000, amount at 2.530.000 (rounded up to 10.000).
GOLDEN = [
    ("commendation", "individual", "0.3", 710_000, 760_000),
    ("commendation", "collective", "0.6", 1_410_000, 1_520_000),
    ("province_certificate", "individual", "1.5", 3_510_000, 3_800_000),
    ("province_certificate", "collective", "3", 7_020_000, 7_590_000),
    ("prime_minister_certificate", "individual", "3.5", 8_190_000, 8_860_000),
    ("prime_minister_certificate", "collective", "7", 16_380_000, 17_710_000),
    ("province_flag", "collective", "8", 18_720_000, 20_240_000),
    ("government_flag", "collective", "12", 28_080_000, 30_360_000),
    ("labour_order_1", "collective", "18", 42_120_000, 45_540_000),
    ("labour_order_2", "collective", "15", 35_100_000, 37_950_000),
    ("labour_order_3", "collective", "9", 21_060_000, 22_770_000),
    ("labour_order_1", "individual", "9", 21_060_000, 22_770_000),
    ("labour_order_2", "individual", "7.5", 17_550_000, 18_980_000),
    ("labour_order_3", "individual", "4.5", 10_530_000, 11_390_000),
    ("good_worker", "individual", "0.3", 710_000, 760_000),
    ("base_title", "individual", "1", 2_340_000, 2_530_000),
    ("province_title", "individual", "3", 7_020_000, 7_590_000),
    ("national_title", "individual", "4.5", 10_530_000, 11_390_000),
    ("good_collective", "collective", "0.8", 1_880_000, 2_030_000),
    ("excellent_collective", "collective", "1.5", 3_510_000, 3_800_000),
]


@pytest.mark.parametrize(("award", "subject", "multiple", "before", "after"), GOLDEN)
def test_every_award_of_the_decree_has_its_amount_at_both_base_salaries(
    award: str, subject: str, multiple: str, before: int, after: int
) -> None:
    for day, salary, amount in ((BEFORE, 2_340_000, before), (AFTER, 2_530_000, after)):
        found = money.prize(award, subject, day)
        assert found is not None
        assert (found.multiple, found.base_salary, found.amount) == (
            Decimal(multiple), salary, amount,
        )  # fmt: skip


def test_the_table_holds_every_award_that_the_program_knows() -> None:
    assert {(award, subject) for award, subject, *_ in GOLDEN} == set(money.KEYS)


def test_a_household_gets_one_and_a_half_times_an_individual() -> None:
    found = money.prize("commendation", "household", AFTER)
    assert found is not None
    assert (found.multiple, found.amount) == (Decimal("0.45"), 1_140_000)  # 1.138.500


def test_an_award_without_a_multiple_has_no_prize() -> None:
    assert money.prize("province_flag", "individual", AFTER) is None
    assert money.prize("unnamed", "collective", AFTER) is None


def test_before_the_decree_no_multiple_is_invented() -> None:
    assert money.prize("commendation", "individual", date(2025, 6, 30)) is None


def test_a_prize_says_what_it_rests_on_and_what_nobody_has_confirmed() -> None:
    found = money.prize("commendation", "individual", AFTER)
    assert found is not None
    assert found.legal_basis == (
        "NĐ 152/2025/NĐ-CP, chương VII (Điều 49 đến Điều 54); "
        "NĐ 161/2026/NĐ-CP ngày 15/5/2026, Điều 3 khoản 2; NĐ 152/2025/NĐ-CP, Điều 49"
    )
    assert found.unconfirmed == ("Mức thưởng: Giấy khen, cá nhân",)
    collective = money.prize("commendation", "collective", AFTER)
    assert collective is not None
    assert collective.unconfirmed == ()


@pytest.mark.parametrize(
    ("exact", "rounded"),
    [("702000", 710_000), ("700000", 700_000), ("700000.01", 710_000), ("0", 0)],
)
def test_an_amount_is_raised_to_tens_of_thousands_and_a_round_one_stays(
    exact: str, rounded: int
) -> None:
    assert money.rounded_up(Decimal(exact), 10_000) == rounded


YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FIVE = (date(2022, 1, 1), date(2026, 12, 31))
DAY = date(2026, 12, 20)


def claim(
    key: str,
    award: str,
    amount: int,
    *,
    period: tuple[date, date] = YEAR,
    subject: str = "a",
    time: date = DAY,
) -> money.Claim[str]:
    return money.Claim(key, subject, award, time, period, amount)


def test_of_titles_at_one_time_for_one_period_only_the_highest_is_paid() -> None:
    claims = [claim("1", "good_worker", 760_000), claim("2", "base_title", 2_530_000)]
    assert money.paid(claims) == {"1": 0, "2": 2_530_000}


def test_titles_for_different_periods_are_all_paid() -> None:
    claims = [
        claim("1", "base_title", 2_530_000),
        claim("2", "province_title", 7_590_000, period=FIVE),
    ]
    assert money.paid(claims) == {"1": 2_530_000, "2": 7_590_000}


def test_a_form_of_reward_is_paid_beside_a_title_and_beside_another_form() -> None:
    claims = [
        claim("1", "base_title", 2_530_000),
        claim("2", "commendation", 760_000),
        claim("3", "province_certificate", 3_800_000),
    ]
    assert money.paid(claims) == {"1": 2_530_000, "2": 760_000, "3": 3_800_000}


def test_the_rule_is_about_one_subject_at_one_time() -> None:
    claims = [
        claim("1", "good_worker", 760_000),
        claim("2", "base_title", 2_530_000, subject="b"),
        claim("3", "base_title", 2_530_000, time=date(2026, 12, 21)),
    ]
    assert money.paid(claims) == {"1": 760_000, "2": 2_530_000, "3": 2_530_000}


def test_of_two_equal_titles_one_is_paid() -> None:
    claims = [claim("1", "base_title", 2_530_000), claim("2", "base_title", 2_530_000)]
    assert money.paid(claims) == {"1": 2_530_000, "2": 0}
