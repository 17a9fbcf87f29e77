"""The history of a demo department: its plan, last year's round, this year's, one on request."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from core.accounts.schemas import Actor
from core.documents import service as documents
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.movements import draft
from core.movements import service as movements
from core.movements.values import PlanPaper
from core.organisation import service as organisation
from core.organisation.schemas import UnitView
from core.reports import drafting, rounds
from core.reports.schemas import ObligationRow, RoundView
from core.statistics import service as statistics
from tenants.demo import awards, texts
from tenants.demo.cast import Cast
from tenants.demo.files import plan_paper
from tenants.demo.stories import CLOSED_ROUND, OPEN_ROUND, Teller, Times, stories_of
from tenants.demo.timeline import Step, act, act_all, day

PLAN_DAY = day(2025, 9, 1, 9)
LAST_YEAR, THIS_YEAR = 2025, 2026
PRESENT = day(THIS_YEAR, 11, 22, 16, 30)


class Setting(NamedTuple):
    """A department that is ready for its history."""

    tenant_id: UUID
    cast: Cast
    places: dict[str, UnitView]
    owing: list[UnitView]

    @property
    def officer(self) -> Actor:
        """Return the officer of the department."""
        return self.cast.known["chuyenvien"]


async def publish_plan(setting: Setting) -> None:
    """Publish the plan's first edition, as the leader of the department.

    Where the plugin carries a unit's plan, the administrator puts in the department's own first.
    """
    leader, admin = setting.cast.known["lanhdao"], setting.cast.known["quantri"]
    await act(setting.tenant_id, Step(PLAN_DAY, admin, lambda: _own_paper(admin)))
    await act(setting.tenant_id, Step(PLAN_DAY, admin, lambda: awards.choose_occasions(admin)))
    publish = Step(
        PLAN_DAY + timedelta(hours=1),
        leader,
        lambda: movements.publish_edition(
            actor=leader,
            reason=texts.EDITION_REASON,
            effective_from=PLAN_DAY.date(),
            is_demo=True,
        ),
    )
    await act(setting.tenant_id, publish)


async def _own_paper(admin: Actor) -> None:
    lacks = await movements.readiness(actor=admin)
    if not any(lack.section == "plan_paper" for lack in lacks):
        return
    file = await evidence.store_file(
        actor=admin,
        name=texts.PLAN_FILE,
        content=plan_paper(texts.PLAN_TITLE, texts.PLAN_NOTE),
        purpose=Purpose.DECISION,
        unit_id=(await organisation.department()).id,
    )
    paper = PlanPaper(
        number=texts.PLAN_NUMBER,
        date=PLAN_DAY.date(),
        title=texts.PLAN_TITLE,
        file_id=file.id,
        file_name=file.name,
    )
    await draft.save(actor=admin, section="plan_paper", value=paper, version=0)


async def last_year(setting: Setting) -> None:
    """Tell last year's annual round up to its issued consolidation."""
    opened = day(LAST_YEAR, 10, 13, 9)
    view = await _open(setting, "annual", LAST_YEAR, opened, own_day=day(LAST_YEAR, 12, 6, 0))
    end = view.due_at or day(LAST_YEAR, 12, 1, 0)
    times = Times(opened, end, view.due_at, day(LAST_YEAR, 12, 18, 15))
    await _tell(setting, view, times, CLOSED_ROUND, {})
    officer = setting.officer
    closing = Step(
        day(LAST_YEAR, 12, 19, 14),
        officer,
        lambda: rounds.close_round(actor=officer, round_id=view.id),
    )
    await act(setting.tenant_id, closing)
    await _issue(setting, view)


async def this_year(setting: Setting) -> None:
    """Tell this year's annual round, still open, in mixed states, with a provisional count."""
    opened = day(THIS_YEAR, 10, 12, 9)
    view = await _open(setting, "annual", THIS_YEAR, opened, own_day=day(THIS_YEAR, 12, 6, 0))
    end = min(view.due_at or PRESENT, PRESENT - timedelta(days=1))
    times = Times(opened, end, view.due_at, PRESENT)
    await _tell(setting, view, times, OPEN_ROUND, _chosen(setting))
    officer = setting.officer
    await act_all(
        setting.tenant_id,
        [
            Step(
                day(THIS_YEAR, 11, 20, 15),
                officer,
                lambda: rounds.remind_silent(actor=officer, round_id=view.id),
            ),
            Step(
                PRESENT,
                officer,
                lambda: statistics.consolidate_round(view.id, actor=officer),
            ),
        ],
    )
    await _inner_consolidation(setting, view)


async def on_request(setting: Setting) -> None:
    """Tell a quick report of a few units."""
    units = _few(setting)
    opened = day(THIS_YEAR, 11, 9, 10)
    view = await _open(
        setting,
        "on_request",
        THIS_YEAR,
        opened,
        own_day=day(THIS_YEAR, 11, 28, 0),
        unit_ids=[unit.id for unit in units],
        message=texts.REQUEST_MESSAGE,
    )
    times = Times(opened, PRESENT - timedelta(days=1), view.due_at, PRESENT)
    chosen = {
        setting.places[place].id: story
        for place, story in (("hospital", "awaiting_sign_off"), ("author", "drafting"),
                             ("station", "drafting"), ("subunit", "returned"))
        if place in setting.places
    }  # fmt: skip
    await _tell(setting, view, times, OPEN_ROUND, chosen)


