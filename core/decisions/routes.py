"""Pages of decisions: what waits, the list, one decision from draft to approval."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.decisions import (
    access,
    annulling,
    drafting,
    phrases,
    reading,
    review,
    signing,
    typed,
    waits,
)
from core.decisions.schemas import DecisionView, Kind, State
from core.documents.signing import service as signatures
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError, ThiduaError
from core.kit import clock
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
READERS = {"access": [role.value for role in access.READERS]}
REFUSED = (InvalidInputError, ConflictError, PayloadTooLargeError)
LIST = "/quyet-dinh"
BEFORE_NUMBER = (State.DRAFT, State.REVIEW, State.APPROVED)


@get(LIST, name="decisions.list", opt=READERS, include_in_schema=False)
async def list_decisions(request: AnyRequest) -> Response[str]:
    """Show the rounds with what waits in them, and the decisions and letters."""
    actor, query = actor_of(request), request.query_params
    kind, state = query.get("loai", ""), query.get("buoc", "")
    after = typed.uuids([query.get("sau", "")])
    rows, more = await reading.list_decisions(
        actor=actor, kind=kind if kind in set(Kind) else "",
        state=state if state in set(State) else "", after=after[0] if after else None,
    )  # fmt: skip
    return page(
        request,
        "decisions/list.html",
        rounds=await reading.list_rounds(actor=actor) if not after else [],
        rows=rows,
        more=f"{LIST}?loai={kind}&buoc={state}&sau={more}" if more else "",
        kind=kind,
        state=state,
        words=phrases,
    )


@get(f"{LIST}/dot/{{award_round_id:uuid}}", name="decisions.waiting", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def show_waiting(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[str]:
    """Show what waits for a decision or a letter in a round, by award."""
    return await _waiting(request, award_round_id)


@post(f"{LIST}/dot/{{award_round_id:uuid}}", name="decisions.draft", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def draft(request: AnyRequest, award_round_id: FromPath[UUID]) -> Response[Any]:
    """Make a draft for those who were chosen."""
    actor, form = actor_of(request), await request.form()
    chosen = typed.uuids(form.getall("nomination_ids", []))
    try:
        made = await drafting.draft(award_round_id, chosen, actor=actor)
    except REFUSED as error:
        return await _waiting(request, award_round_id, error)
    return redirect(f"{LIST}/{made.id}", flash=phrases.MADE)


async def _waiting(
    request: AnyRequest, round_id: UUID, error: ThiduaError | None = None
) -> Response[str]:
    actor = actor_of(request)
    round_ = await reading.get_round(round_id, actor=actor)
    rows, _ = await reading.list_decisions(actor=actor, round_id=round_id)
    return page(
        request,
        "decisions/waiting.html",
        status_code=error.status if error else 200,
        round=round_,
        groups=await reading.list_candidates(round_id, actor=actor),
        rows=rows,
        may_draft=actor.can(access.DRAFTERS, round_.unit_path),
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        words=phrases,
    )


@get(f"{LIST}/{{decision_id:uuid}}", name="decisions.view", opt=READERS, include_in_schema=False)
async def view(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[str]:
    """Show one decision or letter: where it stands, its text, its list."""
    found = await reading.get_decision(decision_id, actor=actor_of(request))
    return await show(request, found)


async def show(
    request: AnyRequest, found: DecisionView, error: ThiduaError | None = None, **typed_again: str
) -> Response[str]:
    """Return the page of a decision; after a refusal with what was typed."""
    found = await signing.verified(found)
    return page(
        request,
        "decisions/decision.html",
        status_code=error.status if error else 200,
        found=found,
        waits=await waits.sentences(found) if found.state in BEFORE_NUMBER else {},
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        again=typed_again,
        may_print=actor_of(request).can(access.CERTIFICATE_READERS, found.unit_path),
        today=clock.today().isoformat(),
        has_token=signatures.has_token(),
        words=phrases,
    )


@get(f"{LIST}/{{decision_id:uuid}}/sua", name="decisions.edit", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def edit(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[str]:
    """Show the form of the text."""
    found = await reading.get_decision(decision_id, actor=actor_of(request))
    return _form(request, found, _typed(found))


@post(f"{LIST}/{{decision_id:uuid}}/sua", name="decisions.save", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def save(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Save the text; a refusal gives back everything that was typed."""
    actor, form = actor_of(request), await request.form()
    given = typed.texts(form)
    try:
        await drafting.save(decision_id, typed.version(form), given, actor=actor)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return _form(request, found, given, error)
    return redirect(f"{LIST}/{decision_id}", flash=phrases.SAVED)


