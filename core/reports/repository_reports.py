"""SQL of single reports: locked rows, parts, versions and events."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.kit import db
from core.kit.ids import new_id
from core.reports.names import NAME


class ReportRow(msgspec.Struct, frozen=True):
    """A report with its unit, receiver, round and obligation: what every rule needs to know."""

    id: UUID
    obligation_id: UUID
    round_id: UUID
    unit_id: UUID
    receiver_unit_id: UUID
    edition_id: UUID
    state: str
    version: int
    parts_done: int
    parts_total: int
    parts_returned: int
    returned_due_at: datetime | None
    submitted_at: datetime | None
    late_seconds: int | None
    timing: str
    on_behalf_by: UUID | None
    activity_at: datetime | None
    unit_name: str
    unit_path: str
    receiver_name: str
    receiver_path: str
    level: str
    due_at: datetime | None
    excused_reason: str
    round_title: str
    round_state: str
    kind: str
    year: int
    due_source: str


class PartRow(msgspec.Struct, frozen=True):
    """One part as it is stored."""

    id: UUID
    key: str
    position: int
    fields: dict[str, Any]
    version: int
    is_asked: bool
    is_done: bool
    review: str
    return_reason: str
    return_due_at: datetime | None
    saved_at: datetime | None
    saved_by: str
    evidence: list[dict[str, Any]]


REPORT_COLUMNS = (
    " r.id, r.obligation_id, r.round_id, r.unit_id, r.receiver_unit_id, r.edition_id, r.state,"
    " r.version, r.parts_done, r.parts_total, r.parts_returned, r.returned_due_at,"
    " r.submitted_at, r.late_seconds, r.timing, r.on_behalf_by, r.activity_at,"
    f" {NAME} AS unit_name, u.path AS unit_path, v.name AS receiver_name, v.path AS receiver_path,"
    " o.level, o.due_at, o.excused_reason, d.title AS round_title, d.state AS round_state,"
    " d.kind, d.year, d.due_source"
)
REPORT_SOURCE = (
    " FROM report AS r JOIN unit AS u ON u.id = r.unit_id"
    " JOIN unit AS v ON v.id = r.receiver_unit_id"
    " JOIN report_obligation AS o ON o.id = r.obligation_id"
    " JOIN reporting_round AS d ON d.id = r.round_id"
)
_PART_COLUMNS = (
    " p.id, p.key, p.position, p.fields, p.version, p.is_asked, p.is_done, p.review,"
    " p.return_reason, p.return_due_at, p.saved_at, coalesce(s.display_name, '') AS saved_by"
)
_EVIDENCE = (
    " coalesce((SELECT jsonb_agg(jsonb_build_object('id', e.id, 'file_id', f.id, 'name', f.name,"
    " 'media_type', f.media_type, 'size', f.size, 'sha256', f.sha256) ORDER BY e.id)"
    " FROM evidence AS e JOIN stored_file AS f ON f.id = e.file_id"
    " WHERE e.part_id = p.id AND e.removed_at IS NULL), '[]') AS evidence"
)


async def unit_row(unit_id: UUID | None) -> Any | None:
    """Return id, name and path of a unit; None asks for the department's own."""
    return await db.fetchrow(
        "SELECT id, name, path FROM unit WHERE id = $1"
        " OR ($1 IS NULL AND level = 'department' AND parent_id IS NULL)",
        unit_id,
    )


async def report_row(report_id: UUID, *, lock: bool = False) -> ReportRow | None:
    """Return one report, locked until the transaction ends where asked, or None."""
    row = await db.fetchrow(
        f"SELECT{REPORT_COLUMNS}{REPORT_SOURCE} WHERE r.id = $1"
        + (" FOR NO KEY UPDATE OF r" if lock else ""),
        report_id,
    )
    return ReportRow(**row) if row else None


async def lock_by_obligation(obligation_id: UUID) -> ReportRow | None:
    """Lock and return the report of an obligation, or None."""
    row = await db.fetchrow(
        f"SELECT{REPORT_COLUMNS}{REPORT_SOURCE} WHERE o.id = $1 FOR NO KEY UPDATE OF r",
        obligation_id,
    )
    return ReportRow(**row) if row else None


