"""Projections of units, people, accounts, mails and the trail; each reads a view of its name."""

from __future__ import annotations

from typing import Any

from piccolo.columns import UUID, BigInt, Boolean, Date, ForeignKey, Text, Timestamptz, Varchar
from piccolo.columns.readable import Readable
from piccolo.table import Table

from admin import choices


class Unit(Table, tablename="đơn_vị"):
    """A unit of the tree; moves and renames happen on the pages of the organisation."""

    id = UUID(primary_key=True)
    name = Varchar(length=None)
    code = Varchar(length=None)
    short_name = Varchar(length=120)
    kind = Varchar(length=None, choices=choices.UnitKind)
    level = Varchar(length=None, choices=choices.UnitLevel)
    parent_id: ForeignKey[Any] = ForeignKey("self", null=True)
    notation = Varchar(length=30)
    place = Varchar(length=200)
    owes_reports = Boolean()
    is_active = Boolean()

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a unit is called in other lists."""
        return Readable(template="%s", columns=[cls.name])


class Person(Table, tablename="người"):
    """A civil servant, public employee or worker."""

    id = UUID(primary_key=True)
    full_name = Varchar(length=None)
    job_title = Varchar(length=200)
    unit_id = ForeignKey(Unit)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a person is called in other lists."""
        return Readable(template="%s", columns=[cls.full_name])


class Account(Table, tablename="tài_khoản"):
    """A way in; nothing that proves an identity is in the view."""

    id = UUID(primary_key=True)
    username = Varchar(length=None)
    display_name = Varchar(length=None)
    unit_id = ForeignKey(Unit)
    email = Varchar(length=None)
    state = Varchar(length=None, choices=choices.AccountState)
    has_totp = Boolean()
    must_change_password = Boolean()
    password_changed_at = Timestamptz(null=True)
    created_at = Timestamptz()

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how an account is called in other lists."""
        return Readable(template="%s (%s)", columns=[cls.display_name, cls.username])


class RoleGrant(Table, tablename="vai_trò"):
    """Who holds which role where, also what was revoked."""

    id = UUID(primary_key=True)
    role = Varchar(length=None, choices=choices.RoleName)
    account_id = ForeignKey(Account)
    unit_id = ForeignKey(Unit)
    valid_from = Date(null=True)
    valid_to = Date(null=True)
    granted_at = Timestamptz()
    revoked_at = Timestamptz(null=True)


class Setting(Table, tablename="thiết_lập"):
    """A value that the department sets for itself."""

    id = UUID(primary_key=True)
    key = Varchar(length=None, choices=choices.SettingKey)
    value = Text()


class Mail(Table, tablename="thư"):
    """A mail without its text: links to new passwords stand there."""

    id = UUID(primary_key=True)
    subject = Varchar(length=None)
    account_name = Varchar(length=None)
    to_address = Varchar(length=None)
    state = Varchar(length=None, choices=choices.MailState)
    created_at = Timestamptz()
    sent_at = Timestamptz(null=True)
    error = Text()


class AuditEvent(Table, tablename="nhật_ký"):
    """One change of one row: who, when, why."""

    id = UUID(primary_key=True)
    seq = BigInt()
    at = Timestamptz()
    actor_name = Varchar(length=None)
    action = Varchar(length=None, choices=choices.AuditAction)
    table_name = Varchar(length=None, choices=choices.TableName)
    row_id = UUID(null=True)
    reason = Text()
    changes = Text()
    hash = Varchar(length=None)
