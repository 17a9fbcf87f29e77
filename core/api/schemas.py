"""What the API takes. What it gives are the services' own views."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

import msgspec

from core.certificates.schemas import Settings
from core.decisions.schemas import DecisionRow


class TokenRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Account and password; `code` is the authenticator's where the account has one."""

    account: str
    password: str
    code: str = ""


class TokenResponse(msgspec.Struct):
    """A bearer token and when it ends."""

    token: str
    expires_at: datetime
    token_type: str = "Bearer"  # noqa: S105 -- the scheme's name


class RoundRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A call for reports; without `unit_ids` every unit that owes one."""

    kind: str
    year: int
    unit_ids: list[UUID] | None = None
    message: str = ""
    attachment_ids: list[UUID] = []
    due_at: datetime | None = None
    decision_number: str = ""
    decision_file_id: UUID | None = None


class DraftRequest(msgspec.Struct, forbid_unknown_fields=True):
    """One part's fields over the version that was read."""

    version: int
    fields: dict[str, Any]


class NoteRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A word to the other side."""

    note: str = ""


class ReasonRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Why; obligatory."""

    reason: str


class PartReturn(msgspec.Struct, forbid_unknown_fields=True):
    """One part to be completed: why, and the new exclusive instant."""

    part_key: str
    reason: str
    due_at: datetime


class ReturnRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Single criteria given back."""

    parts: list[PartReturn]


class AcceptRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Single criteria accepted, by the keys of their parts."""

    part_keys: list[str]


class DueRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A new exclusive instant; where the plan states one, by a decision."""

    due_at: datetime
    reason: str = ""
    decision_number: str = ""
    decision_file_id: UUID | None = None


class TextsRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The officer's wording of a consolidation over the version that was read."""

    version: int
    texts: dict[str, str]


class VersionRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The version that the person has seen."""

    version: int


class IssueRequest(msgspec.Struct, forbid_unknown_fields=True):
    """The paper's date; its number is the next of the register."""

    version: int
    document_date: date


class DocumentRequest(msgspec.Struct, forbid_unknown_fields=True):
    """Which paper: `unit_report`, `receipt` (of a report version) or `consolidated_report`."""

    kind: str
    subject_id: UUID


class Reminded(msgspec.Struct):
    """How many units were reminded."""

    units: int


class CertificateRunRequest(msgspec.Struct, forbid_unknown_fields=True):
    """An order to print: `output` one | many; `grant_ids` None = all that were never printed.

    `reason` is needed when one of them was printed before.
    """

    award_kind: str = "commendation"
    output: str = "one"
    grant_ids: list[UUID] | None = None
    reason: str = ""


class CertificateLayoutRequest(msgspec.Struct, forbid_unknown_fields=True):
    """A layout as it is to be; `stock` blank | preprinted; moves in millimetres."""

    version: int
    stock: str
    position: str
    settings: Settings


class NominationIds(msgspec.Struct, frozen=True):
    """Who is chosen for a decision."""

    nomination_ids: list[UUID]


class DecisionPage(msgspec.Struct, frozen=True):
    """Decisions, newest first; `after` goes on."""

    items: list[DecisionRow]
    after: UUID | None


class Versioned(msgspec.Struct, frozen=True):
    """A step on the version that was seen."""

    version: int


class DecisionText(msgspec.Struct, frozen=True):
    """The text of a decision: title, legal_bases, articles, recipients, addressee, achievement,
    signer_name, signer_title, place; lists have one entry on each line.
    """

    version: int
    text: dict[str, str]


class GivenBack(msgspec.Struct, frozen=True):
    """Why a decision goes back."""

    version: int
    reason: str


class Numbering(msgspec.Struct, frozen=True):
    """The day of a decision."""

    version: int
    decided_on: date


class Signing(msgspec.Struct, frozen=True):
    """A signature: `party` person | agency; `key` a PKCS#12 file (base64), null: the token."""

    party: Literal["person", "agency"]
    password: str
    image: str
    key: str | None = None


class NamedFile(msgspec.Struct, frozen=True):
    """A file with its name, its content in base64."""

    name: str
    content: str


class Issue(msgspec.Struct, frozen=True):
    """Whether the fund may go under zero."""

    accept_short: bool = False


class Outcome(msgspec.Struct, frozen=True):
    """What the higher level decided."""

    awarded: bool
    number: str = ""
    decided_on: date | None = None
    issuer: str = ""
    note: str = ""


class FundRequest(msgspec.Struct, frozen=True):
    """A line for the fund: `kind` allocation | correction, whole đồng."""

    kind: str
    amount: int
    entered_on: date
    basis: str
    accept_short: bool = False
