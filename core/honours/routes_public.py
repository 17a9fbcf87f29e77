"""Public pages of lists for opinions: everybody reads, signed-in staff answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from litestar import Request, get, post
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.forms import typed
from core.accounts.guards import actor_of
from core.accounts.throttle import address_of
from core.errors import ConflictError, InvalidInputError, NotFoundError, TooManyAttemptsError
from core.honours import consultations, phrases
from core.honours.schemas_cases import Stance
from core.kit.templates import page, redirect

AnyRequest = Request[Any, Any, Any]
ANYBODY = {"access": "anonymous"}
STAFF = {"access": "signed_in"}
PUBLIC = "/cong-khai"
ONE = f"{PUBLIC}/{{consultation_code:str}}"
LONGEST = 64


@get(PUBLIC, name="honours.public_lists", opt=ANYBODY, include_in_schema=False)
async def public_lists(request: AnyRequest) -> Response[str]:
    """Show the lists that are open today."""
    return page(request, "honours/public_lists.html", lists=await consultations.open_lists())


@get(ONE, name="honours.public_list", opt=ANYBODY, include_in_schema=False)
async def public_list(request: AnyRequest, consultation_code: FromPath[str]) -> Response[str]:
    """Show a list: name, title, unit, award, and nothing else."""
    found, error = None, None
    try:
        found = await consultations.public_list(
            consultation_code[:LONGEST], address=address_of(request.scope)
        )
    except (NotFoundError, TooManyAttemptsError) as refusal:
        error = refusal
    answer = page(
        request, "honours/public_list.html", status_code=error.status if error else 200,
        found=found, error=error,
    )  # fmt: skip
    answer.headers["x-robots-tag"] = "noindex"
    return answer


@get(f"{ONE}/y-kien", name="honours.opinion_form", opt=STAFF, include_in_schema=False)
async def opinion_form(request: AnyRequest, consultation_code: FromPath[str]) -> Response[str]:
    """Show the form for an opinion."""
    actor_of(request)
    return await _form(request, consultation_code, {}, None)


@post(f"{ONE}/y-kien", name="honours.send_opinion", opt=STAFF, include_in_schema=False)
async def send_opinion(request: AnyRequest, consultation_code: FromPath[str]) -> Response[Any]:
    """Take in an opinion or a complaint."""
    actor, form = actor_of(request), await typed(request)
    try:
        stance = await consultations.send_opinion(consultation_code, form, actor=actor)
    except (InvalidInputError, ConflictError) as error:
        return await _form(request, consultation_code, form, error)
    said = phrases.COMPLAINT_TAKEN if stance is Stance.COMPLAINT else phrases.OPINION_TAKEN
    return redirect(f"{PUBLIC}/{quote(consultation_code, safe='')}", flash=said)


async def _form(
    request: AnyRequest,
    code: str,
    form: Mapping[str, str],
    error: InvalidInputError | ConflictError | None,
) -> Response[str]:
    found = await consultations.public_list(code[:LONGEST], address=None)
    return page(
        request, "honours/opinion.html", status_code=error.status if error else 200, found=found,
        form=form, stances=tuple(phrases.STANCES.items()), errors=error.fields if error else {},
        detail=error.detail if error else "",
    )  # fmt: skip


route_handlers: list[Any] = [public_lists, public_list, opinion_form, send_opinion]
