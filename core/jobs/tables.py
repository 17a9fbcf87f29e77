"""The outbox: a job is a row of the transaction that wants it."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Outbox(TenantColumns, Table, tablename="outbox"):
    """A job to be handed to the queue; marked when handed over and when done."""

    INDEXES: ClassVar[list[list[str]]] = [["done_at"]]
    AUDIT: ClassVar[bool] = False

    job = Varchar(length=63, null=False)
    arguments = JSONB(default="{}", null=False)
    actor_id = UUID(default=None, null=True)
    not_before = Timestamptz(default=None, null=True)
    created_at = Timestamptz(default=None, null=False)
    sent_at = Timestamptz(default=None, null=True)
    done_at = Timestamptz(default=None, null=True)
    attempts = Integer(default=0, null=False)
    error = Text(default="", null=False)
