"""The one handler of errors: a page for people, a problem document (RFC 9457) for programs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

import asyncpg
import structlog
from litestar import Request
from litestar.exceptions import HTTPException, PermissionDeniedException, ValidationException
from litestar.response import Redirect, Response
from litestar.types import Receive, Scope, Send
from litestar.utils.scope.state import ScopeState

from core.errors import (
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    SignInRequiredError,
    ThiduaError,
    UnavailableError,
)
from core.kit import db
from core.kit.templates import page

log = structlog.get_logger("failures")
AnyRequest = Request[Any, Any, Any]
SECRETS = ("password", "mat_khau", "code")
# What a reader of JSON or of text raises at bytes that are neither, and the database at odd values.
UNREADABLE = (asyncpg.DataError, UnicodeError, RecursionError)
SHAPES = (
    (r"Expected `([^`]+)`, got `([^`]+)`", "Cần kiểu “{}”, nhận được kiểu “{}”."),
    (r"Object missing required field `([^`]+)`", "Thiếu trường “{}”."),
    (r"Object contains unknown field `([^`]+)`", "Không có trường “{}”."),
)
SENTENCES = {
    400: "Yêu cầu không đọc được. Xin tải lại trang rồi thử lại.",
    404: "Không có trang này. Có thể địa chỉ đã thay đổi.",
    405: "Trang này không nhận thao tác đó.",
    413: "Tệp quá lớn, chưa tải lên.",
    429: "Bạn thao tác quá nhanh, xin chờ một chút.",
}


def _in_words(message: str) -> str:
    """Say in Vietnamese what the reader of JSON found wrong; type and field names stay."""
    for pattern, sentence in SHAPES:
        if found := re.match(pattern, message):
            return sentence.format(*found.groups())
    return "Giá trị không đúng dạng."


def as_expected(error: Exception) -> ThiduaError:  # noqa: PLR0911 -- one line per kind
    """Turn any exception into one of ours; what is unexpected is logged and told as such."""
    if isinstance(error, ThiduaError):
        return error
    if isinstance(error, ValidationException):
        fields = {
            str(item.get("key", "")): _in_words(str(item.get("message", "")))
            for item in (error.extra if isinstance(error.extra, list) else [])
            if isinstance(item, dict)
        }
        return InvalidInputError("Dữ liệu gửi lên không đúng dạng.", fields=fields)
    if isinstance(error, PermissionDeniedException):
        return PermissionDeniedError(
            "Trang đã mở quá lâu. Xin tải lại trang rồi gửi lại.", code="csrf_failed"
        )
    if isinstance(error, HTTPException):
        expected = NotFoundError() if error.status_code == 404 else ThiduaError()
        expected.status = error.status_code
        expected.detail = SENTENCES.get(error.status_code, "Yêu cầu không thực hiện được.")
        expected.code = f"http_{error.status_code}"
        return expected
    if isinstance(error, db.CONNECTION_LOST):
        return UnavailableError()
    if isinstance(error, UNREADABLE):
        log.warning("unreadable", error=repr(error)[:200])
        return InvalidInputError("Dữ liệu gửi lên không đúng dạng.")
    log.error("unexpected", exc_info=error)
    return ThiduaError("Hệ thống gặp lỗi ngoài dự kiến. Nội dung đã lưu không bị ảnh hưởng.")


def wants_json(request: AnyRequest) -> bool:
    """Tell whether a program asks: the API, or a script of a page."""
    accept = request.headers.get("accept", "")
    kind = request.headers.get("content-type", "")
    return (
        request.url.path.startswith("/api/")
        or kind.startswith("application/json")
        or ("application/json" in accept and "text/html" not in accept)
    )


def problem(request: AnyRequest, error: ThiduaError) -> Response[dict[str, Any]]:
    """Return the problem document; Vietnamese `detail`, stable English `code`."""
    body: dict[str, Any] = {
        "type": f"urn:thidua:{error.code}",
        "title": error.title,
        "status": error.status,
        "detail": error.detail,
        "code": error.code,
        "request_id": request.scope.get("state", {}).get("request_id", ""),
        **error.extra,
    }
    if error.fields:
        body["errors"] = [{"field": k, "message": v} for k, v in error.fields.items()]
    return Response(body, status_code=error.status, media_type="application/problem+json")


def handle(request: AnyRequest, exception: Exception) -> Response[Any]:
    """Litestar's exception handler for everything."""
    error = as_expected(exception)
    if wants_json(request):
        return problem(request, error)
    if isinstance(error, SignInRequiredError) and request.method == "GET":
        location = str(error.extra.get("location", "/dang-nhap"))
        path = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        return Redirect(
            f"{location}?tiep={quote(path)}" if path != "/" else location, status_code=303
        )
    typed = _typed(request)
    return page(request, "error.html", status_code=error.status, error=error, typed=typed)


def _typed(request: AnyRequest) -> list[tuple[str, str]]:
    """Return what had been typed into the form, so that an error page gives it back."""
    form: Any = ScopeState.from_scope(request.scope).form
    if not isinstance(form, Mapping):
        return []
    return [
        (str(key), text)
        for key, value in form.items()
        if not str(key).startswith("_") and not any(word in str(key) for word in SECRETS)
        for text in (value if isinstance(value, list) else [value])
        if isinstance(text, str) and text.strip()
    ]


async def answer(scope: Scope, receive: Receive, send: Send, error: ThiduaError) -> None:
    """Write the answer to an error that happened before the application ran (the edge's)."""
    request: AnyRequest = Request(scope, receive, send)
    response = handle(request, error).to_asgi_response(app=None, request=request)
    await response(scope, receive, send)
