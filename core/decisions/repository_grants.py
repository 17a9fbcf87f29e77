"""SQL of what was granted, and of the fund."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from asyncpg import Record

from core.decisions.schemas import Grant
from core.kit import db
from core.kit.ids import new_id

_COPY = """
INSERT INTO award_grant (id, nomination_id, decision_id, unit_id, subject_kind, subject_id,
    subject_unit_id, subject_person_id, subject_other_id, subject_name, subject_title,
    subject_unit_name, award, award_kind, issuer, occasion, year, period_from, period_to,
    achievement, decision_number, decided_on, gold_book_number, source, prize_amount,
    prize_multiple, base_salary, prize_basis, search_name, granted_at, is_demo)
SELECT x.id, n.id, $1, n.unit_id, n.subject_kind, n.subject_id, n.subject_unit_id,
    n.subject_person_id, n.subject_other_id, n.subject_name, n.subject_title, n.subject_unit_name,
    n.award, n.award_kind, $9, n.occasion, n.year, r.period_from, r.period_to, $10, $11, $12,
    nullif(x.gold, 0), $13, x.amount, x.multiple, x.salary, x.basis, n.search_name,
    official_now(), n.is_demo
FROM unnest($2::uuid[], $3::uuid[], $4::int[], $5::bigint[], $6::text[], $7::bigint[], $8::text[])
    AS x (id, nomination_id, gold, amount, multiple, salary, basis)
JOIN nomination AS n ON n.id = x.nomination_id JOIN award_round AS r ON r.id = n.round_id
"""


async def insert_grants(
    decision_id: UUID, grants: Sequence[Grant], *, issuer: str, achievement: str, number: str,
    decided_on: date, source: str,
) -> None:  # fmt: skip
    """Write awards into the register, in one statement."""
    await db.execute(
        _COPY,
        decision_id,
        [grant.id for grant in grants],
        [grant.nomination_id for grant in grants],
        [grant.gold_book_number for grant in grants],
        [grant.prize_amount for grant in grants],
        [grant.prize_multiple for grant in grants],
        [grant.base_salary for grant in grants],
        [grant.prize_basis for grant in grants],
        issuer, achievement, number, decided_on, source,
    )  # fmt: skip


async def same_day_titles(subject_ids: Sequence[UUID], on: date) -> list[Record]:
    """Return what these subjects were granted on a day: for the rule on several titles."""
    return await db.fetch(
        "SELECT id, subject_id, award_kind, decided_on, period_from, period_to,"
        " coalesce(prize_amount, 0) AS prize_amount FROM award_grant"
        " WHERE subject_id = ANY($1::uuid[]) AND decided_on = $2 AND state = 'in_force'",
        list(subject_ids),
        on,
    )


async def add_fund(
    *, unit_id: UUID, round_id: UUID, kind: str, amount: int, entered_on: date, basis: str,
    account_id: UUID | None, decision_id: UUID | None = None, grant_id: UUID | None = None,
) -> None:  # fmt: skip
    """Write a line of a round's fund; the amount has its sign."""
    await db.execute(
        "INSERT INTO fund_entry (id, unit_id, round_id, decision_id, grant_id, kind, amount,"
        " entered_on, basis, made_by, made_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())",
        new_id(), unit_id, round_id, decision_id, grant_id, kind, amount, entered_on, basis,
        account_id,
    )  # fmt: skip


async def lock_fund(round_id: UUID) -> None:
    """Let nobody else change a round's fund until the transaction ends."""
    await db.execute("SELECT id FROM award_round WHERE id = $1 FOR NO KEY UPDATE", round_id)


async def fund_sums(round_id: UUID) -> dict[str, int]:
    """Return the sums of a round's fund by kind."""
    rows = await db.fetch(
        "SELECT kind, sum(amount)::bigint AS total FROM fund_entry WHERE round_id = $1"
        " GROUP BY kind",
        round_id,
    )
    return {row["kind"]: row["total"] for row in rows}


async def fund_lines(round_id: UUID, after: UUID | None, limit: int) -> list[Record]:
    """Return lines of a round's fund, newest first, one more than `limit`."""
    return await db.fetch(
        """SELECT f.id, f.kind, f.amount, f.entered_on, f.basis, a.display_name AS made_by,
            f.made_at, f.decision_id
        FROM fund_entry AS f LEFT JOIN account AS a ON a.id = f.made_by
        WHERE f.round_id = $1 AND ($2::uuid IS NULL OR f.id < $2)
        ORDER BY f.id DESC LIMIT $3""",
        round_id,
        after,
        limit + 1,
    )


async def grant_money(grant_id: UUID) -> Record | None:
    """Return what was paid and given back for a grant, with its round; or None."""
    return await db.fetchrow(
        """SELECT g.id, g.prize_amount, n.round_id, r.unit_id, u.path AS unit_path,
            coalesce((SELECT sum(amount) FROM fund_entry AS f WHERE f.grant_id = g.id
                AND f.kind = 'money_back'), 0)::bigint AS returned
        FROM award_grant AS g JOIN nomination AS n ON n.id = g.nomination_id
        JOIN award_round AS r ON r.id = n.round_id JOIN unit AS u ON u.id = r.unit_id
        WHERE g.id = $1""",
        grant_id,
    )
