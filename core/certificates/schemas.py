"""Certificates as services and pages see them."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from core.documents.render.certificate_model import Shift, Spot, Stock


class RunState(StrEnum):
    """How far a run is."""

    QUEUED = "queued"
    RENDERING = "rendering"
    DONE = "done"
    FAILED = "failed"


class Output(StrEnum):
    """One PDF with all pages, or a ZIP with one PDF each."""

    ONE = "one"
    MANY = "many"


class Settings(msgspec.Struct, frozen=True):
    """Moves in millimetres (right, down): of everything, and of single fields."""

    dx: float = 0.0
    dy: float = 0.0
    shifts: dict[Spot, Shift] = {}


class LayoutView(msgspec.Struct, frozen=True):
    """How a unit's certificates of one award are printed; `version` 0 = never saved.

    `emblem_file_id`: None = the place of the Quốc huy stays free.
    """

    unit_id: UUID
    unit_name: str
    award_kind: str
    version: int
    stock: Stock
    settings: Settings
    position: str
    emblem_file_id: UUID | None


class LayoutRow(msgspec.Struct, frozen=True):
    """A line of the list of layouts; `stock` is None where nothing was saved yet."""

    unit_id: UUID
    unit_name: str
    award_kind: str
    stock: str | None
    has_emblem: bool


class DecisionRow(msgspec.Struct, frozen=True):
    """A decision whose certificates can be printed, with how many are and how many are not."""

    id: UUID
    unit_name: str
    title: str
    number: str
    decided_on: date | None
    total: int
    printed: int


class DecisionPage(msgspec.Struct, frozen=True):
    """One page of decisions; `after` is the cursor of the next."""

    rows: list[DecisionRow]
    after: UUID | None


class KindRow(msgspec.Struct, frozen=True):
    """An award of a decision, with how many certificates of it are to be printed and are."""

    award_kind: str
    total: int
    printed: int


class GrantRow(msgspec.Struct, frozen=True):
    """An award of a decision: whose, and what was printed of it so far."""

    id: UUID
    name: str
    title: str
    unit_name: str
    gold_book_number: int | None
    state: str
    copies: int
    printed_at: datetime | None
    warnings: tuple[str, ...] = ()


class DecisionView(msgspec.Struct, frozen=True):
    """A decision with one page of the recipients of one award."""

    id: UUID
    unit_id: UUID
    unit_name: str
    title: str
    number: str
    decided_on: date | None
    award_kind: str
    kinds: list[KindRow]
    rows: list[GrantRow]
    after: int | None
    layout: LayoutView
    runs: list[RunView]

    @property
    def kind(self) -> KindRow:
        """The award that is shown."""
        return next(row for row in self.kinds if row.award_kind == self.award_kind)


class WarningRow(msgspec.Struct, frozen=True):
    """What could not be set by the rule: on whose certificate, which field, why."""

    name: str
    spot: str
    sentence: str


class RunView(msgspec.Struct, frozen=True):
    """A run: how far it is, its file when done, its warnings."""

    id: UUID
    unit_id: UUID
    decision_id: UUID
    decision_number: str
    output: str
    state: str
    reason: str
    total: int
    done: int
    error: str
    template_version: str
    warnings: list[WarningRow]
    file_id: UUID | None
    file_name: str | None
    requested_by_name: str
    requested_at: datetime
    finished_at: datetime | None


class PrintRow(msgspec.Struct, frozen=True):
    """A line of the log of prints."""

    id: UUID
    run_id: UUID
    name: str
    unit_name: str
    decision_number: str
    copy_number: int
    reason: str
    state: str
    printed_by: str
    printed_at: datetime


class PrintPage(msgspec.Struct, frozen=True):
    """One page of the log, the newest first."""

    rows: list[PrintRow]
    after: UUID | None


class Checked(msgspec.Struct, frozen=True):
    """What the public page shows of a certificate, and nothing else (Luật 91/2025, Điều 16)."""

    name: str
    title: str
    unit_name: str
    award: str
    decided_by: str
    decision_number: str
    decided_on: date
    is_in_force: bool


class Words(msgspec.Struct, frozen=True):
    """What one certificate says, as the register has it."""

    id: UUID
    code: str
    name: str
    title: str
    unit_name: str
    achievement: str
    award_kind: str
    decision_number: str
    decided_on: date
    gold_book_number: int | None
    place: str
    signer_name: str
    signer_title: str


Json = dict[str, Any]
