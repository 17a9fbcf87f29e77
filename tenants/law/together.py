"""Many rows confirmed by one decision: the file once, every row a decision, all or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.accounts.schemas import Actor, Role
from core.errors import InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc
from core.law import service as law
from core.law.schemas import Kind, Parameter
from tenants.law import phrases, repository, typed
from tenants.law.schemas import Paper
from tenants.law.service import LONGEST_NOTE, confirmable, decided, department_for, keep_file

ADMIN = (Role.TENANT_ADMIN,)


async def waiting(day: str = "", *, actor: Actor) -> dict[str, list[Parameter]]:
    """Return what is used and waits for the department's confirmation on a day, by theme.

    Args:
        day: ISO; '' = today.

    Raises:
        PermissionDeniedError: not the administrator of the department.
    """
    await department_for(actor, ADMIN)
    on = _day(day)
    found: dict[str, list[Parameter]] = {}
    for key in dict.fromkeys(row.key for row in law.parameters()):
        row = _row(key, on)
        if row and row.used and confirmable(row):
            found.setdefault(row.theme, []).append(row)
    return found


async def confirm_many(keys: Sequence[str], day: str, paper: Paper, *, actor: Actor) -> int:
    """Confirm the rows of some keys that are in force on a day; return how many.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        InvalidInputError: nothing chosen, a row that does not wait (`keys`), or a field is wrong.
        PayloadTooLargeError, UnavailableError: the file is not taken.
    """
    department = await department_for(actor, ADMIN)
    chosen, on = sorted(set(keys)), _day(day)
    for key in chosen:
        await repository.lock(key)
    wrong = typed.Sentences()
    rows = _chosen(chosen, on, wrong)
    number, dated = typed.paper(paper, wrong)
    wrong.check()
    file_id = await keep_file(actor, department, paper)
    for row in rows:
        await repository.insert(
            key=row.key, kind=Kind.CONFIRM, value=row.value, valid_from=row.valid_from,
            valid_to=row.valid_to, number=number, dated=dated or on, file_id=file_id,
            note=nfc(paper.note.strip())[:LONGEST_NOTE], account_id=actor.account_id,
        )  # fmt: skip
    await decided(chosen)
    return len(rows)


def _chosen(keys: Sequence[str], on: date, wrong: typed.Sentences) -> list[Parameter]:
    if not keys:
        wrong["keys"] = phrases.NONE_CHOSEN
    found = []
    for key in keys:
        row = _row(key, on)
        if row and confirmable(row):
            found.append(row)
        else:
            wrong["keys"] = phrases.NOT_WAITING.format(label=row.label if row else key[:60])
    return found


def _row(key: str, on: date) -> Parameter | None:
    try:
        return law.parameter(key, on)
    except law.LawParameterError:
        return None


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        if text:
            raise InvalidInputError(fields={"day": phrases.BAD_DAY}) from error
        return clock.today()
