"""Pages of subjects: search, what is known of one, and those outside the tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from litestar import get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.eligibility import access, catalogue, holds, phrases, ratings, subjects
from core.eligibility.routes_common import (
    OFFICER,
    OTHERS,
    READ,
    REFUSED,
    SUBJECTS,
    WRITE,
    AnyRequest,
    Refusal,
    errors_of,
    form_of,
)
from core.kit import clock
from core.kit.templates import page, redirect
from core.organisation import choosing


@get(SUBJECTS, name="eligibility.subjects", opt=READ)
async def list_subjects(
    request: AnyRequest,
    tim: FromQuery[str] = "",
    loai: FromQuery[str] = "",
    sau: FromQuery[UUID | None] = None,
) -> Response[str]:
    """Find a unit, a person or somebody outside the tree."""
    found = await subjects.list_subjects(actor=actor_of(request), search=tim, kind=loai, after=sau)
    query = {"tim": tim, "loai": loai, "sau": found.after}
    return page(
        request,
        "eligibility/subjects.html",
        rows=found.rows,
        search=tim,
        kind=loai,
        words=phrases,
        more=f"{SUBJECTS}?{urlencode(query)}" if found.after else "",
    )


@get(f"{SUBJECTS}/{{subject_id:uuid}}", name="eligibility.subject", opt=READ)
async def show_subject(request: AnyRequest, subject_id: FromPath[UUID]) -> Response[str]:
    """Show what is known of one subject, with the forms to write more."""
    return await _subject(request, subject_id, {}, None)


@post(f"{SUBJECTS}/{{subject_id:uuid}}/khai", name="eligibility.declare", opt=WRITE)
async def declare(request: AnyRequest, subject_id: FromPath[UUID]) -> Response[Any]:
    """Write the facts of a year."""
    form, file = await form_of(request)
    try:
        subject, year = await subjects.declare_facts(
            subject_id, form, file=file, actor=actor_of(request)
        )
    except REFUSED as error:
        return await _subject(request, subject_id, form, error)
    flash = phrases.FACTS_SAVED.format(year=year, name=subject.name)
    return redirect(f"{SUBJECTS}/{subject_id}?nam={year}", flash=flash)


@post(f"{SUBJECTS}/{{subject_id:uuid}}/xep-loai", name="eligibility.rate", opt=OFFICER)
async def rate(request: AnyRequest, subject_id: FromPath[UUID]) -> Response[Any]:
    """Write a rating."""
    form, file = await form_of(request)
    try:
        subject, year = await ratings.record_rating(
            subject_id, form, file=file, actor=actor_of(request)
        )
    except REFUSED as error:
        return await _subject(request, subject_id, form, error)
    flash = phrases.RATING_SAVED.format(year=year, name=subject.name)
    return redirect(f"{SUBJECTS}/{subject_id}", flash=flash)


@post(f"{SUBJECTS}/{{subject_id:uuid}}/tam-dung", name="eligibility.hold", opt=OFFICER)
async def hold(request: AnyRequest, subject_id: FromPath[UUID]) -> Response[Any]:
    """Put a subject on hold."""
    form, file = await form_of(request)
    try:
        subject = await holds.make_hold(subject_id, form, file=file, actor=actor_of(request))
    except REFUSED as error:
        return await _subject(request, subject_id, form, error)
    return redirect(f"{SUBJECTS}/{subject_id}", flash=phrases.HOLD_MADE.format(name=subject.name))


async def _subject(
    request: AnyRequest, subject_id: UUID, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor = actor_of(request)
    subject = await subjects.get_subject(subject_id, actor=actor)
    facts = await subjects.facts_of(subject_id, actor=actor)
    asked = request.query_params.get("nam", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else clock.today().year
    return page(
        request,
        "eligibility/subject.html",
        status_code=error.status if error else 200,
        subject=subject,
        year=form.get("year") or year,
        facts=facts,
        now_known={fact.key: fact for fact in facts if fact.year == year},
        keys=catalogue.keys_of(subject.kind),
        labels=catalogue.LABELS,
        value_words=catalogue.value_words,
        ratings=await ratings.ratings_of(subject_id, actor=actor),
        scopes={each.value: phrases.SCOPES[each.value] for each in ratings.OF_KIND[subject.kind]},
        holds=await holds.holds_of(subject_id, actor=actor),
        awards=await subjects.awards_of(subject_id, actor=actor),
        may_declare=actor.can(access.FACT_WRITERS, subject.path),
        may_rate=actor.can(access.OFFICER, subject.path),
        sees_holds=actor.can(access.HOLD_READERS, subject.path),
        today=clock.today(),
        words=phrases,
        form=form,
        errors=errors_of(error),
        detail=error.detail if error else "",
    )


@get(OTHERS, name="eligibility.others", opt=READ)
async def list_others(request: AnyRequest, tim: FromQuery[str] = "") -> Response[str]:
    """List the subjects outside the tree."""
    actor = actor_of(request)
    return page(
        request,
        "eligibility/others.html",
        rows=await subjects.list_others(actor=actor, search=tim),
        search=tim,
        may_write=actor.has(access.FACT_WRITERS),
        words=phrases,
    )


@get(f"{OTHERS}/them", name="eligibility.other_new", opt=WRITE)
async def new_other(request: AnyRequest) -> Response[str]:
    """Show the form of a new subject outside the tree."""
    access.paths_of(actor_of(request), access.FACT_WRITERS)
    return await _other(request, None, {}, None)


@post(f"{OTHERS}/them", name="eligibility.other_add", opt=WRITE)
async def add_other(request: AnyRequest) -> Response[Any]:
    """Write a new subject outside the tree."""
    return await _save_other(request, None)


@get(f"{OTHERS}/{{other_id:uuid}}", name="eligibility.other", opt=READ)
async def show_other(request: AnyRequest, other_id: FromPath[UUID]) -> Response[str]:
    """Show the form of a subject outside the tree."""
    other = await subjects.get_other(other_id, actor=actor_of(request))
    form = {
        "name": other.name,
        "kind": other.kind,
        "address": other.address,
        "note": other.note,
        "unit_id": str(other.unit_id),
    }
    return await _other(request, other_id, form, None)


@post(f"{OTHERS}/{{other_id:uuid}}", name="eligibility.other_save", opt=WRITE)
async def save_other(request: AnyRequest, other_id: FromPath[UUID]) -> Response[Any]:
    """Write a subject outside the tree again."""
    return await _save_other(request, other_id)


async def _save_other(request: AnyRequest, other_id: UUID | None) -> Response[Any]:
    form, _ = await form_of(request)
    try:
        await subjects.save_other(other_id, form, actor=actor_of(request))
    except REFUSED as error:
        return await _other(request, other_id, form, error)
    return redirect(OTHERS, flash=phrases.OTHER_SAVED.format(name=form.get("name", "")))


async def _other(
    request: AnyRequest, other_id: UUID | None, form: Mapping[str, str], error: Refusal | None
) -> Response[str]:
    actor = actor_of(request)
    return page(
        request,
        "eligibility/other.html",
        status_code=error.status if error else 200,
        other_id=other_id,
        form=form,
        units=await choosing.choices(actor=actor),
        own_unit=actor.unit_id,
        may_write=actor.has(access.FACT_WRITERS),
        words=phrases,
        errors=errors_of(error),
        detail=error.detail if error else "",
    )


handlers: list[Any] = [
    list_subjects, show_subject, declare, rate, hold, list_others, new_other, add_other,
    show_other, save_other,
]  # fmt: skip
