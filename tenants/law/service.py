"""Legal parameters of the department: read, confirmed, replaced, ended.

Read by administrator, leader and auditor of the department; decided by its administrator.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.eligibility import changes as eligibility
from core.errors import InvalidInputError, NotFoundError, PayloadTooLargeError
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.kit import clock
from core.kit.i18n import fold, nfc, vn_date
from core.kit.scope import current_tenant
from core.law import overrides
from core.law import service as law
from core.law.schemas import Confidence, Decision, Kind, May, Parameter, Value
from core.organisation import service as organisation
from core.organisation.schemas import UnitView
from tenants.law import phrases, repository, typed
from tenants.law.schemas import DecisionView, Line, Paper, ParameterView, Theme

READERS = (Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD, Role.AUDITOR)
LONGEST_NOTE = 2000
RECHECKED = "Điều kiện khen thưởng"
"""The theme of rules by which nominations are checked."""


async def list_parameters(
    *, actor: Actor, search: str = "", theme: str = "", unconfirmed: bool = False
) -> list[Theme]:
    """Return the keys by theme, each with the row in force today.

    `search` ignores case and diacritics and looks at label and basis.

    Raises:
        PermissionDeniedError: not a reader of the department's configuration.
    """
    await department_for(actor, READERS)
    wanted = fold(search.strip())
    themes: dict[str, list[Line]] = {}
    for key in dict.fromkeys(row.key for row in law.parameters()):
        line = _line(key)
        row = line.row
        if theme and row.theme != theme:
            continue
        if unconfirmed and row.is_confirmed:
            continue
        if wanted in fold(f"{row.label} {row.legal_basis} {row.note}"):
            themes.setdefault(row.theme, []).append(line)
    return [
        Theme(name, lines, sum(not line.row.is_confirmed for line in lines))
        for name, lines in themes.items()
    ]


def theme_names() -> list[str]:
    """Return the themes in order."""
    return list(dict.fromkeys(row.theme for row in law.parameters()))


async def get_parameter(key: str, *, actor: Actor) -> ParameterView:
    """Return everything about one key.

    Raises:
        PermissionDeniedError: as above.
        NotFoundError: there is no such key.
    """
    await department_for(actor, READERS)
    line = _line(key)
    views = [_decision_view(row) for row in await repository.decisions(key)]
    writes = actor.has(Role.TENANT_ADMIN)
    return ParameterView(
        row=line.row,
        history=list(reversed(law.history(key))),
        decisions=views,
        may_confirm=writes and confirmable(line.row),
        may_replace=writes and line.row.department_may is May.REPLACE,
        may_end=writes,
    )


async def confirm(key: str, paper: Paper, *, actor: Actor) -> None:
    """Confirm the catalogue's row of today with a decision of the department.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: there is no such key.
        InvalidInputError: a field is wrong, or the row needs no confirmation.
        PayloadTooLargeError, UnavailableError: the file is not taken.
    """
    department = await department_for(actor, (Role.TENANT_ADMIN,))
    row = _line(key).row
    await repository.lock(key)
    wrong = typed.Sentences()
    if row.decision is not None:
        raise InvalidInputError(phrases.CONFIRMED_ALREADY)
    if not confirmable(row):
        raise InvalidInputError(phrases.NOT_CONFIRMABLE)
    number, dated = typed.paper(paper, wrong)
    wrong.check()
    await _decide(
        actor, department, paper, Kind.CONFIRM, key, row.value, row.valid_from, row.valid_to,
        number, dated,
    )  # fmt: skip


async def replace(
    key: str, value: str, valid_from: str, valid_to: str, paper: Paper, *, actor: Actor
) -> Decision:
    """Replace the value of a key from a day on with a decision of the department.

    Raises:
        PermissionDeniedError, NotFoundError, PayloadTooLargeError, UnavailableError: as `confirm`.
        InvalidInputError: a field is wrong, the value is out of its bounds, the days overlap
            another decision, or the key is not the department's to replace.
    """
    department = await department_for(actor, (Role.TENANT_ADMIN,))
    row = _line(key).row
    if row.department_may is not May.REPLACE:
        raise InvalidInputError(phrases.NOT_REPLACEABLE)
    await repository.lock(key)
    wrong = typed.Sentences()
    new_value = typed.value(value, row, wrong)
    first = typed.day(valid_from, "valid_from", wrong, missing=phrases.NO_START)
    last = typed.day(valid_to, "valid_to", wrong)
    typed.ordered(first, last, wrong)
    number, dated = typed.paper(paper, wrong)
    if first and not wrong:
        others = [_decision_view(item) for item in await repository.decisions(key)]
        _check_overlap(others, first, last, wrong)
    wrong.check()
    await _decide(
        actor, department, paper, Kind.REPLACE, key, new_value, first, last, number, dated
    )  # fmt: skip
    made = [_decision_view(item).decision for item in await repository.decisions(key)]
    return made[0]


async def end_decision(decision_id: UUID, day: str, reason: str, *, actor: Actor) -> str:
    """Let a decision hold no more from a day on; before its first day it is revoked whole.

    Returns:
        The sentence that says what happened.

    Raises:
        PermissionDeniedError: not the administrator of the department.
        NotFoundError: there is no such decision.
        InvalidInputError: no day or reason, or it holds no more already.
    """
    await department_for(actor, (Role.TENANT_ADMIN,))
    key = await repository.key_of(decision_id)
    if key is None:
        raise NotFoundError
    await repository.lock(key)
    view = next(
        item
        for item in map(_decision_view, await repository.decisions(key))
        if item.id == decision_id
    )
    wrong = typed.Sentences()
    stop = typed.day(day, "end_day", wrong, missing=phrases.BAD_DAY)
    reason = nfc(reason.strip())[:LONGEST_NOTE]
    if not reason:
        wrong["end_reason"] = phrases.NO_REASON
    wrong.check()
    assert stop  # noqa: S101 -- `check` has refused a missing day
    return await _end(view, stop, reason, actor)


async def _end(view: DecisionView, stop: date, reason: str, actor: Actor) -> str:
    decision = view.decision
    if view.revoked_at:
        raise InvalidInputError(phrases.ENDED_ALREADY)
    if decision.valid_to and stop > decision.valid_to:
        sentence = phrases.LATER_THAN_END.format(end=vn_date(decision.valid_to))
        raise InvalidInputError(fields={"end_day": sentence})
    is_confirmation = decision.kind is Kind.CONFIRM
    if is_confirmation or (decision.valid_from and stop <= decision.valid_from):
        await repository.revoke(view.id, reason, actor.account_id)
        await decided([decision.key])
        return phrases.REVOKED
    await repository.end(view.id, stop - timedelta(days=1), reason)
    await decided([decision.key])
    return phrases.ENDED.format(day=vn_date(stop))


async def _decide(
    actor: Actor,
    department: UnitView,
    paper: Paper,
    kind: Kind,
    key: str,
    value: Value | None,
    first: date | None,
    last: date | None,
    number: str,
    dated: date | None,
) -> None:
    """Keep the file, then the decision."""
    if dated is None or value is None:
        raise InvalidInputError(fields={"file": phrases.NO_FILE})
    file_id = await keep_file(actor, department, paper)
    await repository.insert(
        key=key,
        kind=kind,
        value=value,
        valid_from=first,
        valid_to=last,
        number=number,
        dated=dated,
        file_id=file_id,
        note=nfc(paper.note.strip())[:LONGEST_NOTE],
        account_id=actor.account_id,
    )
    await decided([key])


async def keep_file(actor: Actor, department: UnitView, paper: Paper) -> UUID:
    """Keep the decision on paper; return the file's id.

    Raises:
        InvalidInputError, PayloadTooLargeError: the file is missing or not taken (field `file`).
    """
    if paper.file is None:
        raise InvalidInputError(fields={"file": phrases.NO_FILE})
    name, content = paper.file
    try:
        file = await evidence.store_file(
            actor=actor, name=name, content=content, purpose=Purpose.DECISION, unit_id=department.id
        )
    except (InvalidInputError, PayloadTooLargeError) as error:
        error.fields = error.fields or {"file": error.detail}
        raise
    return file.id


async def decided(keys: Sequence[str]) -> None:
    """Let a change take effect: read anew, and check nominations again where a rule is theirs."""
    overrides.forget(current_tenant())
    if any(row.theme == RECHECKED for key in keys for row in law.history(key)):
        await eligibility.law_changed()


def _check_overlap(
    others: list[DecisionView], first: date, last: date | None, wrong: typed.Sentences
) -> None:
    for view in others:
        other = view.decision
        if view.revoked_at or other.kind is not Kind.REPLACE:
            continue
        begins_after = last is not None and other.valid_from is not None and other.valid_from > last
        ends_before = other.valid_to is not None and other.valid_to < first
        if not (begins_after or ends_before):
            span = phrases.span(other.valid_from, other.valid_to)
            wrong["valid_from"] = phrases.OVERLAP.format(number=other.number, span=span)
            return


async def department_for(actor: Actor, roles: tuple[Role, ...]) -> UnitView:
    """Return the department, for who holds one of the roles there (PermissionDeniedError)."""
    unit = await organisation.department()
    actor.require(roles, unit.path)
    return unit


def _line(key: str) -> Line:
    """Return the row of today, or the next one; and when the value changes next."""
    rows = law.history(key)
    if not rows:
        raise NotFoundError
    today = clock.today()
    decided = overrides.decisions(key)
    starts = [row.valid_from for row in rows]
    starts += [item.valid_from for item in decided if item.kind is Kind.REPLACE]
    later = sorted(day for day in starts if day and day > today)
    try:
        row = law.parameter(key, today)
    except law.LawParameterError:
        row = law.parameter(key, later[0]) if later else rows[-1]
    return Line(row, later[0] if later else None)


def confirmable(row: Parameter) -> bool:
    """Tell whether a row waits for the department's confirmation."""
    return (
        row.confidence is not Confidence.CONFIRMED
        and row.department_may is not May.NOTHING
        and row.decision is None
    )


def _decision_view(row: object) -> DecisionView:
    values = dict(row)  # type: ignore[call-overload]
    return DecisionView(
        decision=overrides.decision_of(values),
        **{name: values[name] for name in DecisionView.__struct_fields__ if name != "decision"},
    )
