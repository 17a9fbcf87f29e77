"""The catalogue of departments: provisioning, suspension, and which host belongs to whom."""

from __future__ import annotations

import re
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, nullcontext
from typing import TypeVar
from uuid import UUID

import asyncpg

from core.accounts.schemas import SYSTEM
from core.errors import ConflictError, InvalidInputError, UnavailableError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import scope_or_none, tenant_scope, unscoped
from core.organisation import service as organisation
from core.organisation.schemas import NewUnit
from tenants import phrases, repository
from tenants.schemas import NewTenant, TenantView

FRESH_SECONDS = 5.0
RETRY_SECONDS = 1.0
Made = TypeVar("Made")
SLUG = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?")


class _Catalogue:
    """All hosts in memory: unknown hosts cost no query, and an outage is bridged."""

    def __init__(self) -> None:
        self.hosts: dict[str, TenantView] = {}
        self.read_at = float("-inf")

    def age(self) -> float:
        return time.monotonic() - self.read_at

    async def refresh(self) -> None:
        """Read the catalogue anew; a database that does not answer leaves the old one."""
        try:
            with db.as_application(), unscoped(reason="host look-up"):
                async with db.separate_transaction():
                    records = await repository.catalogue()
        except (UnavailableError, *db.CONNECTION_LOST):
            if not self.hosts:
                raise
            return
        self.hosts = {
            record["host"]: TenantView(**{k: v for k, v in record.items() if k != "host"})
            for record in records
            if record["status"] != "preparing"
        }
        self.read_at = time.monotonic()


_catalogue = _Catalogue()


async def resolve_host(host: str) -> TenantView | None:
    """Return the department served under a host name, or None (there is no default department).

    Changes of the catalogue are seen within five seconds. While the database is away the last
    known catalogue goes on serving. A port and a dot at the end are ignored.

    Raises:
        UnavailableError: the database is away and no catalogue was ever read.
    """
    name = host.rsplit(":", 1)[0].rstrip(".").lower()
    known = _catalogue.hosts.get(name)
    if _catalogue.age() > (FRESH_SECONDS if known else RETRY_SECONDS):
        try:
            await _catalogue.refresh()
        except db.CONNECTION_LOST as error:
            raise UnavailableError from error
    return _catalogue.hosts.get(name)


def forget_hosts() -> None:
    """Read the catalogue anew at the next look-up (after a change in this process)."""
    _catalogue.read_at = float("-inf")


async def list_tenants() -> list[TenantView]:
    """Return all departments, by slug."""
    with db.as_application(), unscoped(reason="list of departments"):
        async with db.separate_transaction():
            return [TenantView(**record) for record in await repository.tenants()]


async def provision(tenant: NewTenant, *, activate: bool = True) -> TenantView:
    """Make a department with its hosts and its root unit (which has the department's id).

    It is served once the root stands; without `activate`, from `resume` on. Runs as the
    platform role, outside any request's transaction.

    Raises:
        InvalidInputError: a bad slug, or no host.
        ConflictError: the slug (code `slug_taken`) or a host (`host_taken`) is taken.
    """
    view, _ = await provision_with(tenant, _nothing_more, activate=activate)
    return view


async def provision_with(
    tenant: NewTenant, more: Callable[[UUID], Awaitable[Made]], *, activate: bool = True
) -> tuple[TenantView, Made]:
    """Make a department as `provision` does, and `more` inside it, in the root's transaction.

    `more` gets the department's id. Where it fails, nothing is left.

    Raises:
        InvalidInputError, ConflictError: as `provision`; whatever `more` raises.
    """
    _check(tenant)
    tenant_id = new_id()
    try:
        async with _as_platform("tạo Sở"):
            if taken := await repository.insert(tenant_id, tenant):
                raise ConflictError(phrases.HOST_TAKEN.format(host=taken), code="host_taken")
    except asyncpg.UniqueViolationError as error:
        raise ConflictError(phrases.SLUG_TAKEN, code="slug_taken") from error
    try:
        with db.as_application(), tenant_scope(tenant_id, reason="tạo Sở"):
            async with db.separate_transaction():
                await _add_root(tenant_id, tenant)
                made = await more(tenant_id)
    except BaseException:
        async with _as_platform("tạo Sở không thành"):
            await repository.delete(tenant_id)
        raise
    if activate:
        await resume(tenant_id)
    view = TenantView(
        id=tenant_id,
        slug=tenant.slug,
        name=tenant.name,
        short_name=tenant.short_name,
        plugin_slug=tenant.plugin_slug,
        official_code=tenant.official_code,
        status="active" if activate else "preparing",
        is_demo=tenant.is_demo,
        settings={},
    )
    return view, made


async def _nothing_more(_tenant_id: UUID) -> None:
    """Leave the department with its root unit only."""


async def _add_root(tenant_id: UUID, tenant: NewTenant) -> None:
    await organisation.add_root(
        NewUnit(
            code=tenant.slug,
            name=tenant.name,
            short_name=tenant.short_name,
            kind="department",
            level="department",
            owes_reports=False,
            notation=tenant.notation,
            place=tenant.place,
        ),
        tenant_id,
        actor=SYSTEM,
        is_demo=tenant.is_demo,
    )


async def suspend(tenant_id: UUID) -> None:
    """Stop serving a department (its host answers 403); its data stay."""
    async with _as_platform("tạm dừng"):
        await repository.set_status(tenant_id, "suspended")
    forget_hosts()


def require_filled(status: str, *, is_demo: bool) -> None:
    """Refuse to serve a department into which the demo is still being written.

    An import needs no such guard: it is one transaction, and nobody sees the department before.

    Raises:
        ConflictError: code `being_filled`.
    """
    if status == "preparing" and is_demo:
        raise ConflictError(phrases.BEING_FILLED, code="being_filled")


async def resume(tenant_id: UUID) -> None:
    """Serve a suspended (or prepared) department."""
    async with _as_platform("bắt đầu phục vụ"):
        await repository.set_status(tenant_id, "active")
    forget_hosts()


@asynccontextmanager
async def _as_platform(reason: str) -> AsyncIterator[None]:
    """Change the catalogue in a transaction of its own, as the operators' role.

    Inside a request of the console its scope stays: who acts, and why.
    """
    scope = scope_or_none()
    inside = scope is not None and scope.tenant_id is None
    with db.as_platform(), nullcontext() if inside else unscoped(reason=reason):
        async with db.separate_transaction():
            yield


def _check(tenant: NewTenant) -> None:
    fields = {}
    if not SLUG.fullmatch(tenant.slug):
        fields["slug"] = phrases.SLUG_RULE
    if not tenant.hosts:
        fields["hosts"] = phrases.NO_HOST
    if fields:
        raise InvalidInputError(fields=fields)
