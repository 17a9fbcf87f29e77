"""Figures of a year: movements by scope and length, awards by level; and who gets awards.

The yearly statistics of TT 02/2023/TT-BNV (biểu 0601 to 0605) name these figures; what is shown
here is not the official form. The fairness view compares awarded people with all people of the
registers as they are today.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError, NotFoundError
from core.honours import access, phrases
from core.honours import repository_figures as repository
from core.kit import clock
from core.law.awards import WORDS, AwardKind, level_of
from core.movements import service as movements

SMALL = 5
FIRST_YEAR = 1945


class AwardFigure(msgspec.Struct, frozen=True):
    """How many awards of one kind a year has, by whom they went to; revoked ones are left out."""

    level: str
    award: str
    collectives: int
    individuals: int
    others: int
    thematic: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.collectives + self.individuals + self.others


class MovementFigure(msgspec.Struct, frozen=True):
    """A movement with its scope, length in whole years, and way (thematic or regular)."""

    name: str
    scope: str
    years: int
    band: str
    way: str


class YearFigures(msgspec.Struct, frozen=True):
    """The figures of a year."""

    year: int
    movements: list[MovementFigure]
    awards: list[AwardFigure]
    levels: list[tuple[str, int]]


class Group(msgspec.Struct, frozen=True):
    """A group of people: how many there are and how many of them have an award of the year.

    `base` and `awarded` are None where the group is too small to be shown.
    """

    name: str
    base: int | None
    awarded: int | None

    @property
    def rate(self) -> float | None:
        """Awarded in per cent of all; None where that is not shown."""
        if self.base is None or self.awarded is None:
            return None
        return round(100 * self.awarded / self.base, 1) if self.base else 0.0


class FairnessView(msgspec.Struct, frozen=True):
    """One comparison, with the finding in words."""

    by: str
    year: int
    finding: str
    groups: list[Group]
    hidden: int


async def of_year(year: int, *, actor: Actor) -> YearFigures:
    """Return the figures of a year for the units that the person oversees.

    Raises:
        PermissionDeniedError: no part in figures.
        InvalidInputError: field `year`.
    """
    access.require_any(actor, access.FIGURES)
    _check(year)
    rows = await repository.awards(access.patterns(actor, access.FIGURES), year)
    awards = [_award(row) for row in rows]
    order = list(phrases.LEVELS.values())
    awards.sort(key=lambda each: (order.index(each.level), -each.total, each.award))
    sums = dict.fromkeys(order, 0)
    for each in awards:
        sums[each.level] += each.total
    return YearFigures(year, await _movements(year), awards, list(sums.items()))


def _award(row: Any) -> AwardFigure:
    kind = AwardKind(row["award_kind"]) if row["award_kind"] in set(AwardKind) else None
    level = level_of(kind or AwardKind.UNNAMED, row["award"], row["issuer"])
    name = WORDS[kind] if kind else row["award"]
    return AwardFigure(
        phrases.LEVELS[level], name, row["collectives"], row["individuals"], row["others"],
        row["thematic"],
    )  # fmt: skip


async def _movements(year: int) -> list[MovementFigure]:
    """Return the movement of the department's plan, where the year lies in it."""
    edition = await movements.current_edition()
    movement = edition.content.movement
    years = [at for phase in movement.phases for at in (phase.start, phase.end)]
    if not years or not min(years) <= year <= max(years):
        return []
    length = max(years) - min(years)
    return [
        MovementFigure(movement.name, "Toàn Sở", length, band(length), "Thi đua theo chuyên đề")
    ]


def band(years: int) -> str:
    """Return the band of the statistics for a length in whole years."""
    for limit, words in ((1, "Dưới 1 năm"), (2, "1 năm"), (3, "Từ trên 1 đến dưới 3 năm"),
                         (5, "Từ 3 đến dưới 5 năm")):  # fmt: skip
        if years < limit:
            return words
    return "Từ 5 năm trở lên"


async def fairness(by: str, year: int, *, actor: Actor) -> FairnessView:
    """Compare groups of people: level, work, gender, place, or repeats (one statement).

    Raises:
        NotFoundError: no such comparison.
        PermissionDeniedError: no part in figures.
        InvalidInputError: field `year`.
    """
    access.require_any(actor, access.FIGURES)
    if by not in phrases.COMPARISONS:
        raise NotFoundError
    _check(year)
    patterns = access.patterns(actor, access.FIGURES)
    if by == "repeats":
        return _repeats(year, await repository.repeats(patterns, year))
    names = phrases.GROUPS.get(by, {})
    rows = await repository.groups(by, patterns, year)
    groups = [
        _group(names.get(row["key"], row["key"] or phrases.UNKNOWN), row["base"], row["awarded"])
        for row in rows
    ]
    groups.sort(key=lambda each: (each.rate is None, -(each.rate or 0), each.name))
    hidden = sum(each.base is None for each in groups)
    return FairnessView(by, year, _finding(groups), groups, hidden)


def _group(name: str, base: int, awarded: int) -> Group:
    return Group(name, None, None) if base < SMALL else Group(name, base, awarded)


def _finding(groups: Sequence[Group]) -> str:
    shown = [each for each in groups if each.rate is not None]
    if len(shown) < 2:
        return phrases.NOTHING_TO_COMPARE
    first, last = shown[0], shown[-1]
    if first.rate == last.rate:
        return phrases.ALL_THE_SAME.format(rate=percent(first.rate))
    return phrases.HIGHEST_LOWEST.format(
        high=first.name, high_rate=percent(first.rate), low=last.name, low_rate=percent(last.rate)
    )


def percent(rate: float | None) -> str:
    """Return a rate as people write it: 12,5."""
    return "" if rate is None else f"{rate:g}".replace(".", ",")


def _repeats(year: int, rows: Sequence[Any]) -> FairnessView:
    """Of those awarded in the year: how many had how many awards in five years."""
    total = sum(row["subjects"] for row in rows)
    groups = [
        Group(
            phrases.REPEATS[row["times"]],
            None if total < SMALL else total,
            None if total < SMALL else row["subjects"],
        )
        for row in rows
    ]
    again = sum(row["subjects"] for row in rows if row["times"] > 1)
    words = phrases.NOTHING_TO_COMPARE
    if total >= SMALL:
        words = phrases.AGAIN.format(again=again, total=total)
    return FairnessView("repeats", year, words, groups, sum(each.base is None for each in groups))


def _check(year: int) -> None:
    if not FIRST_YEAR <= year <= clock.today().year:
        raise InvalidInputError(fields={"year": phrases.BAD_YEAR})
