"""The public check: everybody may ask, nobody must sign in."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Redirect, Response

from core.accounts.throttle import address_of
from core.certificates import checking
from core.errors import NotFoundError, TooManyAttemptsError
from core.kit.templates import page

AnyRequest = Request[Any, Any, Any]
ANYBODY = {"access": "anonymous"}
PAGE = "/xac-minh"
LONGEST = 64


@get(PAGE, name="certificates.check_form", opt=ANYBODY)
async def ask(request: AnyRequest) -> Response[str] | Redirect:
    """Show the field for a code, or lead to the page of the code that was typed."""
    code = request.query_params.get("ma", "").strip()[:LONGEST]
    if code:
        return Redirect(f"{PAGE}/{quote(code, safe='')}", status_code=303)
    return page(request, "certificates/check.html", found=None, code="", error=None)


@get(PAGE + "/{code:str}", name="certificates.check", opt=ANYBODY)
async def check(request: AnyRequest, code: FromPath[str]) -> Response[str]:
    """Say what was awarded under a code, or that no certificate was issued with it."""
    found, error = None, None
    try:
        found = await checking.check(code=code[:LONGEST], address=address_of(request.scope))
    except (NotFoundError, TooManyAttemptsError) as refusal:
        error = refusal
    answer = page(
        request,
        "certificates/check.html",
        status_code=error.status if error else 200,
        found=found,
        code=code[:LONGEST],
        error=error,
    )
    answer.headers["x-robots-tag"] = "noindex"
    return answer


route_handlers: list[Any] = [ask, check]