async def _open(
    setting: Setting,
    kind: str,
    year: int,
    opened: datetime,
    *,
    own_day: datetime,
    unit_ids: list[UUID] | None = None,
    message: str = "",
) -> RoundView:
    """Open a round; the officer sets a day of the department's own where the plan says nothing."""
    officer = setting.officer

    async def run() -> RoundView:
        edition = await movements.current_edition()
        rows = [row for row in edition.content.schedule if row.report_kind.value == kind]
        silent = kind == "on_request" or not any(row.stated for row in rows)
        return await rounds.open_round(
            actor=officer,
            kind=kind,
            year=year,
            unit_ids=unit_ids,
            message=message or texts.ROUND_MESSAGE.format(year=year),
            due_at=own_day if silent else None,
            is_demo=True,
        )

    view: RoundView = await act(setting.tenant_id, Step(opened, officer, run))
    return view


async def _tell(
    setting: Setting,
    view: RoundView,
    times: Times,
    cycle: tuple[str, ...],
    chosen: dict[UUID, str],
) -> None:
    """Tell the story of every report of a round: those of the units, and the inner ones."""
    steps = _steps(
        setting, await _rows(setting, view, setting.officer, None), times, cycle, chosen,
        setting.officer,
    )  # fmt: skip
    author, inner = setting.places.get("author"), setting.cast.known.get("duyet.donvi")
    if author and inner:
        rows = await _rows(setting, view, inner, author.id)
        days = times._replace(due_at=view.inner_due_at)
        steps += _steps(setting, rows, days, cycle, chosen, inner)
    await act_all(setting.tenant_id, steps)


async def _rows(
    setting: Setting, view: RoundView, officer: Actor, receiver_id: UUID | None
) -> list[ObligationRow]:
    async def run() -> list[ObligationRow]:
        page = await rounds.list_obligations(
            actor=officer, round_id=view.id, receiver_unit_id=receiver_id, limit=200
        )
        return list(page.items)

    rows: list[ObligationRow] = await act(setting.tenant_id, Step(PRESENT, officer, run))
    return rows


def _steps(
    setting: Setting,
    rows: list[ObligationRow],
    times: Times,
    cycle: tuple[str, ...],
    chosen: dict[UUID, str],
    officer: Actor,
) -> list[Step]:
    steps: list[Step] = []
    for number, (row, story) in enumerate(zip(rows, stories_of(rows, cycle, chosen), strict=True)):
        clerk, head = setting.cast.of_unit[row.unit_id]
        steps += Teller(row, number, clerk, head, officer, times).tell(story)
    return steps


def _chosen(setting: Setting) -> dict[UUID, str]:
    """Return the stories of the units whose accounts are known, so that each has work to do."""
    stories = {
        "hospital": "drafting",
        "author": "drafting",
        "station": "drafting",
        "subunit": "returned",
    }
    return {
        setting.places[place].id: story
        for place, story in stories.items()
        if place in setting.places
    }


def _few(setting: Setting) -> list[UnitView]:
    """Return the units of the quick report: the known ones and every third of the others."""
    known = {
        setting.places[place].id for place in ("hospital", "author") if place in setting.places
    }
    return [
        unit
        for number, unit in enumerate(setting.owing)
        if unit.level == "unit" and (unit.id in known or number % 3 == 0)
    ]


async def _issue(setting: Setting, view: RoundView) -> None:
    """Consolidate a closed round, have it approved, numbered and dated."""
    known, tenant_id = setting.cast.known, setting.tenant_id
    officer, leader, records = known["chuyenvien"], known["lanhdao"], known["vanthu"]
    made = await act(
        tenant_id,
        Step(
            day(LAST_YEAR, 12, 22, 9),
            officer,
            lambda: statistics.consolidate_round(view.id, actor=officer),
        ),
    )
    edited = await act(
        tenant_id,
        Step(
            day(LAST_YEAR, 12, 22, 16),
            officer,
            lambda: statistics.edit_consolidation(
                made.id, made.version, {"conclusion": texts.CONCLUSION}, actor=officer
            ),
        ),
    )
    approved = await act(
        tenant_id,
        Step(
            day(LAST_YEAR, 12, 23, 10),
            leader,
            lambda: statistics.approve_consolidation(made.id, edited.version, actor=leader),
        ),
    )

    async def issue() -> None:
        await statistics.issue_consolidation(
            made.id, approved.version, date(LAST_YEAR, 12, 24), actor=records
        )
        await documents.request_document(
            actor=records, kind="consolidated_report", subject_id=made.id
        )

    await act(tenant_id, Step(day(LAST_YEAR, 12, 24, 8, 30), records, issue))


async def _inner_consolidation(setting: Setting, view: RoundView) -> None:
    """Let the unit that wrote the plan count its own reports, and take one part over."""
    author, inner = setting.places.get("author"), setting.cast.known.get("duyet.donvi")
    if author is None or inner is None:
        return
    if not await _rows(setting, view, inner, author.id):
        return
    await act(
        setting.tenant_id,
        Step(
            PRESENT,
            inner,
            lambda: statistics.consolidate_round(view.id, actor=inner, receiver_unit_id=author.id),
        ),
    )
    clerk = setting.cast.clerk(author.id)
    await act(setting.tenant_id, Step(PRESENT, clerk, lambda: _take_over(view, author, clerk)))


async def _take_over(view: RoundView, author: UnitView, clerk: Actor) -> Any:
    """Take the first accepted part of an inner report over into the unit's own report."""
    work = await drafting.list_my_work(actor=clerk)
    lists = (work.returned, work.overdue, work.due)
    own = [
        item.report_id
        for items in lists
        for item in items
        if item.unit_id == author.id and item.round_id == view.id
    ]
    for inner in await drafting.inner_reports(actor=clerk, report_id=own[0]) if own else ():
        for part in inner.parts:
            if part.key.startswith("criterion:"):
                return await drafting.take_over_part(
                    actor=clerk,
                    report_id=own[0],
                    part_key=part.key,
                    inner_report_id=inner.report_id,
                )
    return None
