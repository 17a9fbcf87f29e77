"""The dossier: which papers are demanded, which are there, how to get what is missing.

What is demanded is asked from the plugin (its default is khoản 2 Điều 84 of the law) with what the
law's dated rows add, and frozen with the round when it is opened.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.documents import service as documents
from core.documents.schemas import DocumentView
from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.kit import clock, db
from core.kit.ids import new_id
from core.law import service as law
from core.movements.schemas import Edition
from core.nominations import access, phrases
from core.nominations.ladder import Rung, rungs
from core.nominations.schemas import NominationRow
from core.nominations.states import State
from core.plugin import defaults
from core.plugin.api import DossierItem, DossierRequest, PluginError
from core.plugin.rules import Province

# Papers that serve a whole list, and those that the program makes from data.
OF_LIST = ("submission_letter", "minutes")
MADE = {
    "submission_letter": "nomination_letter",
    "achievement_report": "achievement_report",
    "minutes": "unit_minutes",
}
CERTIFICATE = "initiative_certificate"
_PAPERS = """
SELECT p.id, p.item_id, p.list_id, p.nomination_id, p.file_id, p.note, p.saved_at,
    coalesce(f.name, '') AS file_name, p.document_id
FROM dossier_paper p
LEFT JOIN stored_file f ON f.tenant_id = p.tenant_id AND f.id = p.file_id
WHERE p.nomination_id = ANY ($1) OR p.list_id = ANY ($2) ORDER BY p.saved_at, p.id
"""
_INSERT = """
INSERT INTO dossier_paper (id, nomination_id, list_id, item_id, file_id, document_id, saved_by,
    saved_at) VALUES ($1, $2, $3, $4, $5, $6, $7, official_now())
