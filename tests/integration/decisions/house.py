"""A department with an award round whose nominations wait for a decision: by plain SQL."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import msgspec

from core.decisions import drafting, issuing, review, signing
from core.decisions.schemas import DecisionView
from core.documents import jobs as papers
from core.documents.render.docx import render_docx
from core.documents.render.model import Paper
from core.documents.render.pdf import render_pdf
from core.jobs.schemas import Job
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.plugin.api import Action, AwardRung, Occasion, SubjectKind
from tests.factories import make_unit
from tests.integration.law.confirmed import confirm_law
from tests.integration.reports.house import House, make_edition, make_house, plan

NOW = "2026-12-21T08:00:00+07:00"
TODAY = date(2026, 12, 21)
LADDER = {
    "Giấy khen của Giám đốc Sở Y tế": Action.DECIDE,
    "Bằng khen của Chủ tịch UBND tỉnh": Action.PROPOSE,
}
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


class Renderer:
    """Renders in this process."""

    async def render_pdf(self, paper: Paper) -> bytes:
        return await asyncio.to_thread(render_pdf, paper)

    async def render_docx(self, paper: Paper) -> bytes:
        return await asyncio.to_thread(render_docx, paper)


@dataclass
class Awards:
    """A department's award round and the nominations in it."""

    house: House
    round_id: UUID
    nominations: list[UUID] = field(default_factory=list)


async def insert_round(house: House, unit_id: UUID | None = None) -> UUID:
    """Open an award round of the department (or of a unit)."""
    round_id = new_id()
    async with house.at(NOW):
        edition_id = await db.fetchval("SELECT id FROM plan_edition ORDER BY number DESC LIMIT 1")
        await db.execute(
            "INSERT INTO award_round (id, edition_id, unit_id, name, occasion, year, period_from,"
            " period_to, opened_at) VALUES ($1, $2, $3, 'Khen thưởng năm 2026', 'annual', 2026,"
            " '2026-01-01', '2026-12-31', official_now())",
            round_id, edition_id, unit_id or house.tenant_id,
        )  # fmt: skip
    return round_id


async def insert_nomination(
    house: House, round_id: UUID, unit_id: UUID, *, kind: str = "individual",
    name: str = "Nguyễn Văn An", award: str = "Giấy khen của Giám đốc Sở Y tế",
    award_kind: str = "commendation", action: str = "decide", state: str = "submitted",
) -> UUID:  # fmt: skip
    """Put one nomination into a round, in a state."""
    nomination_id, list_id = new_id(), new_id()
    person_id = None
    if kind == "collective":
        subject = await make_unit(house.tenant_id, name=name, parent_id=unit_id, level="subunit")
    async with house.at(NOW):
        if kind == "individual":
            person_id = subject = new_id()
            await db.execute(
                "INSERT INTO person (id, unit_id, full_name, job_title, search_name, roster_key)"
                " VALUES ($1, $2, $3::text, 'Điều dưỡng', fold($3::text), fold($3::text))",
                subject, unit_id, name,
            )  # fmt: skip
        edition_id = await db.fetchval("SELECT edition_id FROM award_round WHERE id = $1", round_id)
        await db.execute(
            "INSERT INTO nomination_list (id, round_id, unit_id, created_at)"
            " VALUES ($1, $2, $3, official_now())", list_id, round_id, unit_id,
        )  # fmt: skip
        await db.execute(
            "INSERT INTO nomination (id, list_id, round_id, edition_id, unit_id, subject_kind,"
            " subject_id, subject_unit_id, subject_person_id, subject_name, subject_title,"
            " subject_unit_name, rung_key, award, award_kind, action, occasion, year, state,"
            " search_name, sort_key, created_at, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7,"
            " $8, $9, $10::text, $11, 'Bệnh viện', $16, $12, $13, $14, 'annual', 2026, $15,"
            " fold($10::text), fold($10::text), official_now(), official_now())",
            nomination_id, list_id, round_id, edition_id, unit_id, kind, subject,
            subject if kind == "collective" else None, person_id, name,
            "Điều dưỡng" if kind == "individual" else "", award, award_kind, action, state,
            f"{award}||{kind}|annual",
        )  # fmt: skip
    return nomination_id


