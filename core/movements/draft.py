"""What the department is setting: read and saved by sections, each with its own version."""

from __future__ import annotations

from typing import Any

import msgspec

from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError
from core.kit.ids import new_id
from core.movements import phrases, repository
from core.movements.schemas import Draft, DraftSection
from core.movements.values import SECTIONS, DepartmentValues, plain, values_of
from core.organisation import service as organisation

EDITORS = (Role.TENANT_ADMIN,)
SECTION_EDITORS = {"rungs": (*EDITORS, Role.OFFICER)}  # beside the administrator
READERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD, Role.OFFICER, Role.AUDITOR)


class StaleSectionError(ConflictError):
    """Somebody else saved the same section first; `extra` holds both: `current`, `yours`."""

    code = "stale_section"


async def require_reader(actor: Actor) -> None:
    """Refuse who may not read the department's configuration.

    Raises:
        PermissionDeniedError: none of `READERS` at the department.
    """
    actor.require(READERS, (await organisation.department()).path)


async def may_read(actor: Actor) -> bool:
    """Tell whether a person may read the department's configuration."""
    return actor.can(READERS, (await organisation.department()).path)


def editors_of(section: str) -> tuple[Role, ...]:
    """Return the roles that may save a section."""
    return SECTION_EDITORS.get(section, EDITORS)


async def may_edit(actor: Actor, section: str = "") -> bool:
    """Tell whether a person may set the department's values, or those of one section."""
    return actor.can(editors_of(section), (await organisation.department()).path)


async def read() -> Draft:
    """Return the draft of the department in force (callers have checked the right)."""
    rows = await repository.draft()
    return Draft(
        values=values_of({row["section"]: row["body"]["value"] for row in rows}),
        sections={
            row["section"]: DraftSection(
                row["section"], row["version"], row["saved_by"], row["saved_at"]
            )
            for row in rows
        },
    )


async def save(*, actor: Actor, section: str, value: object, version: int) -> Draft:
    """Save one section over the version that was read (0: never saved); return the new draft.

    Raises:
        PermissionDeniedError: none of `editors_of` at the department.
        InvalidInputError: no such section, or a file that is not kept here.
        StaleSectionError: somebody saved it meanwhile; nothing is changed.
    """
    actor.require(editors_of(section), (await organisation.department()).path)
    if section not in SECTIONS:
        raise InvalidInputError(fields={"section": "Mục này không có."})
    made = msgspec.structs.replace(DepartmentValues(), **{section: value})
    await _keep_files(made)
    body = msgspec.json.encode({"value": plain(made).get(section, _empty(section))}).decode()
    if not await repository.save_section(section, body, version, new_id(), actor.account_id):
        current = await read()
        who = current.sections[section].saved_by or phrases.SOMEBODY
        raise StaleSectionError(
            phrases.STALE.format(who=who),
            extra={
                "current": plain(current.values).get(section),
                "yours": plain(made).get(section),
                "version": current.version(section),
            },
        )
    return await read()


def _empty(section: str) -> Any:
    return msgspec.to_builtins(getattr(DepartmentValues(), section))


async def _keep_files(values: DepartmentValues) -> None:
    wanted = list(values.file_ids())
    if wanted and await repository.link_files(wanted, [new_id() for _ in wanted]) != len(wanted):
        raise InvalidInputError(phrases.FILE_GONE, fields={"file": phrases.FILE_GONE})