"""


class Paper(msgspec.Struct, frozen=True):
    """A paper that is there: a file, or a document made from data."""

    id: UUID
    item_id: str
    list_id: UUID | None
    nomination_id: UUID | None
    file_id: UUID | None
    note: str
    saved_at: datetime
    file_name: str
    document_id: UUID | None


class Item(msgspec.Struct, frozen=True):
    """A demanded paper with what is there for it. `is_made`: the program can make it from data."""

    id: str
    text: str
    required: bool
    legal_basis: str
    is_of_list: bool
    is_made: bool
    papers: tuple[Paper, ...]

    @property
    def is_missing(self) -> bool:
        """Whether it is demanded and not there."""
        return self.required and not self.papers


async def demands(edition: Edition, occasion: str) -> dict[str, list[dict[str, Any]]]:
    """Return the papers demanded for every rung of an occasion, by `rung_key`, to be frozen.

    Raises:
        LawParameterError: the law has no row for today.
    """
    asked = [rung for rung in rungs(edition) if rung.occasion and rung.occasion.value == occasion]
    titles = set(law.names("dossier_certificate_awards", clock.today()))

    found = await asyncio.to_thread(_ask, edition.plugin_slug, asked)
    kinds = {rung.rung_key: rung.award_kind.value for rung in asked}
    return {
        key: [msgspec.to_builtins(item) for item in (*items, *_by_law(kinds[key], titles, items))]
        for key, items in found.items()
    }


def _ask(plugin_slug: str, asked: Sequence[Rung]) -> dict[str, tuple[DossierItem, ...]]:
    """Ask the plugin (blocks); where it does not answer, the papers of the law are demanded."""
    requests = {
        rung.rung_key: DossierRequest(
            award=rung.award, subject_kind=rung.subject_kind, occasion=rung.occasion
        )
        for rung in asked
    }
    try:
        with Province(plugin_slug) as province:
            return {
                key: province.dossier_requirements(request).items
                for key, request in requests.items()
            }
    except PluginError:
        return {
            key: defaults.dossier_requirements(request).items for key, request in requests.items()
        }


def _by_law(
    award_kind: str, titles: set[str], items: Sequence[DossierItem]
) -> tuple[DossierItem, ...]:
    """Return what the law's rows add to the plugin's papers."""
    if award_kind not in titles or any(item.id == CERTIFICATE for item in items):
        return ()
    row = law.parameter("dossier_certificate_awards", clock.today())
    return (
        DossierItem(
            id=CERTIFICATE, text=phrases.CERTIFICATE, required=True, legal_basis=row.legal_basis
        ),
    )


async def freeze(round_id: UUID, edition: Edition, occasion: str) -> None:
    """Write with a round which papers it demands."""
    await db.execute(
        "UPDATE award_round SET dossier = $2 WHERE id = $1",
        round_id,
        await demands(edition, occasion),
    )


async def items_of(rows: Sequence[NominationRow]) -> dict[UUID, list[Item]]:
    """Return the dossiers of nominations, by id (two statements, however many there are)."""
    rounds = await db.fetch(
        "SELECT id, dossier FROM award_round WHERE id = ANY ($1)",
        list({row.round_id for row in rows}),
    )
    demanded = {each["id"]: each["dossier"] for each in rounds}
    papers = [
        Paper(*each.values())
        for each in await db.fetch(
            _PAPERS, [row.id for row in rows], list({row.list_id for row in rows})
        )
    ]
    return {
        row.id: [_item(each, row, papers) for each in demanded[row.round_id].get(row.rung_key, ())]
        for row in rows
    }


def _item(given: dict[str, Any], row: NominationRow, papers: Sequence[Paper]) -> Item:
    of_list = given["id"] in OF_LIST
    here = tuple(
        paper
        for paper in papers
        if paper.item_id == given["id"]
        and (paper.list_id == row.list_id if of_list else paper.nomination_id == row.id)
    )
    return Item(
        id=given["id"], text=given["text"], required=given["required"],
        legal_basis=given["legal_basis"], is_of_list=of_list, is_made=given["id"] in MADE,
        papers=here,
    )  # fmt: skip


def may_change(actor: Actor, row: NominationRow) -> bool:
    """Tell whether this person may add papers now: until the council sits over it."""
    states = (State.DRAFT, State.SENT, State.RECEIVED, State.RETURNED, State.APPRAISAL)
    return row.state in states and access.proposes(actor, row)


async def add_file(
    row: NominationRow, item_id: str, *, name: str, content: bytes, actor: Actor
) -> None:
    """Keep an uploaded paper of a dossier.

    Raises:
        NotFoundError: the dossier demands no such paper.
        PermissionDeniedError, ConflictError: not the person's, or not now.
        PayloadTooLargeError, InvalidInputError, UnavailableError: as `evidence.store_file`.
    """
    item = await _changeable(row, item_id, actor)
    kept = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=Purpose.EVIDENCE, unit_id=row.unit_id
    )
    await _insert(row, item, actor, file_id=kept.id)


async def make(row: NominationRow, item_id: str, *, actor: Actor) -> DocumentView:
    """Ask for a paper made from the data as they are now; it replaces the one made before.

    Raises:
        NotFoundError: no such paper, or not one that is made from data.
        PermissionDeniedError, ConflictError: as `add_file`; or what the paper needs is not
            written yet (`meeting_unwritten`).
    """
    item = await _changeable(row, item_id, actor)
    if not item.is_made:
        raise NotFoundError
    subject_id = row.list_id if item.is_of_list else row.id
    document = await documents.request_document(
        actor=actor, kind=MADE[item_id], subject_id=subject_id
    )
    for paper in item.papers:
        if paper.document_id is not None:
            await db.execute("DELETE FROM dossier_paper WHERE id = $1", paper.id)
    await _insert(row, item, actor, document_id=document.id)
    return document


async def remove(row: NominationRow, paper_id: UUID, *, actor: Actor) -> None:
    """Take a paper out of a dossier (errors as `add_file`)."""
    if not access.proposes(actor, row):
        raise PermissionDeniedError
    items = (await items_of([row]))[row.id]
    found = [item for item in items if any(paper.id == paper_id for paper in item.papers)]
    if not found:
        raise NotFoundError
    await _changeable(row, found[0].id, actor)
    await db.execute("DELETE FROM dossier_paper WHERE id = $1", paper_id)


async def _changeable(row: NominationRow, item_id: str, actor: Actor) -> Item:
    if not access.proposes(actor, row):
        raise PermissionDeniedError
    if not may_change(actor, row):
        raise ConflictError(phrases.DOSSIER_LOCKED, code="wrong_state")
    items = (await items_of([row]))[row.id]
    item = next((each for each in items if each.id == item_id), None)
    if item is None:
        raise NotFoundError
    return item


async def _insert(
    row: NominationRow, item: Item, actor: Actor, *, file_id: UUID | None = None,
    document_id: UUID | None = None,
) -> None:  # fmt: skip
    await db.execute(
        _INSERT, new_id(), None if item.is_of_list else row.id,
        row.list_id if item.is_of_list else None, item.id, file_id, document_id, actor.account_id,
    )  # fmt: skip


def lacking(items: Sequence[Item]) -> list[Item]:
    """Return the demanded papers that are not there."""
    return [item for item in items if item.is_missing]
