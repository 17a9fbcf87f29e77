"""Who the department is: read by everybody who must name it, changed by its administrator."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.identity import logo as pictures
from core.identity import phrases, repository
from core.identity.schemas import SIGNING_KINDS, CodeView, IdentityView, Logo
from core.kit.i18n import nfc
from core.kit.ids import new_id
from core.kit.scope import current_tenant
from core.kit.storage import storage
from core.organisation import service as organisation
from core.organisation.upkeep import edit_department

READERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD, Role.AUDITOR)
LONGEST = 300
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_PHONE = re.compile(r"\+?[0-9][0-9 .()-]{6,28}[0-9]")
_NOTATION = re.compile(r"[A-ZĐ0-9&.-]{1,30}")
_LIMITS = {"phone": 40, "privacy_phone": 40, "email": 200, "privacy_email": 200}
_LIMITS |= {"signing_serial": 100, "notation": 30}

_listeners: list[Callable[[], None]] = []


def when_changed(listener: Callable[[], None]) -> None:
    """Register what forgets the faces of departments (composition root, once)."""
    if listener not in _listeners:
        _listeners.append(listener)


def _changed() -> None:
    for listener in _listeners:
        listener()


async def get_identity(*, actor: Actor) -> IdentityView:
    """Return what the department says of itself.

    Raises:
        PermissionDeniedError: neither administrator, leader nor auditor of the department.
    """
    actor.require(READERS, (await organisation.department()).path)
    row = await repository.read()
    if row is None:
        raise NotFoundError
    return IdentityView(**row)


async def save_identity(
    *, actor: Actor, version: int, values: Mapping[str, str], signing_valid_to: date | None
) -> None:
    """Change the identity; `values` by the names of `IdentityView`, as they were typed.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        InvalidInputError: a field that cannot be taken; nothing is changed.
        ConflictError: somebody else has saved since (code `stale_identity`).
    """
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    clean = {name: nfc(" ".join(text.split())) for name, text in values.items()}
    _check(clean)
    await repository.ensure(current_tenant())
    if not await repository.update({**clean, "signing_valid_to": signing_valid_to}, version):
        raise ConflictError(phrases.STALE, code="stale_identity")
    await edit_department(
        actor=actor,
        name=clean["name"],
        short_name=clean["short_name"],
        notation=clean["notation"],
        place=clean["place"],
    )
    _changed()


def _check(values: Mapping[str, str]) -> None:
    fields = {
        name: phrases.TOO_LONG.format(most=_LIMITS.get(name, LONGEST))
        for name, text in values.items()
        if len(text) > _LIMITS.get(name, LONGEST)
    }
    if not values["name"]:
        fields["name"] = phrases.NO_NAME
    if not values["short_name"]:
        fields["short_name"] = phrases.NO_SHORT_NAME
    for name in ("email", "privacy_email"):
        if values[name] and not _EMAIL.fullmatch(values[name]):
            fields[name] = phrases.BAD_EMAIL
    for name in ("phone", "privacy_phone"):
        if values[name] and not _PHONE.fullmatch(values[name]):
            fields[name] = phrases.BAD_PHONE
    if values["notation"] and not _NOTATION.fullmatch(values["notation"]):
        fields["notation"] = phrases.BAD_NOTATION
    if values["signing_kind"] not in SIGNING_KINDS:
        fields["signing_kind"] = phrases.UNKNOWN_SIGNING
    elif values["signing_kind"] and not values["signing_subject"]:
        fields["signing_subject"] = phrases.SIGNING_INCOMPLETE
    if fields:
        raise InvalidInputError(fields=fields)


async def save_logo(*, actor: Actor, name: str, content: bytes) -> None:
    """Show another logo from now on.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        InvalidInputError, PayloadTooLargeError, UnavailableError: the picture is not taken.
    """
    root = await organisation.department()
    actor.require(Role.TENANT_ADMIN, root.path)
    name, content = await pictures.prepared(name, content)
    file = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=Purpose.LOGO, unit_id=root.id
    )
    await repository.ensure(current_tenant())
    await repository.set_logo(file.id)
    _changed()


async def remove_logo(*, actor: Actor) -> None:
    """Show no logo any more.

    Raises:
        PermissionDeniedError: not the administrator of the department.
    """
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    await repository.set_logo(None)
    _changed()


async def open_logo(digest: str) -> Logo:
    """Return the logo in use; everybody who sees the site sees it.

    Raises:
        NotFoundError: the department has no logo with this hash.
    """
    row = await repository.logo()
    if row is None or row["sha256"] != digest:
        raise NotFoundError
    return Logo(row["media_type"], await storage().get(row["storage_key"]))


async def parent_body() -> str:
    """Return the body above the department for the heads of papers, or '' for the plan's."""
    return await repository.parent_body()


async def list_codes(*, actor: Actor) -> list[CodeView]:
    """Return the official codes, the newest first.

    Raises:
        PermissionDeniedError: as `get_identity`.
    """
    actor.require(READERS, (await organisation.department()).path)
    return [CodeView(**row) for row in await repository.codes()]


async def save_code(
    *,
    actor: Actor,
    code_id: UUID | None,
    code: str,
    valid_from: date | None,
    valid_to: date | None,
    source: str,
    is_confirmed: bool,
) -> None:
    """Add an official code, or correct one.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: there is no such code.
        InvalidInputError: no code, days that are turned round or belong to another code.
    """
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    new = CodeView(
        id=code_id or new_id(),
        code=code.strip(),
        valid_from=valid_from,
        valid_to=valid_to,
        source=nfc(" ".join(source.split())),
        is_confirmed=is_confirmed,
    )
    others = [CodeView(**row) for row in await repository.codes() if row["id"] != new.id]
    _check_code(new, others)
    facts = (new.id, new.code, new.valid_from, new.valid_to, new.source)
    if code_id is None:
        await repository.insert_code(*facts, is_confirmed=is_confirmed)
    elif not await repository.update_code(*facts, is_confirmed=is_confirmed):
        raise NotFoundError


def _check_code(new: CodeView, others: list[CodeView]) -> None:
    fields = {}
    first, last = new.valid_from or date.min, new.valid_to or date.max
    if not new.code or len(new.code) > 35:
        fields["code"] = phrases.NO_CODE
    if new.is_confirmed and not new.source:
        fields["source"] = phrases.NO_SOURCE
    if first > last:
        fields["valid_to"] = phrases.BACKWARDS
    for other in others:
        if first <= (other.valid_to or date.max) and (other.valid_from or date.min) <= last:
            fields.setdefault("valid_from", phrases.OVERLAP.format(code=other.code))
    if fields:
        raise InvalidInputError(fields=fields)


async def is_started() -> bool:
    """Tell whether anything of the identity was saved yet."""
    row = await repository.read()
    return bool((row and row["version"]) or await repository.codes())


async def missing(*, actor: Actor) -> list[str]:
    """Return in words what a department should still say of itself (for the set-up list).

    Raises:
        PermissionDeniedError: as `get_identity`.
    """
    view = await get_identity(actor=actor)
    words = [word for name, word in phrases.MISSING.items() if not getattr(view, name)]
    if not await repository.codes():
        words.append(phrases.MISSING_CODE)
    return words
