"""Prize money: multiple × base salary of the decision's day, rounded up (NĐ 152/2025/NĐ-CP, VII).

Amounts are whole đồng; multiples are exact decimals. Every prize carries the rows that it rests
on, so that a grant can keep them.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_CEILING, Decimal
from typing import Generic, TypeVar

import msgspec

from core.law import service as law
from core.law.schemas import Parameter

COLLECTIVE, INDIVIDUAL, HOUSEHOLD = "collective", "individual", "household"
BASE_SALARY, ROUNDING, HOUSEHOLD_RATE = "base_salary", "prize_rounding", "prize_household"
# (kind of award, kind of subject) -> law key of the multiple.
KEYS = {
    ("commendation", INDIVIDUAL): "prize_commendation_individual",
    ("commendation", COLLECTIVE): "prize_commendation_collective",
    ("province_certificate", INDIVIDUAL): "prize_province_certificate_individual",
    ("province_certificate", COLLECTIVE): "prize_province_certificate_collective",
    ("prime_minister_certificate", INDIVIDUAL): "prize_prime_minister_certificate_individual",
    ("prime_minister_certificate", COLLECTIVE): "prize_prime_minister_certificate_collective",
    ("province_flag", COLLECTIVE): "prize_province_flag",
    ("government_flag", COLLECTIVE): "prize_government_flag",
    ("labour_order_1", COLLECTIVE): "prize_labour_order_1_collective",
    ("labour_order_2", COLLECTIVE): "prize_labour_order_2_collective",
    ("labour_order_3", COLLECTIVE): "prize_labour_order_3_collective",
    ("labour_order_1", INDIVIDUAL): "prize_labour_order_1_individual",
    ("labour_order_2", INDIVIDUAL): "prize_labour_order_2_individual",
    ("labour_order_3", INDIVIDUAL): "prize_labour_order_3_individual",
    ("good_worker", INDIVIDUAL): "prize_good_worker",
    ("base_title", INDIVIDUAL): "prize_base_title",
    ("province_title", INDIVIDUAL): "prize_province_title",
    ("national_title", INDIVIDUAL): "prize_national_title",
    ("good_collective", COLLECTIVE): "prize_good_collective",
    ("excellent_collective", COLLECTIVE): "prize_excellent_collective",
}
# Danh hiệu thi đua (Luật Thi đua, khen thưởng, Điều 19, 20); all others are forms of reward.
TITLES = frozenset(
    {
        "province_flag",
        "government_flag",
        "good_worker",
        "base_title",
        "province_title",
        "national_title",
        "good_collective",
        "excellent_collective",
    }
)
Key = TypeVar("Key")


class Prize(msgspec.Struct, frozen=True):
    """What an award is worth on a day.

    Attributes:
        multiple: times the base salary (a household's multiple is worked out already).
        base_salary, amount: whole đồng; `amount` is rounded up.
        legal_basis: articles of all rows used, in words.
        unconfirmed: labels of rows that nobody has confirmed yet.
    """

    multiple: Decimal
    base_salary: int
    amount: int
    legal_basis: str
    unconfirmed: tuple[str, ...] = ()


class Claim(msgspec.Struct, Generic[Key], frozen=True):
    """One award of somebody, for the rule on several titles.

    `subject`: who; `time`: the decision's day; `period`: first and last day of what is rewarded.
    """

    key: Key
    subject: object
    award_kind: str
    time: date
    period: tuple[date | None, date | None]
    amount: int


def rounded_up(exact: Decimal, step: int) -> int:
    """Return an amount raised to the next multiple of `step` đồng (Điều 49)."""
    return int((exact / step).to_integral_value(rounding=ROUND_CEILING)) * step


def prize(award_kind: str, subject_kind: str, on: date) -> Prize | None:
    """Return the prize of an award by a decision of a day; None where the decree names none.

    Raises:
        LawParameterError: no base salary or rounding is in force on this day.
    """
    is_household = subject_kind == HOUSEHOLD
    key = KEYS.get((award_kind, INDIVIDUAL if is_household else subject_kind))
    if key is None or not any(row.holds_on(on) for row in law.history(key)):
        return None
    rows = [law.parameter(name, on) for name in (key, BASE_SALARY, ROUNDING)]
    multiple = law.decimal(key, on)
    if is_household:
        rows.append(law.parameter(HOUSEHOLD_RATE, on))
        multiple *= law.decimal(HOUSEHOLD_RATE, on)
    salary = law.value(BASE_SALARY, on)
    return Prize(
        multiple=multiple.normalize(),
        base_salary=salary,
        amount=rounded_up(multiple * salary, law.value(ROUNDING, on)),
        legal_basis="; ".join(dict.fromkeys(row.legal_basis for row in rows)),
        unconfirmed=_unconfirmed(rows),
    )


def _unconfirmed(rows: Iterable[Parameter]) -> tuple[str, ...]:
    return tuple(row.label for row in rows if not row.is_confirmed)


def is_title(award_kind: str) -> bool:
    """Tell whether an award is an emulation title (danh hiệu), not a form of reward."""
    return award_kind in TITLES


def paid(claims: Iterable[Claim[Key]]) -> dict[Key, int]:
    """Return what is paid for each award (Điều 49).

    Of several titles at one time for one period only the highest is paid; titles for different
    periods all are, and a form of reward is paid beside a title.
    """
    claims = list(claims)
    best: dict[object, Claim[Key]] = {}
    for claim in claims:
        if is_title(claim.award_kind):
            group = (claim.subject, claim.time, claim.period)
            if group not in best or claim.amount > best[group].amount:
                best[group] = claim
    winners = {id(claim) for claim in best.values()}
    return {
        claim.key: claim.amount if not is_title(claim.award_kind) or id(claim) in winners else 0
        for claim in claims
    }