async def lock_part(report_id: UUID, key: str) -> tuple[ReportRow, PartRow] | None:
    """Lock one part with its report (the report first) and return both, or None."""
    report = await report_row(report_id, lock=True)
    row = await db.fetchrow(
        f"SELECT{_PART_COLUMNS}, '[]'::jsonb AS evidence FROM report_part AS p"
        " LEFT JOIN account AS s ON s.id = p.saved_by"
        " WHERE p.report_id = $1 AND p.key = $2 FOR NO KEY UPDATE OF p",
        report_id,
        key,
    )
    return (report, PartRow(**row)) if report and row else None


async def parts_of(report_id: UUID) -> list[PartRow]:
    """Return the parts of a report in order, with their evidence."""
    rows = await db.fetch(
        f"SELECT{_PART_COLUMNS},{_EVIDENCE} FROM report_part AS p"
        " LEFT JOIN account AS s ON s.id = p.saved_by"
        " WHERE p.report_id = $1 ORDER BY p.position",
        report_id,
    )
    return [PartRow(**row) for row in rows]


async def save_part(
    *,
    report_id: UUID,
    part_id: UUID,
    version: int,
    fields: dict[str, Any],
    is_done: bool,
    state: str,
    account_id: UUID | None,
    on_behalf_by: UUID | None,
) -> Any | None:
    """Write one part and the report's progress in one statement; None if `version` is stale."""
    return await db.fetchrow(
        "WITH old AS (SELECT id, is_done FROM report_part WHERE id = $2 AND version = $3),"
        " part AS (UPDATE report_part AS p SET fields = $4, is_done = $5, version = p.version + 1,"
        "  saved_by = $6, saved_at = official_now() FROM old"
        "  WHERE p.id = old.id AND p.version = $3"
        "  RETURNING p.version, p.saved_at, p.is_done::int - old.is_done::int AS change)"
        " UPDATE report AS r SET state = $7, activity_at = part.saved_at,"
        "  parts_done = r.parts_done + part.change,"
        "  on_behalf_by = coalesce($8, r.on_behalf_by) FROM part WHERE r.id = $1"
        " RETURNING part.version, part.saved_at, r.parts_done, r.parts_total",
        report_id, part_id, version, fields, is_done, account_id, state, on_behalf_by,
    )  # fmt: skip


async def mark_done(report_id: UUID, part_id: UUID) -> None:
    """Count a part as done without touching its text or version."""
    await db.execute(
        "WITH part AS (UPDATE report_part SET is_done = true WHERE id = $2 AND NOT is_done"
        "  RETURNING id)"
        " UPDATE report AS r SET parts_done = r.parts_done + 1, activity_at = official_now()"
        " FROM part WHERE r.id = $1",
        report_id,
        part_id,
    )


async def set_state(
    row: ReportRow,
    action: str,
    state: str,
    account_id: UUID | None,
    *,
    note: str = "",
    part_keys: Sequence[str] = (),
) -> None:
    """Move a locked report to its next state and write the step down."""
    await db.execute(
        "WITH moved AS (UPDATE report SET state = $2, version = version + 1,"
        "  activity_at = official_now() WHERE id = $1 RETURNING id, activity_at)"
        " INSERT INTO report_event (id, report_id, action, from_state, to_state, part_keys, note,"
        " actor_id, at) SELECT $3, moved.id, $4, $5, $2, $6, $7, $8, moved.activity_at FROM moved",
        row.id, str(state), new_id(), str(action), row.state, list(part_keys), note, account_id,
    )  # fmt: skip


async def has_writing(report_id: UUID) -> bool:
    """Tell whether anything was ever saved in a report."""
    found: bool = await db.fetchval(
        "SELECT EXISTS (SELECT FROM report_part WHERE report_id = $1 AND version > 0)", report_id
    )
    return found


