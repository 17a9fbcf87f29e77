"""The register of initiatives: what was found, by whom, and which paper says so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import asking, phrases
from core.eligibility import repository_initiatives as repository
from core.eligibility.access import FACT_WRITERS, READERS, paths_of, patterns
from core.eligibility.forms import Typed
from core.eligibility.schemas import InitiativeView, UseView
from core.eligibility.subjects import File, chosen_unit, keep_file
from core.errors import NotFoundError
from core.kit.i18n import fold, nfc, sort_key
from core.kit.ids import new_id
from core.organisation import service as organisation

PAGE = 50


class InitiativePage(msgspec.Struct, frozen=True):
    """One page of initiatives; `after` is the id to go on from, or None."""

    rows: tuple[InitiativeView, ...]
    after: UUID | None


class Author(msgspec.Struct, frozen=True):
    """A line of the field of authors."""

    line: int
    name: str
    code: str
    share: int | None


async def list_initiatives(
    *, actor: Actor, search: str = "", year: int | None = None, after: UUID | None = None
) -> InitiativePage:
    """Return one page of the initiatives of the actor's branches, by name.

    Raises:
        PermissionDeniedError: the actor reads no facts.
    """
    rows = await repository.page(
        patterns(actor, READERS), organisation.like(search), year, after, PAGE + 1
    )
    shown = tuple(InitiativeView(**row) for row in rows[:PAGE])
    return InitiativePage(shown, shown[-1].id if len(rows) > PAGE else None)


async def get_initiative(initiative_id: UUID, *, actor: Actor) -> InitiativeView:
    """Return one initiative with its authors and where it is used.

    Raises:
        NotFoundError: there is none for this person.
    """
    row = await repository.initiative(initiative_id)
    if row is None or not actor.can(READERS, row["path"]):
        raise NotFoundError
    return InitiativeView(**row)


async def uses_of(initiative_id: UUID, *, actor: Actor) -> list[UseView]:
    """Return the nominations that rest on an initiative (errors as `get_initiative`)."""
    await get_initiative(initiative_id, actor=actor)
    return [UseView(**row) for row in await repository.uses(initiative_id)]


async def save_initiative(
    initiative_id: UUID | None,
    typed: Mapping[str, str],
    *,
    file: File | None = None,
    actor: Actor,
) -> UUID:
    """Write an initiative, new (None) or again; return its id.

    Authors are typed one a line: name, or name; code of the unit; share in per cent.

    Raises:
        NotFoundError, PermissionDeniedError: not the actor's unit.
        InvalidInputError: fields name, unit_id, year, level, certificate_date, authors, file, …
    """
    paths_of(actor, FACT_WRITERS)
    if initiative_id is not None:
        actor.require(FACT_WRITERS, (await get_initiative(initiative_id, actor=actor)).path)
    form = Typed(typed)
    name = form.text("name", missing=phrases.NO_NAME)
    values: dict[str, Any] = {
        "name": name,
        "year": form.year(),
        "level": form.choice("level", phrases.LEVELS, phrases.BAD_LEVEL),
        "certificate_number": form.text("certificate_number", most=100),
        "certificate_date": form.day("certificate_date", required=False),
        "issuer": form.text("issuer"),
        "effect": form.text("effect", most=4000),
        "search_name": fold(name),
        "sort_key": sort_key(name),
    }
    unit_id = await chosen_unit(typed, form, actor)
    authors = _authors(typed.get("authors", ""), form)
    people = await _people(authors, unit_id, form) if unit_id else []
    form.done()
    if unit_id is None:
        raise NotFoundError
    values["file_id"] = await keep_file(file, purpose="evidence", unit_id=unit_id, actor=actor)
    saved = initiative_id or new_id()
    await repository.save(saved, unit_id, values, actor.account_id)
    await repository.save_authors(saved, people)
    await asking.ask([unit_id, *(person for person, _, _ in people)], "asked")
    return saved


def _authors(text: str, form: Typed) -> list[Author]:
    found = []
    for number, line in enumerate(nfc(text).splitlines(), 1):
        parts = [" ".join(part.split()) for part in line.split(";")]
        if not parts[0]:
            continue
        shares = [part.removesuffix("%").strip() for part in parts[1:] if _is_share(part)]
        codes = [part for part in parts[1:] if part and not _is_share(part)]
        share = int(shares[0]) if shares and shares[0].isdecimal() else None
        if shares and (share is None or not 1 <= share <= 100):
            form.errors["authors"] = phrases.AUTHOR_SHARE.format(line=number)
        found.append(Author(number, parts[0], codes[0] if codes else "", share))
    total = sum(author.share or 0 for author in found)
    if total > 100:
        form.errors.setdefault("authors", phrases.AUTHOR_SUM.format(total=total))
    if not found:
        form.errors["authors"] = phrases.NO_AUTHOR
    return found


def _is_share(part: str) -> bool:
    return part.endswith("%")


async def _people(
    authors: Sequence[Author], unit_id: UUID, form: Typed
) -> list[tuple[UUID, int | None, bool]]:
    """Return (person, share, is_main) of the authors; what is wrong goes to the form."""
    codes = sorted({author.code for author in authors if author.code})
    rows = await repository.people(sorted({fold(a.name) for a in authors}), unit_id, codes)
    found: list[tuple[UUID, int | None, bool]] = []
    for author in authors:
        here = [row for row in rows if fold(row["wanted"]) == fold(author.code)]
        if not here:
            form.errors.setdefault(
                "authors", phrases.AUTHOR_UNIT.format(line=author.line, code=author.code)
            )
            continue
        same = [row for row in here if row["search_name"] == fold(author.name)]
        sentence = ""
        if len(same) != 1:
            sentence = phrases.AUTHOR_SEVERAL if same else phrases.AUTHOR_UNKNOWN
        elif any(same[0]["id"] == person for person, _, _ in found):
            sentence = phrases.AUTHOR_TWICE
        if sentence:
            words = sentence.format(line=author.line, name=author.name, unit=here[0]["unit_name"])
            form.errors.setdefault("authors", words)
            continue
        found.append((same[0]["id"], author.share, not found))
    return found
