"""A round read on today's tree: figures of merged units stand with their successors."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.accounts.schemas import SYSTEM, Actor
from core.errors import NotFoundError
from core.organisation import lineage
from core.organisation import service as organisation
from core.organisation.schemas import Today
from core.reports.access import ROUND_READERS
from core.statistics import repository
from core.statistics.schemas import RoundHead, TodayRow, TodayTable

FILED = ("submitted", "in_review", "returned", "accepted")


async def round_on_todays_tree(
    round_id: UUID, *, receiver_unit_id: UUID | None = None, actor: Actor
) -> TodayTable:
    """Count a round's reports by the units of today's tree.

    A merged unit's report counts with its successor. Split and closed units stand for themselves:
    nobody can say whose their figures are today. The sums are those of the round as it was.

    Raises:
        NotFoundError: no such round, or the person receives nothing there.
    """
    head = await repository.round_head(round_id)
    receiver = (
        await organisation.get_unit(receiver_unit_id, actor=SYSTEM)
        if receiver_unit_id
        else await organisation.department()
    )
    if head is None or not actor.can(ROUND_READERS, receiver.path):
        raise NotFoundError
    records = await repository.states(round_id, receiver.id)
    today = await lineage.today_of([record["unit_id"] for record in records])
    groups: dict[UUID, list[Any]] = {}
    for record in records:
        groups.setdefault(today[record["unit_id"]].unit_id, []).append(record)
    rows = [_row(today[members[0]["unit_id"]], members) for members in groups.values()]
    return TodayTable(round=RoundHead(**head), receiver_name=receiver.name, rows=tuple(rows))


def _row(place: Today, members: list[Any]) -> TodayRow:
    """Count the reports that stand with one unit of today."""
    was = [member["unit_name"] for member in members if member["unit_name"] != place.name]
    return TodayRow(
        unit_id=place.unit_id,
        name=place.name,
        how="merged" if any(m["unit_id"] != place.unit_id for m in members) else place.how,
        was=tuple(was),
        owed=len(members),
        filed=sum(member["state"] in FILED for member in members),
        on_time=sum(member["timing"] == "on_time" for member in members),
        late=sum(member["timing"] == "late" for member in members),
        accepted=sum(member["state"] == "accepted" for member in members),
        excused=sum(member["state"] == "excused" for member in members),
    )
