"""SQL of the operators' accounts and authenticators (as the platform's role)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

_ACCOUNT = "SELECT o.*, official_now() AS now FROM operator AS o"


async def by_username(username: str) -> Any | None:
    """Return an operator by the user name."""
    return await db.fetchrow(f"{_ACCOUNT} WHERE o.username = $1", username)


async def by_id(account_id: UUID) -> Any | None:
    """Return an operator."""
    return await db.fetchrow(f"{_ACCOUNT} WHERE o.id = $1", account_id)


async def operators() -> list[Any]:
    """Return all operators by user name, with their last use."""
    return await db.fetch(
        "SELECT o.*, (SELECT max(s.seen_at) FROM operator_session AS s"
        " WHERE s.operator_id = o.id) AS seen_at FROM operator AS o ORDER BY o.username"
    )


async def insert(
    *,
    operator_id: UUID,
    username: str,
    display_name: str,
    password_hash: str,
    must_change: bool,
    is_demo: bool,
) -> bool:
    """Insert an operator; False if the user name is taken."""
    tag = await db.execute(
        "INSERT INTO operator (id, username, display_name, password_hash, password_changed_at,"
        " must_change_password, is_demo, created_at)"
        " VALUES ($1, $2, $3, $4, official_now(), $5, $6, official_now())"
        " ON CONFLICT (username) DO NOTHING",
        operator_id,
        username,
        display_name,
        password_hash,
        must_change,
        is_demo,
    )
    return tag == "INSERT 0 1"


async def close(operator_id: UUID) -> bool:
    """Close an account; False if no other one would be left open.

    Who closes takes hold of all open accounts first, so that two closings wait for each other.
    """
    rows = await db.fetch("SELECT id FROM operator WHERE is_active ORDER BY id FOR UPDATE")
    if not {row["id"] for row in rows} - {operator_id}:
        return False
    await db.execute("UPDATE operator SET is_active = false WHERE id = $1", operator_id)
    return True


async def count_failure(account_id: UUID, limit: int) -> None:
    """Count one failed attempt; lock at the limit."""
    await db.execute(
        "UPDATE operator SET failed_count = failed_count + 1,"
        " locked_at = CASE WHEN failed_count + 1 >= $2 THEN official_now() END"
        " WHERE id = $1 AND locked_at IS NULL",
        account_id,
        limit,
    )


async def still_open(account_id: UUID) -> bool:
    """Tell whether the account is neither locked nor inactive at this moment."""
    return bool(
        await db.fetchval(
            "SELECT locked_at IS NULL AND is_active FROM operator WHERE id = $1", account_id
        )
    )


async def forget_failures(account_id: UUID) -> None:
    """Set the counter of failures back after a complete sign-in."""
    await db.execute(
        "UPDATE operator SET failed_count = 0 WHERE id = $1 AND failed_count > 0", account_id
    )


async def unlock(account_id: UUID) -> None:
    """Unlock an account and forget its failures."""
    await db.execute(
        "UPDATE operator SET failed_count = 0, locked_at = NULL WHERE id = $1", account_id
    )


async def set_password(account_id: UUID, password_hash: str, *, must_change: bool) -> None:
    """Store a new password."""
    await db.execute(
        "UPDATE operator SET password_hash = $2, password_changed_at = official_now(),"
        " must_change_password = $3 WHERE id = $1",
        account_id,
        password_hash,
        must_change,
    )


async def set_totp(account_id: UUID, sealed_secret: str, last_step: int) -> None:
    """Store a confirmed authenticator and the step of the code that confirmed it."""
    await db.execute(
        "UPDATE operator SET totp_secret = $2, totp_confirmed_at = official_now(),"
        " totp_last_step = $3 WHERE id = $1",
        account_id,
        sealed_secret,
        last_step,
    )


async def clear_totp(account_id: UUID) -> None:
    """Forget the authenticator and the recovery codes (a lost phone)."""
    await db.execute(
        "UPDATE operator SET totp_secret = '', totp_confirmed_at = NULL WHERE id = $1", account_id
    )
    await db.execute("DELETE FROM operator_recovery_code WHERE operator_id = $1", account_id)


async def use_totp_step(account_id: UUID, step: int) -> bool:
    """Mark a time step as used; False if it, or a later one, was used before."""
    tag = await db.execute(
        "UPDATE operator SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2",
        account_id,
        step,
    )
    return tag == "UPDATE 1"


async def replace_recovery_codes(account_id: UUID, rows: Sequence[tuple[UUID, str]]) -> None:
    """Replace all recovery codes; each row is (id, hash)."""
    await db.execute("DELETE FROM operator_recovery_code WHERE operator_id = $1", account_id)
    await db.executemany(
        "INSERT INTO operator_recovery_code (id, operator_id, code_hash) VALUES ($1, $2, $3)",
        [(code_id, account_id, code_hash) for code_id, code_hash in rows],
    )


async def use_recovery_code(account_id: UUID, code_hash: str) -> bool:
    """Use up one code; False if it is unknown or was used before."""
    tag = await db.execute(
        "UPDATE operator_recovery_code SET used_at = official_now()"
        " WHERE operator_id = $1 AND code_hash = $2 AND used_at IS NULL",
        account_id,
        code_hash,
    )
    return tag == "UPDATE 1"


async def recovery_codes_left(account_id: UUID) -> int:
    """Count the codes that are still good."""
    return int(
        await db.fetchval(
            "SELECT count(*) FROM operator_recovery_code"
            " WHERE operator_id = $1 AND used_at IS NULL",
            account_id,
        )
    )
