"""Accounts, roles, sessions, and what proves an identity."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Boolean, Date, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Account(TenantColumns, Table, tablename="account"):
    """One person's way in. Locked after too many failures; never by address."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit", "person_id": "person"}
    UNIQUE: ClassVar[list[list[str]]] = [["username"]]
    INDEXES: ClassVar[list[list[str]]] = [["roster_key", "id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["password_hash", "totp_secret"]

    username = Varchar(length=100, null=False)
    display_name = Text(null=False)
    search_name = Text(default="", null=False)
    roster_key = Text(default="", null=False)
    email = Text(default="", null=False)
    unit_id = UUID(default=None, null=False)
    person_id = UUID(default=None, null=True)
    password_hash = Text(default="", null=False)
    password_changed_at = Timestamptz(default=None, null=True)
    must_change_password = Boolean(default=True, null=False)
    totp_secret = Text(default="", null=False)
    totp_confirmed_at = Timestamptz(default=None, null=True)
    totp_last_step = Integer(default=0, null=False)
    failed_count = Integer(default=0, null=False)
    locked_at = Timestamptz(default=None, null=True)
    is_active = Boolean(default=True, null=False)
    is_demo = Boolean(default=False, null=False)
    created_at = Timestamptz()


class RecoveryCode(TenantColumns, Table, tablename="recovery_code"):
    """One single-use code in place of the authenticator (hash only)."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"account_id": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["account_id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["code_hash"]

    account_id = UUID(default=None, null=False)
    code_hash = Text(null=False)
    used_at = Timestamptz(default=None, null=True)


class RoleGrant(TenantColumns, Table, tablename="role_grant"):
    """A role, granted at a unit and valid for its subtree.

    A delegation ("ủy quyền") is a grant with its first and last day and the account that gave it.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "account_id": "account",
        "unit_id": "unit",
        "delegated_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["account_id"], ["unit_id", "role"]]

    account_id = UUID(default=None, null=False)
    role = Varchar(length=32, null=False)
    unit_id = UUID(default=None, null=False)
    granted_at = Timestamptz()
    revoked_at = Timestamptz(default=None, null=True)
    valid_from = Date(default=None, null=True)
    valid_to = Date(default=None, null=True)
    delegated_by = UUID(default=None, null=True)
    decision = Text(default="", null=False)
    reason = Text(default="", null=False)


class Session(TenantColumns, Table, tablename="session"):
    """A signed-in browser, or an API token (`kind`: web | api). The token is stored as a hash.

    `stage`: what is still to be done before the session is good for work:
    totp | enrol | change_password | full.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"account_id": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["token_hash"]]
    INDEXES: ClassVar[list[list[str]]] = [["account_id"]]
    AUDIT: ClassVar[bool] = False

    account_id = UUID(default=None, null=False)
    token_hash = Varchar(length=64, null=False)
    kind = Varchar(length=8, default="web", null=False)
    stage = Varchar(length=16, default="full", null=False)
    created_at = Timestamptz()
    seen_at = Timestamptz()
    expires_at = Timestamptz(default=None, null=False)
    address = Text(default="", null=False)
    user_agent = Text(default="", null=False)
    revoked_at = Timestamptz(default=None, null=True)


class PasswordReset(TenantColumns, Table, tablename="password_reset"):
    """A way to a new password: a mailed link (hash of its token), used once.

    `purpose`: reset | invitation (the first password of a new account).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"account_id": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["token_hash"]]
    INDEXES: ClassVar[list[list[str]]] = [["account_id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["token_hash"]

    account_id = UUID(default=None, null=False)
    token_hash = Varchar(length=64, null=False)
    purpose = Varchar(length=16, default="reset", null=False)
    created_at = Timestamptz()
    expires_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)


class TenantSetting(TenantColumns, Table, tablename="tenant_setting"):
    """A value that the department sets for itself (for example: TOTP for every role)."""

    UNIQUE: ClassVar[list[list[str]]] = [["key"]]

    key = Varchar(length=63, null=False)
    value = Text(default="", null=False)
