"""SQL of the figures and of the fairness view: one statement each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.kit import db

_KEYS = {
    "level": "u.level",
    "work": "coalesce(f.work_kind, '')",
    "gender": "coalesce(f.gender, '')",
    "place": "u.place",
}


async def awards(patterns: Sequence[str], year: int) -> list[Any]:
    """Return the awards in force of a year, counted by kind."""
    return await db.fetch(
        """SELECT g.award_kind, CASE WHEN g.award_kind IN ('', 'unnamed') THEN g.award ELSE '' END
                AS award,
            CASE WHEN g.award_kind IN ('', 'unnamed') THEN g.issuer ELSE '' END AS issuer,
            count(*) FILTER (WHERE g.subject_kind = 'collective') AS collectives,
            count(*) FILTER (WHERE g.subject_kind = 'individual') AS individuals,
            count(*) FILTER (WHERE g.subject_kind = 'other') AS others,
            count(*) FILTER (WHERE g.is_thematic) AS thematic
        FROM award_grant AS g JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id
        WHERE u.path LIKE ANY($1) AND g.year = $2 AND g.state = 'in_force'
        GROUP BY 1, 2, 3""",
        list(patterns),
        year,
    )


async def groups(by: str, patterns: Sequence[str], year: int) -> list[Any]:
    """Return the people of today's registers by group, and how many have an award of the year."""
    return await db.fetch(
        f"""SELECT x.key, count(*) AS base, count(*) FILTER (WHERE x.has_award) AS awarded
        FROM (SELECT {_KEYS[by]} AS key, EXISTS (SELECT FROM award_grant AS g
                WHERE g.tenant_id = p.tenant_id AND g.subject_id = p.id AND g.year = $2
                AND g.state = 'in_force') AS has_award
            FROM person AS p JOIN unit AS u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
            LEFT JOIN person_profile AS f ON f.tenant_id = p.tenant_id AND f.person_id = p.id
            WHERE u.path LIKE ANY($1)) AS x
        GROUP BY x.key""",
        list(patterns),
        year,
    )


async def repeats(patterns: Sequence[str], year: int) -> list[Any]:
    """Return how many of a year's people and collectives had 1, 2, 3 or more awards in 5 years."""
    return await db.fetch(
        """SELECT least(x.times, 3)::int AS times, count(*) AS subjects FROM (
            SELECT g.subject_id, count(*) AS times FROM award_grant AS g
            JOIN unit AS u ON u.tenant_id = g.tenant_id AND u.id = g.unit_id
            WHERE u.path LIKE ANY($1) AND g.state = 'in_force' AND g.year BETWEEN $2 - 4 AND $2
            GROUP BY g.subject_id HAVING bool_or(g.year = $2)) AS x
        GROUP BY 1 ORDER BY 1""",
        list(patterns),
        year,
    )
