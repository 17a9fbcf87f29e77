"""Move nominations from state to state: the one place that changes `nomination.state`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import NotFoundError
from core.kit import db
from core.kit.ids import new_id
from core.nominations.states import Action, State, next_state

_LOCK = "SELECT id, state FROM nomination WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
_MOVE = """
UPDATE nomination AS n SET state = m.to_state, version = n.version + 1, state_note = $3,
    sent_at = CASE WHEN m.to_state = 'sent' THEN official_now() ELSE n.sent_at END,
    received_at = CASE WHEN m.to_state = 'received' THEN official_now() ELSE n.received_at END
FROM unnest($1::uuid[], $2::text[]) AS m (id, to_state) WHERE n.id = m.id
"""
_EVENT = """
INSERT INTO nomination_event
    (id, nomination_id, action, from_state, to_state, note, account_id, at)
SELECT e.id, e.nomination_id, $5, e.from_state, e.to_state, $6, $7, official_now()
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[])
    AS e (id, nomination_id, from_state, to_state)
"""


async def lock(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Lock nominations until the transaction ends, in the order of their ids; id and state."""
    return await db.fetch(_LOCK, list(nomination_ids))


async def move(
    *, actor: Actor, nomination_ids: Sequence[UUID], action: Action, note: str = ""
) -> dict[UUID, State]:
    """Take nominations one step further, all or none; return the new states.

    For services of other rooms: the caller has checked the right of `actor`. Rows are locked in
    the order of their ids, so that two who move the same ones never wait for each other in a ring.

    Raises:
        NotFoundError: one of them is not there.
        ConflictError: one of them does not allow this step from where it stands.
    """
    if not nomination_ids:
        return {}
    ids = list(nomination_ids)
    rows = await lock(ids)
    if len(rows) != len(set(ids)):
        raise NotFoundError
    states = {row["id"]: next_state(row["state"], action) for row in rows}
    moved = [states[row["id"]].value for row in rows]
    locked = [row["id"] for row in rows]
    await db.execute(_MOVE, locked, moved, note)
    before = [row["state"] for row in rows]
    events = [new_id() for _ in rows]
    await db.execute(_EVENT, events, locked, before, moved, action.value, note, actor.account_id)
    return states
