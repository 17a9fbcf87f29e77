"""Steps that belong to another room: the council's, and those under a paper that is approved."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from core.errors import ConflictError
from core.kit import clock, db
from core.law import service as law
from core.nominations import phrases
from core.nominations.moving import lock
from core.nominations.schemas import NominationRow
from core.nominations.states import Action, State

# Steps that take a nomination out from under a decision or letter.
OUT = (Action.WITHDRAW, Action.BACK_TO_APPRAISAL, Action.REJECT)
_IN_PAPER = """
SELECT n.subject_name FROM nomination AS n WHERE n.id = ANY ($1::uuid[]) AND EXISTS (
    SELECT FROM decision_entry AS e JOIN award_decision AS d
        ON d.tenant_id = e.tenant_id AND d.id = e.decision_id
    WHERE e.tenant_id = n.tenant_id AND e.nomination_id = n.id
        AND d.state IN ('approved', 'numbered'))
ORDER BY n.sort_key, n.id LIMIT 6
"""
_LOWERED = """
SELECT n.subject_name, k.lower_award FROM nomination AS n
CROSS JOIN LATERAL (SELECT c.outcome, c.lower_award, c.sealed_at FROM meeting_case AS c
    WHERE c.tenant_id = n.tenant_id AND c.nomination_id = n.id AND c.state = 'sealed'
    ORDER BY c.sealed_at DESC LIMIT 1) AS k
WHERE n.id = ANY ($1::uuid[]) AND k.outcome = 'lower' AND NOT EXISTS (
    SELECT FROM nomination_event AS e WHERE e.tenant_id = n.tenant_id AND e.nomination_id = n.id
        AND e.action = 'lower' AND e.at >= k.sealed_at)
ORDER BY n.sort_key, n.id LIMIT 1
"""


def refusal(row: NominationRow, action: Action) -> str:
    """Return why an officer may not take this step for the council; '' where nothing speaks
    against it (awards by secret ballot: NĐ 98/2023/NĐ-CP, Điều 30 khoản 7).
    """
    if row.state == State.COUNCIL and action in (Action.SUBMIT, Action.REJECT):
        return phrases.COUNCIL_DECIDES.format(name=row.subject_name)
    if row.state != State.APPRAISAL or action is not Action.SUBMIT:
        return ""
    if row.award_kind in law.names("awards_by_secret_ballot", clock.today()):
        return phrases.COUNCIL_NEEDED.format(name=row.subject_name, award=row.award)
    return ""


def require_open(rows: Sequence[NominationRow], action: Action) -> None:
    """Refuse a step that only the council takes.

    Raises:
        ConflictError: code `council_decides`; names the first that it stops.
    """
    for row in rows:
        if why := refusal(row, action):
            raise ConflictError(why, code="council_decides")


async def require_no_paper(nomination_ids: Sequence[UUID], action: Action) -> None:
    """Refuse to take a nomination out from under a paper that is approved or numbered.

    Raises:
        ConflictError: code `in_approved_paper`; names who.
    """
    if action not in OUT:
        return
    await lock(nomination_ids)  # who approves a paper locks them too: one sees the other
    names = [row["subject_name"] for row in await db.fetch(_IN_PAPER, list(nomination_ids))]
    if names:
        shown = ", ".join(names[:5]) + (" …" if len(names) > 5 else "")
        raise ConflictError(phrases.IN_PAPER.format(names=shown), code="in_approved_paper")


async def require_not_lowered(nomination_ids: Sequence[UUID], action: Action) -> None:
    """Refuse to submit the award for which the council agreed to a lower one only.

    Raises:
        ConflictError: code `lowered`; names who, and the award that was agreed to.
    """
    if action is not Action.SUBMIT:
        return
    for row in await db.fetch(_LOWERED, list(nomination_ids)):
        sentence = phrases.LOWERED.format(name=row["subject_name"], award=row["lower_award"])
        raise ConflictError(sentence, code="lowered")
