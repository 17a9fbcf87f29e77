"""What the department allows its operator, who came in by it, and what was looked at."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class SupportGrant(TenantColumns, Table, tablename="support_grant"):
    """The administrator's permission to look at the site, with a role that changes nothing."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"granted_by": "account", "ended_by": "account"}
    INDEXES: ClassVar[list[list[str]]] = [["expires_at"]]

    role = Varchar(length=32, null=False)
    reason = Text(null=False)
    granted_by = UUID(default=None, null=True)
    granted_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    ended_at = Timestamptz(default=None, null=True)
    ended_by = UUID(default=None, null=True)


class SupportEntry(TenantColumns, Table, tablename="support_entry"):
    """One operator who comes in by a grant: a ticket for two minutes, then a session.

    `operator_id` is an account of the platform, not of the department. `session_id` has no
    foreign key: old sessions are deleted.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "grant_id": "support_grant",
        "account_id": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["ticket_hash"]]
    INDEXES: ClassVar[list[list[str]]] = [["grant_id"]]
    AUDIT_HASHED: ClassVar[list[str]] = ["ticket_hash"]

    grant_id = UUID(default=None, null=False)
    operator_id = UUID(default=None, null=False)
    operator_name = Text(null=False)
    ticket_hash = Varchar(length=64, null=False)
    created_at = Timestamptz(default=None, null=False)
    expires_at = Timestamptz(default=None, null=False)
    used_at = Timestamptz(default=None, null=True)
    account_id = UUID(default=None, null=True)
    session_id = UUID(default=None, null=True)


class SupportVisit(TenantColumns, Table, tablename="support_visit"):
    """A page that an operator has looked at."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"entry_id": "support_entry"}
    INDEXES: ClassVar[list[list[str]]] = [["entry_id"]]
    APPEND_ONLY: ClassVar[bool] = True

    entry_id = UUID(default=None, null=False)
    path = Text(null=False)
    visited_at = Timestamptz(default=None, null=False)
