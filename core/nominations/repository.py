"""SQL of nominations: read, list, insert."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

ROW = """SELECT n.id, n.list_id, n.round_id, n.unit_id, u.name AS unit_name, n.subject_kind,
    n.subject_id, n.subject_name, n.subject_title, n.subject_unit_name, n.rung_key, n.award,
    n.award_kind, n.issuer, n.action, n.occasion, n.year, n.state, n.version,
    n.last_version_number, n.eligibility, n.completeness, n.sent_at, n.state_note, n.created_by,
    u.path AS unit_path, s.path AS list_path, l.unit_id AS list_unit_id, o.path AS round_path,
    r.unit_id AS round_unit_id, r.state AS round_state, r.name AS round_name, n.edition_id,
    r.due_at, r.period_from, r.period_to
FROM nomination n
JOIN unit u ON u.tenant_id = n.tenant_id AND u.id = n.unit_id
JOIN nomination_list l ON l.tenant_id = n.tenant_id AND l.id = n.list_id
JOIN unit s ON s.tenant_id = l.tenant_id AND s.id = l.unit_id
JOIN award_round r ON r.tenant_id = n.tenant_id AND r.id = n.round_id
JOIN unit o ON o.tenant_id = r.tenant_id AND o.id = r.unit_id"""


async def one(nomination_id: UUID) -> Any | None:
    """Return one nomination with the paths of its units."""
    return await db.fetchrow(f"{ROW} WHERE n.id = $1", nomination_id)


async def locked(nomination_id: UUID) -> Any | None:
    """Return one nomination, locked until the transaction ends."""
    return await db.fetchrow(f"{ROW} WHERE n.id = $1 FOR NO KEY UPDATE OF n", nomination_id)


async def many(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return several nominations, in the order of the list."""
    return await db.fetch(
        f"{ROW} WHERE n.id = ANY ($1) ORDER BY n.sort_key, n.id", list(nomination_ids)
    )


async def of_list(list_id: UUID, limit: int) -> list[Any]:
    """Return the nominations of a list in the order of their names."""
    return await db.fetch(
        f"{ROW} WHERE n.list_id = $1 ORDER BY n.subject_kind, n.sort_key, n.id LIMIT $2",
        list_id,
        limit,
    )


async def insert_many(rows: Sequence[Sequence[Any]], *, is_demo: bool) -> list[Any]:
    """Insert drafts in one statement; return the ids that are new (a double is left out)."""
    columns = list(zip(*rows, strict=True))
    return await db.fetch(
        """INSERT INTO nomination (id, list_id, round_id, edition_id, unit_id, subject_kind,
            subject_id, subject_unit_id, subject_person_id, subject_other_id, subject_name,
            subject_title, subject_unit_name, rung_key, award, award_kind, issuer, action,
            occasion, year, search_name, sort_key, created_by, created_at, is_demo)
        SELECT v.*, official_now(), $24 FROM unnest($1::uuid[], $2::uuid[], $3::uuid[],
            $4::uuid[], $5::uuid[], $6::text[], $7::uuid[], $8::uuid[], $9::uuid[], $10::uuid[],
            $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[],
            $17::text[], $18::text[], $19::text[], $20::smallint[], $21::text[], $22::text[],
            $23::uuid[]) AS v
        ON CONFLICT DO NOTHING RETURNING id""",
        *map(list, columns),
        is_demo,
    )


async def already(list_id: UUID, rung: str, subject_ids: Sequence[UUID]) -> list[str]:
    """Return the names of the subjects that stand on the list for this rung already."""
    rows = await db.fetch(
        "SELECT subject_name FROM nomination WHERE list_id = $1 AND rung_key = $2"
        " AND subject_id = ANY ($3) ORDER BY sort_key, id",
        list_id,
        rung,
        list(subject_ids),
    )
    return [row["subject_name"] for row in rows]


async def delete_draft(nomination_id: UUID) -> None:
    """Take a draft that was never sent away, with its parts."""
    for table in ("nomination_initiative", "nomination_evidence", "nomination_part",
                  "dossier_paper"):  # fmt: skip
        await db.execute(f"DELETE FROM {table} WHERE nomination_id = $1", nomination_id)
    await db.execute("DELETE FROM nomination WHERE id = $1", nomination_id)


async def collectives(
    *, paths: Sequence[str], pattern: str, after: UUID | None, limit: int, list_id: UUID
) -> list[Any]:
    """Return one page of active units at and under the paths; `taken`: on this list already."""
    return await db.fetch(
        """SELECT u.id, u.name, '' AS title, u.id AS unit_id, coalesce(p.name, '') AS unit_name,
            u.path AS unit_path, (SELECT count(*) FROM nomination n WHERE n.tenant_id = u.tenant_id
                AND n.list_id = $5 AND n.subject_id = u.id) AS taken
        FROM unit u LEFT JOIN unit p ON p.tenant_id = u.tenant_id AND p.id = u.parent_id
        WHERE u.is_active AND u.path LIKE ANY ($1) AND ($2 = '' OR u.search_name LIKE $2)
          AND ($3::uuid IS NULL
               OR (u.sort_key, u.id) > (SELECT x.sort_key, x.id FROM unit x WHERE x.id = $3))
        ORDER BY u.sort_key, u.id LIMIT $4""",
        [f"{path}%" for path in paths],
        pattern,
        after,
        limit,
        list_id,
    )


