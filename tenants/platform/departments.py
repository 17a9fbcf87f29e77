"""What an operator does with departments: look, provision, suspend, limit, give hosts, activate."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import numbers
from core.kit.i18n import nfc, vn_day_long
from core.settings import settings
from tenants import repository as catalogue
from tenants import service as tenants
from tenants.platform import phrases, plugins
from tenants.platform import repository_departments as repository

HOST = re.compile(r"(?=.{1,253}\Z)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
NEARLY = 0.9
MEGABYTE = 1024 * 1024


class Department(msgspec.Struct, frozen=True):
    """A department in the console: its entry in the catalogue and what is counted of it."""

    id: UUID
    slug: str
    name: str
    short_name: str
    plugin_slug: str
    plugin_version: str
    status: str
    is_demo: bool
    created_at: datetime
    max_storage_bytes: int | None
    max_accounts: int | None
    suspended_reason: str
    delete_after: datetime | None
    accounts: int
    storage_bytes: int
    last_activity: datetime | None
    edition_number: int | None
    edition_plugin: str | None
    edition_version: str | None
    edition_from: date | None
    open_rounds: int
    failed_jobs: int
    failed_mails: int
    hosts: list[str]

    @property
    def installed_version(self) -> str:
        """The installed version of its plugin; '' where it is not usable."""
        return plugins.version_of(self.plugin_slug)

    @property
    def opened_version(self) -> str:
        """The version that new editions may be drawn up with; '' = whatever is installed."""
        if self.plugin_version:
            return self.plugin_version
        same = self.edition_plugin == self.plugin_slug
        return (self.edition_version or "") if same else ""

    @property
    def waits_for_version(self) -> bool:
        """Whether the installed version has not been opened for it."""
        return bool(self.opened_version) and self.opened_version != self.installed_version

    @property
    def warnings(self) -> list[str]:
        """What an operator should look at, in words."""
        found = []
        if not self.installed_version:
            found.append(phrases.NO_PLUGIN.format(slug=self.plugin_slug))
        elif self.waits_for_version:
            found.append(phrases.VERSION_WAITS.format(version=self.installed_version))
        if self.edition_number is None:
            found.append(phrases.NO_EDITION)
        elif self.edition_plugin != self.plugin_slug:
            found.append(
                phrases.OTHER_PLUGIN.format(before=self.edition_plugin, now=self.plugin_slug)
            )
        if self.max_storage_bytes and self.storage_bytes >= NEARLY * self.max_storage_bytes:
            found.append(phrases.STORAGE_NEARLY_FULL)
        if self.max_accounts and self.accounts >= NEARLY * self.max_accounts:
            found.append(phrases.ACCOUNTS_NEARLY_FULL)
        if self.failed_jobs or self.failed_mails:
            found.append(phrases.FAILURES.format(jobs=self.failed_jobs, mails=self.failed_mails))
        if self.delete_after:
            found.append(phrases.TO_BE_DELETED.format(day=vn_day_long(self.delete_after)))
        return found


async def list_departments() -> list[Department]:
    """Return all departments by name; one query."""
    return [Department(**row) for row in await repository.overview()]


async def get_department(tenant_id: UUID) -> Department:
    """Return one department.

    Raises:
        NotFoundError: there is none.
    """
    row = await repository.department(tenant_id)
    if row is None:
        raise NotFoundError
    return Department(**row)


def clean_host(host: str) -> str:
    """Return a host name as it is stored: lower case, no spaces, no dot at the end."""
    return host.strip().rstrip(".").lower()


async def host_problem(host: str) -> str:
    """Say why a department cannot be served under a host name; '' if it can."""
    if not HOST.fullmatch(host):
        return phrases.BAD_HOST.format(host=host[:100])
    if host == settings().base_domain:
        return phrases.CONSOLE_HOST.format(host=host)
    owner = await repository.owner_of_host(host)
    return phrases.HOST_TAKEN.format(host=host, owner=owner) if owner else ""


async def add_host(tenant_id: UUID, host: str) -> None:
    """Serve a department under one more host name.

    Raises:
        InvalidInputError: no host name, or somebody's already (field `host`).
        NotFoundError: there is no such department.
    """
    await get_department(tenant_id)
    host = clean_host(host)
    if problem := await host_problem(host):
        raise InvalidInputError(problem, fields={"host": problem})
    if not await catalogue.insert_host(tenant_id, host):  # somebody was first, just now
        problem = await host_problem(host)
        raise InvalidInputError(problem, fields={"host": problem})
    tenants.forget_hosts()


async def remove_host(tenant_id: UUID, host: str) -> None:
    """Stop serving a department under a host name.

    Raises:
        ConflictError: it is its last one, or not its own.
        NotFoundError: there is no such department.
    """
    await get_department(tenant_id)
    if not await repository.remove_host(tenant_id, clean_host(host)):
        raise ConflictError(phrases.LAST_HOST, code="last_host")
    tenants.forget_hosts()


async def suspend(tenant_id: UUID, reason: str) -> None:
    """Stop serving a department until it is resumed; its data stay.

    Raises:
        InvalidInputError: no reason (field `note`).
        ConflictError: it is not being served.
        NotFoundError: there is no such department.
    """
    await _change_status(tenant_id, ("active",), "suspended", reason)


async def resume(tenant_id: UUID, reason: str) -> None:
    """Serve a department that is suspended or prepared.

    Raises:
        ConflictError: as `suspend`; the demo is still being written into it (`being_filled`).
        InvalidInputError, NotFoundError: as `suspend`.
    """
    department = await get_department(tenant_id)
    tenants.require_filled(department.status, is_demo=department.is_demo)
    await _change_status(tenant_id, ("suspended", "preparing"), "active", reason)


async def _change_status(tenant_id: UUID, before: Sequence[str], after: str, reason: str) -> None:
    department = await get_department(tenant_id)
    reason = nfc(" ".join(reason.split()))
    if not reason:
        raise InvalidInputError(fields={"note": phrases.NO_REASON})
    if department.status not in before:
        raise ConflictError(phrases.WRONG_STATUS, code="wrong_state")
    await repository.because(reason)
    await repository.set_status(tenant_id, after, reason if after == "suspended" else "")
    tenants.forget_hosts()


async def set_limits(tenant_id: UUID, storage_mb: str, accounts: str) -> None:
    """Limit a department's files (MB) and accounts; empty = no limit.

    Raises:
        InvalidInputError: not a whole number of at least 1 (fields `storage_mb`, `accounts`).
        NotFoundError: there is no such department.
    """
    await get_department(tenant_id)
    fields = {}
    values: dict[str, int | None] = {}
    for name, typed in (("storage_mb", storage_mb), ("accounts", accounts)):
        digits = typed.replace(".", "").replace(" ", "").strip()
        number = numbers.whole(digits)
        if digits and (number is None or not 0 < number < 10**9):
            fields[name] = phrases.BAD_LIMIT
        else:
            values[name] = number
    if fields:
        raise InvalidInputError(fields=fields)
    storage = values["storage_mb"]
    await repository.set_limits(
        tenant_id, storage * MEGABYTE if storage else None, values["accounts"]
    )


async def change_plugin(tenant_id: UUID, slug: str, reason: str) -> None:
    """Activate another plugin for a department; its next edition comes from it.

    Raises:
        InvalidInputError: no such plugin (field `slug`), or no reason (field `note`).
        ConflictError: a round is open (code `round_open`): it is judged by the old plan.
        NotFoundError: there is no such department.
    """
    await repository.lock_plugin(tenant_id)
    department = await get_department(tenant_id)
    fields = {}
    if not plugins.version_of(slug):
        fields["slug"] = phrases.UNKNOWN_PLUGIN
    elif slug == department.plugin_slug:
        fields["slug"] = phrases.SAME_PLUGIN
    reason = nfc(" ".join(reason.split()))
    if not reason:
        fields["note"] = phrases.NO_REASON
    if fields:
        raise InvalidInputError(fields=fields)
    if department.open_rounds:
        raise ConflictError(
            phrases.ROUND_OPEN.format(
                name=department.short_name,
                count=department.open_rounds,
                plugin=department.plugin_slug,
            ),
            code="round_open",
        )
    await repository.because(reason)
    await repository.set_plugin(tenant_id, slug, plugins.version_of(slug))
    tenants.forget_hosts()


async def open_version(slug: str, tenant_id: UUID | None) -> int:
    """Open the installed version of a plugin for one department, or for all that use it.

    Raises:
        NotFoundError: there is no such plugin.
    """
    version = plugins.version_of(slug)
    if not version:
        raise NotFoundError
    return await repository.open_version(slug, version, tenant_id)
