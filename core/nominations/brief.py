"""One page on a candidate for the council: facts, findings, opinions, past awards, conflicts."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.eligibility import service as eligibility
from core.eligibility.schemas import CheckView
from core.kit import db
from core.nominations import handling, parts, writing
from core.nominations import repository_parts as store
from core.nominations.proposing import get_nomination
from core.nominations.schemas import AppraisalRow, EvidenceRow, NominationRow

PAST = 20
_PAST = """
SELECT award, issuer, occasion, year, decision_number, decided_on, state FROM award_grant
WHERE subject_id = $1 ORDER BY decided_on DESC, id LIMIT $2
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
    """Everything that stands on the page; `sections`: (title, ((label, text), …))."""

    row: NominationRow
    sections: list[tuple[str, list[tuple[str, str]]]]
    initiatives: list[str]
    check: CheckView | None
    appraisals: list[AppraisalRow]
    past: list[PastAward]
    also: list[Also]
    files: list[EvidenceRow]


async def get_brief(nomination_id: UUID, *, actor: Actor) -> Brief:
    """Return the page on one candidate: what was sent, never what is being written.

    Raises:
        NotFoundError: there is no such nomination for this person.
    """
    row = await get_nomination(nomination_id, actor=actor)
    versions = await store.versions(nomination_id, 1)
    content: dict[str, Any] = versions[0]["content"] if versions else {"parts": []}
    past = await db.fetch(_PAST, row.subject_id, PAST)
    also = await db.fetch(_ALSO, row.subject_id, row.id, PAST)
    return Brief(
        row=row,
        sections=[
            (part["title"], [(label, text) for _, label, text in part["lines"]])
            for part in content["parts"]
            if part["lines"] and part["key"] != parts.COMMITMENT
        ],
        initiatives=[f"{each['name']} ({each['year']})" for each in content.get("initiatives", ())],
        check=await eligibility.findings_of(nomination_id, actor=actor),
        appraisals=await handling.appraisals(row),
        past=[PastAward(*each.values()) for each in past],
        also=[Also(*each.values()) for each in also],
        files=await writing.files(row),
    )