async def submit(
    row: ReportRow,
    *,
    content: dict[str, Any],
    content_hash: str,
    receipt_code: str,
    account_id: UUID | None,
    on_behalf: bool,
    delegated_by: UUID | None,
) -> Any:
    """Write a version with the official instant and judge its timing, in one statement.

    The first submission that stands decides on time or late; a resubmission is measured against
    the day of the return and leaves that judgement alone.
    """
    return await db.fetchrow(
        "WITH moment AS MATERIALIZED (SELECT official_now() AS at),"
        " judged AS (SELECT r.id, m.at, r.submitted_at IS NULL AS is_first,"
        "  CASE WHEN r.submitted_at IS NULL THEN o.due_at ELSE r.returned_due_at END AS due_at"
        "  FROM report AS r JOIN report_obligation AS o ON o.id = r.obligation_id"
        "  CROSS JOIN moment AS m WHERE r.id = $1),"
        " timed AS (SELECT *, CASE WHEN at >= due_at"
        "  THEN floor(extract(epoch FROM at - due_at))::bigint END AS late FROM judged),"
        " moved AS (UPDATE report AS r SET state = 'submitted', version = r.version + 1,"
        "  submitted_at = coalesce(r.submitted_at, t.at), activity_at = t.at,"
        "  late_seconds = CASE WHEN t.is_first THEN t.late ELSE r.late_seconds END,"
        "  timing = CASE WHEN NOT t.is_first THEN r.timing WHEN t.due_at IS NULL THEN ''"
        "   WHEN t.late IS NULL THEN 'on_time' ELSE 'late' END,"
        "  on_behalf_by = CASE WHEN $7 THEN $6::uuid ELSE r.on_behalf_by END,"
        "  parts_returned = 0, unit_name = ''"
        "  FROM timed AS t WHERE r.id = t.id RETURNING r.id, r.timing),"
        " opened AS (UPDATE report_part SET review = 'open'"
        "  WHERE report_id = $1 AND review = 'returned'),"
        " told AS (INSERT INTO report_event (id, report_id, action, from_state, to_state,"
        "  part_keys, note, actor_id, at)"
        "  SELECT $8, id, 'submit', $9, 'submitted', '[]', '', $6, at FROM timed)"
        " INSERT INTO report_version (id, report_id, number, content, content_hash, receipt_code,"
        "  submitted_at, submitted_by, on_behalf, due_at, late_seconds, delegated_by)"
        " SELECT $2, t.id, coalesce((SELECT max(number) FROM report_version"
        "  WHERE report_id = t.id), 0) + 1, $3, $4, $5, t.at, $6, $7, t.due_at, t.late, $10"
        " FROM timed AS t JOIN moved AS m ON m.id = t.id"
        " RETURNING id AS version_id, number, submitted_at, due_at, late_seconds",
        row.id, new_id(), content, content_hash, receipt_code, account_id, on_behalf, new_id(),
        row.state, delegated_by,
    )  # fmt: skip


async def withdraw(row: ReportRow) -> int:
    """Mark returned parts as returned again; return how many there are.

    Without any, the withdrawn submission counts as never made: the next one is judged anew.
    """
    count: int = await db.fetchval(
        "WITH back AS (UPDATE report_part SET review = 'returned'"
        "  WHERE report_id = $1 AND review = 'open' AND return_reason <> '' RETURNING id),"
        " total AS (SELECT count(*)::smallint AS n FROM back)"
        " UPDATE report AS r SET parts_returned = total.n,"
        "  submitted_at = CASE WHEN total.n > 0 THEN r.submitted_at END,"
        "  late_seconds = CASE WHEN total.n > 0 THEN r.late_seconds END,"
        "  timing = CASE WHEN total.n > 0 THEN r.timing ELSE '' END"
        " FROM total WHERE r.id = $1 RETURNING r.parts_returned",
        row.id,
    )
    return count


async def accept_parts(report_id: UUID, keys: Sequence[str]) -> int:
    """Accept open parts; return how many asked parts are still not accepted."""
    left: int = await db.fetchval(
        "WITH taken AS (UPDATE report_part SET review = 'accepted', return_reason = '',"
        "  return_due_at = NULL WHERE report_id = $1 AND key = ANY ($2) AND review = 'open'"
        "  RETURNING id)"
        " SELECT count(*) FROM report_part AS p WHERE p.report_id = $1 AND p.is_asked"
        " AND p.review <> 'accepted' AND p.id NOT IN (SELECT id FROM taken)",
        report_id,
        list(keys),
    )
    return left


