"""Tell the units whose day comes near (a scan of the worker; no clock has to fire on time).

A day that was already near when the round was opened, or the part returned, has just been told
with that notice: the next one follows at the next threshold.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from core.accounts.schemas import Role
from core.kit import db
from core.kit.i18n import vn_day_long
from core.movements import service as movements
from core.movements.resolved import LONGEST_REMINDER, reminder_days
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice
from core.reports import phrases

UNIT_SIDE = (Role.UNIT_CLERK, Role.UNIT_HEAD)


async def notify_due_soon() -> int:
    """Tell the people of units with an unfinished report whose day is near; return how many.

    Runs in a tenant's scope and transaction; running it again tells nobody twice.
    """
    rows = await _due_within(LONGEST_REMINDER)
    days = {row["edition_id"]: await _days(row["edition_id"]) for row in rows}
    near = [
        (row, threshold)
        for row in rows
        if (threshold := _threshold(row, days[row["edition_id"]])) is not None
    ]
    found = await notifications.recipients_of_units(
        unit_ids=[row["unit_id"] for row, _ in near], roles=UNIT_SIDE
    )
    notices: dict[UUID, dict[tuple[UUID, str], Notice]] = {}
    for row, threshold in near:
        for account_id in found[row["unit_id"]]:
            notice = _notice(account_id, row, threshold)
            of_edition = notices.setdefault(row["edition_id"], {})
            of_edition.setdefault((account_id, notice.dedup_key), notice)
    told = 0
    for edition_id, of_edition in notices.items():
        told += await notifications.notify_many(
            event=Event.DUE_SOON, notices=list(of_edition.values()), edition_id=edition_id
        )
    return told


async def _due_within(days: int) -> list[Any]:
    """Return unfinished reports of open rounds that are due within so many days."""
    return await db.fetch(
        "SELECT * FROM (SELECT r.unit_id, r.round_id, d.edition_id, d.title,"
        "  r.state = 'returned' AS is_returned,"
        "  CASE WHEN r.state = 'returned' THEN r.returned_due_at ELSE o.due_at END AS due_at,"
        "  CASE WHEN r.state = 'returned' THEN (SELECT max(e.at) FROM report_event AS e"
        "    WHERE e.report_id = r.id AND e.action = 'return_parts')"
        "   ELSE d.opened_at END AS told_at,"
        "  official_now() AS at FROM report AS r"
        "  JOIN report_obligation AS o ON o.id = r.obligation_id"
        "  JOIN reporting_round AS d ON d.id = r.round_id AND d.state = 'open'"
        "  WHERE r.state IN ('not_started', 'drafting', 'awaiting_sign_off', 'returned')) AS open"
        " WHERE due_at > at AND due_at <= at + make_interval(days => $1)",
        days,
    )


async def _days(edition_id: UUID) -> tuple[int, ...]:
    """Return how many days before the end people are told in rounds of an edition."""
    return reminder_days((await movements.get_edition(edition_id)).values)


def _threshold(row: Any, days: tuple[int, ...]) -> int | None:
    """Return the threshold that is passed now and was not yet when the day was told."""
    due_at: datetime = row["due_at"]
    passed = min(
        (each for each in days if due_at - row["at"] <= timedelta(days=each)), default=None
    )
    if passed is None:
        return None
    known = row["told_at"] is not None and due_at - row["told_at"] <= timedelta(days=passed)
    return None if known else passed


def _notice(account_id: UUID, row: Any, threshold: int) -> Notice:
    """One notice per person, round, day, threshold and kind of work."""
    due_at: datetime = row["due_at"]
    title, body = phrases.due_soon(row["title"], vn_day_long(due_at), returned=row["is_returned"])
    kind = "returned" if row["is_returned"] else "due_soon"
    return Notice(
        account_id=account_id,
        title=title,
        body=body,
        href="/viec-cua-toi",
        dedup_key=f"{kind}:{row['round_id']}:{due_at.isoformat()}:{threshold}",
    )
