"""What waits for a person in award matters, from the open round to the print (one statement)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Role
from core.kit import db
from core.nominations import access

WAITING = 30
SECRETARIES = (Role.COUNCIL_SECRETARY, Role.OFFICER)
APPROVERS = (Role.DEPARTMENT_HEAD, Role.UNIT_HEAD)
NUMBERERS = (Role.RECORDS_CLERK, Role.UNIT_CLERK)
PRINTERS = (Role.RECORDS_CLERK, Role.OFFICER)
# $1 proposers' paths, $2 officers', $3 secretaries', $4 approvers', $5 numberers', $6 printers',
# $7 the person's account, $8 how many; a later room's rows are read by SQL only (ADR 8).
_WAITING = """
SELECT * FROM (
SELECT 1 AS place, 'returned' AS what, n.id, n.subject_name AS name, n.award,
    r.name AS round_name, 1::bigint AS n, (SELECT min(t.due_at) FROM nomination_return t
        WHERE t.tenant_id = n.tenant_id AND t.nomination_id = n.id AND t.answered_at IS NULL)
        AS due_at
FROM nomination n JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
WHERE n.state = 'returned' AND u.path LIKE ANY ($1)
UNION ALL
SELECT 2, 'vote', m.id, m.title, '', c.name, count(*) FILTER (WHERE k.state = 'open'), m.starts_at
FROM council_meeting m JOIN council c ON c.tenant_id = m.tenant_id AND c.id = m.council_id
JOIN meeting_seat s ON s.tenant_id = m.tenant_id AND s.meeting_id = m.id
JOIN council_member b ON b.tenant_id = s.tenant_id AND b.id = s.member_id
LEFT JOIN meeting_case k ON k.tenant_id = m.tenant_id AND k.meeting_id = m.id
WHERE m.state <> 'closed' AND $7 IN (b.account_id, s.substitute_account_id)
GROUP BY m.id, m.title, c.name, m.starts_at
UNION ALL
SELECT 3, 'drafts', l.id, u.name, '', r.name, count(*), r.due_at
FROM nomination n
JOIN nomination_list l ON l.tenant_id = n.tenant_id AND l.id = n.list_id
JOIN unit u ON u.tenant_id = l.tenant_id AND u.id = l.unit_id
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
WHERE n.state = 'draft' AND r.state = 'open' AND u.path LIKE ANY ($1)
GROUP BY l.id, u.name, r.name, r.due_at
UNION ALL
SELECT 4, 'round', r.id, u.name, '', r.name, 1, r.due_at
FROM award_round r JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id
JOIN unit u ON u.tenant_id = r.tenant_id AND u.path || '%' = ANY ($1)
WHERE r.state = 'open' AND (r.due_at IS NULL OR r.due_at > official_now())
    AND u.path LIKE o.path || '%' AND NOT EXISTS (SELECT FROM nomination_list l
        WHERE l.tenant_id = r.tenant_id AND l.round_id = r.id AND l.unit_id = u.id)
UNION ALL
SELECT 5, n.state, r.id, o.name, '', r.name, count(*), NULL
FROM nomination n JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id
WHERE n.state IN ('sent', 'received', 'appraisal') AND o.path LIKE ANY ($2)
GROUP BY n.state, o.name, r.id, r.name
UNION ALL
SELECT 6, 'council', NULL, o.name, '', r.name, count(*), NULL
FROM nomination n JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id
WHERE n.state = 'council' AND o.path LIKE ANY ($3) AND NOT EXISTS (SELECT FROM meeting_case k
    WHERE k.tenant_id = n.tenant_id AND k.nomination_id = n.id AND k.state <> 'void')
GROUP BY r.id, r.name, o.name
UNION ALL
SELECT 7, 'meeting', m.id, m.title, '', c.name, 1, m.starts_at
FROM council_meeting m JOIN council c ON c.tenant_id = m.tenant_id AND c.id = m.council_id
JOIN unit o ON o.tenant_id = c.tenant_id AND o.id = c.unit_id
WHERE m.state <> 'closed' AND o.path LIKE ANY ($3)
UNION ALL
SELECT 8, 'submitted', r.id, o.name, '', r.name, count(*), NULL
FROM nomination n JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id
WHERE n.state = 'submitted' AND o.path LIKE ANY ($2) AND NOT EXISTS (SELECT FROM decision_entry e
    JOIN award_decision d ON d.tenant_id = e.tenant_id AND d.id = e.decision_id
    WHERE e.tenant_id = n.tenant_id AND e.nomination_id = n.id AND d.state <> 'annulled')
GROUP BY r.id, r.name, o.name
UNION ALL
SELECT 9, 'decision_' || d.state, d.id, d.title, '', o.name, 1, NULL
FROM award_decision d JOIN unit o ON o.tenant_id = d.tenant_id AND o.id = d.unit_id
WHERE (d.state = 'draft' AND o.path LIKE ANY ($2))
    OR (d.state = 'review' AND o.path LIKE ANY ($4))
    OR (d.state IN ('approved', 'numbered') AND o.path LIKE ANY ($5))
UNION ALL
SELECT 10, 'print', d.id, d.number_text, '', d.title, count(*), NULL
FROM award_decision d JOIN unit o ON o.tenant_id = d.tenant_id AND o.id = d.unit_id
JOIN award_grant g ON g.tenant_id = d.tenant_id AND g.decision_id = d.id
WHERE d.kind = 'award' AND d.state = 'issued' AND g.state = 'in_force' AND o.path LIKE ANY ($6)
    AND NOT EXISTS (SELECT FROM certificate c
        JOIN certificate_print p ON p.tenant_id = c.tenant_id AND p.certificate_id = c.id
        WHERE c.tenant_id = g.tenant_id AND c.grant_id = g.id)
GROUP BY d.id, d.number_text, d.title
) AS found ORDER BY place, due_at NULLS LAST, round_name, name LIMIT $8
"""
_PAGES = {
    "returned": "/de-nghi/{id}",
    "vote": "/hop/{id}",
    "drafts": "/khen-thuong/danh-sach/{id}",
    "round": "/khen-thuong/dot/{id}",
    "council": "/hoi-dong",
    "meeting": "/hoi-dong/hop/{id}",
    "submitted": "/quyet-dinh/dot/{id}",
    "print": "/giay-khen/quyet-dinh/{id}",
}


class Waiting(msgspec.Struct, frozen=True):
    """Something that waits; `what` names the step, `due_at` its last day or a meeting's hour."""

    what: str
    id: UUID | None
    name: str
    award: str
    round_name: str
    n: int
    due_at: datetime | None

    @property
    def href(self) -> str:
        """Where it is done."""
        if self.what.startswith("decision_"):
            return f"/quyet-dinh/{self.id}"
        if self.what in _PAGES:
            return _PAGES[self.what].format(id=self.id)
        return f"/khen-thuong/dot/{self.id}/de-nghi?trang-thai={self.what}"


async def waiting(*, actor: Actor) -> list[Waiting]:
    """Return what waits for this person in award matters (one statement)."""
    paths = [
        [f"{path}%" for path in actor.paths(roles)]
        for roles in (
            access.PROPOSERS, access.HANDLERS, SECRETARIES, APPROVERS, NUMBERERS, PRINTERS,
        )
    ]  # fmt: skip
    rows = await db.fetch(_WAITING, *paths, actor.account_id, WAITING)
    return [Waiting(*list(row.values())[1:]) for row in rows]
