"""Pages of printing: decisions, recipients, runs, the log of prints."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.forms import site_of
from core.accounts.guards import actor_of
from core.certificates import phrases, service
from core.certificates.access import PRINT, READ
from core.errors import ConflictError, InvalidInputError, ThiduaError
from core.evidence.routes import disposition
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
READERS = {"access": [role.value for role in READ]}
PRINTERS = {"access": [role.value for role in PRINT]}
DECISION = "/giay-khen/quyet-dinh/{decision_id:uuid}"
RUN = "/giay-khen/dot-in/{run_id:uuid}"


@get("/giay-khen", name="certificates.list", opt=READERS)
async def list_decisions(request: AnyRequest) -> Response[str]:
    """Show the decisions whose certificates can be printed."""
    after = _uuid(request.query_params.get("sau", ""))
    shown = await service.list_decisions(actor=actor_of(request), after=after)
    more = f"/giay-khen?sau={shown.after}" if shown.after else ""
    return page(request, "certificates/list.html", rows=shown.rows, more=more)


@get(DECISION, name="certificates.decision", opt=READERS)
async def show_decision(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[str]:
    """Show the recipients of a decision with what was printed, and the form to print."""
    return await _decision_page(request, decision_id)


@post(DECISION, name="certificates.print", opt=PRINTERS)
async def print_decision(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Ask for a run: everybody who has none yet, or those that were ticked."""
    form = await request.form()
    typed = {name: str(form.get(name, "")) for name in ("output", "reason", "which", "award_kind")}
    ticked = [_uuid(str(value)) for value in form.getall("grant", [])]
    chosen = [value for value in ticked if value]
    try:
        run = await service.request_run(
            actor=actor_of(request),
            decision_id=decision_id,
            award_kind=typed["award_kind"],
            grant_ids=chosen if typed["which"] == "chosen" else None,
            output=typed["output"],
            reason=typed["reason"],
            site=site_of(request),
        )
    except (InvalidInputError, ConflictError) as error:
        return await _decision_page(request, decision_id, error, typed, chosen)
    return redirect(f"/giay-khen/dot-in/{run.id}", flash=phrases.ASKED.format(count=run.total))


@get(RUN, name="certificates.run", opt=READERS)
async def show_run(request: AnyRequest, run_id: FromPath[UUID]) -> Response[str]:
    """Show how far a run is, its file when it is done, its warnings."""
    actor = actor_of(request)
    run = await service.get_run(actor=actor, run_id=run_id)
    return page(request, "certificates/run.html", run=run, stages=phrases.STAGES,
                may_print=actor.has(PRINT))  # fmt: skip


@get(f"{RUN}/tien-do", name="certificates.progress", opt=READERS)
async def show_progress(request: AnyRequest, run_id: FromPath[UUID]) -> Response[str]:
    """Return the part of the page that changes, for the page's own polling."""
    actor = actor_of(request)
    run = await service.get_run(actor=actor, run_id=run_id)
    return page(request, "certificates/progress.html", run=run, stages=phrases.STAGES,
                may_print=actor.has(PRINT))  # fmt: skip


@post(f"{RUN}/lap-lai", name="certificates.retry", opt=PRINTERS)
async def retry(request: AnyRequest, run_id: FromPath[UUID]) -> Response[Any]:
    """Put a failed run back into the queue."""
    await service.retry_run(actor=actor_of(request), run_id=run_id)
    return redirect(f"/giay-khen/dot-in/{run_id}", flash=phrases.RETRIED)


@get(f"{RUN}/tep", name="certificates.file", opt=READERS)
async def open_file(request: AnyRequest, run_id: FromPath[UUID]) -> Response[bytes]:
    """Send the file of a finished run."""
    name, media_type, content = await service.open_run_file(actor=actor_of(request), run_id=run_id)
    return Response(
        content, media_type=media_type, headers={"content-disposition": disposition(name)}
    )


@get("/giay-khen/so-in", name="certificates.prints", opt=READERS)
async def list_prints(request: AnyRequest) -> Response[str]:
    """Show the log of prints."""
    search = request.query_params.get("tim", "")[:100]
    after = _uuid(request.query_params.get("sau", ""))
    shown = await service.list_prints(actor=actor_of(request), search=search, after=after)
    query = urlencode({"tim": search, "sau": str(shown.after)})
    more = f"/giay-khen/so-in?{query}" if shown.after else ""
    return page(request, "certificates/prints.html", rows=shown.rows, search=search, more=more)


async def _decision_page(
    request: AnyRequest,
    decision_id: UUID,
    error: ThiduaError | None = None,
    form: dict[str, str] | None = None,
    chosen: list[UUID] | None = None,
) -> Response[str]:
    actor = actor_of(request)
    kind = form["award_kind"] if form else request.query_params.get("loai", "")
    after = request.query_params.get("sau", "")
    view = await service.get_decision(
        actor=actor,
        decision_id=decision_id,
        award_kind=kind if kind in phrases.AWARDS else "",
        after=int(after) if after.isdecimal() and len(after) < 10 else None,
    )
    return page(
        request,
        "certificates/decision.html",
        status_code=error.status if error else 200,
        view=view,
        form=form or {"output": "one", "reason": "", "which": "new"},
        chosen=set(chosen or ()),
        names=dict(phrases.KINDS),
        outputs=phrases.OUTPUTS,
        stocks=dict(phrases.STOCKS),
        may_print=actor.has(PRINT),
        error=error,
    )


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


route_handlers: list[Any] = [
    list_decisions,
    show_decision,
    print_decision,
    show_run,
    show_progress,
    retry,
    open_file,
    list_prints,
]
