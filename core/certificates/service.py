"""Decisions whose certificates are printed, and the runs that print them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.certificates import codes, phrases
from core.certificates import repository_runs as repository
from core.certificates.access import PRINT, READ
from core.certificates.composing import certificate_of, sheet_of
from core.certificates.layouts import layout_of
from core.certificates.schemas import (
    DecisionPage,
    DecisionRow,
    DecisionView,
    GrantRow,
    KindRow,
    LayoutView,
    Output,
    PrintPage,
    PrintRow,
    RunView,
    Words,
)
from core.documents.render.certificate_fit import lay_out_certificate
from core.documents.render.certificate_model import Sheet
from core.documents.render.certificate_phrases import SPOT_NAMES
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.evidence import service as evidence
from core.jobs.service import enqueue
from core.kit.i18n import fold, nfc
from core.kit.ids import new_id
from core.organisation import service as organisation

PRINT_JOB = "certificates.print"
MOST = 1000
PAGE = 50
RECENT_RUNS = 10
LONGEST_REASON = 500
_GRANT = tuple(name for name in GrantRow.__struct_fields__ if name != "warnings")
_WORDS = tuple(name for name in Words.__struct_fields__ if name != "code")


async def list_decisions(*, actor: Actor, after: UUID | None = None) -> DecisionPage:
    """Return one page of numbered decisions with awards that have a certificate.

    Raises:
        PermissionDeniedError: the person has no part in printing.
    """
    _require_reader(actor)
    rows = await repository.decisions(actor.paths(READ), list(phrases.AWARDS), after, PAGE + 1)
    shown = [DecisionRow(**row) for row in rows[:PAGE]]
    return DecisionPage(shown, shown[-1].id if len(rows) > PAGE else None)


async def get_decision(
    *, actor: Actor, decision_id: UUID, award_kind: str = "", after: int | None = None
) -> DecisionView:
    """Return a decision with one page of recipients, and which certificates would warn.

    Raises:
        NotFoundError: there is none with certificates, or not for this person.
    """
    row = await _decision(actor, decision_id, READ)
    kinds = [KindRow(**kind) for kind in await repository.kinds(decision_id, list(phrases.AWARDS))]
    known = [kind.award_kind for kind in kinds]
    if not known or (award_kind and award_kind not in known):
        raise NotFoundError
    award_kind = award_kind or known[0]
    unit = await organisation.get_unit(row["unit_id"], actor=SYSTEM)
    layout = await layout_of(unit, award_kind)
    found = await repository.recipients(decision_id, award_kind, after, PAGE + 1)
    rows = await asyncio.to_thread(_with_warnings, found[:PAGE], layout, sheet_of(layout))
    last = rows[-1].gold_book_number if len(found) > PAGE else None
    return DecisionView(
        id=decision_id, unit_id=unit.id, unit_name=unit.name, title=row["title"],
        number=row["number"], decided_on=row["decided_on"], award_kind=award_kind, kinds=kinds,
        rows=rows, after=last, layout=layout,
        runs=[_run(each) for each in await repository.runs_of(decision_id, RECENT_RUNS)],
    )  # fmt: skip


def _with_warnings(found: Sequence[Any], layout: LayoutView, sheet: Sheet) -> list[GrantRow]:
    """Return the recipients, each with what would not fit."""
    rows = []
    for row in found:
        words = Words(**{name: row[name] for name in _WORDS}, code="")
        laid = lay_out_certificate(certificate_of(words, layout.position, ""), sheet)
        said = tuple(f"{SPOT_NAMES[each.spot]}: {each.sentence}" for each in laid.warnings)
        rows.append(GrantRow(**{name: row[name] for name in _GRANT}, warnings=said))
    return rows


async def request_run(
    *, actor: Actor, decision_id: UUID, award_kind: str, grant_ids: Sequence[UUID] | None,
    output: str, reason: str, site: str,
) -> RunView:  # fmt: skip
    """Ask for the certificates of a decision; `grant_ids` None = all that were never printed.

    `site`: address of the department's pages, for the code on the paper. Copies are numbered here,
    in the transaction of the request, so that a run that is killed and resumed numbers nothing.

    Raises:
        NotFoundError: no such decision, or not for this person.
        PermissionDeniedError: the person may look, not print.
        ConflictError: the decision has no number yet (code `not_numbered`).
        InvalidInputError: nobody or too many chosen, no reason for another copy.
    """
    row = await _decision(actor, decision_id, READ)
    actor.require(PRINT, row["path"])
    if not row["is_ready"]:
        raise ConflictError(phrases.NOT_NUMBERED, code="not_numbered")
    if output not in set(Output):
        raise InvalidInputError(fields={"output": phrases.BAD_OUTPUT})
    reason = nfc(" ".join(reason.split()))
    await repository.lock_decision(decision_id)
    chosen = await _chosen(decision_id, award_kind, grant_ids, reason)
    unit = await organisation.get_unit(row["unit_id"], actor=SYSTEM)
    layout = await layout_of(unit, award_kind)
    sheet = sheet_of(layout)
    await repository.ensure_certificates(unit.id, [(each, codes.new_code()) for each in chosen])
    run_id = new_id()
    await repository.insert_run({
        "id": run_id, "unit_id": unit.id, "decision_id": decision_id, "output": output,
        "reason": reason, "template_version": sheet.template,
        "sheet": {"sheet": msgspec.to_builtins(sheet), "position": layout.position, "site": site},
        "emblem_file_id": layout.emblem_file_id, "total": len(chosen),
        "account_id": actor.account_id,
    })  # fmt: skip
    await repository.insert_prints(run_id, chosen)
    await enqueue(PRINT_JOB, {"run_id": str(run_id)})
    return _run(await repository.run(run_id))


async def _chosen(
    decision_id: UUID, award_kind: str, grant_ids: Sequence[UUID] | None, reason: str
) -> list[UUID]:
    """Return the awards to print, in order; refuse what may not be printed."""
    possible = {
        row["id"]: row["copies"] for row in await repository.to_print(decision_id, award_kind)
    }
    if grant_ids is None:
        wanted = [grant for grant, copies in possible.items() if not copies]
    else:
        asked = set(grant_ids)
        if not asked <= possible.keys():
            raise InvalidInputError(phrases.FOREIGN, fields={"grants": phrases.FOREIGN})
        wanted = [grant for grant in possible if grant in asked]
    if not wanted:
        raise InvalidInputError(fields={"grants": phrases.NOTHING})
    if len(wanted) > MOST:
        raise InvalidInputError(fields={"grants": phrases.TOO_MANY.format(most=MOST)})
    again = sum(1 for grant in wanted if possible[grant])
    if again and not reason:
        raise InvalidInputError(fields={"reason": phrases.REASON.format(count=again)})
    if len(reason) > LONGEST_REASON:
        raise InvalidInputError(fields={"reason": phrases.LONG_REASON.format(most=LONGEST_REASON)})
    return wanted


async def get_run(*, actor: Actor, run_id: UUID) -> RunView:
    """Return how far a run is, its file when it is done, its warnings.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    view = _run(await repository.run(run_id))
    await _decision(actor, view.decision_id, READ)
    return view


