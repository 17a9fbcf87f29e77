"""SQL of notices and mails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from asyncpg import Record

from core.kit import db
from core.kit.ids import new_id
from core.notifications.schemas import Notice


async def insert_notices(event: str, notices: Sequence[Notice]) -> list[Record]:
    """Insert what is new for active accounts; return account, key, address of the new ones."""
    return await db.fetch(
        "WITH made AS ("
        " INSERT INTO notification (id, account_id, event, dedup_key, title, body, href,"
        "  created_at)"
        " SELECT n.id, n.account_id, $1, n.dedup_key, n.title, n.body, n.href, official_now()"
        " FROM unnest($2::uuid[], $3::uuid[], $4::text[], $5::text[], $6::text[], $7::text[])"
        " AS n(id, account_id, dedup_key, title, body, href)"
        " JOIN account AS a ON a.id = n.account_id AND a.is_active"
        " ON CONFLICT (tenant_id, account_id, dedup_key) DO NOTHING"
        " RETURNING account_id, dedup_key, title, body, href)"
        " SELECT made.*, a.email, a.display_name"
        " FROM made JOIN account AS a ON a.id = made.account_id",
        event,
        [new_id() for _ in notices],
        [notice.account_id for notice in notices],
        [notice.dedup_key for notice in notices],
        [notice.title for notice in notices],
        [notice.body for notice in notices],
        [notice.href for notice in notices],
    )


async def insert_mails(mails: Sequence[dict[str, Any]]) -> list[UUID]:
    """Insert mails that are new (by `dedup_key`); return the ids of the inserted ones."""
    rows = await db.fetch(
        "INSERT INTO mail (id, account_id, dedup_key, to_address, subject, body, message_id,"
        " created_at)"
        " SELECT m.*, official_now() FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[],"
        " $5::text[], $6::text[], $7::text[]) AS m"
        " ON CONFLICT (tenant_id, dedup_key) DO NOTHING RETURNING id",
        *(
            [mail[column] for mail in mails]
            for column in (
                "id", "account_id", "dedup_key", "to_address", "subject", "body", "message_id",
            )
        ),
    )  # fmt: skip
    return [row["id"] for row in rows]


async def tenant_facts(event: str = "", edition_id: UUID | None = None) -> Record:
    """Return name, first host, whether it is a demo, and the own wording of an event's mails.

    The wording is that of an edition (without one: of the edition in force), or None.
    """
    return await db.fetchrow(
        "SELECT coalesce((SELECT name FROM unit WHERE parent_id IS NULL), t.name) AS name,"
        " t.is_demo, (SELECT min(h.host) FROM tenant_host AS h"
        " WHERE h.tenant_id = t.id) AS host,"
        " (SELECT e.department -> 'mails' -> $1::text FROM plan_edition AS e"
        "  WHERE CASE WHEN $2::uuid IS NULL THEN"
        "   e.effective_from <= (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date"
        "   ELSE e.id = $2 END"
        "  ORDER BY e.number DESC LIMIT 1) AS wording FROM tenant AS t"
        " WHERE t.id = nullif(current_setting('app.tenant_id', true), '')::uuid",
        event,
        edition_id,
    )


async def nearest_accounts(unit_ids: Sequence[UUID], roles: Sequence[str]) -> list[Record]:
    """Return (unit_id, account_id): per unit and role the holders at the nearest unit upwards."""
    return await db.fetch(
        "SELECT DISTINCT unit_id, account_id FROM ("
        " SELECT u.id AS unit_id, g.account_id, above.depth,"
        "  max(above.depth) OVER (PARTITION BY u.id, g.role) AS nearest"
        " FROM unit AS u"
        " CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM u.path), '/')::uuid[])"
        "  WITH ORDINALITY AS above(unit_id, depth)"
        " JOIN role_grant AS g ON g.unit_id = above.unit_id AND g.revoked_at IS NULL"
        "  AND grant_in_force(g.valid_from, g.valid_to)"
        "  AND g.role = ANY ($2)"
        " JOIN account AS a ON a.id = g.account_id AND a.is_active"
        " WHERE u.id = ANY ($1)) AS found WHERE depth = nearest",
        list(unit_ids),
        list(roles),
    )


async def lock_mail(mail_id: UUID) -> Record | None:
    """Lock one mail and return it, or None."""
    return await db.fetchrow(
        "SELECT to_address, subject, body, message_id, state FROM mail WHERE id = $1 FOR UPDATE",
        mail_id,
    )


async def set_mail_state(mail_id: UUID, state: str, error: str = "") -> None:
    """Move a mail on; what is sent stays sent."""
    await db.execute(
        "UPDATE mail SET state = $2::text, error = $3,"
        " sent_at = CASE WHEN $2::text = 'sent' THEN official_now() ELSE sent_at END"
        " WHERE id = $1 AND state <> 'sent'",
        mail_id,
        state,
        error[:2000],
    )


async def list_notices(account_id: UUID, after: UUID | None, limit: int) -> list[Record]:
    """Return an account's notices, newest first, after a cursor (the last id seen)."""
    return await db.fetch(
        "SELECT id, event, title, body, href, created_at, read_at FROM notification AS n"
        " WHERE account_id = $1 AND ($2::uuid IS NULL OR (n.created_at, n.id) <"
        "  (SELECT c.created_at, c.id FROM notification AS c WHERE c.id = $2))"
        " ORDER BY created_at DESC, id DESC LIMIT $3",
        account_id,
        after,
        limit,
    )


async def unread(account_id: UUID) -> int:
    """Return how many notices an account has not read."""
    return int(
        await db.fetchval(
            "SELECT count(*) FROM notification WHERE account_id = $1 AND read_at IS NULL",
            account_id,
        )
    )


async def mark_read(account_id: UUID, notice_id: UUID | None) -> str | None:
    """Mark one notice as read (None: all); return the one's address."""
    href: str | None = await db.fetchval(
        "WITH marked AS (UPDATE notification SET read_at = official_now()"
        "  WHERE account_id = $1 AND read_at IS NULL AND ($2::uuid IS NULL OR id = $2))"
        " SELECT href FROM notification WHERE account_id = $1 AND id = $2",
        account_id,
        notice_id,
    )
    return href


async def list_mails(after: UUID | None, limit: int, *, instead: str) -> list[Record]:
    """Return the department's mails, newest first, after a cursor (the last id seen).

    `instead` is shown in place of mails with a link that opens an account ('' shows them).
    """
    return await db.fetch(
        "SELECT m.id, m.to_address, a.display_name AS to_name, m.subject, m.state,"
        " CASE WHEN $3::text <> '' AND starts_with(m.dedup_key, 'password_reset:')"
        " THEN $3 ELSE m.body END AS body,"
        " m.created_at, m.sent_at, m.error FROM mail AS m JOIN account AS a ON a.id = m.account_id"
        " WHERE $1::uuid IS NULL OR (m.created_at, m.id) <"
        "  (SELECT c.created_at, c.id FROM mail AS c WHERE c.id = $1)"
        " ORDER BY m.created_at DESC, m.id DESC LIMIT $2",
        after,
        limit,
        instead,
    )
