"""The request's body is read whole before a transaction opens, so that a slow line holds none."""

from __future__ import annotations

from litestar._parsers import parse_url_encoded_form_data
from litestar.types import HTTPReceiveMessage, HTTPScope, Receive
from litestar.utils.scope.state import ScopeState

from core.errors import PayloadTooLargeError

PLAIN_FORM_LIMIT = 4 * 1024 * 1024  # text only; files come as multipart


def _declared_length(scope: HTTPScope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


def _is_plain_form(scope: HTTPScope) -> bool:
    kind = next((v for k, v in scope["headers"] if k == b"content-type"), b"")
    return kind.startswith(b"application/x-www-form-urlencoded")


def _remember(scope: HTTPScope, body: bytes) -> None:
    """Keep what was read: an error page gives back what had been typed, whatever failed.

    A plain form is parsed here, since Litestar's parser keeps the last 1,024 forms of all people
    in a cache, passwords included.
    """
    state = ScopeState.from_scope(scope)
    state.body = body
    if _is_plain_form(scope):
        state.form = dict(parse_url_encoded_form_data.__wrapped__(body))


async def read_body(scope: HTTPScope, receive: Receive, limit: int) -> Receive:
    """Read the body (at most `limit` bytes) and return a `receive` that plays it back.

    Raises:
        PayloadTooLargeError: the body is longer; what follows is not read.
    """
    if _is_plain_form(scope):
        limit = min(limit, PLAIN_FORM_LIMIT)
    refusal = f"Nội dung gửi lên vượt quá {limit // (1024 * 1024)} MB nên không được nhận."
    if _declared_length(scope) > limit:
        raise PayloadTooLargeError(refusal)
    chunks: list[bytes] = []
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            break
        chunks.append(message["body"])
        size += len(message["body"])
        if size > limit:
            raise PayloadTooLargeError(refusal)
        more = message["more_body"]
    body = b"".join(chunks)
    _remember(scope, body)
    played = False

    async def replay() -> HTTPReceiveMessage:
        nonlocal played
        if played:
            return await receive()  # type: ignore[return-value]
        played = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
