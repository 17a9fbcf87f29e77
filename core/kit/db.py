"""The database: an engine for Piccolo that binds every transaction to a tenant; plain SQL on it.

Piccolo's own engine leaks pool connections on a failed COMMIT and on cancellation, hides failed
commits, and knows no tenant; `TenantEngine` replaces those parts (ADR 1).
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any, Literal, cast
from uuid import UUID

import asyncpg
import msgspec
from piccolo.engine.postgres import PostgresEngine, PostgresTransaction
from piccolo.querystring import QueryString

from core.errors import ConflictError, ScopeError, UnavailableError
from core.kit import clock
from core.kit.scope import Scope, scope_or_none

CONNECTION_LOST = (
    OSError,
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.InterfaceError,
    # The server said good-bye on a resting connection and the client has not heard it yet.
    asyncpg.InternalClientError,
    TimeoutError,
)


OnBegin = Callable[[Any, UUID], Awaitable[None]]
_on_begin: list[OnBegin] = []


def on_begin(work: OnBegin) -> None:
    """Register what every transaction of a department does first: (connection, tenant).

    For small things kept in memory that must be fresh; it is called each time, so it decides
    itself, without a query, whether there is anything to read.
    """
    _on_begin.append(work)


def _encode_json(value: Any) -> str:
    """Encode for a jsonb column; text is taken as JSON already (Piccolo's ORM sends it so)."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


async def _prepare(connection: asyncpg.Connection) -> None:
    """Let jsonb columns take and give Python objects."""
    await connection.set_type_codec(
        "jsonb", encoder=_encode_json, decoder=msgspec.json.decode, schema="pg_catalog"
    )


async def _no_reset(_connection: asyncpg.Connection) -> None:
    """Skip the reset round trip: everything we set is local to a transaction."""


def _begin_sql(scope: Scope, mode: str) -> str:
    """Return BEGIN and the transaction's settings as one batch (one round trip)."""
    parts = [f"BEGIN {mode}"]
    if scope.tenant_id is not None:
        parts.append(f"SET LOCAL app.tenant_id='{scope.tenant_id}'")
    if scope.actor_id is not None:
        parts.append(f"SET LOCAL app.actor_id='{scope.actor_id}'")
    if scope.reason:
        quoted = scope.reason.replace("'", "''").replace("\x00", "")
        parts.append(f"SET LOCAL app.reason='{quoted}'")
    if fixed := clock.override():
        parts.append(f"SET LOCAL app.now='{datetime.fromisoformat(fixed).isoformat()}'")
    return ";".join(parts)


class TenantTransaction(PostgresTransaction):
    """A transaction bound to the scope in force when it was opened. Never nests silently."""

    __slots__ = ("mode", "scope", "tenant_engine")

    def __init__(self, engine: TenantEngine, mode: str = "") -> None:
        super().__init__(engine, allow_nested=True)
        self.tenant_engine = engine
        scope = scope_or_none()
        if scope is None:
            raise ScopeError("a transaction needs a tenant scope, or unscoped(reason=...)")
        if self._parent is not None:
            raise ScopeError("a transaction is already open: use savepoint()")
        self.scope = scope
        self.mode = mode

    async def __aenter__(self) -> TenantTransaction:
        engine = self.tenant_engine
        try:
            self.connection = await engine.acquire()
        except CONNECTION_LOST as error:
            raise UnavailableError from error
        try:
            await self.connection.execute(_begin_sql(self.scope, self.mode))
            if self.scope.tenant_id is not None and engine is not _platform:
                for begin in _on_begin:
                    await begin(self.connection, self.scope.tenant_id)
        except CONNECTION_LOST as error:
            await self._give_back()
            raise UnavailableError from error
        except BaseException:
            self.connection.terminate()  # it may have begun
            await self._give_back()
            raise
        self.context = engine.current_transaction.set(self)
        return self

    async def commit(self) -> None:
        """Commit; raise if the server answered with a rollback (an error had been swallowed)."""
        tag = await self.connection.execute("COMMIT")
        self._committed = True
        if tag == "ROLLBACK":
            raise ConflictError("Giao dịch đã bị hủy; chưa có gì được lưu.", code="not_committed")

    async def rollback(self) -> None:
        """Roll back; a lost connection has rolled back by itself."""
        self._rolled_back = True
        if not self.connection.is_closed():
            await self.connection.execute("ROLLBACK")

    async def _give_back(self) -> None:
        await self.tenant_engine.release(self.connection)

    async def finish(self, *, commit: bool) -> None:
        """End the transaction and return the connection, whatever happens."""
        engine = self.tenant_engine
        try:
            if not (self._committed or self._rolled_back):
                await (self.commit() if commit else self.rollback())
        finally:
            # The edge may finish in another context than the one that began.
            try:
                engine.current_transaction.reset(self.context)
            except ValueError:
                engine.current_transaction.set(None)
            await self._give_back()

    async def __aexit__(
        self, exception_type: Any, exception: Any, traceback: Any
    ) -> Literal[False]:
        await self.finish(commit=exception is None)
        return False


class TenantEngine(PostgresEngine):
    """Piccolo's engine, bound to the tenant scope; a query without a scope raises ScopeError."""

    __slots__ = ("queries",)

    def __init__(self, config: dict[str, Any]) -> None:
        super().__init__(config=config, extensions=(), log_queries=False)
        self.queries = 0

    async def check_version(self) -> None:
        """Skip: upstream opens a connection at import."""

    async def prep_database(self) -> None:
        """Skip: extensions belong to the owner's migrations."""

    async def start_connection_pool(self, **kwargs: Any) -> None:
        """Open the pool; connections are renewed after 5,000 queries (cached plans age)."""
        self.pool = await asyncpg.create_pool(
            **self.config,
            init=_prepare,
            reset=_no_reset,
            max_queries=5000,
            command_timeout=30,
            **kwargs,
        )

    async def acquire(self) -> asyncpg.Connection:
        """Take a connection from the pool (at most 10 s of waiting)."""
        if self.pool is None:
            raise ScopeError("the connection pool is not open")
        return await self.pool.acquire(timeout=10)

    async def release(self, connection: asyncpg.Connection) -> None:
        """Give a connection back, also a broken one."""
        if self.pool is not None:
            await self.pool.release(connection)

    def transaction(self, _allow_nested: bool = False, mode: str = "") -> TenantTransaction:
        """Return a transaction bound to the current scope."""
        return TenantTransaction(self, mode)

    def checked(self) -> TenantTransaction | None:
        """Return the open transaction, refusing one of another tenant."""
        transaction = cast(TenantTransaction | None, self.current_transaction.get())
        if transaction is None:
            return None
        scope = scope_or_none()
        if scope is None or transaction.scope.tenant_id != scope.tenant_id:
            raise ScopeError("the open transaction belongs to another scope")
        return transaction

    async def run_querystring(self, querystring: QueryString, in_pool: bool = True) -> Any:
        """Run one ORM query in the open transaction, or in one of its own."""
        self.queries += 1
        if self.checked() is not None:
            return await super().run_querystring(querystring, in_pool)
        async with self.transaction():
            return await super().run_querystring(querystring, in_pool)

    async def run_ddl(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse: tables change in migrations only, by the owner."""
        raise ScopeError("the application role changes no tables")

    async def batch(self, *_args: Any, **_kwargs: Any) -> Any:
        """Refuse: upstream's batch opens an unscoped connection and swallows errors."""
        raise ScopeError("batch() is not available under row-level security")


_engine: TenantEngine | None = None
_platform: TenantEngine | None = None
_active: ContextVar[TenantEngine | None] = ContextVar("active_engine", default=None)


def configure(dsn: str) -> TenantEngine:
    """Create the process's engine for the application role (composition roots and tests)."""
    global _engine  # noqa: PLW0603 -- one engine per process, set by the composition root
    _engine = TenantEngine({"dsn": dsn})
    return _engine


def configure_platform(dsn: str) -> TenantEngine:
    """Create the process's second engine, for the operators' role (composition roots and tests)."""
    global _platform  # noqa: PLW0603 -- as above
    _platform = TenantEngine({"dsn": dsn})
    return _platform


def engine() -> TenantEngine:
    """Return the engine that is active here: the application's, unless `as_platform` says else.

    Raises:
        ScopeError: no composition root has configured it.
    """
    active = _active.get() or _engine
    if active is None:
        raise ScopeError("the database is not configured")
    return active


def platform_engine() -> TenantEngine:
    """Return the engine of the operators' role.

    Raises:
        UnavailableError: DATABASE_PLATFORM_URL is not set, or its pool is not open (code
            `platform_not_configured`).
    """
    if _platform is None or _platform.pool is None:
        raise UnavailableError(
            "Chưa có kết nối cơ sở dữ liệu cho vai trò vận hành: đặt biến DATABASE_PLATFORM_URL"
            " rồi khởi động lại.",
            code="platform_not_configured",
        )
    return _platform


@contextmanager
def as_platform() -> Iterator[TenantEngine]:
    """Let this block's SQL run as the operators' role (which sees no tenant table).

    Raises:
        UnavailableError: as `platform_engine`.
    """
    with _activated(platform_engine()) as active:
        yield active


@contextmanager
def as_application() -> Iterator[TenantEngine]:
    """Let this block's SQL run as the application's role again, inside `as_platform`.

    Raises:
        ScopeError: no composition root has configured it.
    """
    if _engine is None:
        raise ScopeError("the database is not configured")
    with _activated(_engine) as active:
        yield active


@contextmanager
def _activated(wanted: TenantEngine) -> Iterator[TenantEngine]:
    token = _active.set(wanted)
    try:
        yield wanted
    finally:
        _active.reset(token)


def _connection() -> asyncpg.Connection:
    transaction = engine().checked()
    if transaction is None:
        raise ScopeError("SQL needs an open transaction")
    engine().queries += 1
    return transaction.connection


async def fetch(sql: str, *args: Any) -> list[Any]:
    """Run one query in the open transaction and return its rows (asyncpg records)."""
    rows: list[Any] = await _connection().fetch(sql, *args)
    return rows


async def fetchrow(sql: str, *args: Any) -> Any | None:
    """Run one query and return its first row, or None."""
    return await _connection().fetchrow(sql, *args)


async def fetchval(sql: str, *args: Any) -> Any:
    """Run one query and return the first value of its first row, or None."""
    return await _connection().fetchval(sql, *args)


async def execute(sql: str, *args: Any) -> str:
    """Run one statement and return its command tag."""
    tag: str = await _connection().execute(sql, *args)
    return tag


async def executemany(sql: str, rows: Sequence[Sequence[Any]]) -> None:
    """Run one statement for many rows, in one batch."""
    await _connection().executemany(sql, rows)


@asynccontextmanager
async def transaction(*, read_only: bool = False) -> AsyncIterator[TenantTransaction]:
    """Open a transaction for a job, a command or a test (requests have theirs from the edge)."""
    async with engine().transaction(mode="READ ONLY" if read_only else "") as opened:
        yield opened


@asynccontextmanager
async def separate_transaction() -> AsyncIterator[TenantTransaction]:
    """Open a second transaction that commits whatever becomes of the request's own.

    For facts that must survive a refusal: failed sign-ins, used-up codes.
    """
    eng = engine()
    token = eng.current_transaction.set(None)
    try:
        async with eng.transaction() as opened:
            yield opened
    finally:
        eng.current_transaction.reset(token)


@asynccontextmanager
async def savepoint() -> AsyncIterator[None]:
    """Undo only the inner block when it fails (one level; names may repeat)."""
    connection = _connection()
    await connection.execute("SAVEPOINT inner_block")
    try:
        yield
    except BaseException:
        await connection.execute("ROLLBACK TO SAVEPOINT inner_block")
        raise
    await connection.execute("RELEASE SAVEPOINT inner_block")
