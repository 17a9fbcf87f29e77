"""My work: what waits for one person, by the day it is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.kit import clock
from core.kit.i18n import days_left
from core.reports import phrases
from core.reports import repository_work as repository
from core.reports.access import WRITERS
from core.reports.schemas import MyWork, WorkItem
from core.reports.states import State


async def list_my_work(*, actor: Actor) -> MyWork:
    """Return what waits for this person in the units where roles were granted (one statement)."""
    heads = set(_units(actor, (Role.UNIT_HEAD,)))
    rows = await repository.work_rows(_units(actor, WRITERS), _units(actor, (Role.OFFICER,)))
    lists: dict[str, list[WorkItem]] = {name: [] for name in MyWork.__struct_fields__[:-1]}
    total = 0
    for row in rows:
        name = _list_of(row, heads)
        lists[name].append(_item(row, name))
        total = max(total, row["total"])
    return MyWork(
        **{name: _ordered(name, items) for name, items in lists.items()}, to_review_total=total
    )


def _units(actor: Actor, roles: Sequence[str]) -> list[UUID]:
    return list({grant.unit_id for grant in actor.roles if grant.role in roles})


def _list_of(row: Any, heads: set[UUID]) -> str:
    if row["side"] == "review":
        return "to_review"
    state = State(row["state"])
    if state in (State.ACCEPTED, State.EXCUSED) or (
        row["round_state"] != "open" and state not in (State.SUBMITTED, State.IN_REVIEW)
    ):
        return "done"
    if state in (State.SUBMITTED, State.IN_REVIEW):
        return "waiting"
    if state is State.AWAITING_SIGN_OFF:
        return "sign_offs" if row["unit_id"] in heads else "waiting"
    if state is State.RETURNED:
        return "returned"
    return "overdue" if _is_past(row["due_at"]) else "due"


def _is_past(due_at: datetime | None) -> bool:
    return due_at is not None and clock.now() >= due_at


def _item(row: Any, name: str) -> WorkItem:
    values = {key: row[key] for key in WorkItem.__struct_fields__ if key in row}
    verbs = {"sign_offs": phrases.VERB_SIGN, "to_review": phrases.VERB_REVIEW}
    return WorkItem(
        days_left=days_left(row["due_at"], clock.now()) if row["due_at"] else None,
        is_overdue=name in ("overdue", "returned", "sign_offs") and _is_past(row["due_at"]),
        verb=verbs.get(name) or phrases.VERBS[State(row["state"])],
        **values,
    )


def _ordered(name: str, items: Iterable[WorkItem]) -> tuple[WorkItem, ...]:
    if name in ("done", "to_review"):
        return tuple(items)
    never = datetime.max.replace(tzinfo=clock.VIETNAM)
    return tuple(sorted(items, key=lambda item: (item.due_at or never, item.unit_name)))
