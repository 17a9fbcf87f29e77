"""The receiving side: receive, return parts, appraise, pass on, refuse; one or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from core.accounts.schemas import Actor
from core.eligibility import service as eligibility
from core.eligibility.blocking import refuse_blocked
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock, db
from core.kit.i18n import nfc
from core.kit.ids import new_id
from core.nominations import access, gates, notices, parts, phrases, repository
from core.nominations import repository_parts as store
from core.nominations.moving import move
from core.nominations.proposing import visible
from core.nominations.schemas import AppraisalRow, NominationRow
from core.nominations.states import WORDS, Action, State, next_state

# Steps that many nominations may take at once, in the order of the course.
BULK = (
    Action.RECEIVE,
    Action.APPRAISE,
    Action.TO_COUNCIL,
    Action.SUBMIT,
    Action.BACK_TO_APPRAISAL,
    Action.REJECT,
)
NEEDS_NOTE = (Action.REJECT, Action.BACK_TO_APPRAISAL)
NEEDS_OPINION = (Action.TO_COUNCIL, Action.SUBMIT)
_APPRAISAL = """
INSERT INTO appraisal (id, nomination_id, recommendation, lower_award, opinion, made_by, made_at)
SELECT v.*, $3, $4, $5, $6, official_now() FROM unnest($1::uuid[], $2::uuid[]) AS v
"""
_WITHOUT_OPINION = """
SELECT n.subject_name FROM nomination n WHERE n.id = ANY ($1) AND NOT EXISTS (
    SELECT FROM appraisal a WHERE a.tenant_id = n.tenant_id AND a.nomination_id = n.id)
