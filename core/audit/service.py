"""The trail of the department: searched, exported and verified by auditor and administrator."""

from __future__ import annotations

from core.accounts.schemas import Actor, Role
from core.audit import anchors as anchoring
from core.audit import repository
from core.audit.export import ExportRow, export_row
from core.audit.reading import event_view
from core.audit.schemas import Anchor, Report, Search, TrailPage
from core.audit.sources import TableChain
from core.audit.verify import verify
from core.kit import db
from core.kit.scope import current_tenant
from core.organisation.service import like

READERS = (Role.AUDITOR, Role.TENANT_ADMIN)
PAGE = 50
MOST_EXPORTED = 10_000
QUICK = 1_000
THOROUGH = 50_000
SHOWN_ANCHORS = 10


def _require(actor: Actor) -> None:
    """Refuse whoever is neither auditor nor administrator of the whole department."""
    actor.require(READERS, f"/{current_tenant()}/")


async def search_trail(asked: Search, *, actor: Actor, after: int | None = None) -> TrailPage:
    """Return one page of the trail, newest first; one query.

    Raises:
        PermissionDeniedError: neither auditor nor administrator of the department.
    """
    _require(actor)
    rows = await repository.search(asked, _pattern(asked), after, PAGE + 1)
    views = [event_view(row) for row in rows[:PAGE]]
    return TrailPage(views, views[-1].seq if len(rows) > PAGE else None)


async def export_trail(asked: Search, *, actor: Actor) -> tuple[list[ExportRow], bool]:
    """Return what a search finds, newest first, and whether there is more than is exported.

    Raises:
        PermissionDeniedError: as above.
    """
    _require(actor)
    rows = await repository.search(asked, _pattern(asked), None, MOST_EXPORTED + 1)
    return [export_row(row) for row in rows[:MOST_EXPORTED]], len(rows) > MOST_EXPORTED


async def check_trail(*, actor: Actor, thorough: bool = False) -> tuple[Report, list[Anchor]]:
    """Verify the newest events and return the newest anchors.

    Raises:
        PermissionDeniedError: as above.
        UnavailableError: the storage of the anchors does not answer.
    """
    _require(actor)
    name = str(current_tenant())
    known = await (
        anchoring.read_anchors(name) if thorough else anchoring.newest_anchors(name, SHOWN_ANCHORS)
    )
    chain = TableChain(name, db.fetch)
    report = await verify(chain, known, newest=THOROUGH if thorough else QUICK)
    newest = sorted(known, key=lambda anchor: anchor.at, reverse=True)
    return report, newest[:SHOWN_ANCHORS]


def _pattern(asked: Search) -> str:
    person = asked.person.strip()
    return like(person) if person and person != repository.NOBODY else ""
