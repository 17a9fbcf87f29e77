"""Move nominations from state to state: the one place that changes `nomination.state`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import service as eligibility
from core.errors import NotFoundError
from core.kit import db
from core.kit.ids import new_id
from core.nominations.states import Action, State, next_state

# Those that clash with one which leaves the ledger are checked again.
OUT = (State.WITHDRAWN, State.NOT_AWARDED, State.REVOKED)
_LOCK = "SELECT id, state FROM nomination WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE"
_MOVE = """
UPDATE nomination AS n SET state = m.to_state, version = n.version + 1, state_note = m.note,
    sent_at = CASE WHEN m.to_state = 'sent' THEN official_now() ELSE n.sent_at END,
    received_at = CASE WHEN m.to_state = 'received' THEN official_now() ELSE n.received_at END
FROM unnest($1::uuid[], $2::text[], $3::text[]) AS m (id, to_state, note) WHERE n.id = m.id
"""
_EVENT = """
INSERT INTO nomination_event
    (id, nomination_id, action, from_state, to_state, note, account_id, at)
SELECT e.id, e.nomination_id, e.action, e.from_state, e.to_state, e.note, $7, official_now()
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[])
    AS e (id, nomination_id, from_state, to_state, action, note)
"""


class Step(msgspec.Struct, frozen=True):
    """What is done to one nomination, with the reason that its unit reads."""

    nomination_id: UUID
    action: Action
    note: str = ""


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
    steps = [Step(each, action, note) for each in dict.fromkeys(nomination_ids)]
    return await move_each(steps, actor=actor)


async def move_each(steps: Sequence[Step], *, actor: Actor) -> dict[UUID, State]:
    """Take nominations further, each by its own step, all or none, in three statements.

    Raises:
        NotFoundError, ConflictError: as `move`.
    """
    if not steps:
        return {}
    wanted = {each.nomination_id: each for each in steps}
    rows = await lock(list(wanted))
    if len(rows) != len(wanted):
        raise NotFoundError
    ids = [row["id"] for row in rows]
    before = [row["state"] for row in rows]
    taken = [wanted[each] for each in ids]
    after = [next_state(state, step.action) for state, step in zip(before, taken, strict=True)]
    if leaving := [each for each, state in zip(ids, after, strict=True) if state in OUT]:
        await eligibility.ask_clashing(leaving)
    moved, notes = [state.value for state in after], [step.note for step in taken]
    await db.execute(_MOVE, ids, moved, notes)
    await db.execute(
        _EVENT, [new_id() for _ in ids], ids, before, moved,
        [step.action.value for step in taken], notes, actor.account_id,
    )  # fmt: skip
    return dict(zip(ids, after, strict=True))
