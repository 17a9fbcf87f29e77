"""Subjects as one list, what is declared about them, and those outside the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import asking, phrases
from core.eligibility import repository_subjects as repository
from core.eligibility.access import FACT_WRITERS, READERS, paths_of, patterns
from core.eligibility.catalogue import Key, keys_of
from core.eligibility.forms import Typed
from core.eligibility.schemas import AwardView, FactView, OtherView, Subject
from core.errors import InvalidInputError, NotFoundError
from core.evidence import service as evidence
from core.kit.i18n import fold, parse_vn_number, sort_key
from core.kit.ids import new_id
from core.organisation import choosing
from core.organisation import service as organisation

PAGE = 50
MOST = 200
MOST_RANK = 9999
WORDS = {"co": True, "khong": False}
File = tuple[str, bytes]


class SubjectPage(msgspec.Struct, frozen=True):
    """One page of subjects; `after` is the id to go on from, or None."""

    rows: tuple[Subject, ...]
    after: UUID | None


async def get_subject(subject_id: UUID, *, actor: Actor) -> Subject:
    """Return a unit, a person or somebody outside the tree.

    Raises:
        NotFoundError: there is none for this person.
    """
    row = await repository.subject(subject_id)
    if row is None or not actor.can(READERS, row["path"]):
        raise NotFoundError
    return Subject(**row)


async def list_subjects(
    *, actor: Actor, search: str = "", kind: str = "", after: UUID | None = None
) -> SubjectPage:
    """Return one page of the subjects of the actor's branches, by name.

    Raises:
        PermissionDeniedError: the actor reads no facts.
    """
    rows = await repository.search(
        patterns(actor, READERS), organisation.like(search), kind, after, PAGE + 1
    )
    shown = tuple(Subject(**row) for row in rows[:PAGE])
    return SubjectPage(shown, shown[-1].id if len(rows) > PAGE else None)


async def facts_of(subject_id: UUID, *, actor: Actor) -> list[FactView]:
    """Return what was declared about a subject, newest year first (errors as `get_subject`)."""
    await get_subject(subject_id, actor=actor)
    return [FactView(**row) for row in await repository.facts(subject_id)]


async def awards_of(subject_id: UUID, *, actor: Actor) -> list[AwardView]:
    """Return the awards of a subject, newest first (errors as `get_subject`)."""
    await get_subject(subject_id, actor=actor)
    return [AwardView(**row) for row in await repository.awards(subject_id)]


async def declare_facts(
    subject_id: UUID, typed: Mapping[str, str], *, file: File | None = None, actor: Actor
) -> tuple[Subject, int]:
    """Write what is known of a subject in a year; return the subject and the year.

    `typed`: year, source and `fact.<key>`: co | khong | a number | blank (not known). Its
    nominations are checked again by a job.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's subject.
        InvalidInputError: fields year, source, fact.<key>, file.
    """
    subject = await get_subject(subject_id, actor=actor)
    actor.require(FACT_WRITERS, subject.path)
    form = Typed(typed)
    year = form.year()
    source = form.text("source", missing=phrases.NO_SOURCE)
    values: dict[str, Any] = {}
    forgotten = []
    for key in keys_of(subject.kind):
        words = typed.get(f"fact.{key.key}")
        if words is None:
            continue
        value = _value(key, words.strip(), form)
        if value is None:
            forgotten.append(key.key)
        else:
            values[key.key] = value
    form.done()
    file_id = await keep_file(file, purpose="evidence", unit_id=subject.unit_id, actor=actor)
    await repository.save_facts(
        subject.kind, subject.id, year, values, source, file_id, actor.account_id
    )
    await repository.forget_facts(subject.id, year, forgotten)
    await asking.ask([subject.id], "asked")
    return subject, year


def _value(key: Key, words: str, form: Typed) -> bool | float | None:
    if not words:
        return None
    if not key.is_number:
        return WORDS.get(words)
    try:
        number = float(parse_vn_number(words))
    except ValueError:
        number = 0.0
    if not 1 <= number <= MOST_RANK:
        form.errors[f"fact.{key.key}"] = phrases.BAD_NUMBER.format(label=key.label)
    return number


async def keep_file(file: File | None, *, purpose: str, unit_id: UUID, actor: Actor) -> UUID | None:
    """Keep an uploaded paper for a unit; None where there is none.

    Raises:
        InvalidInputError, PayloadTooLargeError, UnavailableError: as `evidence.store_file`.
    """
    if file is None:
        return None
    name, content = file
    stored = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=purpose, unit_id=unit_id
    )
    return stored.id


async def list_others(*, actor: Actor, search: str = "") -> list[OtherView]:
    """Return the subjects outside the tree of the actor's branches, by name (at most 200).

    Raises:
        PermissionDeniedError: the actor reads no facts.
    """
    rows = await repository.others(patterns(actor, READERS), organisation.like(search), MOST)
    return [OtherView(**row) for row in rows]


async def get_other(other_id: UUID, *, actor: Actor) -> OtherView:
    """Return one subject outside the tree.

    Raises:
        NotFoundError: there is none for this person.
    """
    row = await repository.other(other_id)
    if row is None or not actor.can(READERS, row["path"]):
        raise NotFoundError
    return OtherView(**row)


async def save_other(other_id: UUID | None, typed: Mapping[str, str], *, actor: Actor) -> UUID:
    """Write somebody outside the tree, new (None) or again; return the id.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's.
        InvalidInputError: fields name, kind, address, note, unit_id.
    """
    paths_of(actor, FACT_WRITERS)
    if other_id is not None:
        actor.require(FACT_WRITERS, (await get_other(other_id, actor=actor)).path)
    form = Typed(typed)
    name = form.text("name", missing=phrases.NO_NAME)
    values: dict[str, Any] = {
        "name": name,
        "kind": form.choice("kind", phrases.OTHER_KINDS, phrases.BAD_KIND),
        "address": form.text("address"),
        "note": form.text("note", most=1000),
        "search_name": fold(name),
        "sort_key": sort_key(name),
    }
    values["unit_id"] = await chosen_unit(typed, form, actor)
    form.done()
    saved = other_id or new_id()
    await repository.save_other(saved, values, actor.account_id)
    return saved


async def chosen_unit(typed: Mapping[str, str], form: Typed, actor: Actor) -> UUID | None:
    """Return the unit of a form where the actor may write; what is wrong goes to the form."""
    try:
        unit_id = await choosing.chosen(
            typed.get("unit_id", ""), field="unit_id", missing=phrases.NO_UNIT, actor=actor
        )
    except InvalidInputError as error:
        form.errors |= error.fields
        return None
    if not await organisation.is_under(unit_id, FACT_WRITERS, actor=actor):
        form.errors["unit_id"] = phrases.ROW_NOT_YOURS
    return unit_id
