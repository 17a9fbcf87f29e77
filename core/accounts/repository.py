"""SQL of accounts, grants, recovery codes, reset links and the department's settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db

_GRANTS = """(
    SELECT coalesce(json_agg(json_build_array(g.role, g.unit_id, gu.path,
                                              coalesce(g.delegated_by::text, ''), gu.name,
                                              coalesce(g.valid_to::text, ''),
                                              coalesce(d.display_name, ''))
                             ORDER BY g.granted_at), '[]')::text
    FROM role_grant g JOIN unit gu ON gu.tenant_id = g.tenant_id AND gu.id = g.unit_id
    LEFT JOIN account d ON d.tenant_id = g.tenant_id AND d.id = g.delegated_by
    WHERE g.tenant_id = a.tenant_id AND g.account_id = a.id AND g.revoked_at IS NULL
      AND grant_in_force(g.valid_from, g.valid_to)
) AS grants"""

# The account under which an operator comes in by a support grant: no password opens it.
IS_SUPPORT = """EXISTS (SELECT FROM support_entry se
    WHERE se.tenant_id = a.tenant_id AND se.account_id = a.id)"""

_ACCOUNT = f"""SELECT a.id, a.tenant_id, a.username, a.display_name, a.email, a.unit_id,
    u.name AS unit_name, u.path AS unit_path, {IS_SUPPORT} AS is_support,
    CASE WHEN {IS_SUPPORT} THEN '' ELSE a.password_hash END AS password_hash, a.password_changed_at,
    a.must_change_password, a.totp_secret, a.totp_confirmed_at, a.totp_last_step, a.failed_count,
    a.locked_at, a.is_active, a.is_demo, a.created_at, official_now() AS now, {_GRANTS}
