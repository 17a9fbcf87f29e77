"""What is known of one nomination when it is judged: plain values, read in bulk."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import msgspec

from core.movements.resolved import chosen_rungs, rung_key
from core.movements.schemas import Edition
from core.movements.values import Quota
from core.plugin.api import AwardRung, Rating


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """A nomination as the rules see it. `on`: the day that chooses the law's rows (reception)."""

    id: UUID
    list_id: UUID
    round_id: UUID
    round_name: str
    unit_id: UUID
    unit_path: str
    subject_kind: str
    subject_id: UUID
    subject_name: str
    rung_key: str
    award: str
    award_kind: str
    occasion: str
    year: int
    state: str
    period_from: date
    period_to: date
    on: date
    today: date
    edition: Edition

    @property
    def years(self) -> range:
        """The calendar years of the period."""
        return range(self.period_from.year, self.period_to.year + 1)

    @property
    def rung(self) -> AwardRung | None:
        """The rung in the edition as it holds, or None where it has no such rung."""
        return next((held for _, held in self._rungs() if rung_key(held) == self.rung_key), None)

    @property
    def quota(self) -> Quota | None:
        """What the department has set for the rung: kept under the rung's name in the plan."""
        for stated, held in self._rungs():
            if rung_key(held) == self.rung_key:
                return self.edition.values.quotas.get(rung_key(stated))
        return None

    def _rungs(self) -> Iterator[tuple[AwardRung, AwardRung]]:
        values = self.edition.values
        for stated in self.edition.plan.ladder:
            for held in chosen_rungs(stated, values):
                yield stated, held


class Rated(msgspec.Struct, frozen=True):
    """A rating of one year; `is_official` False: provisional."""

    year: int
    scope: str
    rating: Rating
    is_official: bool
    basis: str


class Declared(msgspec.Struct, frozen=True):
    """A declared fact of one year."""

    year: int
    key: str
    value: bool | float | None
    source: str


class Hold(msgspec.Struct, frozen=True):
    """A hold; the reason is not here: it is nobody's business but the officer's."""

    kind: str
    from_on: date
    released_on: date | None
    counts_from: date | None

    def lasts_on(self, day: date) -> bool:
        """Tell whether it holds on a day."""
        return self.from_on <= day and (self.released_on is None or day < self.released_on)


class Idea(msgspec.Struct, frozen=True):
    """An initiative of the register; `is_attached`: named in the nomination itself."""

    id: UUID
    name: str
    year: int
    level: str
    certificate: str
    is_attached: bool


class Use(msgspec.Struct, frozen=True):
    """An initiative of this nomination that another one (`id`) rests on too."""

    id: UUID
    initiative: str
    subject_id: UUID
    subject_name: str
    award: str
    award_kind: str
    round_id: UUID
    round_name: str
    state: str
    decision_number: str
    decided_on: date | None


class Grant(msgspec.Struct, frozen=True):
    """An award that the subject (or a unit that was merged into it) has."""

    award: str
    award_kind: str
    occasion: str
    year: int
    period_from: date | None
    period_to: date | None
    decision_number: str
    decided_on: date
    is_thematic: bool
    subject_name: str
    is_own: bool


class Other(msgspec.Struct, frozen=True):
    """Another nomination of the same subject that is still on its way."""

    id: UUID
    round_id: UUID
    round_name: str
    award: str
    unit_name: str
    letter_number: str
    letter_date: date | None
    period_from: date
    period_to: date


class Ended(msgspec.Struct, frozen=True):
    """How a unit ended; `successor` is '' where nothing came after it."""

    kind: str
    effective_on: date | None
    successor: str


class Share(msgspec.Struct, frozen=True):
    """People of a unit and how many of them have the titles and ratings of a year."""

    people: int
    good_workers: int
    base_titles: int
    completed: int


class Count(msgspec.Struct, frozen=True):
    """Nominations of one rung in a round: still on their way, and decided."""

    alive: int = 0
    decided: int = 0


class Known(msgspec.Struct):
    """Everything known of one candidate; what is missing is simply not there."""

    ratings: list[Rated] = msgspec.field(default_factory=list)
    declared: list[Declared] = msgspec.field(default_factory=list)
    holds: list[Hold] = msgspec.field(default_factory=list)
    ideas: list[Idea] = msgspec.field(default_factory=list)
    uses: list[Use] = msgspec.field(default_factory=list)
    grants: list[Grant] = msgspec.field(default_factory=list)
    others: list[Other] = msgspec.field(default_factory=list)
    ended: Ended | None = None
    share: Share | None = None
    count: Count = Count()

    def rated(self, scope: str, year: int) -> Rated | None:
        """Return the rating that counts: the official one, else the provisional one."""
        found = [each for each in self.ratings if (each.scope, each.year) == (scope, year)]
        return max(found, key=lambda each: each.is_official, default=None)
