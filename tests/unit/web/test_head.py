"""HEAD is GET without the body."""

from __future__ import annotations

from typing import Any

import httpx
from litestar.types import Receive, Scope, Send

from core.web.head import HeadAsGet


async def answering(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the method that arrived, in two pieces."""
    headers = [(b"x-method", scope["method"].encode()), (b"content-length", b"8")]  # type: ignore[typeddict-item]
    start: Any = {"type": "http.response.start", "status": 200, "headers": headers}
    await send(start)
    for body, more in ((b"four", True), (b"more", False)):
        piece: Any = {"type": "http.response.body", "body": body, "more_body": more}
        await send(piece)


async def test_head_gets_the_headers_of_get_and_no_body() -> None:
    transport = httpx.ASGITransport(HeadAsGet(answering))
    async with httpx.AsyncClient(transport=transport, base_url="http://so.localhost") as client:
        asked, got, sent = [await client.request(m, "/") for m in ("HEAD", "GET", "POST")]
    assert (asked.status_code, asked.headers["x-method"], asked.content) == (200, "GET", b"")
    assert asked.headers["content-length"] == "8"
    assert (got.headers["x-method"], got.content) == ("GET", b"fourmore")
    assert sent.headers["x-method"] == "POST"
