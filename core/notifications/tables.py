"""Notices in the application, and mails."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Notification(TenantColumns, Table, tablename="notification"):
    """A notice for one account; `dedup_key` holds one event to one notice."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"account_id": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["account_id", "dedup_key"]]
    AUDIT: ClassVar[bool] = False

    account_id = UUID(default=None, null=False)
    event = Varchar(length=32, null=False)
    dedup_key = Text(null=False)
    title = Text(null=False)
    body = Text(default="", null=False)
    href = Text(default="", null=False)
    created_at = Timestamptz(default=None, null=False)
    read_at = Timestamptz(default=None, null=True)


class Mail(TenantColumns, Table, tablename="mail"):
    """A mail to one address.

    `state`: queued | sending | sent | kept (no SMTP set) | failed | unknown (the worker was killed
    while it was being sent: not sent again, since nobody gets two mails for one event).
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"account_id": "account"}
    UNIQUE: ClassVar[list[list[str]]] = [["dedup_key"]]
    INDEXES: ClassVar[list[list[str]]] = [["created_at"]]
    AUDIT: ClassVar[bool] = False

    account_id = UUID(default=None, null=False)
    dedup_key = Text(null=False)
    to_address = Text(null=False)
    subject = Text(null=False)
    body = Text(null=False)
    message_id = Text(default="", null=False)
    state = Varchar(length=16, default="queued", null=False)
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
    error = Text(default="", null=False)