ORDER BY n.sort_key, n.id LIMIT 6
"""


async def chosen(
    nomination_ids: Sequence[UUID], *, actor: Actor, round_id: UUID | None = None
) -> list[NominationRow]:
    """Return nominations that this person handles, in the order of their names.

    Raises:
        InvalidInputError: field ids: none, or too many at once.
        NotFoundError: one of them is not there for this person, or in another round.
        PermissionDeniedError: not an officer of the considering unit.
    """
    wanted = set(nomination_ids)
    if not wanted:
        raise InvalidInputError(fields={"ids": phrases.NOTHING_CHOSEN})
    if len(wanted) > phrases.BULK_MAX:
        raise InvalidInputError(fields={"ids": phrases.TOO_MANY.format(n=phrases.BULK_MAX)})
    rows = [NominationRow(**row) for row in await repository.many(list(wanted))]
    if len(rows) != len(wanted) or not all(visible(actor, row) for row in rows):
        raise NotFoundError
    if round_id is not None and any(row.round_id != round_id for row in rows):
        raise NotFoundError
    for row in rows:
        access.require_handler(actor, row)
    return rows


def able(rows: Sequence[NominationRow], action: Action) -> list[NominationRow]:
    """Return those from whose state the step is possible."""
    return [
        row
        for row in rows
        if action in access.steps_from(row.state, (action,)) and not gates.refusal(row, action)
    ]


async def step(
    nomination_ids: Sequence[UUID], action: Action, *, actor: Actor, note: str = ""
) -> dict[UUID, State]:
    """Take nominations one step further, all or none, and tell the units.

    Raises:
        InvalidInputError: field note: the step needs a reason; fields as `chosen`.
        NotFoundError, PermissionDeniedError: as `chosen`.
        ConflictError: one stands elsewhere, or has no opinion yet (code `not_appraised`); the step
            is the council's (`council_decides`); a blocking rule is not met (`not_eligible`); it
            stands in an approved paper (`in_approved_paper`); the council agreed to a lower award
            only (`lowered`).
    """
    rows = await chosen(nomination_ids, actor=actor)
    reason = nfc(note.strip())
    if action in NEEDS_NOTE and not reason:
        raise InvalidInputError(fields={"note": phrases.NO_REASON})
    if len(reason) > phrases.TEXT_MAX:
        raise InvalidInputError(fields={"note": phrases.LONG.format(n=phrases.TEXT_MAX)})
    for row in rows:
        next_state(row.state, action)
    gates.require_open(rows, action)
    ids = [row.id for row in rows]
    await gates.require_no_paper(ids, action)
    await gates.require_not_lowered(ids, action)
    if action in NEEDS_OPINION:
        await _require_opinions(ids)
        await refuse_blocked(ids)
    states = await move(actor=actor, nomination_ids=ids, action=action, note=reason)
    if action is Action.RECEIVE:
        await eligibility.check_nominations(actor=actor, nomination_ids=ids, trigger="received")
    await notices.moved(rows, states, reason)
    return states


async def _require_opinions(ids: Sequence[UUID]) -> None:
    names = [row["subject_name"] for row in await db.fetch(_WITHOUT_OPINION, list(ids))]
    if names:
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        raise ConflictError(phrases.NOT_APPRAISED.format(names=shown), code="not_appraised")


async def receive(nomination_ids: Sequence[UUID], *, actor: Actor) -> dict[UUID, State]:
    """Receive what was sent (errors as `step`)."""
    return await step(nomination_ids, Action.RECEIVE, actor=actor)


async def appraise(
    nomination_ids: Sequence[UUID],
    *,
    recommendation: str,
    opinion: str,
    lower_award: str = "",
    actor: Actor,
) -> None:
    """Write an opinion on nominations that are received or being appraised.

    Raises:
        InvalidInputError: fields recommendation, opinion, lower_award; as `chosen`.
        NotFoundError, PermissionDeniedError: as `chosen`.
        ConflictError: one stands elsewhere.
    """
    rows = await chosen(nomination_ids, actor=actor)
    text = nfc(opinion.strip())
    fields = {}
    if recommendation not in phrases.RECOMMENDATIONS:
        fields["recommendation"] = phrases.NO_RECOMMENDATION
    if not text:
        fields["opinion"] = phrases.NO_OPINION
    elif len(text) > phrases.TEXT_MAX:
        fields["opinion"] = phrases.LONG.format(n=phrases.TEXT_MAX)
    if recommendation == "lower" and not lower_award.strip():
        fields["lower_award"] = phrases.NO_LOWER
    if fields:
        raise InvalidInputError(fields=fields)
    new = [row.id for row in rows if row.state != State.APPRAISAL]
    await move(actor=actor, nomination_ids=new, action=Action.APPRAISE)
    ids = [row.id for row in rows]
    lower = lower_award.strip() if recommendation == "lower" else ""
    await db.execute(
        _APPRAISAL, [new_id() for _ in ids], ids, recommendation, lower, text, actor.account_id
    )


async def appraisals(row: NominationRow, *, actor: Actor) -> list[AppraisalRow]:
    """Return the opinions on a nomination that the person may read, newest first (it is seen)."""
    if not access.reads_opinions(actor, row, state=row.state):
        return []
    return [AppraisalRow(**each) for each in await repository.appraisals(row.id)]


async def return_parts(
    nomination_id: UUID, *, given: Mapping[str, tuple[str, datetime | None]], actor: Actor
) -> NominationRow:
    """Give single parts back, each with its reason and its new (exclusive) day.

    Raises:
        InvalidInputError: field `parts` (none), `reason.<part>`, `due.<part>`.
        NotFoundError, PermissionDeniedError: as `chosen`.
        ConflictError: it stands where nothing can be returned.
    """
    row = (await chosen([nomination_id], actor=actor))[0]
    titles = {part.key: part.title for part in parts.parts_for(row.subject_kind)}
    wanted = {key: value for key, value in given.items() if key in titles}
    if not wanted:
        raise InvalidInputError(fields={"parts": phrases.NO_PART_CHOSEN})
    fields, clean = {}, {}
    for key, (reason, due_at) in wanted.items():
        text = nfc(reason.strip())
        if not text:
            fields[f"reason.{key}"] = phrases.NO_REASON
        if due_at is None or due_at <= clock.now():
            fields[f"due.{key}"] = phrases.NO_NEW_DAY
        else:
            clean[key] = (text[: phrases.TEXT_MAX], due_at)
    if fields:
        raise InvalidInputError(fields=fields)
    said = "; ".join(f"{titles[key]}: {reason}" for key, (reason, _) in clean.items())
    await move(actor=actor, nomination_ids=[row.id], action=Action.RETURN, note=said)
    await store.insert_returns(row.id, clean, actor.account_id)
    due = min(due_at for _, due_at in clean.values())
    await notices.returned(row, [titles[key] for key in clean], due)
    return row


def consequence(action: Action, rows: Sequence[NominationRow]) -> list[str]:
    """Say in words what a step will do to whom (for the page before it)."""
    units = sorted({row.unit_name for row in rows})
    after = WORDS[next_state(rows[0].state, action)]
    shown = ", ".join(units[:5]) + (f" và {len(units) - 5} đơn vị khác" if len(units) > 5 else "")
    sentences = [
        f"{len(rows)} đề nghị chuyển sang trạng thái “{after}”.",
        f"Đơn vị được báo trên hệ thống: {shown}.",
    ]
    return [*sentences, *_MORE.get(action, ())]


_MORE: dict[Action, tuple[str, ...]] = {
    Action.RECEIVE: ("Từ lúc này Sở bắt đầu xem xét hồ sơ.",),
    Action.APPRAISE: ("Sau đó ghi ý kiến thẩm định cho từng đề nghị.",),
    Action.TO_COUNCIL: ("Các đề nghị này sẽ chọn được vào phiên họp của Hội đồng.",),
    Action.SUBMIT: (
        "Chỉ trình thẳng khi hình thức này không phải qua Hội đồng hoặc Hội đồng đã họp ngoài hệ"
        " thống.",
    ),
    Action.REJECT: ("Đơn vị đọc được lý do bạn ghi.",),
    Action.BACK_TO_APPRAISAL: ("Ý kiến thẩm định đã ghi vẫn còn.",),
}
