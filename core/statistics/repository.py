"""SQL of consolidations, and the reading queries over a round's reports."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from core.kit import db
from core.reports.names import NAME

_VIEW = """
SELECT c.*, r.title AS round_title, r.kind AS round_kind, r.year, r.edition_id,
    u.name AS receiver_name, u.path AS receiver_path, u.notation AS receiver_notation,
    coalesce(m.display_name, '') AS made_by_name,
    coalesce(a.display_name, '') AS approved_by_name,
    coalesce(i.display_name, '') AS issued_by_name
FROM consolidation c
JOIN reporting_round r ON r.tenant_id = c.tenant_id AND r.id = c.round_id
JOIN unit u ON u.tenant_id = c.tenant_id AND u.id = c.receiver_unit_id
LEFT JOIN account m ON m.tenant_id = c.tenant_id AND m.id = c.made_by
LEFT JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.approved_by
LEFT JOIN account i ON i.tenant_id = c.tenant_id AND i.id = c.issued_by
"""


async def round_head(round_id: UUID) -> Any | None:
    """Return the round."""
    return await db.fetchrow(
        "SELECT id, title, kind, year, state, edition_id FROM reporting_round WHERE id = $1",
        round_id,
    )


async def instant() -> Any:
    """Return the official instant."""
    return await db.fetchval("SELECT official_now()")


async def reports(round_id: UUID, receiver_unit_id: UUID) -> list[Any]:
    """Return every report owed to a receiver with its latest version that was not withdrawn."""
    return await db.fetch(
        f"""SELECT r.id, r.unit_id, {NAME} AS unit_name, r.state, r.timing, o.due_at,
            o.due_at IS NOT NULL AND o.due_at <= official_now() AS is_past_due,
            r.submitted_at IS NOT NULL AS is_reported,
            v.number, v.content, v.content_hash
        FROM report r
        JOIN report_obligation o ON o.tenant_id = r.tenant_id AND o.id = r.obligation_id
        JOIN unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
        JOIN reporting_round d ON d.tenant_id = r.tenant_id AND d.id = r.round_id
        LEFT JOIN LATERAL (
            SELECT number, content, content_hash FROM report_version v
            WHERE v.tenant_id = r.tenant_id AND v.report_id = r.id
                AND NOT EXISTS (
                    SELECT FROM report_event e
                    WHERE e.tenant_id = v.tenant_id AND e.report_id = v.report_id
                        AND e.action = 'withdraw' AND e.id > v.id
                        AND NOT EXISTS (
                            SELECT FROM report_version n
                            WHERE n.tenant_id = v.tenant_id AND n.report_id = v.report_id
                                AND n.id > v.id AND n.id < e.id))
            ORDER BY number DESC LIMIT 1
        ) v ON true
        WHERE r.round_id = $1 AND r.receiver_unit_id = $2
        ORDER BY u.sort_key, u.id""",
        round_id,
        receiver_unit_id,
    )


async def states(round_id: UUID, receiver_unit_id: UUID) -> list[Any]:
    """Return unit, name of the day, state and timing of every report owed to a receiver."""
    return await db.fetch(
        f"""SELECT r.unit_id, {NAME} AS unit_name, r.state, r.timing
        FROM report r JOIN unit u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id
        JOIN reporting_round d ON d.tenant_id = r.tenant_id AND d.id = r.round_id
        WHERE r.round_id = $1 AND r.receiver_unit_id = $2 ORDER BY u.sort_key, u.id""",
        round_id,
        receiver_unit_id,
    )


async def receivers(round_id: UUID) -> list[Any]:
    """Return the units that receive reports in a round."""
    return await db.fetch(
        """SELECT u.id, u.name, u.path FROM unit u WHERE EXISTS (
            SELECT 1 FROM report_obligation o
            WHERE o.tenant_id = u.tenant_id AND o.receiver_unit_id = u.id AND o.round_id = $1)
        ORDER BY u.path""",
        round_id,
    )


async def consolidation(consolidation_id: UUID) -> Any | None:
    """Return one consolidation with its names."""
    return await db.fetchrow(f"{_VIEW} WHERE c.id = $1", consolidation_id)


async def draft_of(round_id: UUID, receiver_unit_id: UUID) -> Any | None:
    """Return the draft of a receiver, locked until the transaction ends."""
    return await db.fetchrow(
        """SELECT id, version, texts, is_provisional FROM consolidation
        WHERE round_id = $1 AND receiver_unit_id = $2 AND state = 'draft'
        ORDER BY made_at DESC LIMIT 1 FOR UPDATE""",
        round_id,
        receiver_unit_id,
    )


async def of_round(round_id: UUID) -> list[Any]:
    """Return the consolidations of a round, newest first."""
    return await db.fetch(
        """SELECT c.id, c.receiver_unit_id, u.name AS receiver_name, u.path AS receiver_path,
            c.is_provisional, c.state, c.made_at, coalesce(a.display_name, '') AS made_by,
            c.number, c.number_year, c.document_date
        FROM consolidation c
        JOIN unit u ON u.tenant_id = c.tenant_id AND u.id = c.receiver_unit_id
        LEFT JOIN account a ON a.tenant_id = c.tenant_id AND a.id = c.made_by
        WHERE c.round_id = $1 ORDER BY c.made_at DESC, c.id DESC""",
        round_id,
    )


async def final_in(state: str) -> list[Any]:
    """Return at most 200 consolidations of closed rounds in a state, newest first."""
    return await db.fetch(
        f"{_VIEW} WHERE c.state = $1 AND NOT c.is_provisional"
        " ORDER BY c.made_at DESC, c.id DESC LIMIT 200",
        state,
    )


async def lock_receiver(round_id: UUID, receiver_unit_id: UUID) -> None:
    """Let one consolidation of a receiver be made at a time (until the transaction ends)."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"{round_id}/{receiver_unit_id}"
    )


