"""SQL of rounds: opening one for hundreds of units in a few statements, and its list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id
from core.reports.names import NAME
from core.reports.states import SILENT

SILENT_STATES = [str(state) for state in SILENT]

_ROUND = (
    "SELECT d.id, d.kind, d.year, d.title, d.message, d.edition_id, d.due_at, d.inner_due_at,"
    " d.due_source, d.decision_number, d.decision_file_id, d.state, d.opened_at, d.closed_at,"
    " v.id AS receiver_unit_id, v.name AS receiver_name,"
    " coalesce((SELECT jsonb_agg(jsonb_build_object('state', c.state, 'timing', c.timing,"
    "   'total', c.total)) FROM round_counter AS c"
    "  WHERE c.round_id = d.id AND c.receiver_unit_id = v.id), '[]') AS counts,"
    " (SELECT jsonb_build_object('silent', count(*), 'overdue',"
    "   count(*) FILTER (WHERE o.due_at <= official_now()))"
    "  FROM report AS r JOIN report_obligation AS o ON o.id = r.obligation_id"
    "  WHERE r.round_id = d.id AND r.receiver_unit_id = v.id"
    "  AND r.state = ANY ({silent}) AND r.submitted_at IS NULL) AS silence,"
    " coalesce((SELECT jsonb_agg(jsonb_build_object('id', a.id, 'file_id', f.id, 'name', f.name,"
    "   'media_type', f.media_type, 'size', f.size, 'sha256', f.sha256) ORDER BY f.name)"
    "  FROM round_attachment AS a JOIN stored_file AS f ON f.id = a.file_id"
    "  WHERE a.round_id = d.id), '[]') AS attachments"
    " FROM reporting_round AS d"
).format(silent="ARRAY['" + "','".join(SILENT_STATES) + "']")


async def root_unit() -> Any:
    """Return id, name and path of the department's own unit."""
    return await db.fetchrow(
        "SELECT id, name, path FROM unit WHERE level = 'department' AND parent_id IS NULL"
    )


async def author_unit(author: str) -> Any | None:
    """Return the unit that wrote the plan (its name may go on after the author's), or None."""
    return await db.fetchrow(
        "SELECT id, name, path FROM unit WHERE level = 'unit'"
        " AND starts_with(search_name, fold($1)) ORDER BY length(name) LIMIT 1",
        author,
    )


async def owing_units(
    unit_ids: Sequence[UUID] | None, root_id: UUID, author_path: str | None
) -> list[Any]:
    """Return (id, receiver_unit_id, level) of all that owe a report, in the order of the list.

    Units owe it to the department; subunits only inside the unit that wrote the plan
    (`author_path`), to that unit. `unit_ids` narrows it; a chosen unit brings its subunits.
    """
    return await db.fetch(
        "SELECT u.id, u.level, CASE u.level WHEN 'unit' THEN $2 ELSE a.id END AS receiver_unit_id"
        " FROM unit AS u LEFT JOIN unit AS a ON a.path = $3 AND a.level = 'unit'"
        " WHERE u.owes_reports AND u.is_active"
        " AND (u.level = 'unit' OR (u.level = 'subunit' AND starts_with(u.path, a.path)))"
        " AND ($1::uuid[] IS NULL OR u.id = ANY ($1) OR (u.level = 'subunit' AND a.id = ANY ($1)))"
        " ORDER BY u.sort_key, u.id",
        None if unit_ids is None else list(unit_ids),
        root_id,
        author_path,
    )


async def known_files(file_ids: Sequence[UUID]) -> int:
    """Return how many of the files exist and were stored to be sent around."""
    found: int = await db.fetchval(
        "SELECT count(*) FROM stored_file WHERE id = ANY ($1)"
        " AND purpose IN ('attachment', 'decision')",
        list(file_ids),
    )
    return found


async def insert_round(values: dict[str, Any]) -> None:
    """Insert a round; the opening instant is official."""
    await db.execute(
        "INSERT INTO reporting_round (id, kind, year, title, message, edition_id, due_at,"
        " inner_due_at, due_source, decision_number, decision_file_id, state, opened_at,"
        " opened_by, is_demo)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'open', official_now(), $12, $13)",
        *(
            values[name]
            for name in (
                "id", "kind", "year", "title", "message", "edition_id", "due_at", "inner_due_at",
                "due_source", "decision_number", "decision_file_id", "opened_by", "is_demo",
            )
        ),
    )  # fmt: skip


async def insert_attachments(round_id: UUID, file_ids: Sequence[UUID]) -> None:
    """Hang files on a round."""
    await db.execute(
        "INSERT INTO round_attachment (id, round_id, file_id)"
        " SELECT a.id, $1, a.file_id FROM unnest($2::uuid[], $3::uuid[]) AS a(id, file_id)",
        round_id,
        [new_id() for _ in file_ids],
        list(file_ids),
    )


