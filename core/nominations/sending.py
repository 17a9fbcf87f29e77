"""Sending, taking back, opening again: the head's acts. What is sent is frozen for ever."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.eligibility import service as eligibility
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.nominations import (
    access,
    completeness,
    gates,
    notices,
    parts,
    phrases,
    repository,
    rounds,
)
from core.nominations import repository_parts as store
from core.nominations.moving import move
from core.nominations.proposing import get_list, get_nomination, visible
from core.nominations.schemas import NominationRow
from core.nominations.states import EDITABLE, Action, State
from core.notifications import service as notifications

NAMED = 3


async def may_send(actor: Actor, list_unit_id: UUID, list_path: str, round_unit_id: UUID) -> bool:
    """Tell whether the person sends a list: the head, or the clerk where no head has an account.

    Where the considering unit proposes itself, its officer sends.
    """
    if actor.can(Role.UNIT_HEAD, list_path):
        return True
    if list_unit_id == round_unit_id and actor.can(access.HANDLERS, list_path):
        return True
    if not actor.can(Role.UNIT_CLERK, list_path):
        return False
    return not await notifications.recipients(unit_id=list_unit_id, roles=(Role.UNIT_HEAD,))


async def send(
    list_id: UUID, *, actor: Actor, nomination_ids: Sequence[UUID] | None = None
) -> list[NominationRow]:
    """Send the drafts and mended returns of a list (or the named ones), all or none.

    Raises:
        NotFoundError: no such list for this person, or a named one is not on it.
        PermissionDeniedError: not the person who sends.
        ConflictError: codes `round_closed` (drafts only), `nothing_to_send`, `incomplete`.
    """
    view = await get_list(list_id, actor=actor)
    rows = await _to_send(list_id, actor, nomination_ids)
    if not rows:
        raise ConflictError(phrases.NOTHING_TO_SEND, code="nothing_to_send")
    if not await may_send(actor, view.unit_id, view.unit_path, rows[0].round_unit_id):
        raise PermissionDeniedError(phrases.NOT_SENDER)
    if any(row.state == State.DRAFT for row in rows):
        await rounds.require_open(view.round_id)
    lacks = await completeness.lacks_of(rows)
    lacking = [row for row in rows if lacks[row.id]]
    if lacking:
        raise ConflictError(_lacking_words(lacking, lacks), code="incomplete")
    ids = [row.id for row in rows]
    await move(actor=actor, nomination_ids=ids, action=Action.SEND)
    await store.insert_versions(await _frozen(rows), actor.account_id)
    await store.answer_returns(ids)
    await eligibility.check_nominations(actor=actor, nomination_ids=ids, trigger="sent")
    await notices.sent(rows, view)
    return rows


async def _to_send(
    list_id: UUID, actor: Actor, wanted: Sequence[UUID] | None
) -> list[NominationRow]:
    found = [NominationRow(**row) for row in await repository.of_list(list_id, 1000)]
    rows = [row for row in found if row.state in EDITABLE and visible(actor, row)]
    if wanted is None:
        return rows
    chosen = [row for row in rows if row.id in set(wanted)]
    if len(chosen) != len(set(wanted)):
        raise NotFoundError
    return chosen


def _lacking_words(
    rows: Sequence[NominationRow], lacks: dict[UUID, list[completeness.Lack]]
) -> str:
    said = [
        f"{row.subject_name}: " + " ".join(lack.sentence for lack in lacks[row.id])
        for row in rows[:NAMED]
    ]
    if len(rows) > NAMED:
        said.append(f"và {len(rows) - NAMED} đề nghị khác.")
    return phrases.INCOMPLETE.format(lacks=" ".join(said))


async def _frozen(rows: Sequence[NominationRow]) -> list[tuple[UUID, int, Any, str]]:
    """Return (nomination, number, content, hash) of what is sent (three statements)."""
    ids = [row.id for row in rows]
    bodies: dict[UUID, dict[str, Any]] = defaultdict(dict)
    files: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    chosen: dict[UUID, list[dict[str, Any]]] = defaultdict(list)
    for each in await store.parts_of_many(ids):
        bodies[each["nomination_id"]][each["key"]] = each["body"]
    for each in await store.evidence_of_many(ids):
        files[each["nomination_id"]].append(
            {"part": each["part_key"], "name": each["name"], "sha256": each["sha256"]}
        )
    for each in await store.initiatives(ids):
        chosen[each["nomination_id"]].append(
            {"id": str(each["id"]), "name": each["name"], "year": each["year"],
             "level": each["level"], "certificate_number": each["certificate_number"],
             "issuer": each["issuer"]}
        )  # fmt: skip
    frozen = []
    for row in rows:
        content = content_of(row, bodies[row.id], files[row.id], chosen[row.id])
        digest = hashlib.sha256(msgspec.json.encode(content, order="sorted")).hexdigest()
        frozen.append((row.id, row.last_version_number + 1, content, digest))
    return frozen


def content_of(
    row: NominationRow,
    bodies: dict[str, Any],
    files: list[dict[str, str]],
    chosen: list[dict[str, Any]],
) -> dict[str, Any]:
    """Return a nomination as it is frozen: who, for what, every part in words and as data."""
    return {
        "subject": {"id": str(row.subject_id), "kind": row.subject_kind, "name": row.subject_name,
                    "title": row.subject_title, "unit": row.subject_unit_name},
        "award": {"rung_key": row.rung_key, "award": row.award, "issuer": row.issuer,
                  "occasion": row.occasion, "year": row.year},
        "proposed_by": row.unit_name,
        "parts": [
            {"key": part.key, "title": part.title, "body": bodies.get(part.key, {}),
             "lines": [list(line) for line in parts.lines(part, bodies.get(part.key, {}))],
             "files": [each for each in files if each["part"] == part.key]}
            for part in parts.parts_for(row.subject_kind)
        ],
        "initiatives": chosen,
    }  # fmt: skip


async def withdraw(nomination_id: UUID, *, reason: str, actor: Actor) -> NominationRow:
    """Take a nomination back, up to the decision, as the unit that sent it.

    Raises:
        NotFoundError, PermissionDeniedError: no such nomination, or not the one who sends.
        InvalidInputError: field note: no reason.
        ConflictError: it stands where nothing can be taken back any more, or in a paper that is
            approved (`in_approved_paper`).
    """
    row = await _own(nomination_id, actor)
    if not reason.strip():
        raise InvalidInputError(fields={"note": phrases.NO_REASON})
    await gates.require_no_paper([row.id], Action.WITHDRAW)
    await move(
        actor=actor, nomination_ids=[row.id], action=Action.WITHDRAW, note=reason.strip()[:2000]
    )
    await notices.withdrawn(row, reason.strip())
    return row


async def reopen(nomination_id: UUID, *, actor: Actor) -> NominationRow:
    """Make a withdrawn nomination a draft again while the round is open (errors as above)."""
    row = await _own(nomination_id, actor)
    await rounds.require_open(row.round_id)
    await move(actor=actor, nomination_ids=[row.id], action=Action.REOPEN)
    return row


async def _own(nomination_id: UUID, actor: Actor) -> NominationRow:
    row = await get_nomination(nomination_id, actor=actor)
    if not await may_send(actor, row.list_unit_id, row.list_path, row.round_unit_id):
        raise PermissionDeniedError(phrases.NOT_SENDER)
    return row
