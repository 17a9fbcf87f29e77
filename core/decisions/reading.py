"""Read decisions, letters and what waits for one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.decisions import access, phrases, prizes, repository, repository_grants
from core.decisions.schemas import (
    Body,
    Candidate,
    DecisionRow,
    DecisionView,
    Entry,
    Group,
    Kind,
    Round,
    SignMode,
    State,
)
from core.errors import NotFoundError
from core.kit import clock
from core.law import service as law

LIMIT = 50
SERIES = {Kind.AWARD: "award", Kind.REVOKE: "award", Kind.FORWARD: "award_letter"}
LETTERS = {Kind.AWARD: "QĐ", Kind.REVOKE: "QĐ", Kind.FORWARD: "TTr"}


async def get_round(round_id: UUID, *, actor: Actor) -> Round:
    """Return an award round of a unit at which the person reads.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.round_row(round_id)
    if row is None or not access.reads(actor, row["unit_path"]):
        raise NotFoundError
    return Round(**row)


async def list_rounds(*, actor: Actor) -> list[tuple[Round, dict[str, int]]]:
    """Return the newest rounds that the person reads, each with what waits and what is done."""
    names = ("waiting", "decided", "forwarded")
    return [
        (
            Round(**{name: row[name] for name in Round.__struct_fields__}),
            {name: row[name] for name in names},
        )
        for row in await repository.rounds(access.paths(actor))
    ]


async def list_candidates(round_id: UUID, *, actor: Actor) -> list[Group]:
    """Return what waits for a decision or a letter in a round, by award and way.

    Raises:
        NotFoundError: as `get_round`.
    """
    round_ = await get_round(round_id, actor=actor)
    rows = [
        Candidate(**{**row, "held": held_words(row["held"])})
        for row in await repository.candidates(round_.id, clock.today())
    ]
    return [
        Group(award, kind, tuple(found))
        for (award, kind), found in groupby(rows, lambda row: (row.award, kind_of(row.action)))
    ]


def kind_of(action: str) -> Kind:
    """Return which paper a nomination goes into: decided here, or a letter to a higher level."""
    return Kind.AWARD if action == "decide" else Kind.FORWARD


def held_words(kind: str) -> str:
    """Return why nothing may be decided for a subject, in words; '' where nothing holds it."""
    return phrases.HOLDS.get(kind, kind)


async def list_decisions(
    *, actor: Actor, round_id: UUID | None = None, kind: str = "", state: str = "",
    after: UUID | None = None, limit: int = LIMIT,
) -> tuple[list[DecisionRow], UUID | None]:  # fmt: skip
    """Return decisions and letters that the person reads, newest first, and where to go on.

    Raises:
        PermissionDeniedError: a person without any role that reads decisions.
    """
    access.require_reader(actor)
    limit = min(max(limit, 1), 200)
    found = await repository.listed(
        access.paths(actor), round_id=round_id, kind=kind, state=state, after=after, limit=limit
    )
    rows = [
        DecisionRow(**{**row, "kind": Kind(row["kind"]), "state": State(row["state"])})
        for row in found[:limit]
    ]
    return rows, rows[-1].id if len(found) > limit else None


