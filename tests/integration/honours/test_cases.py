"""Public lists, complaints with their hold, revocations: on the real database."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from typing import Any
from uuid import UUID

import pytest
from python_calamine import CalamineWorkbook

from core.decisions import drafting, issuing, reading, review, signing
from core.decisions.accountant import prize_list
from core.decisions.phrases import money
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.honours import complaints, consultations, register, revocations
from core.honours.schemas_cases import ConsultationView, RevocationView
from core.kit import db
from core.kit.ids import new_id
from tests.integration.decisions.house import NOW, PDF, TODAY, Awards, issued, make_awards

AFTER = "2027-01-05T08:00:00+07:00"
WHO = "127.0.0.1"


@pytest.fixture
async def awards(app_db: db.TenantEngine) -> Awards:
    return await make_awards()


async def published(awards: Awards, who: str = "officer") -> ConsultationView:
    async with awards.house.at(NOW, who):
        return await consultations.publish(awards.round_id, "", actor=awards.house.people[who])


async def test_a_list_is_open_for_seven_working_days_and_names_nothing_more(
    awards: Awards,
) -> None:
    view = await published(awards)
    assert (view.opens_on, view.closes_on) == (dt.date(2026, 12, 21), dt.date(2026, 12, 29))
    async with awards.house.at(NOW):
        found = await consultations.public_list(view.code, address=WHO)
    assert found.is_open
    assert {each.name for each in found.entries} == {"Khoa số 0", "Nguyễn Văn 0", "Nguyễn Văn 1"}
    assert found.entries[0].__struct_fields__ == (
        "id", "position", "name", "title", "unit_name", "award"
    )  # fmt: skip
    async with awards.house.at(AFTER):
        closed = await consultations.public_list(view.code, address=WHO)
    assert (closed.is_open, closed.entries) == (False, ())


async def test_nobody_is_published_twice_and_only_by_an_officer(awards: Awards) -> None:
    with pytest.raises(PermissionDeniedError):
        await published(awards, "auditor")
    await published(awards)
    with pytest.raises(ConflictError) as refused:
        await published(awards)
    assert refused.value.code == "nobody_waits"


async def test_a_forged_address_and_another_departments_are_unknown(awards: Awards) -> None:
    view = await published(awards)
    other = await make_awards()
    for house, code in ((awards.house, "x" * 24), (other.house, view.code)):
        async with house.at(NOW):
            with pytest.raises(NotFoundError):
                await consultations.public_list(code, address=WHO)


async def test_staff_answer_while_the_window_is_open_and_officers_record_paper(
    awards: Awards,
) -> None:
    view = await published(awards)
    people, entry = awards.house.people, str(view.entries[0].id)
    said = {"entry_id": entry, "stance": "objection", "body": "Xin xem lại."}
    async with awards.house.at(NOW, "clerk1"):
        await consultations.send_opinion(view.code, said, actor=people["clerk1"])
        with pytest.raises(InvalidInputError) as wrong:
            await consultations.send_opinion(
                view.code, {"entry_id": str(new_id())}, actor=people["clerk1"]
            )
    assert set(wrong.value.fields) == {"entry_id", "stance", "body"}
    async with awards.house.at(NOW):
        paper = {**said, "stance": "support", "author_name": "Bà Lan"}
        await consultations.record_opinion(view.id, paper, actor=people["officer"])
        shown = await consultations.get_consultation(view.id, actor=people["officer"])
    assert [(row.stance, row.channel, row.author_name) for row in shown.opinions] == [
        ("objection", "site", "clerk1"), ("support", "paper", "Bà Lan")
    ]  # fmt: skip
    async with awards.house.at(AFTER, "clerk1"):
        with pytest.raises(ConflictError) as refused:
            await consultations.send_opinion(view.code, said, actor=people["clerk1"])
    assert refused.value.code == "window_closed"


async def complained(awards: Awards, **about: UUID) -> UUID:
    async with awards.house.at(NOW):
        found = await complaints.record(
            nomination_id=about.get("nomination_id"), grant_id=about.get("grant_id"),
            complainant="Không ghi tên", contact="", body="Kê khai sai.",
            actor=awards.house.people["officer"],
        )  # fmt: skip
    return found.id


async def test_a_complaint_holds_the_subject_until_its_conclusion(awards: Awards) -> None:
    officer = awards.house.people["officer"]
    made = await complained(awards, nomination_id=awards.nominations[1])
    async with awards.house.at(NOW):
        await complaints.verify(made, actor=officer)
    async with awards.house.at(NOW):
        draft = await drafting.draft(awards.round_id, [awards.nominations[1]], actor=officer)
        with pytest.raises(ConflictError) as held:
            await drafting.send_to_review(draft.id, draft.version, actor=officer)
    assert held.value.code == "held"
    async with awards.house.at(NOW):
        with pytest.raises(InvalidInputError):
            await complaints.conclude(made, "perhaps", "", actor=officer)
        done = await complaints.conclude(made, "dismissed", "Không có căn cứ.", actor=officer)
        sent = await drafting.send_to_review(draft.id, draft.version, actor=officer)
        with pytest.raises(ConflictError):
            await complaints.verify(made, actor=officer)
    assert (done.state, sent.state) == ("dismissed", "review")


async def test_a_complaint_about_a_stranger_is_refused(awards: Awards) -> None:
    other = await make_awards()
    for stranger in (new_id(), other.nominations[0]):
        with pytest.raises(InvalidInputError) as refused:
            await complained(awards, nomination_id=stranger)
        assert set(refused.value.fields) == {"subject"}


async def test_complaints_are_for_those_who_handle_them(awards: Awards) -> None:
    made = await complained(awards, nomination_id=awards.nominations[0])
    async with awards.house.at(NOW, "clerk0"):
        with pytest.raises(NotFoundError):
            await complaints.get_complaint(made, actor=awards.house.people["clerk0"])
        with pytest.raises(PermissionDeniedError):
            await complaints.list_complaints(actor=awards.house.people["clerk0"])


async def granted(awards: Awards) -> UUID:
    """Issue a decision for one person and return the award."""
    await issued(awards, [awards.nominations[1]])
    async with awards.house.at(NOW):
        found: UUID = await db.fetchval("SELECT id FROM award_grant")
    return found


async def proposed(awards: Awards, grant_id: UUID, **more: Any) -> RevocationView:
    async with awards.house.at(NOW):
        return await revocations.propose(
            grant_id, more.get("ground", "forged_dossier"), more.get("facts", "Kết luận số 1."),
            paper=more.get("paper", ""), actor=awards.house.people["officer"],
        )  # fmt: skip


async def issue_revocation(awards: Awards, case: RevocationView, *, together: bool = False) -> None:
    people = awards.house.people
    async with awards.house.at(NOW):
        case = await revocations.draft(case.id, together=together, actor=people["officer"])
        assert case.decision_id
        found = await drafting.send_to_review(case.decision_id, 1, actor=people["officer"])
    async with awards.house.at(NOW, "department_head"):
        found = await review.approve(found.id, found.version, actor=people["department_head"])
    async with awards.house.at(NOW, "records_clerk"):
        clerk = people["records_clerk"]
        found = await review.number(found.id, found.version, TODAY, actor=clerk)
        assert found.number == 2
        await signing.attach_scan(found.id, "qd.pdf", PDF, actor=clerk)
        await issuing.issue(found.id, actor=clerk)


async def test_a_revocation_has_its_own_number_strikes_the_award_and_waits_for_the_money(
    awards: Awards,
) -> None:
    grant_id = await granted(awards)
    case = await proposed(awards, grant_id)
    await issue_revocation(awards, case)
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        award = await register.get_award(grant_id, actor=officer)
        case = await revocations.get_revocation(case.id, actor=officer)
        state = await db.fetchval(
            "SELECT state FROM nomination WHERE id = $1", awards.nominations[1]
        )
        assert (award.state, case.state, state) == ("revoked", "decided", "revoked")
        assert case.money_left == award.prize_amount
        with pytest.raises(InvalidInputError):
            await revocations.record_return(
                case.id, case.money_left + 1, TODAY, "PT 1", actor=officer
            )
        done = await revocations.record_return(
            case.id, case.money_left, TODAY, "PT 1", actor=officer
        )
    assert (done.money_left, done.money_returned_on) == (0, TODAY)
    with pytest.raises(ConflictError) as refused:
        await proposed(awards, grant_id)
    assert refused.value.code == "revoked"


async def test_awards_of_one_decision_and_ground_are_taken_back_together(awards: Awards) -> None:
    await issued(awards)
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        grants = await db.fetch("SELECT id FROM award_grant ORDER BY gold_book_number")
    first, second = [await proposed(awards, row["id"]) for row in grants[:2]]
    third = await proposed(awards, grants[2]["id"], ground="false_declaration")
    async with awards.house.at(NOW):
        names = await revocations.names_together(first.grant_id, actor=officer)
        alone = await revocations.names_together(third.grant_id, actor=officer)
    assert (names, alone) == ({first.id: [second.subject_name]}, {})
    await issue_revocation(awards, first, together=True)
    async with awards.house.at(NOW):
        told = [await revocations.get_revocation(each.id, actor=officer)
                for each in (first, second, third)]  # fmt: skip
        states = [row["state"] for row in await db.fetch(
            "SELECT state FROM award_grant ORDER BY gold_book_number")]  # fmt: skip
        paper = await reading.get_decision(told[0].decision_id or first.id, actor=officer)
    assert [each.state for each in told] == ["decided", "decided", "proposed"]
    assert states == ["revoked", "revoked", "in_force"]
    assert told[0].decision_id == told[1].decision_id
    assert [told[0].money_left, told[1].money_left] == [1_520_000, 760_000]
    assert f"{first.subject_name}, {second.subject_name}. Lý do" in paper.body.articles[0]


async def test_nobody_falls_out_of_a_paper_that_names_him(awards: Awards) -> None:
    case = await proposed(awards, await granted(awards))
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        case = await revocations.draft(case.id, actor=officer)
        assert case.decision_id
        paper = await reading.get_decision(case.decision_id, actor=officer)
        with pytest.raises(ConflictError) as refused:
            await drafting.remove(paper.id, paper.entries[0].id, actor=officer)
    assert refused.value.code == "wrong_kind"


async def test_two_papers_for_the_same_awards_are_not_made_at_once(awards: Awards) -> None:
    await issued(awards)
    async with awards.house.at(NOW):
        grants = await db.fetch("SELECT id FROM award_grant ORDER BY gold_book_number")
    first, second = [await proposed(awards, row["id"]) for row in grants[:2]]

    async def draft(case: RevocationView) -> RevocationView:
        async with awards.house.at(NOW):
            return await revocations.draft(
                case.id, together=True, actor=awards.house.people["officer"]
            )

    told = await asyncio.gather(draft(first), draft(second), return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["ConflictError", "RevocationView"]
    async with awards.house.at(NOW):
        papers = await db.fetchval("SELECT count(*) FROM award_decision WHERE kind = 'revoke'")
    assert papers == 1


async def test_an_award_is_not_proposed_for_revocation_twice_and_needs_a_ground(
    awards: Awards,
) -> None:
    grant_id = await granted(awards)
    with pytest.raises(InvalidInputError) as wrong:
        await proposed(awards, grant_id, ground="bad luck", facts=" ")
    assert set(wrong.value.fields) == {"ground", "facts"}
    case = await proposed(awards, grant_id)
    with pytest.raises(ConflictError) as refused:
        await proposed(awards, grant_id)
    assert refused.value.code == "open_revocation"
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        await revocations.drop(case.id, actor=officer)
    again = await proposed(awards, grant_id)
    async with awards.house.at(NOW):
        again = await revocations.draft(again.id, actor=officer)
        assert again.decision_id
        await drafting.delete(again.decision_id, 1, actor=officer)
        again = await revocations.get_revocation(again.id, actor=officer)
    assert (again.state, again.decision_id) == ("proposed", None)


async def test_a_proposal_is_no_news_for_the_unit_before_it_is_decided(awards: Awards) -> None:
    grant_id = await granted(awards)
    case = await proposed(awards, grant_id)
    people = awards.house.people

    async def seen(who: str) -> tuple[int, int]:
        async with awards.house.at(NOW, who):
            listed = await revocations.list_revocations(actor=people[who])
            shown = await revocations.of_award(grant_id, actor=people[who])
        return len(listed), len(shown)

    told = {who: await seen(who) for who in ("officer", "auditor", "clerk0", "head0")}
    assert told == {"officer": (1, 1), "auditor": (1, 1), "clerk0": (0, 0), "head0": (0, 0)}
    async with awards.house.at(NOW, "clerk0"):
        with pytest.raises(NotFoundError):
            await revocations.get_revocation(case.id, actor=people["clerk0"])
    await issue_revocation(awards, case)
    assert await seen("clerk0") == (1, 1)
    other = await make_awards()
    async with other.house.at(NOW):
        officer = other.house.people["officer"]
        assert await revocations.list_revocations(actor=officer) == []


async def test_the_accountant_reads_which_prizes_were_taken_back(awards: Awards) -> None:
    grant_id = await granted(awards)
    case = await proposed(awards, grant_id)
    await issue_revocation(awards, case)
    officer = awards.house.people["officer"]
    async with awards.house.at(NOW):
        await revocations.record_return(case.id, 100_000, TODAY, "PT 1", actor=officer)
        decision_id = await db.fetchval(
            "SELECT decision_id FROM award_grant WHERE id = $1", grant_id
        )
        found = await reading.get_decision(decision_id, actor=officer)
    book = CalamineWorkbook.from_filelike(io.BytesIO(prize_list(found)))
    rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False)
    assert [row[8] for row in rows[3:5]] == [
        "Ghi chú",
        f"Đã hủy bỏ khen thưởng; đã nộp lại 100.000/{money(found.total)} đồng",
    ]
