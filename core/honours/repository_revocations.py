"""SQL of revocations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

_ROW = """SELECT r.id, r.grant_id, r.ground, r.facts, r.decision_id, r.money_due, r.money_note,
    r.money_returned_on,
    CASE WHEN r.state = 'proposed' AND d.state = 'issued' THEN 'decided' ELSE r.state END AS state,
    coalesce(d.state, '') AS decision_state, coalesce(d.number_text, '') AS decision_number,
    d.decided_on, coalesce((SELECT sum(f.amount) FROM fund_entry AS f
        WHERE f.tenant_id = r.tenant_id AND f.grant_id = r.grant_id AND f.kind = 'money_back'), 0
    )::bigint AS money_back, coalesce(a.display_name, 'Hệ thống') AS proposed_by, r.proposed_at,
    g.subject_name, g.award, g.decision_number AS grant_number, u.path AS unit_path
FROM revocation AS r JOIN award_grant AS g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id
LEFT JOIN award_decision AS d ON d.tenant_id = r.tenant_id AND d.id = r.decision_id
LEFT JOIN account AS a ON a.tenant_id = r.tenant_id AND a.id = r.proposed_by"""


async def lock_grant(grant_id: UUID) -> Any | None:
    """Lock an award until the transaction ends; return what a revocation needs, or None."""
    return await db.fetchrow(
        """SELECT g.id, g.state, g.source, g.nomination_id, g.decision_id, g.prize_amount,
            u.path AS unit_path, d.unit_id AS decider_id, w.path AS decider_path, EXISTS (
                SELECT FROM revocation AS r WHERE r.tenant_id = g.tenant_id
                AND r.grant_id = g.id AND r.state <> 'dropped') AS is_open
        FROM award_grant AS g JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id
        LEFT JOIN award_decision AS d ON d.tenant_id = g.tenant_id AND d.id = g.decision_id
        LEFT JOIN unit AS w ON w.tenant_id = d.tenant_id AND w.id = d.unit_id
        WHERE g.id = $1 FOR UPDATE OF g""",
        grant_id,
    )


async def together(revocation_id: UUID) -> list[Any]:
    """Return the other proposals without a paper, of the same decision and ground; lock awards.

    The awards are locked in the order of their ids, that of the proposal itself among them.
    """
    rows = await db.fetch(
        """WITH this AS (SELECT r.id, r.ground, g.decision_id FROM revocation AS r
            JOIN award_grant AS g ON g.tenant_id = r.tenant_id AND g.id = r.grant_id
            WHERE r.id = $1)
        SELECT r.id, g.nomination_id FROM this
        JOIN award_grant AS g ON g.decision_id = this.decision_id
        JOIN revocation AS r ON r.tenant_id = g.tenant_id AND r.grant_id = g.id
        WHERE r.ground = this.ground AND r.state = 'proposed' AND r.decision_id IS NULL
        ORDER BY g.id FOR UPDATE OF g""",
        revocation_id,
    )
    return [row for row in rows if row["id"] != revocation_id]


async def names_together(grant_id: UUID) -> dict[UUID, list[str]]:
    """Return, by proposal of this award, whose awards could go into the same paper."""
    rows = await db.fetch(
        """SELECT r.id, array_agg(o.subject_name ORDER BY o.subject_name) AS names
        FROM revocation AS r JOIN award_grant AS g ON g.tenant_id = r.tenant_id
            AND g.id = r.grant_id
        JOIN award_grant AS o ON o.decision_id = g.decision_id AND o.id <> g.id
        JOIN revocation AS s ON s.tenant_id = o.tenant_id AND s.grant_id = o.id
            AND s.ground = r.ground AND s.state = 'proposed' AND s.decision_id IS NULL
        WHERE r.grant_id = $1 AND r.state = 'proposed' AND r.decision_id IS NULL GROUP BY r.id""",
        grant_id,
    )
    return {row["id"]: row["names"] for row in rows}


async def insert(
    *, grant_id: UUID, ground: str, facts: str, money_due: int, decision_id: UUID | None,
    state: str, money_note: str, account_id: UUID | None,
) -> UUID:  # fmt: skip
    """Write a revocation; return its id."""
    made = new_id()
    await db.execute(
        """INSERT INTO revocation (id, grant_id, ground, facts, money_due, decision_id, state,
            money_note, proposed_by, proposed_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, official_now())""",
        made, grant_id, ground, facts, money_due, decision_id, state, money_note, account_id,
    )  # fmt: skip
    return made


async def of_grant(grant_id: UUID) -> list[Any]:
    """Return the revocations of an award, the newest first."""
    return await db.fetch(f"{_ROW} WHERE r.grant_id = $1 ORDER BY r.id DESC", grant_id)


async def one(revocation_id: UUID) -> Any | None:
    """Return a revocation, or None."""
    return await db.fetchrow(f"{_ROW} WHERE r.id = $1", revocation_id)


async def listed(decided: Sequence[str], all_: Sequence[str]) -> list[Any]:
    """Return the newest revocations of awards kept under these paths: the decided ones, and all."""
    return await db.fetch(
        f"""SELECT * FROM ({_ROW}) AS x WHERE x.unit_path LIKE ANY($2)
            OR (x.unit_path LIKE ANY($1) AND x.state = 'decided') ORDER BY x.id DESC LIMIT 200""",
        list(decided),
        list(all_),
    )


async def drop(revocation_id: UUID) -> bool:
    """Drop a proposal that has no paper; False when it has one or is no proposal any more."""
    tag = await db.execute(
        "UPDATE revocation SET state = 'dropped' WHERE id = $1 AND state = 'proposed'"
        " AND decision_id IS NULL",
        revocation_id,
    )
    return tag == "UPDATE 1"


async def set_decision(revocation_ids: Sequence[UUID], decision_id: UUID) -> bool:
    """Tie the paper to proposals that have none; False when one of them has one."""
    tag = await db.execute(
        "UPDATE revocation SET decision_id = $2 WHERE id = ANY($1::uuid[])"
        " AND state = 'proposed' AND decision_id IS NULL",
        list(revocation_ids),
        decision_id,
    )
    return tag == f"UPDATE {len(revocation_ids)}"


async def revoke_grant(grant_id: UUID) -> None:
    """Mark an award as revoked that another body has taken back."""
    await db.execute("UPDATE award_grant SET state = 'revoked' WHERE id = $1", grant_id)


async def set_returned(revocation_id: UUID, day: date) -> None:
    """Write down the day on which all money was back."""
    await db.execute(
        "UPDATE revocation SET money_returned_on = $2 WHERE id = $1", revocation_id, day
    )
