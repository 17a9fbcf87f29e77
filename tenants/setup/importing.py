"""The Excel list: taken in, looked at, confirmed as a whole or not at all; resumable."""

from __future__ import annotations

import asyncio
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.bulk import NewAccount, add_accounts, add_grants
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, NotFoundError
from core.evidence.checks import safe_name
from core.kit.ids import new_id
from core.organisation import service as organisation
from core.organisation.profiles import profiles_of, write_profiles
from core.organisation.schemas import NewPerson, NewUnit
from core.organisation.upkeep import UnitEdit, edit_titles, edit_units
from tenants.setup import phrases, repository, workbook
from tenants.setup.checking import Known, UnitCheck
from tenants.setup.checking_people import PeopleCheck
from tenants.setup.reading import read_list
from tenants.setup.schemas import (
    CHANGED,
    NEW,
    Preview,
    RawList,
    RawRow,
    StagedView,
)

HISTORY = 10


async def stage(*, actor: Actor, name: str, content: bytes) -> None:
    """Take in a list for its preview; one that waited before is discarded. Nothing else is written.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        InvalidInputError, PayloadTooLargeError: the file cannot be taken; the sentence says why.
    """
    await _require(actor)
    read = await read_list(name, content)
    plain = msgspec.to_builtins(read)
    await repository.insert(new_id(), safe_name(name), plain, actor.account_id)


async def preview(*, actor: Actor) -> tuple[str, Preview] | None:
    """Return name and preview of the list that waits, held against what is there now; or None.

    Raises:
        PermissionDeniedError: not the administrator of the department.
    """
    await _require(actor)
    row = await repository.staged()
    if row is None:
        return None
    return row["file_name"], (await _checked(_decoded(row), await _known()))


async def apply(*, actor: Actor) -> str:
    """Write the whole list that waits; return in words what was written.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        ConflictError: no list waits (`finished`); it has errors or nothing new (`not_ready`).
    """
    await _require(actor)
    row = await repository.staged(lock=True)
    if row is None:
        raise ConflictError(phrases.FINISHED, code="finished")
    known = await _known()
    found = await _checked(_decoded(row), known)
    if not found.can_apply:
        raise ConflictError(phrases.NOT_READY, code="not_ready")
    unit_ids = await _write_units(found, known, actor)
    people_ids = await _write_people(found, unit_ids, actor)
    await _write_accounts(found, unit_ids, people_ids, actor)
    counts = found.counts
    summary = phrases.SUMMARY.format(
        units=counts["units"][NEW],
        changed=counts["units"][CHANGED],
        people=counts["people"][NEW],
        accounts=counts["accounts"][NEW],
    )
    await repository.finish(row["id"], "applied", summary)
    return summary


async def discard(*, actor: Actor) -> None:
    """Drop the list that waits.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        ConflictError: no list waits.
    """
    await _require(actor)
    row = await repository.staged(lock=True)
    if row is None:
        raise ConflictError(phrases.FINISHED, code="finished")
    await repository.finish(row["id"], "discarded", "")


async def with_errors(*, actor: Actor) -> bytes:
    """Return the list that waits as a workbook, with a column that says what is wrong.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: no list waits.
    """
    await _require(actor)
    row = await repository.staged()
    if row is None:
        raise NotFoundError
    raw = _decoded(row)
    found = await _checked(raw, await _known())
    said: dict[tuple[str, int], list[str]] = {}
    for error in found.errors:
        words = f"{error.column}: {error.sentence}"
        said.setdefault((error.table, error.row), []).append(words)
    return await asyncio.to_thread(workbook.with_errors, raw.rows(), said)


async def history(*, actor: Actor) -> list[StagedView]:
    """Return the latest lists, newest first.

    Raises:
        PermissionDeniedError: not the administrator of the department.
    """
    await _require(actor)
    return [StagedView(**row) for row in await repository.history(HISTORY)]


async def _require(actor: Actor) -> None:
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)


def _decoded(row: Any) -> RawList:
    return msgspec.convert(row["content"], RawList)


async def _known() -> Known:
    return Known.of(await repository.units())


