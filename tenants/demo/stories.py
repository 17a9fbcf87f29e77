"""What becomes of each demo report: a story is a list of acts at set times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from core.accounts.schemas import Actor
from core.evidence import service as evidence
from core.reports import drafting, review, rounds
from core.reports.schemas import ObligationRow
from tenants.demo import texts
from tenants.demo.files import spreadsheet
from tenants.demo.filling import dice, fields_of, filled
from tenants.demo.timeline import Step, working_hour

# How far a report has come; the stories of a round go round in this order.
OPEN_ROUND = (
    "accepted", "submitted", "drafting", "late", "not_started", "in_review", "accepted",
    "returned", "awaiting_sign_off", "accepted", "resubmitted", "started", "submitted",
    "late_accepted", "withdrawn",
)  # fmt: skip
CLOSED_ROUND = (
    "accepted", "accepted", "late_accepted", "accepted", "mended", "accepted", "accepted",
    "not_started", "accepted",
)  # fmt: skip


class Times(NamedTuple):
    """The days of a round: opened, the last moment for those on time, the day, the last act."""

    opened: datetime
    filed_before: datetime
    due_at: datetime | None
    until: datetime


class Teller:
    """Makes the acts of one report."""

    def __init__(
        self, row: ObligationRow, number: int, clerk: Actor, head: Actor, officer: Actor,
        times: Times,
    ) -> None:  # fmt: skip
        self.row = row
        self.number = number
        self.clerk = clerk
        self.head = head
        self.officer = officer
        self.times = times
        self.steps: list[Step] = []
        self.content = dice(row.unit_name, times.opened.year, number)

    def tell(self, story: str) -> list[Step]:
        """Return the acts of a story, by its name."""
        getattr(self, f"_{story}")()
        return self.steps

    def _at(self, before_end: int) -> datetime:
        at = working_hour(self.times.filed_before - timedelta(days=before_end), self.number)
        return max(at, working_hour(self.times.opened, self.number) + timedelta(days=1))

    def _add(self, at: datetime, actor: Actor, run: Callable[[], object]) -> None:
        self.steps.append(Step(min(at, self.times.until), actor, run))  # type: ignore[arg-type]

    def _write(self, at: datetime, share: float) -> None:
        async def run() -> None:
            report = await drafting.get_report(actor=self.clerk, report_id=self.row.report_id)
            asked = [part for part in report.parts if part.is_asked]
            for part in asked[: max(1, round(share * len(asked)))]:
                await drafting.save_part(
                    actor=self.clerk,
                    report_id=report.id,
                    part_key=part.key,
                    version=part.version,
                    fields=fields_of(part, self.content, self.clerk.display_name),
                )
            if self.number % 3 == 0:
                await self._prove(report.id, asked[0].key)

        self._add(at, self.clerk, run)

    async def _prove(self, report_id: UUID, part_key: str) -> None:
        name, content = spreadsheet(self.content)
        await evidence.upload_evidence(
            actor=self.clerk, report_id=report_id, part_key=part_key, name=name, content=content
        )

    def _submit(self, at: datetime) -> None:
        self._add(
            at, self.head,
            lambda: drafting.submit_report(actor=self.head, report_id=self.row.report_id),
        )  # fmt: skip

    def _review(self, at: datetime, *, keys: slice | None) -> None:
        """Start the review and accept the parts of a slice (None: no part yet)."""

        async def run() -> None:
            await review.start_review(actor=self.officer, report_id=self.row.report_id)
            if keys is not None:
                wanted = (await self._asked())[keys]
                await review.accept_parts(
                    actor=self.officer, report_id=self.row.report_id, part_keys=wanted
                )

        self._add(at, self.officer, run)

    async def _asked(self) -> list[str]:
        report = await drafting.get_report(actor=self.officer, report_id=self.row.report_id)
        return [part.key for part in report.parts if part.is_asked]

    def _return(self, at: datetime, new_day: datetime) -> None:
        async def run() -> None:
            keys = [key for key in await self._asked() if key.startswith("criterion:")][:2]
            reasons: Mapping[str, tuple[str, datetime]] = {
                key: (texts.RETURN_REASONS[(self.number + index) % 3], new_day)
                for index, key in enumerate(keys)
            }
            others = [key for key in await self._asked() if key not in keys]
            await review.accept_parts(
                actor=self.officer, report_id=self.row.report_id, part_keys=others
            )
            await review.return_parts(
                actor=self.officer, report_id=self.row.report_id, parts=reasons
            )

        self._add(at, self.officer, run)

    def _mend(self, at: datetime) -> None:
        async def run() -> None:
            report = await drafting.get_report(actor=self.clerk, report_id=self.row.report_id)
            for part in report.parts:
                if part.review == "returned":
                    more = filled(texts.ADDITION, self.content)
                    narrative = f"{part.fields['narrative']}\n\n{more}"
                    await drafting.save_part(
                        actor=self.clerk,
                        report_id=report.id,
                        part_key=part.key,
                        version=part.version,
                        fields={**part.fields, "narrative": narrative},
                    )

        self._add(at, self.clerk, run)

    def _filed(self, before_end: int) -> datetime:
        at = self._at(before_end)
        self._write(at - timedelta(hours=30), 1)
        self._submit(at)
        return at

    def _not_started(self) -> None:
        """Nothing happens."""

    def _started(self) -> None:
        self._write(self._at(2), 0.3)

    def _drafting(self) -> None:
        self._write(self._at(3), 0.7)

    def _awaiting_sign_off(self) -> None:
        at = self._at(2)
        self._write(at - timedelta(hours=5), 1)
        self._add(
            at, self.clerk,
            lambda: drafting.request_sign_off(actor=self.clerk, report_id=self.row.report_id),
        )  # fmt: skip

    def _submitted(self) -> None:
        self._filed(1 + self.number % 4)

    def _withdrawn(self) -> None:
        at = self._filed(3)
        self._add(
            at + timedelta(hours=2), self.head,
            lambda: drafting.withdraw_report(actor=self.head, report_id=self.row.report_id),
        )  # fmt: skip

    def _in_review(self) -> None:
        at = self._filed(4)
        self._review(at + timedelta(hours=26), keys=slice(0, 2))

    def _accepted(self) -> None:
        at = self._filed(4 + self.number % 6)
        self._review(at + timedelta(hours=28), keys=slice(None))

    def _late(self) -> None:
        self._filed_late()

    def _late_accepted(self) -> None:
        at = self._filed_late()
        self._review(at + timedelta(hours=20), keys=slice(None))

    def _filed_late(self) -> datetime:
        due = self.times.due_at
        if due is None or due + timedelta(days=2) > self.times.until:
            return self._filed(2)
        at = due + timedelta(hours=9 + self.number % 20, minutes=self.number)
        self._write(at - timedelta(hours=20), 1)
        self._submit(at)
        return at

    def _returned(self) -> None:
        at = self._filed(6)
        self._review(at + timedelta(hours=24), keys=None)
        self._return(at + timedelta(hours=27), _midnight(self.times.until + timedelta(days=9)))

    def _resubmitted(self) -> None:
        at = self._filed(9)
        self._review(at + timedelta(hours=24), keys=None)
        self._return(at + timedelta(hours=27), _midnight(at + timedelta(days=9)))
        self._mend(at + timedelta(hours=50))
        self._submit(at + timedelta(hours=53))

    def _mended(self) -> None:
        self._resubmitted()
        last = self.steps[-1].at
        self._review(last + timedelta(hours=24), keys=slice(None))

    def _excused(self) -> None:
        self._add(
            self._at(8), self.officer,
            lambda: rounds.excuse(
                actor=self.officer,
                obligation_id=self.row.obligation_id,
                reason=texts.EXCUSE_REASON,
            ),
        )  # fmt: skip


def _midnight(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def stories_of(
    rows: list[ObligationRow], cycle: tuple[str, ...], chosen: Mapping[UUID, str]
) -> list[str]:
    """Return a story for each row: the chosen ones, the last excused, the others by turns."""
    names = []
    for number, row in enumerate(rows):
        is_last = number == len(rows) - 1 and len(rows) > len(cycle) // 2
        names.append(
            chosen.get(row.unit_id) or ("excused" if is_last else cycle[number % len(cycle)])
        )
    return names
