"""The things of which papers are made: who may see them, which version, which paper."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.councils import papers as councils
from core.councils.meetings import get_meeting
from core.decisions import papers as decisions
from core.decisions.reading import get_decision
from core.documents import compose, consolidated, phrases, repository
from core.documents.heading import issuer_of
from core.documents.render.model import Paper, PaperKind
from core.documents.schemas import Signatory, Subject
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.movements import service as movements
from core.movements.resolved import origin_of
from core.nominations import papers as nominations
from core.organisation import service as organisation
from core.reports import drafting
from core.statistics import service as statistics

MEETINGS = (PaperKind.COUNCIL_MINUTES, PaperKind.BALLOT_MINUTES)
NOMINATIONS = (
    PaperKind.NOMINATION_LETTER,
    PaperKind.ACHIEVEMENT_REPORT,
    PaperKind.UNIT_MINUTES,
)
DECISIONS = (PaperKind.AWARD_DECISION, PaperKind.SUBMISSION_LETTER)


class SubjectChangedError(ConflictError):
    """The version that the paper was to show is no longer there."""

    code, title = "subject_changed", "Nội dung đã thay đổi sau khi yêu cầu văn bản"


def paper_kind(kind: str) -> PaperKind:
    """Return the kind of paper.

    Raises:
        InvalidInputError: there is no such kind.
    """
    if kind not in set(PaperKind):
        raise InvalidInputError(
            phrases.UNKNOWN_KIND, code="unknown_kind", fields={"kind": phrases.UNKNOWN_KIND}
        )
    return PaperKind(kind)


async def subject_of(actor: Actor, kind: PaperKind, subject_id: UUID) -> Subject:
    """Return the version that a paper would show; a report's id stands for its newest version.

    Raises:
        NotFoundError: there is no such thing, or not for this person.
    """
    if kind is PaperKind.CONSOLIDATED_REPORT:
        view = await statistics.get_consolidation(subject_id, actor=actor)
        name = phrases.NAMES[kind].format(report=view.round_title, unit=view.receiver_name)
        return Subject(view.id, view.version, view.receiver_unit_id, name)
    if kind in DECISIONS:
        found = await get_decision(subject_id, actor=actor)
        name = phrases.NAMES[kind].format(title=found.title)
        return Subject(found.id, found.version, found.unit_id, name)
    if kind in MEETINGS:
        head = (await get_meeting(subject_id, actor=actor)).head
        return Subject(
            head.id, head.version, head.unit_id, phrases.NAMES[kind].format(title=head.title)
        )
    return await _report(actor, kind, subject_id)


async def _report(actor: Actor, kind: PaperKind, subject_id: UUID) -> Subject:
    if kind in NOMINATIONS:
        return await nominations.subject_of(actor, kind, subject_id)
    version_id = await repository.newest_version(subject_id) or subject_id
    version = await drafting.get_version(actor=actor, version_id=version_id)
    units = await repository.report_units(version.report_id)
    if units is None:
        raise NotFoundError
    head = version.content["report"]
    name = phrases.NAMES[kind].format(report=head["title"], unit=head["unit"])
    unit_id = units["receiver_unit_id"] if kind is PaperKind.RECEIPT else units["unit_id"]
    return Subject(version.id, version.number, unit_id, name)


async def paper_of(kind: PaperKind, subject_id: UUID, version_number: int) -> Paper:
    """Compose the paper of one version of a subject (in a job, as the system).

    Raises:
        NotFoundError: the subject is gone.
        SubjectChangedError: a consolidation was changed since the paper was asked for.
    """
    if kind is PaperKind.CONSOLIDATED_REPORT:
        return await _consolidated(subject_id, version_number)
    if kind in DECISIONS:
        return await _decision(subject_id, version_number)
    if kind in MEETINGS:
        paper, version_now = await councils.compose(kind, subject_id)
        if version_now != version_number:
            raise SubjectChangedError(phrases.MEETING_CHANGED)
        return paper
    if kind in NOMINATIONS:
        subject = await nominations.subject_of(SYSTEM, kind, subject_id)
        if subject.version != version_number:
            raise SubjectChangedError(phrases.SUBJECT_CHANGED)
        return await nominations.compose(kind, subject_id)
    version = await drafting.get_version(actor=SYSTEM, version_id=subject_id)
    units = await repository.report_units(version.report_id)
    if units is None:
        raise NotFoundError
    edition = await movements.get_edition(units["edition_id"])
    plan = edition.content
    if kind is PaperKind.RECEIPT:
        receiver = await organisation.get_unit(units["receiver_unit_id"], actor=SYSTEM)
        unit_name = version.content["report"]["unit"]
        return compose.receipt(version, unit_name, await issuer_of(receiver, plan))
    unit = await organisation.get_unit(units["unit_id"], actor=SYSTEM)
    # The paper bears the name under which it was filed, whatever the unit is called today.
    unit = msgspec.structs.replace(unit, name=version.content["report"]["unit"])
    row = await repository.version_signatory(version.id)
    signatory = Signatory(row["name"], row["job_title"]) if row else None
    return compose.unit_report(
        version, await issuer_of(unit, plan), origin_of(edition.plan, edition.values), signatory
    )


async def _decision(decision_id: UUID, version_number: int) -> Paper:
    found = await get_decision(decision_id, actor=SYSTEM)
    if found.version != version_number:
        raise SubjectChangedError(phrases.DECISION_CHANGED)
    return await decisions.compose(found)


async def _consolidated(consolidation_id: UUID, version_number: int) -> Paper:
    view = await statistics.get_consolidation(consolidation_id, actor=SYSTEM)
    if view.version != version_number:
        raise SubjectChangedError(phrases.SUBJECT_CHANGED)
    plan = (await movements.get_edition(view.edition_id)).content
    unit = await organisation.get_unit(view.receiver_unit_id, actor=SYSTEM)
    row = await repository.approver(view.id)
    signatory = Signatory(row["name"], row["job_title"]) if row else None
    return consolidated.consolidated_report(view, await issuer_of(unit, plan), plan, signatory)
