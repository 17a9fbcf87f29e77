"""The page of one nomination: what it shows, gathered in a fixed number of statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from litestar.response import Response

from core.accounts.guards import actor_of
from core.eligibility import service as eligibility
from core.kit.templates import page
from core.nominations import (
    access,
    completeness,
    gates,
    handling,
    lowering,
    parts,
    phrases,
    repository,
    sending,
    writing,
)
from core.nominations import repository_parts as store
from core.nominations.proposing import get_nomination
from core.nominations.schemas import EventRow, NominationRow, PartState
from core.nominations.states import EDITABLE, WORDS, Action, State
from core.reports.form_input import AnyRequest

BLANK_ROWS = 3


async def nomination_page(
    request: AnyRequest, nomination_id: UUID, key: str, *, status_code: int = 200, **typed: Any
) -> Response[str]:
    """Return the page of a nomination at a part, with what was typed where it was refused.

    Raises:
        NotFoundError: there is no such nomination for this person.
    """
    actor = actor_of(request)
    row = await get_nomination(nomination_id, actor=actor)
    states = await writing.part_states(row)
    forms = parts.parts_for(row.subject_kind)
    part = _chosen(forms, key, states)
    place = forms.index(part)
    state = states[part.key]
    may_send = await sending.may_send(actor, row.list_unit_id, row.list_path, row.round_unit_id)
    handles = access.handles(actor, row)
    return page(
        request,
        "nominations/nomination.html",
        status_code=status_code,
        row=row,
        forms=forms,
        states=states,
        part=part,
        part_state=state,
        place=place,
        following=forms[place + 1] if place + 1 < len(forms) else None,
        editable=writing.editable(actor, row, state),
        lacks=(await completeness.lacks_of([row]))[row.id] if row.state in EDITABLE else [],
        files=await writing.files(row),
        chosen=await store.initiatives([row.id]),
        at_hand=await writing.at_hand(row) if part.key == parts.INITIATIVES else [],
        lines=parts.lines(part, state.body),
        events=[EventRow(**each) for each in await repository.events(row.id)],
        appraisals=await handling.appraisals(row, actor=actor),
        check=await eligibility.findings_of(nomination_id, actor=actor),
        steps=phrases.STEPS,
        recommendations=phrases.RECOMMENDATIONS,
        words=WORDS,
        kinds=phrases.KINDS,
        handles=handles,
        lowering=await lowering.lowering_of(row) if handles else None,
        possible=_possible(row) if handles else (),
        writes=access.proposes(actor, row),
        may_send=may_send,
        may_withdraw=may_send and Action.WITHDRAW in access.steps_from(row.state, access.SENDING),
        blank_rows=BLANK_ROWS,
        **{"fields": state.body, "version": state.version, "errors": {}, "clash": None, **typed},
    )


def _chosen(forms: tuple[parts.Part, ...], key: str, states: Mapping[str, PartState]) -> parts.Part:
    """Return the part of the address, else the first that was returned, else the first."""
    by_key = {part.key: part for part in forms}
    if key in by_key:
        return by_key[key]
    returned = [part for part in forms if states[part.key].return_reason]
    return [*returned, *forms][0]


def _possible(row: NominationRow) -> tuple[Action, ...]:
    """Return the officer's steps from here, in the order of the course; a draft waits."""
    if row.state in (State.DRAFT, State.COUNCIL, State.SUBMITTED, State.FORWARDED):
        wanted: tuple[Action, ...] = (Action.BACK_TO_APPRAISAL,)
    else:
        wanted = access.HANDLING
    possible = access.steps_from(row.state, wanted)
    return tuple(action for action in possible if not gates.refusal(row, action))
