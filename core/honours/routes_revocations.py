"""Pages of revocations: propose on the award's page, draft the decision, money back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.forms import typed
from core.accounts.guards import actor_of
from core.decisions.phrases import STATES as DECISION_STATES
from core.decisions.phrases import money
from core.errors import ConflictError, InvalidInputError
from core.honours import access, phrases, register, revocations
from core.honours.routes_register import OFFICERS, READERS, REGISTER
from core.kit.templates import page, redirect
from core.reports.form_input import whole

AnyRequest = Request[Any, Any, Any]
LIST = f"{REGISTER}/huy-bo"
AWARD = f"{REGISTER}/{{award_grant_id:uuid}}"
ONE = f"{LIST}/{{revocation_id:uuid}}"
Error = InvalidInputError | ConflictError


@get(LIST, name="honours.revocations", opt=READERS, include_in_schema=False)
async def show_list(request: AnyRequest) -> Response[str]:
    """Show revocations with the money that is still open."""
    found = await revocations.list_revocations(actor=actor_of(request))
    return page(
        request, "honours/revocations.html", rows=found, states=phrases.REVOCATION_STATES,
        grounds=phrases.GROUNDS, money=money,
    )  # fmt: skip


@get(AWARD, name="honours.award", opt=READERS, include_in_schema=False)
async def show_award(request: AnyRequest, award_grant_id: FromPath[UUID]) -> Response[str]:
    """Show one award with its revocation."""
    return await _award(request, award_grant_id, {}, None)


@post(f"{AWARD}/huy-bo", name="honours.propose_revocation", opt=OFFICERS,
      include_in_schema=False)  # fmt: skip
async def propose(request: AnyRequest, award_grant_id: FromPath[UUID]) -> Response[Any]:
    """Propose to take an award back."""
    form = await typed(request)
    try:
        found = await revocations.propose(
            award_grant_id, form.get("ground", ""), form.get("facts", ""),
            paper=form.get("paper", ""), actor=actor_of(request),
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _award(request, award_grant_id, form, error)
    said = phrases.REVOKED_ELSEWHERE if found.state == "decided" else phrases.PROPOSED
    return redirect(f"{REGISTER}/{award_grant_id}", flash=said)


@post(f"{ONE}/du-thao", name="honours.draft_revocation", opt=OFFICERS, include_in_schema=False)
async def draft(request: AnyRequest, revocation_id: FromPath[UUID]) -> Response[Any]:
    """Make the draft of the decision."""
    together = (await typed(request)).get("together") == "1"
    found = await revocations.draft(revocation_id, together=together, actor=actor_of(request))
    return redirect(f"/quyet-dinh/{found.decision_id}", flash=phrases.DRAFTED)


@post(f"{ONE}/rut", name="honours.drop_revocation", opt=OFFICERS, include_in_schema=False)
async def drop(request: AnyRequest, revocation_id: FromPath[UUID]) -> Response[Any]:
    """Drop a proposal."""
    found = await revocations.drop(revocation_id, actor=actor_of(request))
    return redirect(f"{REGISTER}/{found.grant_id}", flash=phrases.DROPPED)


@post(f"{ONE}/nop-lai", name="honours.money_back", opt=OFFICERS, include_in_schema=False)
async def money_back(request: AnyRequest, revocation_id: FromPath[UUID]) -> Response[Any]:
    """Record prize money that came back."""
    actor, form = actor_of(request), await typed(request)
    found = await revocations.get_revocation(revocation_id, actor=actor)
    try:
        await revocations.record_return(
            revocation_id, whole(form.get("amount", "").replace(".", "").strip()),
            _day(form.get("entered_on", "")), form.get("basis", ""), actor=actor,
        )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        return await _award(request, found.grant_id, form, error)
    return redirect(f"{REGISTER}/{found.grant_id}", flash=phrases.RETURNED)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


async def _award(
    request: AnyRequest, award_grant_id: UUID, form: Mapping[str, str], error: Error | None
) -> Response[str]:
    actor = actor_of(request)
    award = await register.get_award(award_grant_id, actor=actor)
    return page(
        request, "honours/award.html", status_code=error.status if error else 200, award=award,
        revocations=await revocations.of_award(award_grant_id, actor=actor),
        together=await revocations.names_together(award_grant_id, actor=actor),
        sources=phrases.SOURCES,
        subjects=phrases.SUBJECTS, states=phrases.REVOCATION_STATES, grounds=phrases.GROUNDS,
        decision_states=DECISION_STATES, money=money, form=form,
        may_change=actor.can(access.OFFICERS, award.held_path),
        may_pay=actor.can(access.MONEY, award.held_path),
        errors=error.fields if error else {}, detail=error.detail if error else "",
    )  # fmt: skip


route_handlers: list[Any] = [show_list, show_award, propose, draft, drop, money_back]
