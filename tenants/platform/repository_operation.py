"""SQL of running the platform: jobs, mails, sizes, statements, the trail, support."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

# Every line must follow the one before, and the head must be the last line.
FIRST_BROKEN = (
    "WITH linked AS (SELECT e.seq, e.prev_hash, e.hash, row_number() OVER w AS place,"
    " coalesce(lag(e.hash) OVER w, '') AS before, encode(sha256(convert_to("
    "  e.prev_hash || '|' || platform_line(e, e.seq), 'UTF8')), 'hex') AS right_hash"
    " FROM platform_event AS e WHERE e.hash <> '' WINDOW w AS (ORDER BY e.seq))"
    " SELECT coalesce((SELECT min(place) FROM linked WHERE seq <> place"
    "  OR prev_hash <> before OR hash <> right_hash),"
    " (SELECT coalesce((SELECT max(seq) FROM linked), 0) + 1 FROM platform_head AS h"
    "  WHERE (h.seq, h.hash) IS DISTINCT FROM"
    "  (coalesce((SELECT max(seq) FROM linked), 0),"
    "   coalesce((SELECT hash FROM linked ORDER BY seq DESC LIMIT 1), ''))))"
)
_NAMED = " JOIN tenant AS t ON t.id = x.tenant_id"


async def job_counts() -> list[Any]:
    """Return (state, count) of the jobs of all departments."""
    return await db.fetch(
        "SELECT state, sum(count)::bigint AS count FROM platform_job_counts() GROUP BY 1"
    )


async def failed_jobs(at_most: int) -> list[Any]:
    """Return the jobs that were given up, newest first."""
    return await db.fetch(
        f"SELECT t.short_name, x.* FROM platform_failed_jobs($1) AS x{_NAMED}"
        " ORDER BY x.created_at DESC, x.id",
        at_most,
    )


async def retry_jobs(ids: Sequence[UUID] | None) -> int:
    """Hand failed jobs over again (None: all); return how many."""
    return int(await db.fetchval("SELECT platform_retry_jobs($1)", ids))


async def mail_counts() -> list[Any]:
    """Return (state, count) of the mails of all departments."""
    return await db.fetch(
        "SELECT state, sum(count)::bigint AS count FROM platform_mail_counts() GROUP BY 1"
    )


async def stuck_mails(at_most: int) -> list[Any]:
    """Return the mails that failed, or of which nobody knows, newest first."""
    return await db.fetch(
        f"SELECT t.short_name, x.* FROM platform_stuck_mails($1) AS x{_NAMED}"
        " ORDER BY x.created_at DESC, x.id",
        at_most,
    )


async def retry_mails(ids: Sequence[UUID] | None) -> int:
    """Send failed mails again (None: all); return how many."""
    return int(await db.fetchval("SELECT platform_retry_mails($1)", ids))


async def note(action: str, subject: str, about: UUID | None, details: dict[str, Any]) -> None:
    """Write a line of the trail for what changes no table of the platform."""
    await db.execute("SELECT platform_note($1, $2, $3, $4)", action, subject, about, details)


async def sizes() -> list[Any]:
    """Return (short_name, rows, largest table) of each department, largest first."""
    return await db.fetch(
        "SELECT t.short_name, coalesce(sum(x.rows), 0)::bigint AS rows,"
        " coalesce((array_agg(x.table_name ORDER BY x.rows DESC))[1], '') AS largest,"
        " coalesce(max(x.rows), 0)::bigint AS largest_rows"
        f" FROM platform_sizes() AS x{_NAMED} GROUP BY t.id, t.short_name ORDER BY 2 DESC"
    )


async def database_sizes() -> list[Any]:
    """Return (name, bytes) of the ten largest tables with their indexes."""
    return await db.fetch(
        "SELECT c.relname AS name, pg_total_relation_size(c.oid) AS bytes FROM pg_class AS c"
        " WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace"
        " ORDER BY 2 DESC LIMIT 10"
    )


async def database_bytes() -> int:
    """Return the size of the whole database."""
    return int(await db.fetchval("SELECT pg_database_size(current_database())"))


async def long_statements(seconds: int) -> list[Any]:
    """Return the statements that have been running for longer."""
    return await db.fetch(
        "SELECT * FROM platform_long_statements(make_interval(secs => $1))", seconds
    )


async def has_statement_statistics() -> bool:
    """Tell whether pg_stat_statements is installed in this database."""
    return bool(
        await db.fetchval(
            "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = 'pg_stat_statements')"
        )
    )


async def slow_statements(at_most: int) -> list[Any]:
    """Return the kinds of statements that took the most time."""
    return await db.fetch("SELECT * FROM platform_slow_statements($1)", at_most)


async def trail(*, search: str, operator_id: UUID | None, before: int, limit: int) -> list[Any]:
    """Return one page of the trail, newest first; `before` is a position (0 = the newest)."""
    return await db.fetch(
        "SELECT e.seq, e.at, e.table_name, e.subject, e.action, e.reason, e.changes,"
        " coalesce(o.display_name, '') AS operator FROM platform_event AS e"
        " LEFT JOIN operator AS o ON o.id = e.operator_id"
        " WHERE ($1 = 0 OR e.seq < $1) AND ($2::uuid IS NULL OR e.operator_id = $2)"
        " AND ($3 = '' OR fold(concat_ws(' ', e.subject, e.reason, e.action, e.table_name,"
        "  o.display_name)) LIKE '%' || fold($3) || '%')"
        " ORDER BY e.seq DESC LIMIT $4",
        before,
        operator_id,
        search,
        limit,
    )


async def first_broken_link() -> int | None:
    """Return the position of the first line of the trail that does not fit, or None.

    One more than the last position means that lines are missing at the end.
    """
    found: int | None = await db.fetchval(FIRST_BROKEN)
    return found


async def support_grants() -> list[Any]:
    """Return the grants of support that are in force."""
    return await db.fetch(
        f"SELECT t.short_name, x.* FROM platform_support_grants() AS x{_NAMED}"
        " ORDER BY x.expires_at"
    )


async def support_ticket(grant_id: UUID, operator_id: UUID, name: str, ticket: str) -> UUID | None:
    """Make a ticket by a grant in force; return the department, or None where there is none."""
    found: UUID | None = await db.fetchval(
        "SELECT platform_support_ticket($1, $2, $3, $4)", grant_id, operator_id, name, ticket
    )
    return found