async def retry_run(*, actor: Actor, run_id: UUID) -> RunView:
    """Put a failed run into the queue again; no copy is numbered twice.

    Raises:
        NotFoundError, PermissionDeniedError: as `request_run`.
        ConflictError: the run has not failed (code `not_failed`).
    """
    view = await get_run(actor=actor, run_id=run_id)
    row = await _decision(actor, view.decision_id, READ)
    actor.require(PRINT, row["path"])
    if not await repository.queue_again(run_id):
        raise ConflictError(phrases.NOT_FAILED, code="not_failed")
    await enqueue(PRINT_JOB, {"run_id": str(run_id)})
    return await get_run(actor=actor, run_id=run_id)


async def open_run_file(*, actor: Actor, run_id: UUID) -> tuple[str, str, bytes]:
    """Return name, media type and content of a run's file.

    Raises:
        NotFoundError: no such run, or not for this person.
        ConflictError: it is not done yet (code `not_done`).
    """
    view = await get_run(actor=actor, run_id=run_id)
    if view.file_id is None:
        raise ConflictError(phrases.NOT_DONE, code="not_done")
    file, content = await evidence.open_file(actor=SYSTEM, file_id=view.file_id)
    return file.name, file.media_type, content


async def list_prints(*, actor: Actor, search: str = "", after: UUID | None = None) -> PrintPage:
    """Return one page of the log of prints, the newest first; `search` ignores diacritics.

    Raises:
        PermissionDeniedError: as `list_decisions`.
    """
    _require_reader(actor)
    pattern = f"%{fold(search)}%" if search.strip() else ""
    rows = await repository.prints(actor.paths(READ), pattern, after, PAGE + 1)
    shown = [PrintRow(**row) for row in rows[:PAGE]]
    return PrintPage(shown, shown[-1].id if len(rows) > PAGE else None)


def _require_reader(actor: Actor) -> None:
    if not actor.has(READ):
        raise PermissionDeniedError


async def _decision(actor: Actor, decision_id: UUID, roles: tuple[str, ...]) -> Any:
    row = await repository.decision(decision_id)
    if row is None or not actor.can(roles, row["path"]):
        raise NotFoundError
    return row


def _run(row: Any | None) -> RunView:
    if row is None:
        raise NotFoundError
    return msgspec.convert(dict(row), RunView)