async def insert(
    *,
    consolidation_id: UUID,
    round_id: UUID,
    receiver_unit_id: UUID,
    is_provisional: bool,
    figures: Any,
    texts: Any,
    made_by: UUID | None,
) -> None:
    """Insert a draft."""
    await db.execute(
        """INSERT INTO consolidation (id, round_id, receiver_unit_id, is_provisional, state,
            version, figures, texts, made_by, made_at)
        VALUES ($1, $2, $3, $4, 'draft', 1, $5, $6, $7, official_now())""",
        consolidation_id,
        round_id,
        receiver_unit_id,
        is_provisional,
        figures,
        texts,
        made_by,
    )


async def recount(
    consolidation_id: UUID, *, is_provisional: bool, figures: Any, texts: Any, made_by: UUID | None
) -> None:
    """Replace the figures and texts of a draft."""
    await db.execute(
        """UPDATE consolidation SET figures = $2, texts = $3, is_provisional = $4, made_by = $5,
            made_at = official_now(), version = version + 1
        WHERE id = $1 AND state = 'draft'""",
        consolidation_id,
        figures,
        texts,
        is_provisional,
        made_by,
    )


async def save_texts(consolidation_id: UUID, version: int, texts: Any) -> bool:
    """Replace the texts of a draft; False when the version has moved on."""
    tag = await db.execute(
        "UPDATE consolidation SET texts = $3, version = version + 1"
        " WHERE id = $1 AND version = $2 AND state = 'draft'",
        consolidation_id,
        version,
        texts,
    )
    return tag == "UPDATE 1"


async def approve(consolidation_id: UUID, version: int, approved_by: UUID | None) -> bool:
    """Move a draft to approved; False when the version has moved on."""
    tag = await db.execute(
        "UPDATE consolidation SET state = 'approved', approved_by = $3,"
        " approved_at = official_now(), version = version + 1"
        " WHERE id = $1 AND version = $2 AND state = 'draft'",
        consolidation_id,
        version,
        approved_by,
    )
    return tag == "UPDATE 1"


async def next_number(series_id: UUID, unit_id: UUID, series: str, year: int) -> int:
    """Take the next number; the row stays locked until the transaction ends, so none is lost."""
    number: int = await db.fetchval(
        """INSERT INTO number_series AS s (id, unit_id, series, year, last_number)
        VALUES ($1, $2, $3, $4, 1)
        ON CONFLICT (tenant_id, unit_id, series, year)
        DO UPDATE SET last_number = s.last_number + 1 RETURNING last_number""",
        series_id,
        unit_id,
        series,
        year,
    )
    return number


async def issue(
    consolidation_id: UUID, version: int, *, number: int, document_date: date, by: UUID | None
) -> bool:
    """Give an approved one its number and date; False when the version has moved on."""
    tag = await db.execute(
        """UPDATE consolidation SET state = 'issued', number = $3, number_year = $4,
            document_date = $5, issued_by = $6, issued_at = official_now(), version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'approved'""",
        consolidation_id,
        version,
        number,
        document_date.year,
        document_date,
        by,
    )
    return tag == "UPDATE 1"


async def attach_signed(consolidation_id: UUID, file_id: UUID) -> None:
    """Link the signed scan."""
    await db.execute(
        "UPDATE consolidation SET signed_file_id = $2 WHERE id = $1 AND state = 'issued'",
        consolidation_id,
        file_id,
    )


async def signed_scan(file_id: UUID, unit_id: UUID) -> Any | None:
    """Return the stored file if it is a signed scan of this unit."""
    return await db.fetchrow(
        "SELECT id, media_type FROM stored_file"
        " WHERE id = $1 AND unit_id = $2 AND purpose = 'signed_scan'",
        file_id,
        unit_id,
    )
