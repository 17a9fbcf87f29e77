"""SQL of decisions and their lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.ids import new_id

# Why nothing may be decided for a subject on a day; '' where nothing holds it.
HELD = """coalesce((SELECT h.kind FROM subject_hold AS h WHERE h.subject_id = n.subject_id
    AND h.from_on <= {day} AND (h.released_on IS NULL OR h.released_on > {day})
    ORDER BY h.from_on LIMIT 1), '')"""
_ROUND = """SELECT r.id, r.name, r.occasion, r.year, r.edition_id, r.unit_id, u.name AS unit_name,
    u.path AS unit_path, r.period_from, r.period_to
FROM award_round AS r JOIN unit AS u ON u.id = r.unit_id"""


async def round_row(round_id: UUID) -> Record | None:
    """Return an award round, or None."""
    return await db.fetchrow(f"{_ROUND} WHERE r.id = $1", round_id)


async def rounds(paths: Sequence[str], limit: int = 100) -> list[Record]:
    """Return the newest rounds of units under these paths, with what waits and what was decided."""
    return await db.fetch(
        f"""SELECT x.*, count(n.id) FILTER (WHERE n.state = 'submitted') AS waiting,
            count(n.id) FILTER (WHERE n.state = 'decided') AS decided,
            count(n.id) FILTER (WHERE n.state = 'forwarded') AS forwarded
        FROM ({_ROUND} WHERE u.path LIKE ANY($1::text[]) ORDER BY r.opened_at DESC LIMIT $2) AS x
        LEFT JOIN nomination AS n ON n.round_id = x.id
        GROUP BY x.id, x.name, x.occasion, x.year, x.edition_id, x.unit_id, x.unit_name,
            x.unit_path, x.period_from, x.period_to ORDER BY x.year DESC, x.id DESC""",
        [f"{path}%" for path in paths],
        limit,
    )


async def candidates(round_id: UUID, day: date) -> list[Record]:
    """Return what waits for a decision in a round and stands in no open paper."""
    return await db.fetch(
        f"""SELECT n.id, n.subject_kind, n.subject_name, n.subject_title, n.subject_unit_name,
            u.name AS unit_name, n.award, n.award_kind, n.issuer, n.action, n.eligibility,
            {HELD.format(day="$2::date")} AS held
        FROM nomination AS n JOIN unit AS u ON u.id = n.unit_id
        WHERE n.round_id = $1 AND n.state = 'submitted' AND NOT EXISTS (
            SELECT FROM decision_entry AS e JOIN award_decision AS d ON d.id = e.decision_id
            WHERE e.nomination_id = n.id AND d.kind <> 'revoke'
                AND d.state NOT IN ('issued', 'annulled'))
        ORDER BY n.award, n.action, n.subject_kind <> 'collective', n.subject_kind, n.sort_key,
            n.id""",
        round_id,
        day,
    )


async def lock_nominations(ids: Sequence[UUID]) -> list[Record]:
    """Lock nominations in the order of their ids; return what a paper needs of them."""
    return await db.fetch(
        """SELECT id, round_id, state, award, award_kind, action, issuer, subject_kind, sort_key,
            received_at, EXISTS (
                SELECT FROM decision_entry AS e JOIN award_decision AS d ON d.id = e.decision_id
                WHERE e.nomination_id = n.id AND d.kind <> 'revoke'
                    AND d.state NOT IN ('issued', 'annulled')
            ) AS is_taken
        FROM nomination AS n WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE""",
        list(ids),
    )


async def insert(
    *, decision_id: UUID, unit_id: UUID, round_id: UUID | None, kind: str, title: str, body: Any,
    place: str, signer: tuple[str, str], account_id: UUID | None,
) -> None:  # fmt: skip
    """Write a new draft."""
    await db.execute(
        "INSERT INTO award_decision (id, unit_id, round_id, kind, title, body, place, signer_name,"
        " signer_title, created_by, created_at)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, official_now())",
        decision_id, unit_id, round_id, kind, title, body, place, *signer, account_id,
    )  # fmt: skip


async def insert_entries(decision_id: UUID, nomination_ids: Sequence[UUID]) -> None:
    """Put nominations into a decision in the order given, after those that are in it."""
    await db.execute(
        """INSERT INTO decision_entry (id, decision_id, nomination_id, position)
        SELECT x.id, $1, x.nomination_id, x.place + (
            SELECT coalesce(max(position), 0) FROM decision_entry WHERE decision_id = $1)
        FROM unnest($2::uuid[], $3::uuid[]) WITH ORDINALITY AS x (id, nomination_id, place)""",
        decision_id,
        [new_id() for _ in nomination_ids],
        list(nomination_ids),
    )


async def remove_entry(decision_id: UUID, entry_id: UUID) -> bool:
    """Take one out of the list and close the gap; False when it is not there."""
    tag = await db.execute(
        "DELETE FROM decision_entry WHERE decision_id = $1 AND id = $2", decision_id, entry_id
    )
    await db.execute(
        """UPDATE decision_entry AS e SET position = x.place FROM (
            SELECT id, row_number() OVER (ORDER BY position) AS place
            FROM decision_entry WHERE decision_id = $1) AS x
        WHERE e.id = x.id AND e.position <> x.place""",
        decision_id,
    )
    return tag == "DELETE 1"


async def delete(decision_id: UUID, version: int) -> bool:
    """Throw a draft away; False when it has moved on."""
    await db.execute("DELETE FROM decision_entry WHERE decision_id = $1", decision_id)
    tag = await db.execute(
        "DELETE FROM award_decision WHERE id = $1 AND version = $2 AND state = 'draft'",
        decision_id,
        version,
    )
    return tag == "DELETE 1"


async def decision(decision_id: UUID) -> Record | None:
    """Return one decision with the names of who acted, its paper and package; or None."""
    return await db.fetchrow(
        """SELECT d.*, u.name AS unit_name, u.path AS unit_path, u.notation AS unit_notation,
            c.display_name AS created_by_name, a.display_name AS approved_by_name,
            b.display_name AS numbered_by_name, w.id AS document_id,
            coalesce(w.state, '') AS document_state, w.pdf_file_id, f.storage_key AS signed_key,
            (SELECT to_jsonb(p) FROM forward_package AS p
                WHERE p.decision_id = d.id AND p.subject_version = d.version) AS package
        FROM award_decision AS d JOIN unit AS u ON u.id = d.unit_id
        LEFT JOIN account AS c ON c.id = d.created_by
        LEFT JOIN account AS a ON a.id = d.approved_by
        LEFT JOIN account AS b ON b.id = d.numbered_by
        LEFT JOIN stored_file AS f ON f.id = d.signed_file_id
        LEFT JOIN document AS w ON w.subject_id = d.id AND w.subject_version = d.version
            AND w.kind IN ('award_decision', 'submission_letter')
        WHERE d.id = $1""",
        decision_id,
    )


async def lock(decision_id: UUID) -> Record | None:
    """Lock one decision until the transaction ends; return its state and version, or None."""
    return await db.fetchrow(
        "SELECT state, version, kind, sign_mode, signed_file_id FROM award_decision"
        " WHERE id = $1 FOR UPDATE",
        decision_id,
    )


async def entries(decision_id: UUID, day: date) -> list[Record]:
    """Return the list of a decision, in its order."""
    return await db.fetch(
        f"""SELECT e.id, e.nomination_id, e.position, n.subject_kind, CASE
                WHEN n.subject_kind = 'other' THEN CASE o.kind WHEN 'organisation'
                    THEN 'collective' WHEN 'household' THEN 'household' ELSE 'individual' END
                ELSE n.subject_kind END AS money_kind,
            n.subject_id, n.subject_name, n.subject_title, n.subject_unit_name, n.unit_id,
            u.name AS unit_name, u.path AS unit_path, n.award, n.award_kind, n.state,
            n.state_note AS outcome_note,
            {HELD.format(day="$2::date")} AS held, g.id AS grant_id, g.prize_amount AS prize,
            coalesce(g.prize_multiple, '') AS multiple,
            coalesce(g.decision_number, '') AS external_number, g.decided_on AS external_on,
            coalesce(g.state = 'revoked', false) AS is_revoked, coalesce((
                SELECT sum(f.amount) FROM fund_entry AS f
                WHERE f.grant_id = g.id AND f.kind = 'money_back'), 0)::bigint AS returned
        FROM decision_entry AS e JOIN nomination AS n ON n.id = e.nomination_id
        JOIN unit AS u ON u.id = n.unit_id LEFT JOIN other_subject AS o ON o.id = n.subject_other_id
        LEFT JOIN award_grant AS g ON g.nomination_id = n.id
        WHERE e.decision_id = $1 ORDER BY e.position""",
        decision_id,
        day,
    )


async def listed(
    paths: Sequence[str], *, round_id: UUID | None, kind: str, state: str, after: UUID | None,
    limit: int,
) -> list[Record]:  # fmt: skip
    """Return decisions of units under these paths, newest first, one more than `limit`."""
    return await db.fetch(
        """SELECT d.id, d.kind, d.state, d.title, d.number_text, d.decided_on, u.name AS unit_name,
            coalesce(r.name, '') AS round_name, d.created_at,
            (SELECT count(*) FROM decision_entry AS e WHERE e.decision_id = d.id) AS entries,
            (SELECT count(*) FROM decision_entry AS e JOIN nomination AS n
                ON n.id = e.nomination_id
                WHERE e.decision_id = d.id AND n.state = 'forwarded') AS waiting
        FROM award_decision AS d JOIN unit AS u ON u.id = d.unit_id
        LEFT JOIN award_round AS r ON r.id = d.round_id
        WHERE u.path LIKE ANY($1::text[]) AND ($2::uuid IS NULL OR d.round_id = $2)
            AND ($3 = '' OR d.kind = $3) AND ($4 = '' OR d.state = $4)
            AND ($5::uuid IS NULL OR d.id < $5)
        ORDER BY d.id DESC LIMIT $6""",
        [f"{path}%" for path in paths], round_id, kind, state, after, limit + 1,
    )  # fmt: skip


async def save_text(
    decision_id: UUID, version: int, *, title: str, body: Any, signer: tuple[str, str], place: str
) -> bool:
    """Save the text of a draft; False when the version has moved on."""
    tag = await db.execute(
        """UPDATE award_decision SET title = $3, body = $4, signer_name = $5, signer_title = $6,
            place = $7, version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'draft'""",
        decision_id, version, title, body, *signer, place,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def bump(decision_id: UUID) -> None:
    """Count a change of the list as a new version."""
    await db.execute("UPDATE award_decision SET version = version + 1 WHERE id = $1", decision_id)


async def move(decision_id: UUID, version: int, before: str, after: str, body: Any) -> bool:
    """Take a decision from one state to another; False when it has moved on."""
    tag = await db.execute(
        """UPDATE award_decision SET state = $4, body = $5, version = version + 1
        WHERE id = $1 AND version = $2 AND state = $3""",
        decision_id, version, before, after, body,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def approve(decision_id: UUID, version: int, account_id: UUID | None) -> bool:
    """Approve what is in review; False when it has moved on."""
    tag = await db.execute(
        """UPDATE award_decision SET state = 'approved', approved_by = $3,
            approved_at = official_now(), version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'review'""",
        decision_id, version, account_id,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def next_number(unit_id: UUID, series: str, year: int) -> int:
    """Take the next number; the row stays locked until the transaction ends, so none is lost."""
    number: int = await db.fetchval(
        """INSERT INTO number_series AS s (id, unit_id, series, year, last_number)
        VALUES ($1, $2, $3, $4, 1)
        ON CONFLICT (tenant_id, unit_id, series, year)
        DO UPDATE SET last_number = s.last_number + 1 RETURNING last_number""",
        new_id(), unit_id, series, year,
    )  # fmt: skip
    return number


async def latest_day(unit_id: UUID, kinds: Sequence[str], year: int) -> date | None:
    """Return the day of the newest number of a unit's series, or None."""
    found: date | None = await db.fetchval(
        "SELECT max(decided_on) FROM award_decision WHERE unit_id = $1 AND kind = ANY($2::text[])"
        " AND year = $3 AND number IS NOT NULL",
        unit_id,
        list(kinds),
        year,
    )
    return found


