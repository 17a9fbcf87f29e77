"""Yearly ratings: provisional now, official when they come; both are kept, the official counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import asking, phrases
from core.eligibility import repository_ratings as repository
from core.eligibility.access import OFFICER, READERS, patterns
from core.eligibility.forms import Typed
from core.eligibility.schemas import Scope, Subject
from core.eligibility.subjects import File, get_subject, keep_file
from core.organisation import service as organisation

PAGE = 50
OF_KIND = {"unit": (Scope.UNIT, Scope.LEADERSHIP), "person": (Scope.PERSON,), "other": ()}


class RatingRow(msgspec.Struct, frozen=True):
    """One rating in a list."""

    id: UUID
    subject_id: UUID
    year: int
    scope: str
    rating: str
    state: str
    basis: str
    file_id: UUID | None
    recorded_at: datetime
    recorded_by: str
    name: str
    unit_name: str


class RatingPage(msgspec.Struct, frozen=True):
    """One page of ratings; `after` is the id to go on from, or None."""

    rows: tuple[RatingRow, ...]
    after: UUID | None


async def list_ratings(
    *,
    actor: Actor,
    search: str = "",
    year: int | None = None,
    state: str = "",
    scope: str = "",
    after: UUID | None = None,
) -> RatingPage:
    """Return one page of the ratings of the actor's branches, the newest year first.

    Raises:
        PermissionDeniedError: the actor reads no facts.
    """
    rows = await repository.page(
        patterns(actor, READERS), organisation.like(search), year, state, scope, after, PAGE + 1
    )
    shown = tuple(RatingRow(**row) for row in rows[:PAGE])
    return RatingPage(shown, shown[-1].id if len(rows) > PAGE else None)


async def ratings_of(subject_id: UUID, *, actor: Actor) -> list[RatingRow]:
    """Return the ratings of a subject, newest year first (errors as `get_subject`)."""
    await get_subject(subject_id, actor=actor)
    return [RatingRow(**row) for row in await repository.of_subject(subject_id)]


async def record_rating(
    subject_id: UUID, typed: Mapping[str, str], *, file: File | None = None, actor: Actor
) -> tuple[Subject, int]:
    """Write one rating of a subject; its nominations are checked again by a job.

    `typed`: year, scope, rating, state (official | provisional), basis.

    Raises:
        NotFoundError: no such subject for this person.
        PermissionDeniedError: not an officer there.
        InvalidInputError: fields year, scope, rating, state, basis, file.
    """
    subject = await get_subject(subject_id, actor=actor)
    actor.require(OFFICER, subject.path)
    form = Typed(typed)
    year = form.year("rating_year")
    scopes = {each.value: phrases.SCOPES[each.value] for each in OF_KIND[subject.kind]}
    scope = form.choice("scope", scopes, phrases.BAD_SCOPE)
    rating = form.choice("rating", phrases.RATINGS, phrases.BAD_RATING)
    state = form.choice("state", phrases.STATES, phrases.BAD_STATE)
    basis = form.text("basis", missing=phrases.NO_BASIS)
    form.done()
    file_id = await keep_file(file, purpose="evidence", unit_id=subject.unit_id, actor=actor)
    unit_id = subject.id if subject.kind == "unit" else None
    person_id = subject.id if subject.kind == "person" else None
    changed = await repository.save(
        [(subject.id, unit_id, person_id, year, scope, rating, basis)],
        state=state,
        file_id=file_id,
        account_id=actor.account_id,
    )
    await asking.ask(changed, "ratings")
    return subject, year
