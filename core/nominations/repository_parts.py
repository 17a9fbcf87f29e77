"""SQL of a nomination's parts, files, initiatives, versions and returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id


async def parts(nomination_id: UUID) -> list[Any]:
    """Return the parts with who saved them and the return that waits for an answer."""
    return await db.fetch(
        """SELECT p.key, p.body, p.version, p.saved_at, coalesce(a.display_name, '') AS saved_by,
            coalesce(t.reason, '') AS return_reason, t.due_at AS return_due_at,
            coalesce(p.saved_at > t.returned_at, false) AS is_mended
        FROM nomination_part p
        LEFT JOIN account a ON a.tenant_id = p.tenant_id AND a.id = p.saved_by
        LEFT JOIN LATERAL (SELECT r.reason, r.due_at, r.returned_at FROM nomination_return r
            WHERE r.tenant_id = p.tenant_id AND r.nomination_id = p.nomination_id
              AND r.part_key = p.key AND r.answered_at IS NULL
            ORDER BY r.returned_at DESC LIMIT 1) AS t ON true
        WHERE p.nomination_id = $1""",
        nomination_id,
    )


async def insert_parts(rows: Sequence[tuple[UUID, str, Any]], account_id: UUID | None) -> None:
    """Write the first bodies of many parts in one statement; rows: (nomination, key, body)."""
    await db.execute(
        """INSERT INTO nomination_part (id, nomination_id, key, body, version, saved_by, saved_at)
        SELECT v.id, v.nomination_id, v.key, v.body, 1, $5, official_now()
        FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::jsonb[])
            AS v (id, nomination_id, key, body)""",
        [new_id() for _ in rows],
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        account_id,
    )


async def save(
    nomination_id: UUID, key: str, version: int, body: Mapping[str, Any], account_id: UUID | None
) -> Any | None:
    """Write a part over the version that was read; None when somebody was quicker."""
    return await db.fetchrow(
        """UPDATE nomination_part SET body = $4, version = version + 1, saved_by = $5,
            saved_at = official_now()
        WHERE nomination_id = $1 AND key = $2 AND version = $3 RETURNING version, saved_at""",
        nomination_id,
        key,
        version,
        dict(body),
        account_id,
    )


async def set_completeness(values: Mapping[UUID, int]) -> None:
    """Write how complete nominations are, in per cent (one statement)."""
    await db.execute(
        "UPDATE nomination AS n SET completeness = v.share"
        " FROM unnest($1::uuid[], $2::smallint[]) AS v (id, share)"
        " WHERE n.id = v.id AND n.completeness <> v.share",
        list(values),
        list(values.values()),
    )


async def initiatives(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return the initiatives on which nominations rest, with their facts."""
    return await db.fetch(
        """SELECT x.nomination_id, i.id, i.name, i.year, i.level, i.certificate_number,
            i.certificate_date, i.issuer, i.effect
        FROM nomination_initiative x
        JOIN initiative i ON i.tenant_id = x.tenant_id AND i.id = x.initiative_id
        WHERE x.nomination_id = ANY ($1) ORDER BY i.year DESC, i.sort_key, i.id""",
        list(nomination_ids),
    )


async def set_initiatives(nomination_id: UUID, chosen: Sequence[UUID]) -> None:
    """Let a nomination rest on exactly these initiatives."""
    await db.execute(
        "DELETE FROM nomination_initiative WHERE nomination_id = $1"
        " AND NOT initiative_id = ANY ($2)",
        nomination_id,
        list(chosen),
    )
    await add_initiatives([(nomination_id, each) for each in chosen])


async def add_initiatives(pairs: Sequence[tuple[UUID, UUID]]) -> None:
    """Add (nomination, initiative) pairs that are not there yet."""
    await db.execute(
        """INSERT INTO nomination_initiative (id, nomination_id, initiative_id)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) ON CONFLICT DO NOTHING""",
        [new_id() for _ in pairs],
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
    )


async def initiatives_at_hand(unit_path: str, subject_id: UUID, limit: int) -> list[Any]:
    """Return the initiatives that a nomination may name: the subject's own first.

    For a person, those of which he is an author; then those of the proposing unit's branch.
    """
    return await db.fetch(
        """SELECT i.id, i.name, i.year, i.level, i.certificate_number, i.unit_id,
            (i.unit_id = $2 OR EXISTS (SELECT FROM initiative_author a
                WHERE a.tenant_id = i.tenant_id AND a.initiative_id = i.id
                  AND a.person_id = $2)) AS is_own
        FROM initiative i JOIN unit u ON u.tenant_id = i.tenant_id AND u.id = i.unit_id
        WHERE starts_with(u.path, $1) ORDER BY is_own DESC, i.year DESC, i.sort_key, i.id
        LIMIT $3""",
        unit_path,
        subject_id,
        limit,
    )