async def set_number(
    decision_id: UUID, version: int, *, number: int, text: str, decided_on: date,
    account_id: UUID | None,
) -> bool:  # fmt: skip
    """Give an approved one its number and day; False when it has moved on."""
    tag = await db.execute(
        """UPDATE award_decision SET state = 'numbered', number = $3, year = $4, number_text = $5,
            decided_on = $6, numbered_by = $7, numbered_at = official_now(), version = version + 1
        WHERE id = $1 AND version = $2 AND state = 'approved'""",
        decision_id, version, number, decided_on.year, text, decided_on, account_id,
    )  # fmt: skip
    return tag == "UPDATE 1"


async def set_signed(decision_id: UUID, mode: str, file_id: UUID) -> None:
    """Keep the signed file of a numbered one."""
    await db.execute(
        "UPDATE award_decision SET sign_mode = $2, signed_file_id = $3 WHERE id = $1",
        decision_id,
        mode,
        file_id,
    )


async def discard_signed(decision_id: UUID, body: Any) -> None:
    """Forget the signed file; the version stays, since the numbered file belongs to it."""
    await db.execute(
        "UPDATE award_decision SET sign_mode = '', signed_file_id = NULL, body = $2 WHERE id = $1",
        decision_id,
        body,
    )


async def set_issued(decision_id: UUID) -> None:
    """Write down that it is out."""
    await db.execute(
        "UPDATE award_decision SET state = 'issued', issued_at = official_now() WHERE id = $1",
        decision_id,
    )


async def stored(file_id: UUID, unit_id: UUID, purpose: str) -> Record | None:
    """Return a stored file of a unit, or None."""
    return await db.fetchrow(
        "SELECT media_type, storage_key FROM stored_file WHERE id = $1 AND unit_id = $2"
        " AND purpose = $3",
        file_id,
        unit_id,
        purpose,
    )


async def file_of(decision_id: UUID, version: int, which: str) -> Record | None:
    """Return name, kind and key of a decision's file: pdf | docx | ban-ky; or None."""
    return await db.fetchrow(
        """SELECT f.name, f.media_type, f.storage_key FROM award_decision AS d
        LEFT JOIN document AS w ON w.subject_id = d.id AND w.subject_version = $2
            AND w.kind IN ('award_decision', 'submission_letter')
        JOIN stored_file AS f ON f.id = CASE $3::text WHEN 'pdf' THEN w.pdf_file_id
            WHEN 'docx' THEN w.docx_file_id WHEN 'ban-ky' THEN d.signed_file_id END
        WHERE d.id = $1""",
        decision_id,
        version,
        which,
    )


async def instant() -> Any:
    """Return the official instant."""
    return await db.fetchval("SELECT official_now()")
