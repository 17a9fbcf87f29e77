"""Ask for papers and look how far they are."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from core.accounts.schemas import Actor
from core.documents import repository, subjects
from core.documents.render.model import PaperKind
from core.documents.schemas import DocumentView
from core.errors import NotFoundError
from core.jobs.service import enqueue
from core.reports import drafting

RENDER = "documents.render"


async def request_document(*, actor: Actor, kind: str, subject_id: UUID) -> DocumentView:
    """Ask for the paper of one version; asking again gives the same paper, a failed one is retried.

    `kind`: unit_report | receipt (subject: a report version, or a report for its newest) |
    consolidated_report (subject: a consolidation, as it is now) | award_decision |
    submission_letter (subject: a decision or letter, as it is now).

    Raises:
        NotFoundError: there is no such subject, or not for this person.
        InvalidInputError: unknown kind.
    """
    wanted = subjects.paper_kind(kind)
    subject = await subjects.subject_of(actor, wanted, subject_id)
    asked = await repository.ask(
        kind=wanted,
        subject_id=subject.id,
        version=subject.version,
        unit_id=subject.unit_id,
        name=subject.name,
        account_id=actor.account_id,
    )
    if asked is not None:
        await enqueue(RENDER, {"document_id": str(asked)})
    return _view(await repository.by_subject(wanted, subject.id, subject.version))


async def get_document(*, actor: Actor, document_id: UUID) -> DocumentView:
    """Return how far a paper is, and its files when it is done.

    Raises:
        NotFoundError: there is none, or the person may not see what it shows.
    """
    view = _view(await repository.by_id(document_id))
    await subjects.subject_of(actor, subjects.paper_kind(view.kind), view.subject_id)
    return view


_PAGES = {
    PaperKind.CONSOLIDATED_REPORT: "/tong-hop/{id}",
    PaperKind.ACHIEVEMENT_REPORT: "/de-nghi/{id}/ho-so",
    PaperKind.NOMINATION_LETTER: "/khen-thuong/danh-sach/{id}",
    PaperKind.UNIT_MINUTES: "/khen-thuong/danh-sach/{id}/bien-ban",
    PaperKind.AWARD_DECISION: "/quyet-dinh/{id}",
    PaperKind.SUBMISSION_LETTER: "/quyet-dinh/{id}",
    PaperKind.COUNCIL_MINUTES: "/hoi-dong/hop/{id}",
    PaperKind.BALLOT_MINUTES: "/hoi-dong/hop/{id}",
}


async def subject_address(*, actor: Actor, document: DocumentView) -> str:
    """Return the page of what a paper shows.

    Raises:
        NotFoundError: the person may not see it.
    """
    page = _PAGES.get(PaperKind(document.kind))
    if page:
        return page.format(id=document.subject_id)
    version = await drafting.get_version(actor=actor, version_id=document.subject_id)
    return f"/bao-cao/{version.report_id}"


def _view(row: Record | None) -> DocumentView:
    if row is None:
        raise NotFoundError
    return DocumentView(**row)
