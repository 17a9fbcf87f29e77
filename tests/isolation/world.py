"""Real departments with one of everything that an address can name, and tokens to ask with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from core.accounts import delegation
from core.accounts.schemas import SYSTEM, Actor
from core.certificates import layouts
from core.councils import service as councils
from core.documents import service as documents
from core.eligibility import holds, initiatives, subjects
from core.evidence import service as evidence
from core.honours import complaints, consultations, revocations
from core.kit import clock, db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token
from core.nominations import writing
from core.organisation import blocks, people, planned
from core.organisation.change_forms import Order
from core.organisation.schemas import Basis, NewPerson
from core.reports import drafting
from core.statistics import service as statistics
from tenants.law import service as law
from tenants.law.schemas import Paper
from tenants.life import service as life
from tenants.support import repository as support
from tests.integration.certificates import grants
from tests.integration.councils.chamber import make_chamber
from tests.integration.decisions import house as decisions
from tests.integration.nominations import rounds_house as awards
from tests.integration.reports import house as houses

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class World:
    """A department, an example for every path parameter, and a token for every person."""

    house: houses.House
    slug: str
    examples: dict[str, str]
    tokens: dict[str, dict[str, str]]


async def make_world() -> World:
    """Make a department whose unit 0 has filed, with evidence, a paper and a consolidation."""
    house = await houses.make_house(units=2)
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.fill(house, report_id)
    clerk, officer = house.people["clerk0"], house.people["officer"]
    async with house.at(who="clerk0"):
        attached = await evidence.upload_evidence(
            actor=clerk, report_id=report_id, part_key="criterion:c1", name="a.pdf", content=PDF
        )
    await houses.submit(house, report_id)
    async with house.at(who="tenant_admin"):
        export_id = await life.request_export(actor=house.people["tenant_admin"])
    async with house.at():
        consolidation = await statistics.consolidate_round(actor=officer, round_id=round_id)
        report = await drafting.get_report(actor=officer, report_id=report_id)
        assert report.last_version_id
        document = await documents.request_document(
            actor=officer, kind="receipt", subject_id=report.last_version_id
        )
        notice = await db.fetchval(
            "SELECT id FROM notification WHERE account_id = $1 LIMIT 1", clerk.account_id
        )
        slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
        support_grant_id = new_id()
        await support.insert(
            support_grant_id, "auditor", "Hỗ trợ.", house.people["tenant_admin"].account_id, 4
        )
    assert notice
    examples = {
        "round_id": round_id,
        "report_id": report_id,
        "part_key": "criterion:c1",
        "obligation_id": await houses.obligation_of(house, report_id),
        "evidence_id": attached.id,
        "file_id": attached.file_id,
        "document_id": document.id,
        "consolidation_id": consolidation.id,
        "notice_id": notice,
        "account_id": clerk.account_id,
        "unit_id": house.units[0],
        "key": "criterion:c1",
        "export_id": export_id,
        "token": "khong-co",
        "slug": "don-vi-soan-bao-cao",
        "support_grant_id": support_grant_id,
    }
    examples["law_decision_id"] = await _law_decision(house)
    for more in (
        await _certificates(house),
        await _organisation(house),
        await _awards(house),
        await _council(house),
        await _decisions(house),
    ):
        assert examples.keys().isdisjoint(more), "each parameter's example is of its own kind"
        examples |= more
    examples |= await _eligibility(house, examples)
    examples |= await _honours(house, examples["award_grant_id"])
    tokens = {name: await _tokens(house.tenant_id, actor) for name, actor in house.people.items()}
    examples["session_id"] = tokens["clerk0"]["session_id"]
    return World(house, slug, {key: str(value) for key, value in examples.items()}, tokens)


async def _decisions(house: houses.House) -> dict[str, Any]:
    """Draft a decision for somebody of unit 0 in an award round of the department."""
    made = decisions.Awards(house, await decisions.insert_round(house))
    unit = house.units[0]
    nomination = await decisions.insert_nomination(house, made.round_id, unit, name="Đỗ Thị Quyên")
    made.nominations.append(nomination)
    found = await decisions.drafted(made)
    return {"entry_id": found.entries[0].id, "which": "chi-thuong"}


async def _law_decision(house: houses.House) -> UUID:
    """Replace a legal parameter of the department."""
    admin = house.people["tenant_admin"]
    async with house.at(who="tenant_admin"):
        paper = Paper("1/QĐ-SYT", "2026-11-02", "", ("qd.pdf", PDF + b"% decision\n"))
        made = await law.replace("account_inactive", "40", "2026-12-01", "", paper, actor=admin)
    return made.id


async def _council(house: houses.House) -> dict[str, Any]:
    """Make a council with a planned meeting on one nomination."""
    made = await make_chamber(members=2, house=house)
    async with house.at(who="council_secretary"):
        found = await councils.get_council(made.council_id, actor=made.secretary)
    return {
        "council_id": made.council_id, "member_id": found.members[0].id,
        "meeting_id": made.meeting_id, "case_id": (await made.ids())[0],
        "step": "close",
    }  # fmt: skip


async def _certificates(house: houses.House) -> dict[str, Any]:
    """Make a numbered decision whose certificates were printed, and a layout with a picture."""
    decision_id, awarded = await grants.decided(house)
    root = house.tenant_id
    async with house.at(who="officer"):
        await layouts.save_emblem(
            actor=house.people["officer"], unit_id=root, award_kind="commendation",
            name="hinh.png", content=grants.picture(),
        )  # fmt: skip
        run = await grants.asked(house, decision_id)
    await grants.finished(house, run.id)
    code = (await grants.codes_of(house, decision_id))[0]
    return {
        "decision_id": decision_id, "run_id": run.id, "layout_unit_id": root,
        "award_kind": "commendation", "code": code, "award_grant_id": awarded[0],
    }  # fmt: skip


async def _organisation(house: houses.House) -> dict[str, Any]:
    """Make a person of unit 0 who is asked to move to the department, and a block."""
    unit, root = house.units[0], house.tenant_id
    async with house.at(who="head0"):
        person = await people.enter_person(
            NewPerson(full_name="Nguyễn Văn An", unit_id=unit), actor=house.people["head0"]
        )
        move_id = await people.ask_move(
            person.id, to_unit_id=root, effective_on=clock.today(), actor=house.people["head0"]
        )
        block_id = await blocks.save_block(None, name="Khối 1", actor=SYSTEM)
        grant_id = await delegation.delegate(
            account_id=house.people["clerk0"].account_id, role="unit_head", unit_id=unit,
            valid_from=clock.today(), valid_to=clock.today(), decision="1/GUQ",
            actor=house.people["head0"],
        )  # fmt: skip
        await planned.carry_out(
            Order(
                kind="rename",
                unit_id=unit,
                name="Bệnh viện mới",
                basis=Basis(effective_on=clock.today() + timedelta(days=9), decision="1/QĐ"),
            ),
            actor=SYSTEM,
        )
        change_id = (await planned.waiting_for(unit, actor=SYSTEM))[0].id
    return {
        "grant_id": grant_id,
        "person_id": person.id,
        "move_id": move_id,
        "block_id": block_id,
        "change_id": change_id,
        "act": "doi-ten",
        "law_key": "session_idle",
    }


async def _awards(house: houses.House) -> dict[str, Any]:
    """Make an award round in which unit 0 has sent a nomination with a file."""
    await awards.add_ladder(house)
    round_id = await awards.opened(house)
    list_id = await awards.list_of(house, round_id)
    subject = await awards.person(house, "Lê Thị Hoa")
    nomination_id = await awards.drafted(house, list_id, subject)
    await awards.filled(house, nomination_id)
    async with house.at(who="clerk0"):
        evidence_id = await writing.attach_file(
            actor=house.people["clerk0"], nomination_id=nomination_id, part_key="profile",
            name="a.pdf", content=PDF + b"% nomination\n",
        )  # fmt: skip
    await awards.sent(house, list_id)
    return {
        "award_round_id": round_id,
        "list_id": list_id,
        "nomination_id": nomination_id,
        "nomination_part": "profile",
        "nomination_evidence_id": evidence_id,
        "dossier_item": "minutes",
        "dossier_paper_id": nomination_id,
    }


async def _eligibility(house: houses.House, examples: dict[str, Any]) -> dict[str, Any]:
    """Write down facts about the person of unit 0."""
    person, officer = examples["person_id"], house.people["officer"]
    async with house.at():
        await holds.make_hold(
            person,
            {"hold_kind": "complaint", "reason": "Đơn thư.", "from_on": "2026-11-01"},
            actor=officer,
        )
        typed = {
            "name": "Bệnh án điện tử", "unit_id": str(house.units[0]), "kind": "household",
            "year": "2026", "level": "unit", "authors": "Nguyễn Văn An",
        }  # fmt: skip
        initiative_id = await initiatives.save_initiative(None, typed, actor=officer)
        other_id = await subjects.save_other(None, typed, actor=officer)
        hold_id = await db.fetchval("SELECT id FROM subject_hold")
    return {
        "subject_id": person,
        "hold_id": hold_id,
        "initiative_id": initiative_id,
        "other_id": other_id,
    }


async def _honours(house: houses.House, award_grant_id: UUID) -> dict[str, Any]:
    """Make a public list, a complaint about an award, and a proposal to revoke it."""
    round_id = await decisions.insert_round(house)
    await decisions.insert_nomination(house, round_id, house.units[0])
    officer = house.people["officer"]
    async with house.at():
        view = await consultations.publish(round_id, "", actor=officer)
        complaint = await complaints.record(
            nomination_id=None, grant_id=award_grant_id, complainant="Ông Ba", contact="",
            body="Xin xem lại.", actor=officer,
        )  # fmt: skip
        case = await revocations.propose(
            award_grant_id, "forged_dossier", "Kết luận số 1.", actor=officer
        )
    return {
        "consultation_id": view.id, "consultation_code": view.code,
        "complaint_id": complaint.id, "revocation_id": case.id,
    }  # fmt: skip


async def _tokens(tenant_id: UUID, actor: Actor) -> dict[str, str]:
    """Sign a person in for the pages and for the API."""
    made: dict[str, Any] = {}
    with tenant_scope(tenant_id):
        async with db.transaction():
            for kind in ("web", "api"):
                session_id, token = new_id(), f"{kind}-{new_id().hex}"
                await db.execute(
                    "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at,"
                    " seen_at, expires_at) VALUES ($1, $2, $3, $4, 'full', now(), now(),"
                    " now() + interval '1 hour')",
                    session_id,
                    actor.account_id,
                    hash_token(token),
                    kind,
                )
                made[kind] = token
                made.setdefault("session_id", str(session_id))
    return made