async def _checked(raw: RawList, known: Known) -> Preview:
    """Check the rows in a thread, with four queries however many rows there are."""
    units = await asyncio.to_thread(lambda: UnitCheck(raw.units, known).run())
    unit_ids: dict[str, UUID | None] = {
        code: row["id"] for code, row in known.by_code.items() if row["is_active"]
    }
    root_code = known.root["code"]
    unit_ids = {**dict.fromkeys(units.first_rows), **unit_ids, "": known.root["id"]}
    unit_ids.pop(root_code, None)
    rows = [_at_root(row) if row.cells.get("unit") == root_code else row for row in raw.people]
    named = {row.cells.get("unit", "") for row in rows}
    people = await repository.people([i for code in named if (i := unit_ids.get(code))])
    usernames = {row.cells.get("username", "").strip().lower() for row in raw.people} - {""}
    accounts = await repository.accounts(sorted(usernames))
    check = PeopleCheck(
        rows,
        unit_ids=unit_ids,
        people=people,
        accounts=accounts,
        profiles=await profiles_of([row["id"] for row in people]),
    )
    await asyncio.to_thread(check.run)
    return Preview(
        raw.problem, [*units.errors, *check.errors], units.lines, check.people, check.accounts
    )


def _at_root(row: RawRow) -> RawRow:
    """Return a person's row with the department's own code left out, as if it had been blank."""
    return RawRow(row.row, {key: text for key, text in row.cells.items() if key != "unit"})


async def _write_units(found: Preview, known: Known, actor: Actor) -> dict[str, UUID]:
    made = await organisation.add_units(
        [
            NewUnit(
                code=line.code,
                name=line.name,
                kind=line.kind,
                level=line.level,
                parent_code=line.parent_code,
                short_name=line.short_name,
                owes_reports=line.owes_reports,
                notation=line.notation,
                place=line.place,
                has_legal_personality=line.has_legal_personality,
            )
            for line in found.units
            if line.status == NEW
        ],
        actor=actor,
    )
    await edit_units(
        [
            UnitEdit(
                unit_id=line.unit_id,
                code=line.code,
                name=line.name,
                short_name=line.short_name,
                kind=line.kind,
                owes_reports=line.owes_reports,
                notation=line.notation,
                place=line.place,
                has_legal_personality=line.has_legal_personality,
            )
            for line in found.units
            if line.status == CHANGED and line.unit_id
        ],
        actor=actor,
    )
    ids = {code: row["id"] for code, row in known.by_code.items()}
    return {**ids, **{unit.code: unit.id for unit in made}, "": known.root["id"]}


async def _write_people(found: Preview, unit_ids: dict[str, UUID], actor: Actor) -> dict[int, UUID]:
    """Return the people's ids by row."""
    new = [line for line in found.people if line.status == NEW]
    made = await organisation.add_people(
        [
            NewPerson(full_name=line.name, job_title=line.title, unit_id=unit_ids[line.unit_code])
            for line in new
        ],
        actor=actor,
    )
    await edit_titles(
        [
            (line.person_id, line.title)
            for line in found.people
            if line.status == CHANGED and line.person_id and line.title
        ]
    )
    known = {line.row: line.person_id for line in found.people if line.person_id}
    ids = known | {line.row: person.id for line, person in zip(new, made, strict=True)}
    await write_profiles(
        {ids[line.row]: line.profile for line in found.people if line.profile is not None}
    )
    return ids


async def _write_accounts(
    found: Preview, unit_ids: dict[str, UUID], people_ids: dict[int, UUID], actor: Actor
) -> None:
    made = await add_accounts(
        [
            NewAccount(
                username=line.username,
                display_name=line.display_name,
                email=line.email,
                unit_id=unit_ids[line.unit_code],
                person_id=people_ids.get(line.row),
            )
            for line in found.accounts
            if line.status == NEW
        ],
        actor=actor,
    )
    await add_grants(
        [
            (line.account_id or made[line.username], role, unit_ids[line.unit_code])
            for line in found.accounts
            for role in line.roles
        ],
        actor=actor,
    )
