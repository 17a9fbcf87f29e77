"""Pages of the ladder: the matrix with its simulator, and what the department chooses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from litestar import Request, get, post
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Role
from core.errors import ConflictError, InvalidInputError
from core.kit import clock, db, numbers
from core.kit.templates import page, redirect
from core.movements import draft, overview
from core.movements import service as movements
from core.movements.phrases import OCCASIONS, SUBJECTS
from core.movements.resolved import years_of
from core.movements.schemas import Draft
from core.movements.sections.inputs import Context, Typed
from core.movements.sections.registry import BY_KEY
from core.nominations import phrases_ladder as phrases
from core.nominations.asking import KIND, OCCASION, YEAR, fields_of, question_of
from core.nominations.ladder_view import get_ladder
from core.nominations.simulating import simulate_on
from core.reports.form_input import typed

AnyRequest = Request[Any, Any, Any]
CHOOSERS = {"access": [Role.TENANT_ADMIN.value, Role.OFFICER.value]}
ADDRESS = "/khen-thuong/thang"
SECTION = BY_KEY["rungs"]
ASKED = {KIND, OCCASION, YEAR}


@get(ADDRESS, name="nominations.ladder", opt={"access": "signed_in"}, include_in_schema=False)
async def show_ladder(request: AnyRequest) -> Response[str]:
    """Show every award of the edition in force; with a question, how far somebody gets and why."""
    actor = actor_of(request)
    given = {key: str(value) for key, value in request.query_params.items()}
    edition = await movements.latest_edition()
    answer, error = None, None
    if edition is not None and ASKED & given.keys():
        try:
            question = question_of(given, edition.plan)
            answer = await simulate_on(
                edition, question.subject_kind, question.occasion, question.year,
                question.facts, clock.today(),
            )  # fmt: skip
        except InvalidInputError as refused:
            error = refused
    return page(
        request,
        "nominations/ladder.html",
        status_code=error.status if error else 200,
        view=await get_ladder(actor=actor),
        given=given,
        answer=answer,
        fields=fields_of(answer.asked, given) if answer else [],
        errors=error.fields if error else {},
        years=years_of(edition.plan) if edition else (),
        this_year=clock.today().year,
        words=phrases,
        occasions=OCCASIONS,
        subjects=SUBJECTS,
    )


@get(f"{ADDRESS}/chon", name="nominations.ladder_choices", opt=CHOOSERS, include_in_schema=False)
async def show_choices(request: AnyRequest) -> Response[str]:
    """Ask for what the plan leaves to the department: occasions, who signs."""
    saved = await movements.get_draft(actor=actor_of(request))
    context = Context(plan=await movements.plan_at_hand())
    return await _choices_page(request, context, SECTION.typed(saved.values), saved)


@post(f"{ADDRESS}/chon", name="nominations.save_choices", opt=CHOOSERS, include_in_schema=False)
async def save_choices(request: AnyRequest) -> Response[Any]:
    """Keep the choices in the draft of the plan; every refusal shows all that was typed."""
    actor = actor_of(request)
    given = await typed(request)
    await draft.require_reader(actor)
    context = Context(plan=await movements.plan_at_hand())
    try:
        reader = Typed(given)
        value = SECTION.read(context, reader)
        reader.finish()
        version = given.get("_version", "")
        async with db.savepoint():
            await draft.save(
                actor=actor, section=SECTION.key, value=value,
                version=numbers.whole(version) or 0,
            )  # fmt: skip
    except (InvalidInputError, ConflictError) as error:
        saved = await draft.read()
        return await _choices_page(request, context, given, saved, error=error)
    return redirect(ADDRESS, flash=phrases.SAVED)


async def _choices_page(
    request: AnyRequest,
    context: Context,
    given: Mapping[str, str],
    saved: Draft,
    *,
    error: InvalidInputError | ConflictError | None = None,
) -> Response[str]:
    stale = isinstance(error, draft.StaleSectionError)
    return page(
        request,
        "nominations/ladder_choices.html",
        status_code=error.status if error else 200,
        groups=SECTION.show(context, given),
        version=saved.version(SECTION.key) if error is None or stale else given.get("_version", 0),
        errors=error.fields if error else {},
        detail=error.detail if error and not stale else "",
        clash=error.detail if error and stale else "",
        theirs=overview.in_words(context.plan, saved.values, SECTION.key) if stale else (),
        may_publish=await movements.may_publish(actor_of(request)),
        words=phrases,
    )


route_handlers = [show_ladder, show_choices, save_choices]