FROM account a JOIN unit u ON u.tenant_id = a.tenant_id AND u.id = a.unit_id"""


async def by_username(username: str) -> Any | None:
    """Return an account with its unit and grants by its user name."""
    return await db.fetchrow(f"{_ACCOUNT} WHERE a.username = $1", username)


async def by_id(account_id: UUID) -> Any | None:
    """Return an account with its unit and grants."""
    return await db.fetchrow(f"{_ACCOUNT} WHERE a.id = $1", account_id)


async def by_email(email: str) -> Any | None:
    """Return the one active account with this address, or None where there are none or several."""
    rows = await db.fetch(
        f"{_ACCOUNT} WHERE lower(a.email) = $1 AND a.is_active AND NOT {IS_SUPPORT} LIMIT 2", email
    )
    return rows[0] if len(rows) == 1 else None


async def search(
    *, paths: Sequence[str], pattern: str, state: str, after: UUID | None, limit: int
) -> list[Any]:
    """Return one page of the accounts whose unit lies under the paths, by given name.

    `state`: '' | active | locked | inactive.
    """
    return await db.fetch(
        f"""{_ACCOUNT}
        WHERE u.path LIKE ANY ($1) AND ($2 = '' OR a.search_name LIKE $2)
          AND ($3 = '' OR $3 = CASE WHEN NOT a.is_active THEN 'inactive'
                                    WHEN a.locked_at IS NOT NULL THEN 'locked' ELSE 'active' END)
          AND ($4::uuid IS NULL
               OR (a.roster_key, a.id) > (SELECT b.roster_key, b.id FROM account b WHERE b.id = $4))
        ORDER BY a.roster_key, a.id LIMIT $5""",
        [f"{path}%" for path in paths],
        pattern,
        state,
        after,
        limit,
    )


async def insert(
    *,
    account_id: UUID,
    username: str,
    display_name: str,
    search_name: str,
    roster_key: str,
    email: str,
    unit_id: UUID,
    person_id: UUID | None,
    password_hash: str,
    must_change_password: bool,
    is_demo: bool,
) -> bool:
    """Insert an account; False if the user name is taken."""
    tag = await db.execute(
        """INSERT INTO account (id, username, display_name, search_name, roster_key, email,
            unit_id, person_id, password_hash, password_changed_at, must_change_password, is_demo,
            created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, official_now(), $10, $11, official_now())
        ON CONFLICT (tenant_id, username) DO NOTHING""",
        account_id,
        username,
        display_name,
        search_name,
        roster_key,
        email,
        unit_id,
        person_id,
        password_hash,
        must_change_password,
        is_demo,
    )
    return tag == "INSERT 0 1"


async def accounts_left() -> int | None:
    """Return how many accounts the department may still take into use; None = no limit."""
    left: int | None = await db.fetchval(
        "SELECT CASE WHEN t.max_accounts IS NOT NULL THEN t.max_accounts -"
        " (SELECT count(*) FROM account AS a WHERE a.is_active) END::int FROM tenant AS t"
        " WHERE t.id = nullif(current_setting('app.tenant_id', true), '')::uuid"
    )
    return left


async def count_failure(account_id: UUID, limit: int) -> None:
    """Count one failed attempt; lock at the limit."""
    await db.execute(
        """UPDATE account SET failed_count = failed_count + 1,
            locked_at = CASE WHEN failed_count + 1 >= $2 THEN official_now() END
        WHERE id = $1 AND locked_at IS NULL""",
        account_id,
        limit,
    )


async def still_open(account_id: UUID) -> bool:
    """Tell whether the account is neither locked nor inactive at this moment.

    Takes no row lock: a failure that follows is counted in another transaction.
    """
    return bool(
        await db.fetchval(
            "SELECT locked_at IS NULL AND is_active FROM account WHERE id = $1", account_id
        )
    )


async def forget_failures(account_id: UUID) -> None:
    """Set the counter of failures back after a complete sign-in."""
    await db.execute(
        "UPDATE account SET failed_count = 0 WHERE id = $1 AND failed_count > 0", account_id
    )


async def set_password(account_id: UUID, password_hash: str, *, must_change: bool) -> None:
    """Store a new password."""
    await db.execute(
        "UPDATE account SET password_hash = $2, password_changed_at = official_now(),"
        " must_change_password = $3 WHERE id = $1",
        account_id,
        password_hash,
        must_change,
    )


async def set_locked(account_id: UUID, *, locked: bool) -> None:
    """Lock an account, or unlock it and forget its failures."""
    await db.execute(
        "UPDATE account SET failed_count = 0,"
        " locked_at = CASE WHEN $2 THEN coalesce(locked_at, official_now()) END WHERE id = $1",
        account_id,
        locked,
    )


async def set_active(account_id: UUID, *, active: bool) -> None:
    """Deactivate an account, or take it back into use."""
    await db.execute("UPDATE account SET is_active = $2 WHERE id = $1", account_id, active)


async def set_totp(account_id: UUID, sealed_secret: str, last_step: int) -> None:
    """Store a confirmed authenticator and the step of the code that confirmed it."""
    await db.execute(
        "UPDATE account SET totp_secret = $2, totp_confirmed_at = official_now(),"
        " totp_last_step = $3 WHERE id = $1",
        account_id,
        sealed_secret,
        last_step,
    )


async def clear_totp(account_id: UUID) -> None:
    """Forget the authenticator and the recovery codes (a lost phone)."""
    await db.execute(
        "UPDATE account SET totp_secret = '', totp_confirmed_at = NULL WHERE id = $1", account_id
    )
    await db.execute("DELETE FROM recovery_code WHERE account_id = $1", account_id)


async def use_totp_step(account_id: UUID, step: int) -> bool:
    """Mark a time step as used; False if it, or a later one, was used before."""
    tag = await db.execute(
        "UPDATE account SET totp_last_step = $2 WHERE id = $1 AND totp_last_step < $2",
        account_id,
        step,
    )
    return tag == "UPDATE 1"


async def replace_recovery_codes(account_id: UUID, rows: Sequence[tuple[UUID, str]]) -> None:
    """Replace all recovery codes; each row is (id, hash)."""
    await db.execute("DELETE FROM recovery_code WHERE account_id = $1", account_id)
    await db.executemany(
        "INSERT INTO recovery_code (id, account_id, code_hash) VALUES ($1, $2, $3)",
        [(code_id, account_id, code_hash) for code_id, code_hash in rows],
    )


async def use_recovery_code(account_id: UUID, code_hash: str) -> bool:
    """Use up one code; False if it is unknown or was used before."""
    tag = await db.execute(
        "UPDATE recovery_code SET used_at = official_now()"
        " WHERE account_id = $1 AND code_hash = $2 AND used_at IS NULL",
        account_id,
        code_hash,
    )
    return tag == "UPDATE 1"


async def recovery_codes_left(account_id: UUID) -> int:
    """Count the codes that are still good."""
    return int(
        await db.fetchval(
            "SELECT count(*) FROM recovery_code WHERE account_id = $1 AND used_at IS NULL",
            account_id,
        )
    )


async def insert_grant(grant_id: UUID, account_id: UUID, role: str, unit_id: UUID) -> bool:
    """Grant a role at a unit; False if it is already in force."""
    tag = await db.execute(
        """INSERT INTO role_grant (id, account_id, role, unit_id, granted_at)
        SELECT $1, $2, $3::varchar, $4, official_now() WHERE NOT EXISTS (
            SELECT 1 FROM role_grant
            WHERE account_id = $2 AND role = $3::varchar AND unit_id = $4
                AND revoked_at IS NULL AND delegated_by IS NULL)""",
        grant_id,
        account_id,
        role,
        unit_id,
    )
    return tag == "INSERT 0 1"


async def revoke_grant(account_id: UUID, role: str, unit_id: UUID) -> bool:
    """End a person's own grant; False if there is none. What he lent of it ends by trigger."""
    tag = await db.execute(
        "UPDATE role_grant SET revoked_at = official_now()"
        " WHERE account_id = $1 AND role = $2 AND unit_id = $3 AND revoked_at IS NULL"
        " AND delegated_by IS NULL",
        account_id,
        role,
        unit_id,
    )
    return tag != "UPDATE 0"