async def return_parts(
    report_id: UUID, keys: Sequence[str], reasons: Sequence[str], days: Sequence[datetime]
) -> None:
    """Return parts with their reasons and days; each has to be saved again."""
    await db.execute(
        "WITH given AS (SELECT * FROM unnest($2::text[], $3::text[], $4::timestamptz[])"
        "  AS g(key, reason, due_at)),"
        " old AS (SELECT count(*) FILTER (WHERE p.is_done) AS done FROM report_part AS p"
        "  JOIN given AS g ON g.key = p.key WHERE p.report_id = $1),"
        " back AS (UPDATE report_part AS p SET review = 'returned', is_done = false,"
        "  return_reason = g.reason, return_due_at = g.due_at"
        "  FROM given AS g WHERE p.report_id = $1 AND p.key = g.key),"
        " settled AS (UPDATE report_part SET return_reason = '', return_due_at = NULL"
        "  WHERE report_id = $1 AND review = 'open' AND key <> ALL ($2) AND return_reason <> '')"
        " UPDATE report SET parts_done = parts_done - old.done,"
        "  parts_returned = (SELECT count(*) FROM given),"
        "  returned_due_at = (SELECT min(due_at) FROM given) FROM old WHERE id = $1",
        report_id,
        list(keys),
        list(reasons),
        list(days),
    )


async def events_of(report_id: UUID) -> list[Any]:
    """Return the steps of a report's life, oldest first."""
    return await db.fetch(
        "SELECT e.action, e.from_state, e.to_state, e.part_keys, e.note, e.at,"
        " coalesce(a.display_name, 'Hệ thống') AS actor_name FROM report_event AS e"
        " LEFT JOIN account AS a ON a.id = e.actor_id WHERE e.report_id = $1 ORDER BY e.at, e.id",
        report_id,
    )


async def last_version(report_id: UUID) -> Any | None:
    """Return id, number and receipt code of the newest version, or None."""
    return await db.fetchrow(
        "SELECT id, number, receipt_code FROM report_version WHERE report_id = $1"
        " ORDER BY number DESC LIMIT 1",
        report_id,
    )


_VERSION = (
    "SELECT w.id, w.report_id, w.number, w.content, w.content_hash, w.receipt_code,"
    " w.submitted_at, coalesce(a.display_name, 'Hệ thống')"
    "  || coalesce(' (thừa ủy quyền của ' || l.display_name || ')', '') AS submitted_by,"
    " w.on_behalf, w.due_at, w.late_seconds FROM report_version AS w"
    " LEFT JOIN account AS a ON a.id = w.submitted_by"
    " LEFT JOIN account AS l ON l.id = w.delegated_by"
)


async def version(version_id: UUID) -> Any | None:
    """Return one version, or None."""
    return await db.fetchrow(f"{_VERSION} WHERE w.id = $1", version_id)


async def newest_versions(report_id: UUID, limit: int) -> list[Any]:
    """Return the newest versions of a report, newest first."""
    return await db.fetch(
        f"{_VERSION} WHERE w.report_id = $1 ORDER BY w.number DESC LIMIT $2", report_id, limit
    )


async def standing_versions(report_id: UUID, limit: int) -> list[Any]:
    """Return the newest versions that were not withdrawn, newest first.

    A withdrawal takes back the last version before it (ids grow with time).
    """
    return await db.fetch(
        f"{_VERSION} WHERE w.report_id = $1 AND NOT EXISTS (SELECT FROM report_event AS e"
        "  WHERE e.report_id = w.report_id AND e.action = 'withdraw' AND e.id > w.id"
        "  AND NOT EXISTS (SELECT FROM report_version AS n"
        "   WHERE n.report_id = w.report_id AND n.id > w.id AND n.id < e.id))"
        " ORDER BY w.number DESC LIMIT $2",
        report_id,
        limit,
    )


async def inner_parts(round_id: UUID, receiver_id: UUID) -> list[Any]:
    """Return the accepted parts of the reports that a unit received in a round."""
    return await db.fetch(
        "SELECT r.id AS report_id, r.unit_id, u.name AS unit_name, r.state, p.key, p.fields,"
        " p.version FROM report AS r JOIN unit AS u ON u.id = r.unit_id"
        " JOIN report_part AS p ON p.report_id = r.id AND p.review = 'accepted'"
        " WHERE r.round_id = $1 AND r.receiver_unit_id = $2"
        " ORDER BY u.sort_key, u.id, p.position",
        round_id,
        receiver_id,
    )


async def set_sources(part_id: UUID, sources: Sequence[dict[str, Any]]) -> None:
    """Write down from which inner reports a part was put together."""
    await db.execute(
        "UPDATE report_part SET fields = fields || jsonb_build_object('sources', $2::jsonb)"
        " WHERE id = $1",
        part_id,
        list(sources),
    )