async def individuals(
    *, paths: Sequence[str], pattern: str, after: UUID | None, limit: int, list_id: UUID
) -> list[Any]:
    """Return one page of the people under the paths by given name; `taken` as above."""
    return await db.fetch(
        """SELECT p.id, p.full_name AS name, p.job_title AS title, p.unit_id,
            u.name AS unit_name, u.path AS unit_path,
            (SELECT count(*) FROM nomination n WHERE n.tenant_id = p.tenant_id
                AND n.list_id = $5 AND n.subject_id = p.id) AS taken
        FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
        WHERE u.path LIKE ANY ($1) AND ($2 = '' OR p.search_name LIKE $2)
          AND ($3::uuid IS NULL
               OR (p.roster_key, p.id) > (SELECT q.roster_key, q.id FROM person q WHERE q.id = $3))
        ORDER BY p.roster_key, p.id LIMIT $4""",
        [f"{path}%" for path in paths],
        pattern,
        after,
        limit,
        list_id,
    )


async def others(
    *, paths: Sequence[str], pattern: str, after: UUID | None, limit: int, list_id: UUID
) -> list[Any]:
    """Return one page of those outside the tree that units under the paths have entered."""
    return await db.fetch(
        """SELECT o.id, o.name, o.address AS title, o.unit_id, u.name AS unit_name,
            u.path AS unit_path, (SELECT count(*) FROM nomination n WHERE n.tenant_id = o.tenant_id
                AND n.list_id = $5 AND n.subject_id = o.id) AS taken
        FROM other_subject o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
        WHERE u.path LIKE ANY ($1) AND ($2 = '' OR o.search_name LIKE $2)
          AND ($3::uuid IS NULL
               OR (o.sort_key, o.id) > (SELECT x.sort_key, x.id FROM other_subject x
                                        WHERE x.id = $3))
        ORDER BY o.sort_key, o.id LIMIT $4""",
        [f"{path}%" for path in paths],
        pattern,
        after,
        limit,
        list_id,
    )


async def subjects(kind: str, ids: Sequence[UUID], path: str) -> list[Any]:
    """Return the chosen subjects of one kind that stand at or under a path."""
    source = {
        "collective": """SELECT u.id, u.name, '' AS title, u.id AS unit_id,
            coalesce(p.name, '') AS unit_name, u.path AS unit_path, u.sort_key AS key
            FROM unit u LEFT JOIN unit p ON p.tenant_id = u.tenant_id AND p.id = u.parent_id
            WHERE u.is_active AND u.id = ANY ($1)""",
        "individual": """SELECT p.id, p.full_name AS name, p.job_title AS title, p.unit_id,
            u.name AS unit_name, u.path AS unit_path, p.roster_key AS key
            FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
            WHERE p.id = ANY ($1)""",
        "other": """SELECT o.id, o.name, o.address AS title, o.unit_id, u.name AS unit_name,
            u.path AS unit_path, o.sort_key AS key
            FROM other_subject o JOIN unit u ON u.tenant_id = o.tenant_id AND u.id = o.unit_id
            WHERE o.id = ANY ($1)""",
    }[kind]
    return await db.fetch(f"{source} AND starts_with(u.path, $2)", list(ids), path)


async def events(nomination_id: UUID) -> list[Any]:
    """Return the steps of a nomination, newest first."""
    return await db.fetch(
        """SELECT e.action, e.from_state, e.to_state, e.note,
            coalesce(a.display_name, '') AS actor_name, e.at
        FROM nomination_event e
        LEFT JOIN account a ON a.tenant_id = e.tenant_id AND a.id = e.account_id
        WHERE e.nomination_id = $1 ORDER BY e.at DESC, e.id DESC LIMIT 200""",
        nomination_id,
    )


async def appraisals(nomination_id: UUID) -> list[Any]:
    """Return the officers' opinions on a nomination, newest first."""
    return await db.fetch(
        """SELECT p.recommendation, p.lower_award, p.opinion,
            coalesce(a.display_name, '') AS made_by, p.made_at
        FROM appraisal p LEFT JOIN account a ON a.tenant_id = p.tenant_id AND a.id = p.made_by
        WHERE p.nomination_id = $1 ORDER BY p.made_at DESC, p.id DESC LIMIT 50""",
        nomination_id,
    )
