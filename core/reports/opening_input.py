"""The form that opens a round, as the browser sends it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.evidence.schemas import Purpose
from core.organisation import service as organisation
from core.organisation.phrases import KINDS
from core.organisation.schemas import UnitView
from core.reports import phrases_department as words
from core.reports.form_input import AnyRequest, end_of_day, files
from core.reports.opening import Call
from core.reports.uploads import DECISION, store

ATTACHMENTS = "attachment_ids"


class KeptFile(msgspec.Struct, frozen=True):
    """A file that an earlier step has stored; the name is for showing only."""

    id: UUID
    name: str


class OpeningForm(msgspec.Struct, frozen=True, kw_only=True):
    """Everything typed and ticked; `step`: check | edit | open."""

    step: str = "check"
    kind: str = ""
    year: str = ""
    scope: str = "all"
    unit_ids: frozenset[str] = frozenset()
    unit_kinds: frozenset[str] = frozenset()
    message: str = ""
    due_at: str = ""
    decision_number: str = ""
    attachments: tuple[KeptFile, ...] = ()
    decision: KeptFile | None = None


class UnitGroup(msgspec.Struct, frozen=True):
    """The units of one kind that owe reports, by name."""

    kind: str
    name: str
    units: tuple[UnitView, ...]


async def read_form(request: AnyRequest) -> OpeningForm:
    """Read the form; files that an earlier step stored come as ids with their names."""
    form = await request.form()

    def texts(name: str) -> list[str]:
        return [item for item in form.getall(name, []) if isinstance(item, str)]

    def text(name: str) -> str:
        return next(iter(texts(name)), "")

    kept = _kept(form, texts(ATTACHMENTS))
    decision = _kept(form, texts(DECISION))
    return OpeningForm(
        step=text("_step") or "check",
        kind=text("kind"),
        year=text("year"),
        scope=text("scope") or "all",
        unit_ids=frozenset(texts("unit_ids")),
        unit_kinds=frozenset(texts("unit_kinds")),
        message=text("message"),
        due_at=text("due_at"),
        decision_number=text("decision_number"),
        attachments=kept,
        decision=decision[0] if decision else None,
    )


def _kept(form: Any, ids: Iterable[str]) -> tuple[KeptFile, ...]:
    found = []
    for text in ids:
        try:
            found.append(KeptFile(UUID(text), str(form.get(f"name.{text}", ""))))
        except ValueError:
            continue
    return tuple(found)


async def with_files(request: AnyRequest, actor: Actor, form: OpeningForm) -> OpeningForm:
    """Store the files chosen just now and return the form with them.

    Raises:
        InvalidInputError: a file is refused, at its field.
    """
    unit_id = (await organisation.department()).id
    new = await store(
        actor, unit_id, await files(request, ATTACHMENTS), Purpose.ATTACHMENT, ATTACHMENTS
    )
    decision = await store(
        actor, unit_id, (await files(request, DECISION))[:1], Purpose.DECISION, DECISION
    )
    return msgspec.structs.replace(
        form,
        attachments=(*form.attachments, *(KeptFile(file.id, file.name) for file in new)),
        decision=KeptFile(decision[0].id, decision[0].name) if decision else form.decision,
    )


def call_of(form: OpeningForm, groups: Iterable[UnitGroup]) -> Call:
    """Return what the form asks for.

    Raises:
        InvalidInputError: no year, no unit, or a day that is none (all at their fields).
    """
    wrong: dict[str, str] = {}
    units = _chosen(form, groups)
    if units is not None and not units:
        wrong["unit_ids"] = words.NO_UNITS
    if not form.kind:
        wrong["kind"] = "Xin chọn một loại báo cáo."
    if not (form.year.isascii() and form.year.isdigit()):
        wrong["year"] = words.BAD_YEAR
    due_at = None
    try:
        due_at = end_of_day(form.due_at, "due_at")
    except InvalidInputError as error:
        wrong.update(error.fields)
    if wrong:
        raise InvalidInputError(fields=wrong)
    return Call(
        kind=form.kind,
        year=int(form.year),
        unit_ids=units,
        message=form.message,
        attachment_ids=tuple(file.id for file in form.attachments),
        due_at=due_at,
        decision_number=form.decision_number,
        decision_file_id=form.decision.id if form.decision else None,
    )


def _chosen(form: OpeningForm, groups: Iterable[UnitGroup]) -> tuple[UUID, ...] | None:
    """Return the ticked units and those of the ticked kinds; None for all."""
    if form.scope != "chosen":
        return None
    return tuple(
        unit.id
        for group in groups
        for unit in group.units
        if group.kind in form.unit_kinds or str(unit.id) in form.unit_ids
    )


async def unit_groups(actor: Actor) -> list[UnitGroup]:
    """Return the units that owe reports to the department, by kind."""
    by_kind: dict[str, list[UnitView]] = {}
    for unit in await organisation.unit_tree(actor=actor):
        if unit.level == "unit" and unit.owes_reports:
            by_kind.setdefault(unit.kind, []).append(unit)
    return [
        UnitGroup(kind, name, tuple(by_kind[kind]))
        for kind, name in KINDS.items()
        if kind in by_kind
    ]