async def insert_obligations(
    round_id: UUID,
    edition_id: UUID,
    owing: Sequence[Any],
    due: dict[str, datetime | None],
    parts_total: int,
) -> list[UUID]:
    """Insert one obligation and one report for each row of `owing`; return the report ids."""
    obligation_ids = [new_id() for _ in owing]
    report_ids = [new_id() for _ in owing]
    units = [row["id"] for row in owing]
    receivers = [row["receiver_unit_id"] for row in owing]
    levels = [row["level"] for row in owing]
    await db.execute(
        "INSERT INTO report_obligation (id, round_id, unit_id, receiver_unit_id, level, due_at)"
        " SELECT n.id, $1, n.unit_id, n.receiver_id, n.level, n.due_at FROM unnest($2::uuid[],"
        " $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])"
        " AS n(id, unit_id, receiver_id, level, due_at)",
        round_id,
        obligation_ids,
        units,
        receivers,
        levels,
        [due[level] for level in levels],
    )
    await db.execute(
        "INSERT INTO report (id, obligation_id, round_id, unit_id, receiver_unit_id, edition_id,"
        " parts_total)"
        " SELECT n.id, n.obligation_id, $1, n.unit_id, n.receiver_id, $2, $3"
        " FROM unnest($4::uuid[], $5::uuid[], $6::uuid[], $7::uuid[])"
        " AS n(id, obligation_id, unit_id, receiver_id)",
        round_id,
        edition_id,
        parts_total,
        report_ids,
        obligation_ids,
        units,
        receivers,
    )
    return report_ids  # fmt: skip


async def insert_parts(
    report_ids: Sequence[UUID], keys: Sequence[str], positions: Sequence[int], asked: Sequence[bool]
) -> None:
    """Insert the parts of many reports: every report times every part."""
    ids = [new_id() for _ in range(len(report_ids) * len(keys))]
    await db.execute(
        "INSERT INTO report_part (id, report_id, key, position, is_asked)"
        " SELECT ($1::uuid[])[row_number() OVER ()], r.id, p.key, p.position, p.is_asked"
        " FROM unnest($2::uuid[]) AS r(id)"
        " CROSS JOIN unnest($3::text[], $4::smallint[], $5::boolean[])"
        " AS p(key, position, is_asked)",
        ids,
        list(report_ids),
        list(keys),
        list(positions),
        list(asked),
    )


async def round_row(round_id: UUID, receiver_id: UUID) -> Any | None:
    """Return one round with the counters of one receiver, or None."""
    return await db.fetchrow(
        f"{_ROUND} JOIN unit AS v ON v.id = $2 WHERE d.id = $1", round_id, receiver_id
    )


async def rounds_of(
    receiver_ids: Sequence[UUID] | None,
    unit_ids: Sequence[UUID],
    limit: int,
    *,
    round_id: UUID | None = None,
) -> list[Any]:
    """Return rounds (or the one round) with a receiver's counters, newest first.

    `receiver_ids` None = everything that the department receives; otherwise one row for each
    receiver among them, and for each receiver that one of `unit_ids` owes something to.
    """
    return await db.fetch(
        f"{_ROUND} JOIN unit AS v ON CASE WHEN $1::uuid[] IS NULL"
        "  THEN v.level = 'department' AND v.parent_id IS NULL"
        "  ELSE v.id IN (SELECT o.receiver_unit_id FROM report_obligation AS o"
        "   WHERE o.round_id = d.id AND (o.receiver_unit_id = ANY ($1) OR o.unit_id = ANY ($2)))"
        " END WHERE $4::uuid IS NULL OR d.id = $4"
        " ORDER BY d.year DESC, d.opened_at DESC, d.id LIMIT $3",
        None if receiver_ids is None else list(receiver_ids),
        list(unit_ids),
        limit,
        round_id,
    )


async def lock_round(round_id: UUID) -> Any | None:
    """Lock one round and return its row, or None."""
    return await db.fetchrow(
        "SELECT id, kind, year, title, state, due_at, inner_due_at, due_source, edition_id"
        " FROM reporting_round WHERE id = $1 FOR NO KEY UPDATE",
        round_id,
    )


async def set_round_state(round_id: UUID, state: str) -> None:
    """Open or close a round."""
    await db.execute(
        "UPDATE reporting_round SET state = $2::text,"
        " closed_at = CASE $2::text WHEN 'closed' THEN official_now() END WHERE id = $1",
        round_id,
        state,
    )


