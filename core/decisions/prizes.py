"""What a list costs on a day, by the dated rows of the law."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.decisions import phrases
from core.decisions.schemas import Entry, Grant
from core.kit.ids import new_id
from core.law import money
from core.law import service as law
from core.law.money import Claim, Prize

Period = tuple[date | None, date | None]


class Costs(msgspec.Struct, frozen=True):
    """Prizes by entry, their sum, the base salary, and what nobody has confirmed."""

    by_entry: dict[UUID, int | None]
    prizes: dict[UUID, Prize | None]
    total: int
    base_salary: int
    unconfirmed: tuple[str, ...]


def costs(entries: Sequence[Entry], on: date, period: Period, known: Sequence[Any] = ()) -> Costs:
    """Return what each entry is worth on a day.

    `known`: rows of what the same subjects were granted on the same day already.

    Raises:
        LawParameterError: no base salary is in force on this day.
    """
    kinds = {(entry.award_kind, entry.money_kind) for entry in entries}
    table = {kind: money.prize(*kind, on) for kind in kinds}
    prizes = {entry.id: table[entry.award_kind, entry.money_kind] for entry in entries}
    claims: list[Claim[UUID]] = [
        Claim(row["id"], row["subject_id"], row["award_kind"], row["decided_on"],
              (row["period_from"], row["period_to"]), row["prize_amount"])
        for row in known
    ]  # fmt: skip
    claims += [
        Claim(entry.id, entry.subject_id, entry.award_kind, on, period, prize.amount)
        for entry in entries
        if (prize := prizes[entry.id]) is not None
    ]
    paid = money.paid(claims)
    by_entry = {entry.id: paid.get(entry.id) for entry in entries}
    notes = [note for prize in table.values() if prize for note in prize.unconfirmed]
    return Costs(
        by_entry=by_entry,
        prizes=prizes,
        total=sum(amount or 0 for amount in by_entry.values()),
        base_salary=law.value(money.BASE_SALARY, on),
        unconfirmed=tuple(dict.fromkeys(notes)),
    )


def grants_of(entries: Sequence[Entry], found: Costs, *, numbered: bool = True) -> list[Grant]:
    """Return what a decision grants to each of its list; the place is the gold-book number."""
    return [_grant(entry, found, numbered=numbered) for entry in entries]


def _grant(entry: Entry, found: Costs, *, numbered: bool) -> Grant:
    prize, amount = found.prizes[entry.id], found.by_entry[entry.id]
    return Grant(
        id=new_id(),
        nomination_id=entry.nomination_id,
        gold_book_number=entry.position if numbered else 0,
        prize_amount=amount,
        prize_multiple=str(prize.multiple) if prize else "",
        base_salary=prize.base_salary if prize else None,
        prize_basis=_basis(prize, amount),
    )


def _basis(prize: Prize | None, amount: int | None) -> str:
    if prize is None:
        return phrases.NO_PRIZE
    if amount == 0:
        return phrases.LOWER_TITLE.format(basis=prize.legal_basis)
    return phrases.PRIZE_BASIS.format(
        multiple=str(prize.multiple).replace(".", ","),
        salary=phrases.money(prize.base_salary),
        basis=prize.legal_basis,
    )


def short_of(balance: int, total: int) -> int:
    """Return by how much a fund would be under zero after a payment; 0 where it is enough."""
    return max(0, total - balance)


def sums(found: Mapping[str, int]) -> int:
    """Return what is left of a fund from its sums by kind."""
    return sum(found.values())