def _typed(found: DecisionView) -> dict[str, str]:
    body = found.body
    return {
        "title": found.title,
        "addressee": body.addressee,
        "legal_bases": "\n".join(body.legal_bases),
        "articles": "\n".join(body.articles),
        "recipients": "\n".join(body.recipients),
        "achievement": body.achievement,
        "signer_title": found.signer_title,
        "signer_name": found.signer_name,
        "place": found.place,
    }


def _form(
    request: AnyRequest,
    found: DecisionView,
    given: dict[str, str],
    error: ThiduaError | None = None,
) -> Response[str]:
    return page(
        request,
        "decisions/edit.html",
        status_code=error.status if error else 200,
        found=found,
        typed=given,
        errors=error.fields if error else {},
        detail=error.detail if error else "",
        current=_typed(found) if error and error.code == "stale_decision" else None,
        words=phrases,
    )


Step = Callable[..., Awaitable[DecisionView]]


async def _step(
    request: AnyRequest, decision_id: UUID, step: Step, flash: str, **more: Any
) -> Response[Any]:
    """Take one step with the version of the page; a refusal shows the page with the reason."""
    actor, form = actor_of(request), await request.form()
    try:
        await step(decision_id, typed.version(form), actor=actor, **more)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error, **typed.reasons(form))
    return redirect(f"{LIST}/{decision_id}", flash=flash)


@post(f"{LIST}/{{decision_id:uuid}}/trinh", name="decisions.send", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def send(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Put a draft before the one who approves."""
    return await _step(request, decision_id, drafting.send_to_review, phrases.SENT_TO_REVIEW)


@post(f"{LIST}/{{decision_id:uuid}}/duyet", name="decisions.approve", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def approve(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Approve what is in review."""
    return await _step(request, decision_id, review.approve, phrases.APPROVED)


@post(f"{LIST}/{{decision_id:uuid}}/tra-lai", name="decisions.give_back", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def give_back(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Give it back with a reason."""
    reason = typed.text(await request.form(), "reason")
    return await _step(request, decision_id, review.give_back, phrases.GIVEN_BACK, reason=reason)


@post(f"{LIST}/{{decision_id:uuid}}/huy-so", name="decisions.annul", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def annul(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Annul the number of a paper that is not out."""
    reason = typed.text(await request.form(), "annul_reason")
    found = await reading.get_decision(decision_id, actor=actor_of(request))
    flash = phrases.ANNULLED.format(number=found.number_text)
    return await _step(request, decision_id, annulling.annul, flash, reason=reason)


@post(f"{LIST}/{{decision_id:uuid}}/bo/{{entry_id:uuid}}", name="decisions.remove", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def remove(
    request: AnyRequest, decision_id: FromPath[UUID], entry_id: FromPath[UUID]
) -> Response[Any]:
    """Take somebody out of the list of a draft."""
    await drafting.remove(decision_id, entry_id, actor=actor_of(request))
    return redirect(f"{LIST}/{decision_id}", flash=phrases.REMOVED)


@post(f"{LIST}/{{decision_id:uuid}}/xoa", name="decisions.delete", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def delete(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Throw a draft away."""
    actor, form = actor_of(request), await request.form()
    found = await reading.get_decision(decision_id, actor=actor)
    try:
        await drafting.delete(decision_id, typed.version(form), actor=actor)
    except REFUSED as error:
        return await show(request, found, error)
    back = f"{LIST}/dot/{found.round.id}" if found.round else LIST
    return redirect(back, flash=phrases.DELETED)


route_handlers = [
    list_decisions,
    show_waiting,
    draft,
    view,
    edit,
    save,
    send,
    approve,
    give_back,
    annul,
    remove,
    delete,
]