async def set_round_due(
    round_id: UUID, due_at: datetime, source: str, number: str, file_id: UUID | None
) -> None:
    """Give a round another day; obligations with a day of their own (extended) keep it."""
    await db.execute(
        "WITH old AS (SELECT id, due_at FROM reporting_round WHERE id = $1),"
        " moved AS (UPDATE report_obligation AS o SET due_at = $2 FROM old"
        "  WHERE o.round_id = old.id AND o.level = 'unit'"
        "  AND o.due_at IS NOT DISTINCT FROM old.due_at)"
        " UPDATE reporting_round SET due_at = $2, due_source = $3, decision_number = $4,"
        " decision_file_id = $5 WHERE id = $1",
        round_id,
        due_at,
        source,
        number,
        file_id,
    )


async def obligation_rows(
    *,
    round_id: UUID,
    receiver_id: UUID,
    state: str | None,
    kind: str | None,
    timing: str | None,
    search: str,
    after: UUID | None,
    limit: int,
) -> list[Any]:
    """Return one page of a round's list in the order of the units' names (one statement)."""
    return await db.fetch(
        f"SELECT o.id AS obligation_id, r.id AS report_id, u.id AS unit_id, {NAME} AS unit_name,"
        " u.kind AS unit_kind, o.level, r.state, r.timing, o.due_at,"
        " (r.state = ANY ($9) AND r.submitted_at IS NULL"
        "  AND o.due_at <= official_now()) IS TRUE AS is_overdue,"
        " r.submitted_at, r.late_seconds, r.activity_at, r.parts_done, r.parts_total,"
        " r.parts_returned, r.returned_due_at, o.reminder_count, o.reminded_at, o.excused_reason,"
        " EXISTS (SELECT FROM extension AS e WHERE e.obligation_id = o.id) AS is_extended"
        " FROM report AS r JOIN report_obligation AS o ON o.id = r.obligation_id"
        " JOIN unit AS u ON u.id = r.unit_id JOIN reporting_round AS d ON d.id = r.round_id"
        " WHERE r.round_id = $1 AND r.receiver_unit_id = $2"
        " AND ($3::text IS NULL OR r.state = $3) AND ($4::text IS NULL OR u.kind = $4)"
        " AND ($5::text IS NULL OR r.timing = $5"
        "  OR ($5 = 'overdue' AND r.state = ANY ($9) AND r.submitted_at IS NULL"
        "   AND o.due_at <= official_now()))"
        " AND ($6 = '' OR position(fold($6) IN u.search_name) > 0)"
        " AND ($7::uuid IS NULL"
        "  OR (u.sort_key, u.id) > (SELECT sort_key, id FROM unit WHERE id = $7))"
        " ORDER BY u.sort_key, u.id LIMIT $8",
        round_id, receiver_id, state, kind, timing, search, after, limit, SILENT_STATES,
    )  # fmt: skip


async def mark_reminded(round_id: UUID, receiver_id: UUID) -> list[Any]:
    """Mark the silent units of a receiver as reminded, at most once in ten minutes."""
    return await db.fetch(
        "UPDATE report_obligation AS o SET reminded_at = official_now(),"
        " reminder_count = reminder_count + 1 FROM report AS r"
        " WHERE r.obligation_id = o.id AND o.round_id = $1 AND o.receiver_unit_id = $2"
        " AND r.state = ANY ($3) AND r.submitted_at IS NULL"
        " AND (o.reminded_at IS NULL OR o.reminded_at <= official_now() - interval '10 minutes')"
        " RETURNING o.unit_id, o.due_at, o.reminded_at",
        round_id,
        receiver_id,
        SILENT_STATES,
    )


async def excuse(obligation_id: UUID, reason: str, account_id: UUID | None) -> None:
    """Write why (or, with an empty reason, that no longer) a unit is excused."""
    await db.execute(
        "UPDATE report_obligation SET excused_reason = $2, excused_by = $3 WHERE id = $1",
        obligation_id,
        reason,
        account_id,
    )


async def extend(
    obligation_id: UUID,
    new_due_at: datetime,
    reason: str,
    number: str,
    file_id: UUID | None,
    account_id: UUID | None,
) -> None:
    """Write an extension and move the day of its obligation."""
    await db.execute(
        "WITH old AS (SELECT id, due_at FROM report_obligation WHERE id = $2),"
        " moved AS (UPDATE report_obligation AS o SET due_at = $3 FROM old WHERE o.id = old.id)"
        " INSERT INTO extension (id, obligation_id, old_due_at, new_due_at, reason,"
        " decision_number, decision_file_id, granted_by, granted_at)"
        " SELECT $1, old.id, old.due_at, $3, $4, $5, $6, $7, official_now() FROM old",
        new_id(), obligation_id, new_due_at, reason, number, file_id, account_id,
    )  # fmt: skip
