"""SQL of the register of initiatives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

_FIELDS = (
    "name", "year", "level", "certificate_number", "certificate_date", "issuer", "effect",
    "file_id", "search_name", "sort_key",
)  # fmt: skip
_ROW = """SELECT i.id, i.name, i.unit_id, u.name AS unit_name, u.code AS unit_code, u.path, i.year,
    i.level, i.certificate_number, i.certificate_date, i.issuer, i.effect, i.file_id,
    (SELECT coalesce(string_agg(p.full_name, ', ' ORDER BY a.is_main DESC, p.roster_key), '')
        FROM initiative_author a JOIN person p ON p.tenant_id = a.tenant_id
            AND p.id = a.person_id
        WHERE a.tenant_id = i.tenant_id AND a.initiative_id = i.id) AS authors,
    (SELECT coalesce(string_agg(p.full_name
            || CASE WHEN p.unit_id <> i.unit_id THEN '; ' || w.code ELSE '' END
            || CASE WHEN a.share IS NOT NULL THEN '; ' || a.share || '%' ELSE '' END,
            E'\\n' ORDER BY a.is_main DESC, p.roster_key), '')
        FROM initiative_author a JOIN person p ON p.tenant_id = a.tenant_id
            AND p.id = a.person_id
        JOIN unit w ON w.tenant_id = p.tenant_id AND w.id = p.unit_id
        WHERE a.tenant_id = i.tenant_id AND a.initiative_id = i.id) AS author_lines,
    (SELECT count(*) FROM nomination_initiative x WHERE x.tenant_id = i.tenant_id
        AND x.initiative_id = i.id) AS uses
FROM initiative i JOIN unit u ON u.tenant_id = i.tenant_id AND u.id = i.unit_id"""


async def page(
    paths: Sequence[str], pattern: str, year: int | None, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of initiatives by name, with authors and the number of uses."""
    return await db.fetch(
        f"""{_ROW} WHERE u.path LIKE ANY ($1) AND ($2 = '' OR i.search_name LIKE $2)
            AND ($3::smallint IS NULL OR i.year = $3)
            AND ($4::uuid IS NULL OR (i.sort_key, i.id) >
                (SELECT l.sort_key, l.id FROM initiative l WHERE l.id = $4))
        ORDER BY i.sort_key, i.id LIMIT $5""",
        list(paths),
        pattern,
        year,
        after,
        limit,
    )


async def initiative(initiative_id: UUID) -> Any | None:
    """Return one initiative."""
    return await db.fetchrow(f"{_ROW} WHERE i.id = $1", initiative_id)


async def uses(initiative_id: UUID) -> list[Any]:
    """Return the nominations that rest on an initiative, with the decision where there is one."""
    return await db.fetch(
        """SELECT n.subject_name, n.award, n.state, r.name AS round_name,
            coalesce(g.decision_number, '') AS decision_number, g.decided_on
        FROM nomination_initiative x
        JOIN nomination n ON n.tenant_id = x.tenant_id AND n.id = x.nomination_id
        JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
        LEFT JOIN award_grant g ON g.tenant_id = n.tenant_id AND g.nomination_id = n.id
            AND g.state = 'in_force'
        WHERE x.initiative_id = $1 ORDER BY n.id""",
        initiative_id,
    )


async def save(
    initiative_id: UUID, unit_id: UUID, values: dict[str, Any], account_id: UUID | None
) -> None:
    """Write an initiative, new or again (a file stays where no other comes)."""
    kept = "file_id = coalesce(excluded.file_id, initiative.file_id)"
    sets = ", ".join(kept if name == "file_id" else f"{name} = excluded.{name}" for name in _FIELDS)
    await db.execute(
        f"INSERT INTO initiative (id, unit_id, {', '.join(_FIELDS)}, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, official_now())"
        f" ON CONFLICT (tenant_id, id) DO UPDATE SET unit_id = excluded.unit_id, {sets}",
        initiative_id,
        unit_id,
        *(values[name] for name in _FIELDS),
        account_id,
    )


async def save_authors(
    initiative_id: UUID, people: Sequence[tuple[UUID, int | None, bool]]
) -> None:
    """Write the authors of an initiative instead of those before."""
    await db.execute(
        "DELETE FROM initiative_author WHERE initiative_id = $1 AND person_id <> ALL ($2::uuid[])",
        initiative_id,
        [person for person, _, _ in people],
    )
    await db.executemany(
        "INSERT INTO initiative_author (id, initiative_id, person_id, share, is_main)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (tenant_id, initiative_id, person_id)"
        " DO UPDATE SET share = excluded.share, is_main = excluded.is_main",
        [(new_id(), initiative_id, *each) for each in people],
    )


async def people(names: Sequence[str], unit_id: UUID, codes: Sequence[str]) -> list[Any]:
    """Return the people of these folded names in a unit's branch ('' in `wanted`) and in others.

    A unit without any of them stands in one row without a person.
    """
    return await db.fetch(
        """SELECT w.wanted, w.name AS unit_name, p.id, p.search_name
        FROM (SELECT '' AS wanted, u.name, u.path FROM unit u WHERE u.id = $2
            UNION ALL SELECT u.code, u.name, u.path FROM unit u
                WHERE fold(u.code) = ANY (SELECT fold(c) FROM unnest($3::text[]) c)) w
        LEFT JOIN (SELECT p.id, p.search_name, v.path FROM person p
            JOIN unit v ON v.tenant_id = p.tenant_id AND v.id = p.unit_id
            WHERE p.search_name = ANY ($1)) p ON p.path LIKE w.path || '%'""",
        list(names),
        unit_id,
        list(codes),
    )