async def make_awards(
    *, action: str = "decide", collectives: int = 1, people: int = 2, confirmed: bool = True
) -> Awards:
    """Make a department with a round in which some wait for a Giấy khen (or a Bằng khen above)."""
    house = await make_house(units=2)
    ladder = [
        AwardRung(
            id=f"{award}_{kind}", award=award, issuer=None, subject_kind=kind,
            occasion=Occasion.ANNUAL, action=way, legal_basis="Kế hoạch, mục III", source_line=72,
        )
        for award, way in LADDER.items()
        for kind in (SubjectKind.INDIVIDUAL, SubjectKind.COLLECTIVE)
    ]  # fmt: skip
    content = msgspec.structs.replace(plan(), ladder=tuple(ladder))
    await make_edition(house.tenant_id, content, number=2)
    if confirmed:
        await confirm_law(house)
    awards = Awards(house, await insert_round(house))
    more = {} if action == "decide" else {
        "award": "Bằng khen của Chủ tịch UBND tỉnh", "award_kind": "province_certificate",
        "action": action,
    }  # fmt: skip
    for number in range(collectives):
        awards.nominations.append(
            await insert_nomination(house, awards.round_id, house.units[0], kind="collective",
                                    name=f"Khoa số {number}", **more)
        )  # fmt: skip
    for number in range(people):
        awards.nominations.append(
            await insert_nomination(house, awards.round_id, house.units[number % 2],
                                    name=f"Nguyễn Văn {number}", **more)
        )  # fmt: skip
    return awards


async def drafted(awards: Awards, chosen: list[UUID] | None = None) -> DecisionView:
    """Draft a decision for all (or some)."""
    house = awards.house
    async with house.at(NOW):
        return await drafting.draft(
            awards.round_id, chosen or awards.nominations, actor=house.people["officer"]
        )


async def approved(awards: Awards, chosen: list[UUID] | None = None) -> DecisionView:
    """Draft, send to review, approve."""
    house, people = awards.house, awards.house.people
    found = await drafted(awards, chosen)
    async with house.at(NOW):
        found = await drafting.send_to_review(found.id, found.version, actor=people["officer"])
    async with house.at(NOW, "department_head"):
        return await review.approve(found.id, found.version, actor=people["department_head"])


async def numbered(awards: Awards, chosen: list[UUID] | None = None) -> DecisionView:
    """Bring a decision to its number."""
    found = await approved(awards, chosen)
    clerk = awards.house.people["records_clerk"]
    async with awards.house.at(NOW, "records_clerk"):
        return await review.number(found.id, found.version, TODAY, actor=clerk)


async def scanned(awards: Awards, chosen: list[UUID] | None = None) -> DecisionView:
    """Bring a decision to its scan, signed by hand."""
    found = await numbered(awards, chosen)
    clerk = awards.house.people["records_clerk"]
    async with awards.house.at(NOW, "records_clerk"):
        return await signing.attach_scan(found.id, "qd.pdf", PDF, actor=clerk)


async def issued(awards: Awards, chosen: list[UUID] | None = None) -> DecisionView:
    """Bring a decision to its issue, with an empty fund that may go under zero."""
    found = await scanned(awards, chosen)
    clerk = awards.house.people["records_clerk"]
    async with awards.house.at(NOW, "records_clerk"):
        return await issuing.issue(found.id, actor=clerk, accept_short=True)


async def run_paper(house: House, document_id: UUID) -> None:
    """Run the job that makes a paper."""
    with tenant_scope(house.tenant_id, now=NOW):
        async with db.transaction():
            job_id = await db.fetchval(
                "SELECT id FROM outbox WHERE job = 'documents.render'"
                " AND arguments->>'document_id' = $1", str(document_id),
            )  # fmt: skip
        job = Job(job_id, house.tenant_id, None, "documents.render",
                  {"document_id": str(document_id)}, 1)  # fmt: skip
        await papers.render(job, Renderer())
