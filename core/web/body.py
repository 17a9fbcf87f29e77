"""The request's body is read whole before a transaction opens, so that a slow line holds none."""

from __future__ import annotations

from litestar.types import HTTPReceiveMessage, HTTPScope, Receive

from core.errors import PayloadTooLargeError


def _declared_length(scope: HTTPScope) -> int:
    for name, value in scope["headers"]:
        if name == b"content-length" and value.isdigit():
            return int(value)
    return 0


async def read_body(scope: HTTPScope, receive: Receive, limit: int) -> Receive:
    """Read the body (at most `limit` bytes) and return a `receive` that plays it back.

    Raises:
        PayloadTooLargeError: the body is longer; what follows is not read.
    """
    if _declared_length(scope) > limit:
        raise PayloadTooLargeError(f"Tệp vượt quá {limit // (1024 * 1024)} MB, chưa tải lên.")
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
            raise PayloadTooLargeError(f"Tệp vượt quá {limit // (1024 * 1024)} MB, chưa tải lên.")
        more = message["more_body"]
    body = b"".join(chunks)
    played = False

    async def replay() -> HTTPReceiveMessage:
        nonlocal played
        if played:
            return await receive()  # type: ignore[return-value]
        played = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
