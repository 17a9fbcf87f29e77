"""SQL of decisions to print, runs and the log of prints."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.ids import new_id

READY = "('numbered', 'issued')"
_COPIES = (
    "SELECT count(*) FROM certificate AS c JOIN certificate_print AS p"
    " ON p.tenant_id = c.tenant_id AND p.certificate_id = c.id"
    " WHERE c.tenant_id = g.tenant_id AND c.grant_id = g.id"
)
_RUN = (
    "SELECT r.id, r.unit_id, r.decision_id, d.number_text AS decision_number, r.output, r.state,"
    " r.reason, r.total, r.done, r.error, r.template_version, r.warnings, r.file_id,"
    " f.name AS file_name, coalesce(a.display_name, '') AS requested_by_name, r.requested_at,"
    " r.finished_at FROM certificate_run AS r"
    " JOIN award_decision AS d ON d.tenant_id = r.tenant_id AND d.id = r.decision_id"
    " LEFT JOIN stored_file AS f ON f.tenant_id = r.tenant_id AND f.id = r.file_id"
    " LEFT JOIN account AS a ON a.tenant_id = r.tenant_id AND a.id = r.requested_by"
)


async def decisions(
    paths: list[str], kinds: list[str], after: UUID | None, limit: int
) -> list[Any]:
    """Return numbered decisions of the units under some paths, the newest first."""
    return await db.fetch(
        "SELECT d.id, u.name AS unit_name, d.title, d.number_text AS number, d.decided_on,"
        " n.total, n.printed FROM award_decision AS d"
        " JOIN unit AS u ON u.tenant_id = d.tenant_id AND u.id = d.unit_id"
        " CROSS JOIN LATERAL (SELECT count(*) AS total, count(c.id) AS printed"
        "  FROM award_grant AS g LEFT JOIN certificate AS c"
        "  ON c.tenant_id = g.tenant_id AND c.grant_id = g.id"
        "  WHERE g.tenant_id = d.tenant_id AND g.decision_id = d.id AND g.state = 'in_force'"
        "  AND g.award_kind = ANY($2)) AS n"
        f" WHERE d.kind = 'award' AND d.state IN {READY} AND u.path LIKE ANY($1)"
        " AND n.total > 0 AND ($3::uuid IS NULL OR d.id < $3) ORDER BY d.id DESC LIMIT $4",
        [f"{path}%" for path in paths], kinds, after, limit,
    )  # fmt: skip


async def decision(decision_id: UUID) -> Any | None:
    """Return a decision of an award with its unit, or None."""
    return await db.fetchrow(
        "SELECT d.id, d.unit_id, u.name AS unit_name, u.path, d.title, d.number_text AS number,"
        f" d.decided_on, d.state IN {READY} AS is_ready FROM award_decision AS d"
        " JOIN unit AS u ON u.tenant_id = d.tenant_id AND u.id = d.unit_id"
        " WHERE d.id = $1 AND d.kind = 'award'",
        decision_id,
    )


async def lock_decision(decision_id: UUID) -> None:
    """Let one person at a time ask for prints of a decision, until the transaction ends."""
    await db.execute(
        "SELECT pg_advisory_xact_lock(hashtextextended('certificates:' || $1, 0))",
        str(decision_id),
    )


async def kinds(decision_id: UUID, known: list[str]) -> list[Any]:
    """Return the awards of a decision that can be printed, with their counts."""
    return await db.fetch(
        "SELECT g.award_kind, count(*) AS total, count(c.id) AS printed FROM award_grant AS g"
        " LEFT JOIN certificate AS c ON c.tenant_id = g.tenant_id AND c.grant_id = g.id"
        " WHERE g.decision_id = $1 AND g.state = 'in_force' AND g.award_kind = ANY($2)"
        " GROUP BY 1 ORDER BY array_position($2, g.award_kind)",
        decision_id, known,
    )  # fmt: skip


async def recipients(
    decision_id: UUID, award_kind: str, after: int | None, limit: int
) -> list[Any]:
    """Return one page of recipients in the order of the gold book, with what they are told."""
    return await db.fetch(
        "SELECT g.id, g.subject_name AS name, g.subject_title AS title,"
        " g.subject_unit_name AS unit_name, g.achievement, g.award_kind, g.decision_number,"
        " g.decided_on, g.gold_book_number, g.state, d.place, d.signer_name, d.signer_title,"
        f" ({_COPIES}) AS copies, (SELECT max(r.requested_at) FROM certificate AS c"
        "  JOIN certificate_print AS p ON p.tenant_id = c.tenant_id AND p.certificate_id = c.id"
        "  JOIN certificate_run AS r ON r.tenant_id = p.tenant_id AND r.id = p.run_id"
        "  WHERE c.tenant_id = g.tenant_id AND c.grant_id = g.id) AS printed_at"
        " FROM award_grant AS g JOIN award_decision AS d ON d.tenant_id = g.tenant_id"
        " AND d.id = g.decision_id WHERE g.decision_id = $1 AND g.award_kind = $2"
        " AND ($3::integer IS NULL OR coalesce(g.gold_book_number, 0) > $3)"
        " ORDER BY coalesce(g.gold_book_number, 0), g.id LIMIT $4",
        decision_id, award_kind, after, limit,
    )  # fmt: skip


async def to_print(decision_id: UUID, award_kind: str) -> list[Any]:
    """Return (id, copies) of every award in force, in the order of the gold book."""
    return await db.fetch(
        f"SELECT g.id, ({_COPIES}) AS copies FROM award_grant AS g WHERE g.decision_id = $1"
        " AND g.award_kind = $2 AND g.state = 'in_force'"
        " ORDER BY coalesce(g.gold_book_number, 0), g.id",
        decision_id, award_kind,
    )  # fmt: skip


async def ensure_certificates(unit_id: UUID, codes: Sequence[tuple[UUID, str]]) -> None:
    """Make the certificates of awards that have none."""
    await db.execute(
        "INSERT INTO certificate (id, unit_id, grant_id, code, created_at)"
        " SELECT n.id, $1, n.grant_id, n.code, official_now()"
        " FROM unnest($2::uuid[], $3::uuid[], $4::text[]) AS n (id, grant_id, code)"
        " ON CONFLICT (tenant_id, grant_id) DO NOTHING",
        unit_id, [new_id() for _ in codes], [grant for grant, _ in codes],
        [code for _, code in codes],
    )  # fmt: skip


async def insert_run(values: dict[str, Any]) -> None:
    """Write a run."""
    await db.execute(
        "INSERT INTO certificate_run (id, unit_id, decision_id, output, reason, sheet,"
        " template_version, emblem_file_id, total, requested_by, requested_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())",
        *(values[name] for name in (
            "id", "unit_id", "decision_id", "output", "reason", "sheet", "template_version",
            "emblem_file_id", "total", "account_id",
        )),
    )  # fmt: skip


async def insert_prints(run_id: UUID, grant_ids: list[UUID]) -> None:
    """Write the copies of a run into the log, each with the next number of its certificate."""
    await db.execute(
        "INSERT INTO certificate_print (id, run_id, certificate_id, copy_number, position)"
        " SELECT n.id, $1, c.id, 1 + (SELECT count(*) FROM certificate_print AS p"
        "  WHERE p.tenant_id = c.tenant_id AND p.certificate_id = c.id), n.position"
        " FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS n (id, grant_id, position)"
        " JOIN certificate AS c ON c.grant_id = n.grant_id",
        run_id, [new_id() for _ in grant_ids], grant_ids,
    )  # fmt: skip


async def run(run_id: UUID) -> Any | None:
    """Return one run, or None."""
    return await db.fetchrow(f"{_RUN} WHERE r.id = $1", run_id)


async def runs_of(decision_id: UUID, limit: int) -> list[Any]:
    """Return the newest runs of a decision."""
    return await db.fetch(
        f"{_RUN} WHERE r.decision_id = $1 ORDER BY r.requested_at DESC LIMIT $2", decision_id, limit
    )


async def lock_run(run_id: UUID) -> Any | None:
    """Lock a run until the transaction ends and return what the job needs of it."""
    return await db.fetchrow(
        "SELECT r.state, r.output, r.sheet, r.emblem_file_id, r.unit_id, r.total,"
        " d.number_text AS number FROM certificate_run AS r"
        " JOIN award_decision AS d ON d.tenant_id = r.tenant_id AND d.id = r.decision_id"
        " WHERE r.id = $1 FOR UPDATE OF r",
        run_id,
    )


async def words_of(run_id: UUID) -> list[Any]:
    """Return what every certificate of a run says, in order."""
    return await db.fetch(
        "SELECT c.id, c.code, g.subject_name AS name, g.subject_title AS title,"
        " g.subject_unit_name AS unit_name, g.achievement, g.award_kind, g.decision_number,"
        " g.decided_on, g.gold_book_number, d.place, d.signer_name, d.signer_title"
        " FROM certificate_print AS p"
        " JOIN certificate AS c ON c.tenant_id = p.tenant_id AND c.id = p.certificate_id"
        " JOIN award_grant AS g ON g.tenant_id = c.tenant_id AND g.id = c.grant_id"
        " JOIN award_decision AS d ON d.tenant_id = g.tenant_id AND d.id = g.decision_id"
        " WHERE p.run_id = $1 ORDER BY p.position",
        run_id,
    )


async def set_progress(run_id: UUID, done: int) -> None:
    """Show how far a run is; what is done stays done."""
    await db.execute(
        "UPDATE certificate_run SET state = 'rendering', done = $2, error = ''"
        " WHERE id = $1 AND state <> 'done'",
        run_id,
        done,
    )


async def set_done(run_id: UUID, file_id: UUID, warnings: list[dict[str, str]]) -> None:
    """Write down the file of a finished run and what could not be set by the rule."""
    await db.execute(
        "UPDATE certificate_run SET state = 'done', done = total, file_id = $2, warnings = $3,"
        " error = '', finished_at = official_now() WHERE id = $1",
        run_id,
        file_id,
        warnings,
    )


async def set_failed(run_id: UUID, sentence: str) -> None:
    """Write down that a run was given up."""
    await db.execute(
        "UPDATE certificate_run SET state = 'failed', error = $2 WHERE id = $1 AND state <> 'done'",
        run_id,
        sentence,
    )


async def queue_again(run_id: UUID) -> bool:
    """Put a failed run back into the queue; False when it has not failed."""
    tag = await db.execute(
        "UPDATE certificate_run SET state = 'queued', error = '', done = 0"
        " WHERE id = $1 AND state = 'failed'",
        run_id,
    )
    return tag == "UPDATE 1"


async def prints(paths: list[str], pattern: str, after: UUID | None, limit: int) -> list[Any]:
    """Return one page of the log of the units under some paths, the newest first."""
    return await db.fetch(
        "SELECT p.id, p.run_id, g.subject_name AS name, g.subject_unit_name AS unit_name,"
        " g.decision_number, p.copy_number, CASE WHEN p.copy_number > 1 THEN r.reason ELSE ''"
        " END AS reason, r.state, coalesce(a.display_name, '') AS printed_by,"
        " r.requested_at AS printed_at FROM certificate_print AS p"
        " JOIN certificate_run AS r ON r.tenant_id = p.tenant_id AND r.id = p.run_id"
        " JOIN unit AS u ON u.tenant_id = r.tenant_id AND u.id = r.unit_id"
        " JOIN certificate AS c ON c.tenant_id = p.tenant_id AND c.id = p.certificate_id"
        " JOIN award_grant AS g ON g.tenant_id = c.tenant_id AND g.id = c.grant_id"
        " LEFT JOIN account AS a ON a.tenant_id = r.tenant_id AND a.id = r.requested_by"
        " WHERE u.path LIKE ANY($1) AND ($2 = '' OR g.search_name LIKE $2)"
        " AND ($3::uuid IS NULL OR p.id < $3) ORDER BY p.id DESC LIMIT $4",
        [f"{path}%" for path in paths], pattern, after, limit,
    )  # fmt: skip
