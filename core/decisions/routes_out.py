"""Pages from the number to what came of it: sign, issue, send up, files, signatures."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.decisions import (
    access,
    files,
    forwarding,
    issuing,
    phrases,
    reading,
    review,
    signing,
    typed,
    unsigning,
)
from core.decisions.routes import LIST, READERS, REFUSED, AnyRequest, show
from core.documents.signing.schemas import Party
from core.errors import InvalidInputError
from core.evidence.routes import SANDBOX, disposition
from core.kit.templates import page, redirect


@post(f"{LIST}/{{decision_id:uuid}}/cap-so", name="decisions.number", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def number(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Give an approved paper its number and day."""
    actor, form = actor_of(request), await request.form()
    try:
        day = typed.required_day(form, "decided_on")
        made = await review.number(decision_id, typed.version(form), day, actor=actor)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error, decided_on=typed.text(form, "decided_on"))
    flash = phrases.NUMBERED.format(number=made.number_text)
    return redirect(f"{LIST}/{decision_id}", flash=flash)


@post(f"{LIST}/{{decision_id:uuid}}/ky", name="decisions.sign", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def sign(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Sign digitally; neither the key nor its password is kept or shown again."""
    actor, form = actor_of(request), await request.form()
    party = Party.AGENCY if typed.text(form, "party") == Party.AGENCY else Party.PERSON
    try:
        _, image = await typed.file(form, "image")
        key = await typed.key(form)
        await signing.sign(decision_id, party, key, image, actor=actor)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error)
    return redirect(f"{LIST}/{decision_id}", flash=phrases.SIGNED)


@post(f"{LIST}/{{decision_id:uuid}}/bo-chu-ky", name="decisions.unsign", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def unsign(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Throw away digital signatures that do not hold."""
    actor, form = actor_of(request), await request.form()
    try:
        await unsigning.discard_signatures(
            decision_id, typed.text(form, "unsign_reason"), actor=actor
        )
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error, **typed.reasons(form))
    return redirect(f"{LIST}/{decision_id}", flash=phrases.UNSIGNED)


@post(f"{LIST}/{{decision_id:uuid}}/ban-quet", name="decisions.attach_scan", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def attach_scan(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Attach the scan of a paper that was signed by hand."""
    actor, form = actor_of(request), await request.form()
    try:
        name, content = await typed.file(form, "file")
        await signing.attach_scan(decision_id, name, content, actor=actor)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error)
    return redirect(f"{LIST}/{decision_id}", flash=phrases.ATTACHED)


@post(f"{LIST}/{{decision_id:uuid}}/ban-hanh", name="decisions.issue", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def issue(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Issue a signed paper."""
    actor, form = actor_of(request), await request.form()
    accept = typed.text(form, "accept_short") == "1"
    try:
        await issuing.issue(decision_id, actor=actor, accept_short=accept)
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        return await show(request, found, error)
    return redirect(f"{LIST}/{decision_id}", flash=phrases.ISSUED)


@post(f"{LIST}/{{decision_id:uuid}}/goi-ho-so", name="decisions.ask_package", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def ask_package(request: AnyRequest, decision_id: FromPath[UUID]) -> Response[Any]:
    """Ask for the package of a letter."""
    await forwarding.ask_package(decision_id, actor=actor_of(request))
    return redirect(f"{LIST}/{decision_id}#goi", flash=phrases.PACKAGE_ASKED)


@post(f"{LIST}/{{decision_id:uuid}}/ket-qua/{{entry_id:uuid}}", name="decisions.outcome",
      opt=READERS, include_in_schema=False)  # fmt: skip
async def record_outcome(
    request: AnyRequest, decision_id: FromPath[UUID], entry_id: FromPath[UUID]
) -> Response[Any]:
    """Write down what the higher level decided for one candidate."""
    actor, form = actor_of(request), await request.form()
    try:
        await forwarding.record_outcome(
            decision_id,
            entry_id,
            awarded={"yes": True, "no": False}.get(typed.text(form, "outcome")),
            number=typed.text(form, "number"),
            decided_on=typed.day(form, "decided_on"),
            issuer=typed.text(form, "issuer"),
            note=typed.text(form, "note"),
            actor=actor,
        )
    except REFUSED as error:
        found = await reading.get_decision(decision_id, actor=actor)
        names = ("outcome", "number", "decided_on", "issuer", "note")
        again = {name: typed.text(form, name) for name in names}
        return await show(request, found, error, entry=str(entry_id), **again)
    return redirect(f"{LIST}/{decision_id}", flash=phrases.RECORDED)


@get(f"{LIST}/{{decision_id:uuid}}/tep/{{which:str}}", name="decisions.file", opt=READERS,
     include_in_schema=False)  # fmt: skip
async def send_file(
    request: AnyRequest, decision_id: FromPath[UUID], which: FromPath[str]
) -> Response[bytes]:
    """Send a file: pdf, docx, ban-ky, chi-thuong (.xlsx) or goi-ho-so (.zip)."""
    file = await files.open_file(decision_id, which, actor=actor_of(request))
    headers = {"content-disposition": disposition(file.name), "content-security-policy": SANDBOX}
    return Response(file.content, media_type=file.media_type, headers=headers)


@get(f"{LIST}/kiem-tra-chu-ky", name="decisions.verify", opt=READERS, include_in_schema=False)
async def show_verify(request: AnyRequest) -> Response[str]:
    """Show the form that takes a PDF to look at its signatures."""
    access.require_reader(actor_of(request))
    return page(request, "decisions/verify.html", look=None, name="", errors={}, detail="")


@post(f"{LIST}/kiem-tra-chu-ky", name="decisions.verify_file", opt=READERS,
      include_in_schema=False)  # fmt: skip
async def verify(request: AnyRequest) -> Response[str]:
    """Look at the signatures of a PDF; the file is not kept."""
    name, content = await typed.file(await request.form(), "file")
    try:
        look = await signing.verify_upload(content, actor=actor_of(request))
    except InvalidInputError as error:
        return page(
            request, "decisions/verify.html", status_code=error.status, look=None, name="",
            errors=error.fields, detail=error.detail,
        )  # fmt: skip
    return page(request, "decisions/verify.html", look=look, name=name, errors={}, detail="")


route_handlers = [
    number,
    sign,
    unsign,
    attach_scan,
    issue,
    ask_package,
    record_outcome,
    send_file,
    show_verify,
    verify,
]
