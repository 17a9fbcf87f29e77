"""A growing delay for an address that guesses; never a lock, for a whole hospital sits behind one.

The delay is served before a database connection is taken. Without Valkey there is no delay, and the
lock-out per account still holds.
"""

from __future__ import annotations

import asyncio
from typing import Any, TypeGuard

import structlog
from litestar.types import ASGIApp, HTTPScope, Receive, Scope, Send
from redis.asyncio import Redis
from redis.exceptions import RedisError

from core.errors import PayloadTooLargeError
from core.kit import clock
from core.kit.scope import current_tenant
from core.law import service as law
from core.settings import settings
from core.web.body import read_body

log = structlog.get_logger("throttle")
ATTEMPTS_AT_ONCE = 4
LONGEST_BODY = 64 * 1024
DOORS = (
    "/dang-nhap",
    "/dang-nhap-lai",
    "/xac-thuc",
    "/doi-mat-khau",
    "/tai-khoan/ma-du-phong",
    "/quen-mat-khau",
    "/api/v1/tokens",
)


class SignInDelay:
    """ASGI wrapper outside the edge: slows sign-ins down, and lets only a few run at once.

    An attempt may need a second connection (a failure is kept whatever becomes of the request), so
    attempts must never hold all connections of the pool. The small form is read before the gate, so
    that a slow line keeps nobody out.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.gate = asyncio.Semaphore(ATTEMPTS_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""
        if not _is_attempt(scope):
            await self.app(scope, receive, send)
            return
        await asyncio.sleep(delay_seconds(await failures(address_of(scope))))
        try:
            receive = await read_body(scope, receive, LONGEST_BODY)
        except PayloadTooLargeError as error:
            await send({"type": "http.response.start", "status": error.status, "headers": []})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
            return
        async with self.gate:
            await self.app(scope, receive, send)


def _is_attempt(scope: Any) -> TypeGuard[HTTPScope]:
    return scope["type"] == "http" and scope["method"] == "POST" and scope["path"] in DOORS


def address_of(scope: Any) -> str:
    """Return the address of the client ('' behind a socket)."""
    client = scope.get("client")
    return str(client[0]) if client else ""


def delay_seconds(failed: int) -> float:
    """Return how long the next attempt from an address waits after so many failures."""
    today = clock.today()
    extra = max(0, failed - law.value("address_free_failures", today))
    longest = law.value("address_delay_longest", today)
    return float(min(longest, extra * law.value("address_delay_step", today)) / 1000)


async def failures(address: str) -> int:
    """Return how many attempts from an address failed lately; 0 if that cannot be known."""

    return await count_of(_key(address))


async def note_failure(address: str) -> None:
    """Count one failed attempt of an address, forgotten after a while without another."""
    await note(_key(address), 60 * law.value("address_memory", clock.today()))


async def count_of(key: str) -> int:
    """Return how often something was noted lately; 0 if that cannot be known."""

    async def read(store: Redis) -> int:
        return int(await store.get(key) or 0)

    return await _with_store(read)


async def note(key: str, seconds: int) -> None:
    """Note something once more; all is forgotten after so many seconds without another."""

    async def add(store: Redis) -> int:
        async with store.pipeline(transaction=True) as pipe:
            pipe.incr(key)
            pipe.expire(key, seconds)
            return int((await pipe.execute())[0])

    await _with_store(add)


async def misses(what: str, address: str) -> int:
    """Return how many things that do not exist an address asked this department for lately.

    `what`: certificates, public lists: each is counted by itself.
    """
    return await count_of(_miss_key(what, address))


async def note_miss(what: str, address: str) -> None:
    """Count one more of them."""
    minutes = law.value("address_memory", clock.today())
    await note(_miss_key(what, address), 60 * minutes)


def _miss_key(what: str, address: str) -> str:
    return f"{what}:{current_tenant()}:{address}"


def _key(address: str) -> str:
    return f"signin:{address}"


async def _with_store(work: Any) -> int:
    if not settings().valkey_url:
        return 0
    store = Redis.from_url(settings().valkey_url, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        return int(await work(store))
    except (RedisError, OSError, TimeoutError) as error:
        log.warning("no_delay", error=repr(error))
        return 0
    finally:
        await store.aclose()
