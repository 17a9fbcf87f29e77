"""Notices and mails as other rooms and the pages see them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from uuid import UUID

import msgspec


class Event(StrEnum):
    """What a person is told about."""

    ROUND_OPENED = "round_opened"
    DUE_SOON = "due_soon"
    REMINDED = "reminded"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    SIGN_OFF_REQUESTED = "sign_off_requested"
    GIVEN_BACK = "given_back"
    PERSON_MOVE = "person_move"
    DELEGATED = "delegated"
    UNIT_CHANGE = "unit_change"
    INACTIVITY = "inactivity"
    DECISION_REVIEW = "decision_review"
    DECISION_APPROVED = "decision_approved"
    DECISION_BACK = "decision_back"
    AWARD_DECIDED = "award_decided"
    COUNCIL_INVITED = "council_invited"
    COUNCIL_STOPPED = "council_stopped"
    AWARD_ROUND = "award_round"
    NOMINATION_SENT = "nomination_sent"
    NOMINATION_RETURNED = "nomination_returned"
    NOMINATION_STATE = "nomination_state"
    CASES_CHANGED = "cases_changed"


# Told in the application only: an officer receives hundreds of reports in a round.
WITHOUT_MAIL = frozenset(
    {Event.SUBMITTED, Event.NOMINATION_SENT, Event.NOMINATION_STATE, Event.CASES_CHANGED}
)


class LinkMail(StrEnum):
    """A mail without a notice: it carries a link that is the reader's own."""

    INVITATION = "invitation"
    PASSWORD_RESET = "password_reset"  # noqa: S105 -- the name of an event


class Notice(msgspec.Struct, frozen=True, kw_only=True):
    """One notice for one account.

    Attributes:
        dedup_key: names the event (`returned:<report>:<version>`); an account gets one notice and
            one mail for it, however often it is asked for.
        href: path in the application, starting with a slash.
    """

    account_id: UUID
    title: str
    dedup_key: str
    body: str = ""
    href: str = ""


class NewMail(msgspec.Struct, frozen=True, kw_only=True):
    """One mail with a link; the same `dedup_key` is queued once.

    `subject` and `body` are the platform's words; `facts` (without the link), `to_name` and `link`
    fill the department's.
    """

    account_id: UUID
    to_address: str
    to_name: str
    facts: str
    link: str
    subject: str
    body: str
    dedup_key: str


class NotificationRow(msgspec.Struct, frozen=True):
    """A line of the list of notices."""

    id: UUID
    event: str
    title: str
    body: str
    href: str
    created_at: datetime
    read_at: datetime | None


class MailRow(msgspec.Struct, frozen=True):
    """A line of the readable mailbox."""

    id: UUID
    to_address: str
    to_name: str
    subject: str
    body: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    error: str
