"""What the department does with all of its data: take it along, have it deleted, keep it."""

from __future__ import annotations

import unicodedata
from collections.abc import AsyncIterator
from datetime import datetime
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.jobs.service import enqueue
from core.kit import clock
from core.kit.scope import current_tenant
from core.kit.storage import storage
from core.law import service as law
from tenants.life import phrases, repository
from tenants.life.schemas import DeletionView, ExportView, LifeView

EXPORT = "life.export"
READERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD, Role.AUDITOR)
SHOWN = 10
MAX_REASON = 1000
MAX_NUMBER = 100


def _root() -> str:
    """Return the path of the department's root unit: these rights are of the whole department."""
    return f"/{current_tenant()}/"


def export_key(tenant_id: UUID, export_id: UUID) -> str:
    """Return where an archive is kept in the storage."""
    return f"{tenant_id}/exports/{export_id}"


async def overview(*, actor: Actor) -> LifeView:
    """Return the newest archives, and the request to delete the department if one waits.

    Raises:
        PermissionDeniedError: the person reads no configuration of the whole department.
    """
    actor.require(READERS, _root())
    waiting = await repository.open_deletion()
    return LifeView(
        exports=[ExportView(**row) for row in await repository.exports(SHOWN)],
        deletion=DeletionView(**waiting) if waiting else None,
        revoked=[DeletionView(**row) for row in await repository.revoked_deletions(SHOWN)],
        may_act=actor.can(Role.TENANT_ADMIN, _root()),
    )


async def request_export(*, actor: Actor) -> UUID:
    """Ask for an archive of the whole department; a job makes it.

    Raises:
        PermissionDeniedError: the person does not administer the whole department.
        ConflictError: one is being made.
    """
    actor.require(Role.TENANT_ADMIN, _root())
    export_id = await repository.insert_export(actor.account_id)
    if export_id is None:
        raise ConflictError(phrases.EXPORT_RUNNING, code="export_running")
    await enqueue(EXPORT, {"export_id": str(export_id)})
    return export_id


async def open_download(
    *, actor: Actor, export_id: UUID
) -> tuple[int, datetime, AsyncIterator[bytes]]:
    """Return size, instant and content of an archive; the download is recorded in the trail.

    Raises:
        PermissionDeniedError: the person does not administer the whole department.
        NotFoundError: no such archive.
        ConflictError: it is not finished, or its time is over.
    """
    actor.require(Role.TENANT_ADMIN, _root())
    row = await repository.count_download(export_id)
    if row is None:
        raise NotFoundError
    if not row["open"]:
        raise ConflictError(phrases.EXPORT_GONE, code="export_gone")
    content = storage().chunks(export_key(current_tenant(), export_id))
    return row["size"], row["requested_at"], content


async def request_deletion(
    *, actor: Actor, reason: str, decision_number: str, name: str, typed_name: str
) -> datetime:
    """Ask for the deletion of everything after the waiting period; return when that ends
    (the midnight after the last whole day, exclusive).

    `typed_name` must be the department's `name`, as a sign that nobody slipped.

    Raises:
        PermissionDeniedError: the person does not administer the whole department.
        InvalidInputError: no reason, no decision, another name.
        ConflictError: a request waits already.
    """
    actor.require(Role.TENANT_ADMIN, _root())
    reason, decision_number = _plain(reason), _plain(decision_number)
    fields = {}
    if not reason or len(reason) > MAX_REASON:
        fields["reason"] = phrases.REASON_MISSING
    if not decision_number or len(decision_number) > MAX_NUMBER:
        fields["decision_number"] = phrases.DECISION_MISSING
    if _plain(typed_name).casefold() != _plain(name).casefold():
        fields["typed_name"] = phrases.wrong_name(name)
    if fields:
        raise InvalidInputError(fields=fields)
    delete_after = await repository.insert_deletion(
        reason=reason,
        decision_number=decision_number,
        account_id=actor.account_id,
        name=actor.display_name,
        days=law.value("deletion_waiting", clock.today()),
    )
    if delete_after is None:
        raise ConflictError(phrases.DELETION_WAITS, code="deletion_waits")
    return delete_after


async def keep(*, actor: Actor) -> None:
    """Take the request to delete the department back.

    Raises:
        PermissionDeniedError: the person does not administer the whole department.
        ConflictError: none waits.
    """
    actor.require(Role.TENANT_ADMIN, _root())
    if not await repository.revoke_deletion(actor.account_id, actor.display_name):
        raise ConflictError(phrases.NO_DELETION_WAITS, code="no_deletion_waits")


def _plain(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