async def evidence(nomination_id: UUID) -> list[Any]:
    """Return the files of a nomination's parts."""
    return await db.fetch(
        """SELECT e.id, e.part_key, e.file_id, f.name, f.size, f.sha256
        FROM nomination_evidence e
        JOIN stored_file f ON f.tenant_id = e.tenant_id AND f.id = e.file_id
        WHERE e.nomination_id = $1 ORDER BY f.uploaded_at, e.id""",
        nomination_id,
    )


async def attach(nomination_id: UUID, key: str, file_id: UUID) -> UUID:
    """Attach a stored file to a part."""
    evidence_id = new_id()
    await db.execute(
        "INSERT INTO nomination_evidence (id, nomination_id, part_key, file_id)"
        " VALUES ($1, $2, $3, $4)",
        evidence_id,
        nomination_id,
        key,
        file_id,
    )
    return evidence_id


async def detach(nomination_id: UUID, evidence_id: UUID) -> bool:
    """Take a file off; False when it is not there."""
    tag = await db.execute(
        "DELETE FROM nomination_evidence WHERE nomination_id = $1 AND id = $2",
        nomination_id,
        evidence_id,
    )
    return tag == "DELETE 1"


async def touch(nomination_id: UUID, key: str, account_id: UUID | None) -> None:
    """Count a part as worked on (its files changed)."""
    await db.execute(
        "UPDATE nomination_part SET saved_by = $3, saved_at = official_now()"
        " WHERE nomination_id = $1 AND key = $2",
        nomination_id,
        key,
        account_id,
    )


async def insert_versions(
    rows: Sequence[tuple[UUID, int, Any, str]], account_id: UUID | None
) -> None:
    """Freeze what is sent; rows: (nomination, number, content, hash)."""
    await db.execute(
        """INSERT INTO nomination_version (id, nomination_id, number, content, content_hash,
            sent_by, sent_at)
        SELECT v.*, $6, official_now()
        FROM unnest($1::uuid[], $2::uuid[], $3::smallint[], $4::jsonb[], $5::text[]) AS v""",
        [new_id() for _ in rows],
        [row[0] for row in rows],
        [row[1] for row in rows],
        [row[2] for row in rows],
        [row[3] for row in rows],
        account_id,
    )
    await db.execute(
        "UPDATE nomination AS n SET last_version_number = v.number"
        " FROM unnest($1::uuid[], $2::smallint[]) AS v (id, number) WHERE n.id = v.id",
        [row[0] for row in rows],
        [row[1] for row in rows],
    )


async def versions(nomination_id: UUID, limit: int) -> list[Any]:
    """Return the newest versions with their content, newest first."""
    return await db.fetch(
        "SELECT id, number, content, content_hash, sent_at FROM nomination_version"
        " WHERE nomination_id = $1 ORDER BY number DESC LIMIT $2",
        nomination_id,
        limit,
    )


async def insert_returns(
    nomination_id: UUID, parts: Mapping[str, tuple[str, datetime]], account_id: UUID | None
) -> None:
    """Give parts back, each with its reason and its new day."""
    await db.execute(
        """INSERT INTO nomination_return (id, nomination_id, part_key, reason, due_at,
            returned_by, returned_at)
        SELECT v.id, $2, v.key, v.reason, v.due_at, $6, official_now()
        FROM unnest($1::uuid[], $3::text[], $4::text[], $5::timestamptz[])
            AS v (id, key, reason, due_at)""",
        [new_id() for _ in parts],
        nomination_id,
        list(parts),
        [reason for reason, _ in parts.values()],
        [due_at for _, due_at in parts.values()],
        account_id,
    )


async def answer_returns(nomination_ids: Sequence[UUID]) -> None:
    """Mark the open returns of nominations as answered."""
    await db.execute(
        "UPDATE nomination_return SET answered_at = official_now()"
        " WHERE nomination_id = ANY ($1) AND answered_at IS NULL",
        list(nomination_ids),
    )


async def parts_of_many(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return the parts of many nominations for sending (one statement)."""
    return await db.fetch(
        """SELECT p.nomination_id, p.key, p.body, EXISTS (SELECT FROM nomination_return r
            WHERE r.tenant_id = p.tenant_id AND r.nomination_id = p.nomination_id
              AND r.part_key = p.key AND r.answered_at IS NULL AND r.returned_at >= p.saved_at)
            AS is_unmended
        FROM nomination_part p WHERE p.nomination_id = ANY ($1)""",
        list(nomination_ids),
    )


async def evidence_of_many(nomination_ids: Sequence[UUID]) -> list[Any]:
    """Return the files of many nominations for sending (one statement)."""
    return await db.fetch(
        """SELECT e.nomination_id, e.part_key, f.name, f.sha256
        FROM nomination_evidence e
        JOIN stored_file f ON f.tenant_id = e.tenant_id AND f.id = e.file_id
        WHERE e.nomination_id = ANY ($1) ORDER BY f.uploaded_at, e.id""",
        list(nomination_ids),
    )
