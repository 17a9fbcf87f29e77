"""One page on a candidate for the council: facts, findings, opinions, past awards, conflicts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.eligibility import service as eligibility
from core.eligibility.schemas import CheckView
from core.kit import db
from core.nominations import handling, parts, writing
from core.nominations import repository_parts as store
from core.nominations.proposing import get_nomination, visible
from core.nominations.schemas import AppraisalRow, EvidenceRow, NominationRow

PAST = 20
_PAST = """
SELECT award, issuer, occasion, year, decision_number, decided_on, state FROM award_grant
WHERE subject_id = $1 ORDER BY decided_on DESC, id LIMIT $2
"""
_SITS = """
SELECT EXISTS (SELECT FROM meeting_case c
JOIN council_meeting t ON t.tenant_id = c.tenant_id AND t.id = c.meeting_id
JOIN meeting_seat s ON s.tenant_id = t.tenant_id AND s.meeting_id = t.id
JOIN council_member m ON m.tenant_id = s.tenant_id AND m.id = s.member_id
WHERE c.nomination_id = $1 AND c.state <> 'void' AND t.state <> 'closed'
  AND (m.account_id = $2 OR s.substitute_account_id = $2))
"""
_ALSO = """
SELECT n.id, n.award, n.state, r.name AS round_name, u.name AS unit_name FROM nomination n
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
WHERE n.subject_id = $1 AND n.id <> $2 AND n.state NOT IN ('draft', 'withdrawn')
ORDER BY n.sent_at DESC NULLS LAST, n.id LIMIT $3
"""


class PastAward(msgspec.Struct, frozen=True):
    """An award that the subject has (`state`: in_force | revoked)."""

    award: str
    issuer: str
    occasion: str
    year: int
    decision_number: str
    decided_on: date
    state: str


class Also(msgspec.Struct, frozen=True):
    """Another nomination of the same subject."""

    id: UUID
    award: str
    state: str
    round_name: str
    unit_name: str


class Brief(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that stands on the page; `sections`: (title, ((label, text), …)).

    `may_open`: whether the person sees the whole nomination and its files, not the brief alone.
    """

    row: NominationRow
    may_open: bool
    sections: list[tuple[str, list[tuple[str, str]]]]
    initiatives: list[str]
    check: CheckView | None
    appraisals: list[AppraisalRow]
    past: list[PastAward]
    also: list[Also]
    files: list[EvidenceRow]


async def get_brief(nomination_id: UUID, *, actor: Actor) -> Brief:
    """Return the page on one candidate: what was sent, never what is being written.

    Who sits in a meeting that has the candidate, as a member or for one, reads it until the
    meeting is over, whatever the person's role.

    Raises:
        NotFoundError: there is no such nomination for this person.
    """
    sits = actor.account_id and await db.fetchval(_SITS, nomination_id, actor.account_id)
    reader = SYSTEM if sits else actor
    row = await get_nomination(nomination_id, actor=reader)
    versions = await store.versions(nomination_id, 1)
    content: dict[str, Any] = versions[0]["content"] if versions else {"parts": []}
    past = await db.fetch(_PAST, row.subject_id, PAST)
    also = await db.fetch(_ALSO, row.subject_id, row.id, PAST)
    return Brief(
        row=row,
        may_open=visible(actor, row),
        sections=[
            (part["title"], [(label, text) for _, label, text in part["lines"]])
            for part in content["parts"]
            if part["lines"] and part["key"] != parts.COMMITMENT
        ],
        initiatives=[f"{each['name']} ({each['year']})" for each in content.get("initiatives", ())],
        check=await eligibility.findings_of(nomination_id, actor=reader),
        appraisals=await handling.appraisals(row, actor=reader),
        past=[PastAward(*each.values()) for each in past],
        also=[Also(*each.values()) for each in also],
        files=await writing.files(row),
    )
