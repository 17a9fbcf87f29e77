"""What an operator does about the end of a department: ask for its deletion, take that back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from msgspec.structs import replace

from core.accounts.schemas import SYSTEM, Actor
from core.errors import InvalidInputError
from core.kit import clock, db
from core.kit.scope import tenant_scope
from core.law import service as law
from tenants import service as tenants
from tenants.life import service as life
from tenants.platform import phrases
from tenants.platform.departments import Department
from tenants.platform.repository_operation import note
from tenants.platform.schemas import Operator


async def waiting_days(department: Department) -> int:
    """Return how many whole days a request waits in a department (row `deletion_waiting`)."""
    async with _inside(department, phrases.ASKS_DELETION):
        return law.value("deletion_waiting", clock.today())


async def request_deletion(
    department: Department, operator: Operator, *, reason: str, decision: str, typed_slug: str
) -> datetime:
    """Ask for the deletion of a department after the waiting period; return when that ends.

    Raises:
        InvalidInputError: no reason, no decision's number, or another slug was typed (fields
            `reason`, `decision_number`, `typed_name`).
        ConflictError: a request waits already.
    """
    try:
        async with _inside(department, phrases.ASKS_DELETION):
            ends = await life.request_deletion(
                actor=_actor(operator),
                reason=reason,
                decision_number=decision,
                name=department.slug,
                typed_name=typed_slug,
            )
    except InvalidInputError as error:
        if "typed_name" not in error.fields:
            raise
        wrong = {"typed_name": phrases.WRONG_SLUG.format(slug=department.slug)}
        raise InvalidInputError(fields={**error.fields, **wrong}) from error
    tenants.forget_hosts()
    await note("ask_deletion", department.slug, department.id, {})
    return ends


async def keep(department: Department, operator: Operator) -> None:
    """Take the request to delete a department back, whoever asked for it.

    Raises:
        ConflictError: none waits.
    """
    async with _inside(department, phrases.KEEPS):
        await life.keep(actor=_actor(operator))
    tenants.forget_hosts()
    await note("keep", department.slug, department.id, {})


@asynccontextmanager
async def _inside(department: Department, reason: str) -> AsyncIterator[None]:
    """Work inside the department, as the application's role, in a transaction of its own."""
    with db.as_application(), tenant_scope(department.id, reason=reason):
        async with db.separate_transaction():
            yield


def _actor(operator: Operator) -> Actor:
    """Return who acts in the department: the system, with the operator's name beside it."""
    name = phrases.OPERATOR_NAME.format(name=operator.display_name)
    return replace(SYSTEM, display_name=name)