async def insert_reset(reset_id: UUID, account_id: UUID, token_hash: str, minutes: int) -> None:
    """Store a reset link; older ones of the account end."""
    await db.execute(
        "UPDATE password_reset SET used_at = official_now()"
        " WHERE account_id = $1 AND used_at IS NULL",
        account_id,
    )
    await db.execute(
        """INSERT INTO password_reset (id, account_id, token_hash, created_at, expires_at)
        VALUES ($1, $2, $3, official_now(), official_now() + make_interval(mins => $4))""",
        reset_id,
        account_id,
        token_hash,
        minutes,
    )


async def find_reset(token_hash: str) -> UUID | None:
    """Return whose link this is, while it is good."""
    found: UUID | None = await db.fetchval(
        "SELECT account_id FROM password_reset"
        " WHERE token_hash = $1 AND used_at IS NULL AND expires_at > official_now()",
        token_hash,
    )
    return found


async def use_reset(token_hash: str) -> bool:
    """Use up a link; False if somebody else was first."""
    tag = await db.execute(
        "UPDATE password_reset SET used_at = official_now()"
        " WHERE token_hash = $1 AND used_at IS NULL AND expires_at > official_now()",
        token_hash,
    )
    return tag == "UPDATE 1"


async def setting(key: str) -> str:
    """Return a value that the department has set, or ''."""
    return str(await db.fetchval("SELECT value FROM tenant_setting WHERE key = $1", key) or "")


async def set_setting(setting_id: UUID, key: str, value: str) -> None:
    """Set a value of the department."""
    await db.execute(
        "INSERT INTO tenant_setting (id, key, value) VALUES ($1, $2, $3)"
        " ON CONFLICT (tenant_id, key) DO UPDATE SET value = EXCLUDED.value",
        setting_id,
        key,
        value,
    )


async def unit(unit_id: UUID) -> Any | None:
    """Return the name and the path of an active unit."""
    return await db.fetchrow("SELECT id, name, path FROM unit WHERE id = $1 AND is_active", unit_id)


async def deactivate_unused(days: int) -> list[Any]:
    """Deactivate accounts that nobody has used for so many days (the demo's are left alone)."""
    return await db.fetch(
        """UPDATE account a SET is_active = false
        WHERE a.is_active AND NOT a.is_demo
          AND coalesce(a.password_changed_at, a.created_at)
              < official_now() - make_interval(days => $1)
          AND NOT EXISTS (SELECT 1 FROM session s
                          WHERE s.tenant_id = a.tenant_id AND s.account_id = a.id
                            AND s.seen_at >= official_now() - make_interval(days => $1))
        RETURNING a.id""",
        days,
    )


async def people_without_account(unit_id: UUID, name: str) -> list[UUID]:
    """Return the people of a unit with exactly this name who have no account in use."""
    rows = await db.fetch(
        """SELECT p.id FROM person p WHERE p.unit_id = $1 AND lower(p.full_name) = lower($2)
          AND NOT EXISTS (SELECT FROM account a WHERE a.person_id = p.id AND a.is_active)
        LIMIT 2""",
        unit_id,
        name,
    )
    return [row["id"] for row in rows]


async def person_of_account(person_id: UUID) -> Any | None:
    """Return a person's name and unit, and the user name of the account in use or ''."""
    return await db.fetchrow(
        """SELECT p.full_name, p.unit_id, coalesce((SELECT a.username FROM account a
            WHERE a.person_id = p.id AND a.is_active LIMIT 1), '') AS username
        FROM person p WHERE p.id = $1""",
        person_id,
    )
