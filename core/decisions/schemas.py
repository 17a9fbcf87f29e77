"""Decisions, letters and the fund as services and pages see them. Money in whole đồng."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from core.documents.signing.schemas import Verification


class Kind(StrEnum):
    """What a paper does: awards here, asks a higher level, or revokes."""

    AWARD = "award"
    FORWARD = "forward"
    REVOKE = "revoke"


class State(StrEnum):
    """How far a decision is."""

    DRAFT = "draft"
    REVIEW = "review"
    APPROVED = "approved"
    NUMBERED = "numbered"
    ISSUED = "issued"
    ANNULLED = "annulled"


class SignMode(StrEnum):
    """How it was signed."""

    NONE = ""
    DIGITAL = "digital"
    PAPER = "paper"


class Annulment(msgspec.Struct, frozen=True, kw_only=True):
    """Why a number was annulled or a signature thrown away, by whom, on which day."""

    reason: str
    by: str
    on: date


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The text that people may edit.

    Attributes:
        addressee: of a letter; '' for a decision.
        articles: of a decision ("Điều 1." is written by the program), or paragraphs of a letter.
        achievement: one line for the register and the certificates.
        note: why it was given back, until it is sent to review again.
        annulled: of a paper whose number was annulled before it was issued.
        discarded: digital signatures that did not hold and were thrown away, oldest first.
    """

    legal_bases: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    addressee: str = ""
    achievement: str = ""
    note: str = ""
    annulled: Annulment | None = None
    discarded: tuple[Annulment, ...] = ()


class Round(msgspec.Struct, frozen=True):
    """The award round that decisions belong to."""

    id: UUID
    name: str
    occasion: str
    year: int
    edition_id: UUID
    unit_id: UUID
    unit_name: str
    unit_path: str
    period_from: date
    period_to: date


class Candidate(msgspec.Struct, frozen=True):
    """A nomination that waits for a decision; `held`: why nothing may be decided now, or ''."""

    id: UUID
    subject_kind: str
    subject_name: str
    subject_title: str
    subject_unit_name: str
    unit_name: str
    award: str
    award_kind: str
    issuer: str
    action: str
    eligibility: str
    held: str = ""


class Group(msgspec.Struct, frozen=True):
    """Candidates of one award and one way: they go into one paper."""

    award: str
    kind: Kind
    candidates: tuple[Candidate, ...]


class Entry(msgspec.Struct, frozen=True):
    """Somebody in a decision, with the prize as it is today or as it was granted.

    `is_revoked`: the award was taken back since; `returned`: đồng of its prize that came back.
    `state` is the nomination's; `paid` false where a higher title of the same time takes its place.
    """

    id: UUID
    nomination_id: UUID
    position: int
    subject_kind: str
    money_kind: str
    subject_id: UUID
    subject_name: str
    subject_title: str
    subject_unit_name: str
    unit_id: UUID
    unit_name: str
    unit_path: str
    award: str
    award_kind: str
    state: str
    held: str
    grant_id: UUID | None = None
    prize: int | None = None
    multiple: str = ""
    external_number: str = ""
    external_on: date | None = None
    outcome_note: str = ""
    is_revoked: bool = False
    returned: int = 0


class DecisionRow(msgspec.Struct, frozen=True):
    """A line of the list of decisions."""

    id: UUID
    kind: Kind
    state: State
    title: str
    number_text: str
    decided_on: date | None
    unit_name: str
    round_name: str
    entries: int
    waiting: int
    created_at: datetime


class DecisionView(msgspec.Struct, frozen=True, kw_only=True):
    """One decision or letter with its list, and what this person may do with it now.

    Attributes:
        document_id, pdf_file_id: the paper of the present version, when it was asked for and made.
        signatures: of the signed PDF; None where it was not signed digitally.
        total: what all prizes come to; `base_salary` of the day that counts.
        unconfirmed: rows of the law behind the prizes that nobody has confirmed.
        form, form_basis: number of a letter's form in the decree of the day, and its article.
    """

    id: UUID
    kind: Kind
    state: State
    title: str
    body: Body
    version: int
    number: int | None
    number_text: str
    notation: str
    decided_on: date | None
    place: str
    signer_name: str
    signer_title: str
    sign_mode: SignMode
    signed_file_id: UUID | None
    unit_id: UUID
    unit_name: str
    unit_path: str
    round: Round | None
    created_at: datetime
    created_by: str | None
    approved_at: datetime | None
    approved_by: str | None
    numbered_at: datetime | None
    numbered_by: str | None
    issued_at: datetime | None
    entries: tuple[Entry, ...]
    document_id: UUID | None = None
    document_state: str = ""
    pdf_file_id: UUID | None = None
    signatures: Verification | None = None
    total: int = 0
    base_salary: int = 0
    unconfirmed: tuple[str, ...] = ()
    fund: int | None = None
    package: dict[str, Any] | None = None
    form: int = 0
    form_basis: str = ""
    actions: tuple[str, ...] = ()

    @property
    def held(self) -> tuple[Entry, ...]:
        """Those for whom nothing may be decided now."""
        return tuple(entry for entry in self.entries if entry.held)


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """What a decision gives to one nomination (columns of `award_grant`)."""

    id: UUID
    nomination_id: UUID
    gold_book_number: int
    prize_amount: int | None
    prize_multiple: str
    base_salary: int | None
    prize_basis: str


class PaperFile(msgspec.Struct, frozen=True):
    """A file of a decision, ready to be sent."""

    name: str
    media_type: str
    content: bytes


class FundLine(msgspec.Struct, frozen=True):
    """A line of a round's fund."""

    id: UUID
    kind: str
    amount: int
    entered_on: date
    basis: str
    made_by: str | None
    made_at: datetime
    decision_id: UUID | None


class FundView(msgspec.Struct, frozen=True):
    """The fund of a round: its sums and its newest lines."""

    round: Round
    allocated: int
    prizes: int
    money_back: int
    corrections: int
    lines: tuple[FundLine, ...]
    may_write: bool
    after: UUID | None = None

    @property
    def balance(self) -> int:
        """What is left."""
        return self.allocated + self.prizes + self.money_back + self.corrections
