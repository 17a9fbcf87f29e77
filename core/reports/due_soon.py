"""Tell the units whose day comes near (a scan of the worker; no clock has to fire on time)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.schemas import Role
from core.kit import db
from core.kit.i18n import vn_day_long
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice

# How many days before the end a notice goes out, each once.
DAYS = (7, 3, 1)
UNIT_SIDE = (Role.UNIT_CLERK, Role.UNIT_HEAD)


async def notify_due_soon() -> int:
    """Tell the people of units with an unfinished report whose day is near; return how many.

    Runs in a tenant's scope and transaction; running it again tells nobody twice.
    """
    rows = await _due_within(max(DAYS))
    found = await notifications.recipients_of_units(
        unit_ids=[row["unit_id"] for row in rows], roles=UNIT_SIDE
    )
    notices: dict[tuple[UUID, str], Notice] = {}
    for row in rows:
        for account_id in found[row["unit_id"]]:
            notice = _notice(account_id, row)
            notices.setdefault((account_id, notice.dedup_key), notice)
    return await notifications.notify_many(event=Event.DUE_SOON, notices=list(notices.values()))


async def _due_within(days: int) -> list[Any]:
    """Return unfinished reports of open rounds that are due within so many days."""
    return await db.fetch(
        "SELECT * FROM (SELECT r.unit_id, r.round_id, d.title,"
        "  CASE WHEN r.state = 'returned' THEN r.returned_due_at ELSE o.due_at END AS due_at,"
        "  official_now() AS at FROM report AS r"
        "  JOIN report_obligation AS o ON o.id = r.obligation_id"
        "  JOIN reporting_round AS d ON d.id = r.round_id AND d.state = 'open'"
        "  WHERE r.state IN ('not_started', 'drafting', 'awaiting_sign_off', 'returned')) AS open"
        " WHERE due_at > at AND due_at <= at + make_interval(days => $1)",
        days,
    )


def _notice(account_id: UUID, row: Any) -> Notice:
    """One notice per person, round, day and threshold."""
    due_at: datetime = row["due_at"]
    left = (due_at - row["at"]).total_seconds() / 86_400
    threshold = min(days for days in DAYS if left <= days)
    return Notice(
        account_id=account_id,
        title=f"Sắp đến hạn: {row['title']}",
        body=f"Hạn cuối: {vn_day_long(due_at)}. Báo cáo của đơn vị chưa được nộp.",
        href="/viec-cua-toi",
        dedup_key=f"due_soon:{row['round_id']}:{due_at.isoformat()}:{threshold}",
    )
