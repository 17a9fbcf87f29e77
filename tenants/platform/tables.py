"""What belongs to no department: operators, their sessions, and the trail of what they do.

Only the role thidua_platform may touch these tables; the application's role has no right on them.
"""

from __future__ import annotations

from piccolo.columns import JSONB, UUID, BigInt, Boolean, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table


class Operator(Table, tablename="operator"):
    """A person who runs the platform. A second factor is obligatory."""

    id = UUID(primary_key=True)
    username = Varchar(length=100, unique=True, null=False)
    display_name = Text(null=False)
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


class OperatorSession(Table, tablename="operator_session"):
    """A signed-in browser of an operator (only a hash of its token). `stage`: as elsewhere."""

    id = UUID(primary_key=True)
    operator_id = UUID(default=None, null=False)
    token_hash = Varchar(length=64, unique=True, null=False)
    stage = Varchar(length=16, default="full", null=False)
    created_at = Timestamptz()
    seen_at = Timestamptz()
    expires_at = Timestamptz(default=None, null=False)
    address = Text(default="", null=False)
    user_agent = Text(default="", null=False)
    revoked_at = Timestamptz(default=None, null=True)


class OperatorRecoveryCode(Table, tablename="operator_recovery_code"):
    """One single-use code in place of the authenticator (hash only)."""

    id = UUID(primary_key=True)
    operator_id = UUID(default=None, null=False)
    code_hash = Text(null=False)
    used_at = Timestamptz(default=None, null=True)


class PlatformEvent(Table, tablename="platform_event"):
    """One line of the operators' trail: who did what to which department or account, and why.

    Written by triggers and by `platform_note` only; each line's hash covers the one before.
    """

    id = UUID(primary_key=True)
    seq = BigInt(default=0, null=False)
    at = Timestamptz(default=None, null=False)
    operator_id = UUID(default=None, null=True)
    reason = Text(default="", null=False)
    table_name = Varchar(length=63, null=False)
    subject = Text(default="", null=False)
    row_id = UUID(default=None, null=True)
    action = Varchar(length=32, null=False)
    changes = JSONB(default="{}", null=False)
    prev_hash = Varchar(length=64, default="", null=False)
    hash = Varchar(length=64, default="", null=False)


class PlatformHead(Table, tablename="platform_head"):
    """The end of the operators' trail: its length and its last hash (one row)."""

    id = UUID(primary_key=True)
    seq = BigInt(default=0, null=False)
    hash = Varchar(length=64, default="", null=False)
