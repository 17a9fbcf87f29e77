"""SQL of packages for the higher level, and of what goes into them."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.ids import new_id
from core.kit.storage import storage


async def ask(decision_id: UUID, version: int, steps: int, account_id: UUID | None) -> UUID | None:
    """Put a package into the queue; None when it is there already (and has not failed)."""
    asked: UUID | None = await db.fetchval(
        """INSERT INTO forward_package AS p (id, decision_id, subject_version, total_steps,
            requested_by, requested_at) VALUES ($1, $2, $3, $4, $5, official_now())
        ON CONFLICT (tenant_id, decision_id, subject_version) DO UPDATE
            SET state = 'queued', error = '', done_steps = 0 WHERE p.state = 'failed'
        RETURNING id""",
        new_id(), decision_id, version, steps, account_id,
    )  # fmt: skip
    return asked


async def package(package_id: UUID) -> Record | None:
    """Lock a package until the transaction ends and return it with its letter's unit, or None."""
    return await db.fetchrow(
        """SELECT p.id, p.decision_id, p.subject_version, p.state, d.unit_id
        FROM forward_package AS p JOIN award_decision AS d ON d.id = p.decision_id
        WHERE p.id = $1 FOR UPDATE OF p""",
        package_id,
    )


async def set_progress(package_id: UUID, done: int) -> None:
    """Show how far the package is; what is done stays done."""
    await db.execute(
        "UPDATE forward_package SET state = 'rendering', done_steps = $2"
        " WHERE id = $1 AND state <> 'done'",
        package_id,
        done,
    )


async def set_done(package_id: UUID, file_id: UUID) -> None:
    """Keep the finished archive."""
    await db.execute(
        "UPDATE forward_package SET state = 'done', done_steps = total_steps, error = '',"
        " file_id = $2 WHERE id = $1",
        package_id,
        file_id,
    )


async def set_failed(package_id: UUID, sentence: str) -> None:
    """Write down that it was given up."""
    await db.execute(
        "UPDATE forward_package SET state = 'failed', error = $2 WHERE id = $1 AND state <> 'done'",
        package_id,
        sentence,
    )


async def content(decision_id: UUID, version: int) -> bytes | None:
    """Return the archive of a version, or None."""
    key = await db.fetchval(
        """SELECT f.storage_key FROM forward_package AS p JOIN stored_file AS f ON f.id = p.file_id
        WHERE p.decision_id = $1 AND p.subject_version = $2 AND p.state = 'done'""",
        decision_id,
        version,
    )
    return await storage().get(key) if key else None


async def written_parts(decision_id: UUID) -> list[Record]:
    """Return what was written for everybody in a letter: (nomination_id, key, body)."""
    return await db.fetch(
        """SELECT p.nomination_id, p.key, p.body FROM decision_entry AS e
        JOIN nomination_part AS p ON p.nomination_id = e.nomination_id
        WHERE e.decision_id = $1 ORDER BY e.position, p.key""",
        decision_id,
    )


async def initiatives(decision_id: UUID) -> list[Record]:
    """Return the initiatives behind everybody in a letter."""
    return await db.fetch(
        """SELECT x.nomination_id, i.name, i.certificate_number, i.issuer, i.effect
        FROM decision_entry AS e JOIN nomination_initiative AS x
            ON x.nomination_id = e.nomination_id
        JOIN initiative AS i ON i.id = x.initiative_id
        WHERE e.decision_id = $1 ORDER BY e.position, i.sort_key""",
        decision_id,
    )