async def get_decision(decision_id: UUID, *, actor: Actor) -> DecisionView:
    """Return one decision or letter with its list, its costs, and what the person may do now.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    row = await repository.decision(decision_id)
    if row is None:
        raise NotFoundError
    day = row["decided_on"] or clock.today()
    held_on = day if row["state"] == State.ISSUED else max(day, clock.today())
    entries = [
        Entry(**{**entry, "held": held_words(entry["held"])})
        for entry in await repository.entries(decision_id, held_on)
    ]
    if not _may_read(actor, row, entries):
        raise NotFoundError
    round_row = await repository.round_row(row["round_id"]) if row["round_id"] else None
    round_ = Round(**round_row) if round_row else None
    view = _view(row, round_, tuple(entries))
    if view.kind is Kind.FORWARD:
        form = law.parameter("form_submission_letter", day)
        view = msgspec.structs.replace(
            view, form=law.value("form_submission_letter", day), form_basis=form.legal_basis
        )
    if view.kind is Kind.AWARD and round_:
        view = await _with_costs(view, round_)
    return msgspec.structs.replace(view, actions=tuple(_actions(view, actor)))


def _may_read(actor: Actor, row: Any, entries: Sequence[Entry]) -> bool:
    """Those of the deciding unit; what is out is also read by the units whose people are in it."""
    if access.reads(actor, row["unit_path"]):
        return True
    is_out = row["state"] == State.ISSUED
    return is_out and any(access.reads(actor, entry.unit_path) for entry in entries)


async def _with_costs(view: DecisionView, round_: Round) -> DecisionView:
    if view.state is State.ANNULLED:  # a grant of its people is of another paper
        bare = tuple(msgspec.structs.replace(each, prize=None) for each in view.entries)
        return msgspec.structs.replace(view, entries=bare)
    fund = prizes.sums(await repository_grants.fund_sums(round_.id))
    if view.state is State.ISSUED:
        total = sum(entry.prize or 0 for entry in view.entries)
        return msgspec.structs.replace(view, total=total, fund=fund)
    period = (round_.period_from, round_.period_to)
    day = view.decided_on or clock.today()
    known = await repository_grants.same_day_titles(
        [entry.subject_id for entry in view.entries], day
    )
    found = prizes.costs(view.entries, day, period, known)
    entries = tuple(
        msgspec.structs.replace(
            entry,
            prize=found.by_entry[entry.id],
            multiple=str(prize.multiple) if (prize := found.prizes[entry.id]) else "",
        )
        for entry in view.entries
    )
    return msgspec.structs.replace(
        view, entries=entries, total=found.total, base_salary=found.base_salary,
        unconfirmed=found.unconfirmed, fund=fund,
    )  # fmt: skip


def _view(row: Any, round_: Round | None, entries: tuple[Entry, ...]) -> DecisionView:
    kind, notation = Kind(row["kind"]), row["unit_notation"]
    letters = LETTERS[kind]
    plain = (
        "id", "title", "version", "number", "number_text", "decided_on", "place", "signer_name",
        "signer_title", "signed_file_id", "unit_id", "unit_name", "unit_path", "created_at",
        "approved_at", "numbered_at", "issued_at", "document_id", "document_state", "pdf_file_id",
        "package",
    )  # fmt: skip
    return DecisionView(
        **{name: row[name] for name in plain},
        kind=kind,
        state=State(row["state"]),
        body=msgspec.convert(row["body"], Body),
        notation=f"{letters}-{notation}" if notation else letters,
        sign_mode=SignMode(row["sign_mode"]),
        round=round_,
        created_by=row["created_by_name"],
        approved_by=row["approved_by_name"],
        numbered_by=row["numbered_by_name"],
        entries=entries,
    )


def _actions(view: DecisionView, actor: Actor) -> Iterator[str]:
    """Yield what may be done from where the paper stands, by this person."""
    path, state = view.unit_path, view.state
    if state is State.DRAFT and actor.can(access.DRAFTERS, path):
        yield from ("edit", "send", "delete")
    if state is State.REVIEW and actor.can(access.APPROVERS, path):
        yield from ("approve", "give_back")
    if state is State.APPROVED and actor.can(access.APPROVERS, path):
        yield "give_back"
    if state is State.APPROVED and actor.can(access.NUMBERERS, path):
        yield "number"
    if state is State.NUMBERED:
        yield from _signing(view, actor)
        if view.kind is not Kind.REVOKE and actor.can(access.ANNULLERS, path):
            yield "annul"
    if state is State.ISSUED and view.kind is Kind.FORWARD and actor.can(access.DRAFTERS, path):
        yield "outcome"
    if view.kind is Kind.FORWARD and state in (State.NUMBERED, State.ISSUED):
        yield "package"


def _signing(view: DecisionView, actor: Actor) -> Iterator[str]:
    path = view.unit_path
    if view.sign_mode is not SignMode.PAPER:
        if actor.can(access.APPROVERS, path):
            yield "sign_person"
        if actor.can(access.NUMBERERS, path):
            yield "sign_agency"
    if view.sign_mode is not SignMode.DIGITAL and actor.can(access.NUMBERERS, path):
        yield "scan"
    if view.sign_mode is SignMode.DIGITAL and actor.can(access.SIGNERS, path):
        yield "unsign"
    if view.sign_mode is not SignMode.NONE and actor.can(access.NUMBERERS, path):
        yield "issue"
