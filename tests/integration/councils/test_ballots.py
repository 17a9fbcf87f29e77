"""Ballots from opening to sealing: thresholds of all members, refusals that say why, races."""

from __future__ import annotations

import asyncio
from uuid import UUID

import msgspec
import pytest

from core.councils import counting, finishing, interests, meetings, voting
from core.councils.schemas import PaperCounts, Presence
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.evidence import service as evidence
from core.kit import db
from core.kit.scope import tenant_scope
from core.nominations import (
    handling,
    lowering,
    parts,
    proposing,
    repository_parts,
    routes_handling,
    routes_nomination,
)
from core.nominations.brief import get_brief
from core.nominations.states import Action
from core.plugin.api import Action as PlanAction
from core.plugin.api import AwardRung, Occasion, SubjectKind
from tests.factories import make_account
from tests.integration.councils.chamber import PDF, Chamber, make_chamber, nominate
from tests.integration.councils.site import browser
from tests.integration.reports.house import make_edition, plan

FLAG = "province_flag"
_OPINION = """INSERT INTO appraisal (id, nomination_id, recommendation, lower_award, opinion,
    made_by, made_at) VALUES (gen_random_uuid(), $1, 'agree', '', 'Đồng ý', $2, official_now())"""


async def outcome(chamber: Chamber, place: int = 0) -> tuple[str, int, int]:
    case = (await chamber.view()).cases[place]
    assert case.result
    return case.outcome, case.result.counts.agree, case.result.needed


async def refused(work: object) -> str:
    with pytest.raises(ConflictError) as caught:
        await work  # type: ignore[misc]
    return caught.value.code


async def test_a_secret_ballot_counts_on_all_members(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG, "commendation"])
    await chamber.begin()
    flag, letter = await chamber.open()
    await chamber.vote(["agree"] * 7 + ["disagree", "abstain"], flag, letter)
    assert await outcome(chamber) == ("not_agreed", 7, 8)
    assert await outcome(chamber, 1) == ("agreed", 7, 5)


async def test_progress_is_shown_and_no_vote(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open()
    await chamber.cast(3, "disagree", case_id)
    [case] = (await chamber.view()).cases
    assert (case.voted, case.able, case.result, case.outcome) == (1, 9, None, "")


async def test_what_the_law_wants_secret_is_not_opened_with_names(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    assert await refused(chamber.open("named")) == "must_be_secret"


async def test_no_vote_without_enough_members(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=["commendation"])
    await chamber.begin("absent", "absent", "absent")  # 6 of 9: a quorum, but not 80 %
    assert await refused(chamber.open("named")) == "no_attendance"


async def test_no_meeting_without_a_quorum(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber()
    assert await refused(chamber.begin("absent", "absent", "absent", "absent")) == "no_quorum"


async def test_a_vote_after_closing_is_refused_with_the_time(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber()
    await chamber.begin()
    [case_id] = await chamber.open("named")
    await chamber.close(case_id)
    with pytest.raises(ConflictError, match="đã đóng lúc 08:00") as caught:
        await chamber.cast(0, "agree", case_id)
    assert caught.value.code == "vote_closed"


@pytest.mark.parametrize("ballot", ["secret", "named"])
async def test_two_tabs_at_once_one_vote_counts_and_the_other_is_told(
    app_db: db.TenantEngine, ballot: str
) -> None:
    chamber = await make_chamber()
    await chamber.begin()
    [case_id] = await chamber.open(ballot)

    async def tab(choice: str) -> str:
        actor = chamber.members[0]
        with tenant_scope(chamber.house.tenant_id, actor_id=actor.account_id):
            try:
                async with db.transaction():
                    await voting.cast(chamber.meeting_id, {case_id: choice}, actor=actor)
            except ConflictError as error:
                return error.code
        return "counted"

    told = await asyncio.gather(tab("agree"), tab("disagree"))
    assert sorted(told) == ["counted", "voted"]
    assert (await chamber.view()).cases[0].voted == 1


async def test_all_members_at_once_lose_no_vote(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG, "commendation"])
    await chamber.begin()
    ids = await chamber.open()

    async def one(number: int) -> None:
        actor = chamber.members[number]
        with tenant_scope(chamber.house.tenant_id, actor_id=actor.account_id):
            async with db.transaction():
                await voting.cast(chamber.meeting_id, dict.fromkeys(ids, "agree"), actor=actor)

    await asyncio.gather(*(one(number) for number in range(9)))
    await chamber.close(*ids)
    await chamber.seal(*ids)
    assert await outcome(chamber) == ("agreed", 9, 8)
    assert await outcome(chamber, 1) == ("agreed", 9, 5)


async def test_a_recusal_shows_its_effect_before_and_stays_in_the_denominator(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=["national_title"])
    view = await chamber.view()
    [case] = view.cases
    async with chamber.house.at(who="m1"):
        await interests.declare(
            chamber.meeting_id, case.id, None, "relative", "Vợ là ứng viên.",
            actor=chamber.members[1],
        )  # fmt: skip
    view = await chamber.view()
    [case] = view.cases
    conflict = next(each for each in case.conflicts if each.kind == "relative")
    found = {e.way: e.chance.is_attainable for e in interests.effects(view, case, conflict)}
    assert found == {"recuse": False, "declare": True, "substitute": False}
    async with chamber.house.at(who="council_secretary"):
        await interests.decide(chamber.meeting_id, {conflict.id: "recuse"}, actor=chamber.secretary)
    await chamber.begin()
    [case_id] = await chamber.open()
    assert await refused(chamber.cast(1, "agree", case_id)) == "recused"
    for member in (0, 2, 3, 4, 5, 6, 7, 8):
        await chamber.cast(member, "agree", case_id)
    await chamber.close(case_id)
    await chamber.seal(case_id)
    assert await outcome(chamber) == ("not_agreed", 8, 9)


async def test_an_undecided_conflict_keeps_the_ballot_shut(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber()
    await chamber.begin()
    [case_id] = await chamber.ids()
    async with chamber.house.at(who="m1"):
        await interests.declare(
            chamber.meeting_id, case_id, None, "relative", "", actor=chamber.members[1]
        )
    assert await refused(chamber.open("named")) == "undecided"


async def with_substitute(chamber: Chamber) -> Chamber:
    """Let somebody from outside the council sit for member 1."""
    house = chamber.house
    account_id = await make_account(
        house.tenant_id, unit_id=house.units[0], username=f"thay{house.tenant_id.hex[-6:]}"
    )
    substitute = house.people["head0"]
    substitute = type(substitute)(
        account_id, house.tenant_id, "Người thay", house.units[0], "", (), ""
    )
    house.people["substitute"] = substitute
    seats = (await chamber.view()).seats
    given = {seat.id: Presence(presence="present") for seat in seats}
    given[seats[1].id] = Presence(
        presence="substituted", substitute_username=f"thay{house.tenant_id.hex[-6:]}",
        mandate_number="3/GUQ",
    )  # fmt: skip
    async with house.at(who="council_secretary"):
        await meetings.set_presences(chamber.meeting_id, given, actor=chamber.secretary)
        await meetings.open_meeting(chamber.meeting_id, actor=chamber.secretary)
    return chamber


async def test_a_substitute_votes_and_the_member_is_told_who_does(
    app_db: db.TenantEngine,
) -> None:
    chamber = await with_substitute(await make_chamber())
    [case_id] = await chamber.open("named")
    with pytest.raises(ConflictError, match="dự thay và biểu quyết thay Thành viên 1"):
        await chamber.cast(1, "agree", case_id)
    async with chamber.house.at(who="substitute"):
        await voting.cast(
            chamber.meeting_id, {case_id: "disagree"}, actor=chamber.house.people["substitute"]
        )
    assert (await chamber.view()).cases[0].voted == 1


async def test_who_sits_reads_the_brief_of_the_meetings_candidates_only_until_it_is_over(
    app_db: db.TenantEngine,
) -> None:
    other = await with_substitute(await make_chamber())
    chamber = await with_substitute(await make_chamber())
    person, house = chamber.house.people["substitute"], chamber.house
    [case] = (await chamber.view()).cases
    async with house.at(who="substitute"):
        brief = await get_brief(case.nomination_id, actor=person)
        assert (brief.row.subject_name, brief.may_open) == (case.subject_name, False)
    stranger = other.house.people["substitute"]
    async with other.house.at(who="substitute"):
        with pytest.raises(NotFoundError):
            await get_brief(case.nomination_id, actor=stranger)
    async with house.at():
        await db.execute(
            "UPDATE council_meeting SET state = 'closed' WHERE id = $1", chamber.meeting_id
        )
    async with house.at(who="substitute"):
        with pytest.raises(NotFoundError):
            await get_brief(case.nomination_id, actor=person)


async def test_a_member_does_not_sit_for_another(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber()
    seats = (await chamber.view()).seats
    async with chamber.house.at(who="council_secretary"):
        username = await db.fetchval(
            "SELECT username FROM account WHERE id = $1", chamber.members[2].account_id
        )
        with pytest.raises(InvalidInputError) as caught:
            await meetings.set_presences(
                chamber.meeting_id,
                {
                    seats[1].id: Presence(
                        presence="substituted", substitute_username=username, mandate_number="1"
                    )
                },
                actor=chamber.secretary,
            )
    assert "là thành viên Hội đồng" in caught.value.fields[f"seat-{seats[1].id}"]


async def test_written_opinions_are_added_to_the_box(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin("written")
    [case_id] = await chamber.open()
    seat = (await chamber.view()).seats[0]
    async with chamber.house.at(who="council_secretary"):
        with pytest.raises(InvalidInputError):
            await voting.record_vote(
                chamber.meeting_id, case_id, seat.id, "agree", actor=chamber.secretary
            )
        scan = await evidence.store_file(
            actor=chamber.secretary, name="y-kien.pdf", content=PDF, purpose="council",
            unit_id=chamber.house.tenant_id,
        )  # fmt: skip
        await voting.record_vote(
            chamber.meeting_id, case_id, seat.id, "agree", scan_id=scan.id,
            actor=chamber.secretary,
        )  # fmt: skip
    assert await refused(chamber.cast(0, "agree", case_id)) == "away"
    for member in range(1, 8):
        await chamber.cast(member, "agree", case_id)
    await chamber.close(case_id)
    await chamber.seal(case_id)
    assert await outcome(chamber) == ("agreed", 8, 8)
    [case] = (await chamber.view()).cases
    assert case.result
    assert case.result.written.agree == 1


async def test_two_tellers_must_agree_on_the_slips(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open(how="mixed")
    seats = (await chamber.view()).seats
    async with chamber.house.at(who="council_secretary"):
        await voting.hand_out(
            chamber.meeting_id, case_id, tuple(s.id for s in seats[:4]), actor=chamber.secretary
        )
    assert await refused(chamber.cast(0, "agree", case_id)) == "took_slip"
    for member in range(4, 9):
        await chamber.cast(member, "agree", case_id)
    await chamber.close(case_id)
    assert await refused(chamber.seal(case_id)) == "no_tellers"
    await count(chamber, case_id, 1, "An", agree=3, invalid=1)
    await count(chamber, case_id, 2, "Bình", agree=4)
    assert await refused(chamber.seal(case_id)) == "tellers_differ"
    await count(chamber, case_id, 2, "Bình", agree=3, invalid=1)
    await chamber.seal(case_id)
    assert await outcome(chamber) == ("agreed", 8, 8)
    [case] = (await chamber.view()).cases
    assert case.result
    assert (case.result.counts.invalid, case.result.tellers) == (1, ("An", "Bình"))


async def count(chamber: Chamber, case_id: UUID, teller: int, name: str, **figures: int) -> None:
    async with chamber.house.at(who="council_secretary"):
        await counting.enter_count(
            chamber.meeting_id, case_id, PaperCounts(teller=teller, teller_name=name, **figures),
            actor=chamber.secretary,
        )  # fmt: skip


async def test_tellers_are_two_people_and_count_no_more_than_was_handed_out(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open(how="paper")
    assert await refused(chamber.cast(0, "agree", case_id)) == "took_slip"
    await chamber.close(case_id)
    await count(chamber, case_id, 1, "An", agree=9)
    with pytest.raises(InvalidInputError) as caught:
        await count(chamber, case_id, 2, "An", agree=10)
    assert set(caught.value.fields) == {"teller_name", "agree"}


async def test_a_box_with_two_papers_is_not_opened_and_the_ballot_is_held_again(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open()
    await chamber.cast(0, "agree", case_id)
    await chamber.cast(1, "disagree", case_id)
    await chamber.close(case_id)
    assert await refused(chamber.seal(case_id)) == "few_papers"
    async with chamber.house.at(who="council_secretary"):
        await counting.restart_ballot(chamber.meeting_id, case_id, actor=chamber.secretary)
    await chamber.open(how="electronic")
    await chamber.vote(["agree"] * 9, case_id)
    assert await outcome(chamber) == ("agreed", 9, 8)


async def test_a_withdrawn_candidate_ends_the_case_and_everybody_is_told(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open()
    await chamber.cast(0, "agree", case_id)
    await chamber.set_nomination("withdrawn")
    with pytest.raises(ConflictError, match="phiếu đã bỏ không tính") as caught:
        await chamber.cast(1, "agree", case_id)
    assert caught.value.code == "not_before_council"
    async with chamber.house.at(who="m0"):
        own = await voting.my_meeting(chamber.meeting_id, actor=chamber.members[0])
    assert [each.voice for each in own.cases] == ["void"]
    async with chamber.house.at():
        assert await finishing.end_withdrawn() == 1
        assert await finishing.end_withdrawn() == 0
        told = await db.fetchval(
            "SELECT count(*) FROM notification WHERE event = 'council_stopped'"
        )
        boxes = await db.fetchval("SELECT count(*) FROM ballot_box")
    assert (told, boxes) == (9, 0)
    assert (await chamber.view()).cases[0].state == "void"


async def test_a_member_of_two_councils_votes_in_each(app_db: db.TenantEngine) -> None:
    first = await make_chamber()
    second = await make_chamber(house=first.house, members=3)
    for number, chamber in enumerate((first, second)):
        chamber.members[0] = second.members[0] if number else first.members[0]
    await first.begin()
    await second.begin()
    [one], [two] = await first.open("named"), await second.open("named")
    for chamber, case_id in ((first, one), (second, two)):
        await chamber.cast(0, "agree", case_id)
        assert (await chamber.view()).cases[0].voted == 1


async def test_a_tie_waits_for_the_chair(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(members=4)
    await chamber.begin()
    [case_id] = await chamber.open("named")
    await chamber.vote(["agree", "agree", "disagree", "abstain"], case_id)
    assert (await chamber.view()).cases[0].outcome == "tie"
    async with chamber.house.at(who="council_secretary"):
        with pytest.raises(ConflictError, match="ngang phiếu"):
            await finishing.finish_meeting(chamber.meeting_id, actor=chamber.secretary)
        await counting.chair_word(chamber.meeting_id, case_id, "agree", actor=chamber.secretary)
    assert (await outcome(chamber))[0] == "agreed"


async def test_the_end_moves_every_nomination(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=["commendation", FLAG, "government_flag"])
    await chamber.begin()
    first, second, third = await chamber.open(lower=("Giấy khen", "commendation"))
    for member in range(9):
        await chamber.cast(member, "agree", first)
        await chamber.cast(member, "disagree", second)
        await chamber.cast(member, "lower", third)
    await chamber.close(first, second, third)
    await chamber.seal(first, second, third)
    async with chamber.house.at(who="council_secretary"):
        await finishing.finish_meeting(
            chamber.meeting_id, discussion="Hội đồng thống nhất.", actor=chamber.secretary
        )
    states = [await chamber.state(place) for place in range(3)]
    assert states == ["submitted", "not_awarded", "appraisal"]
    assert await refused(chamber.open()) == "meeting_closed"


async def test_counting_and_the_end_take_the_same_queries_for_two_cases_and_for_twelve(
    app_db: db.TenantEngine,
) -> None:
    counts = []
    for cases in (2, 12):
        chamber = await make_chamber(awards=["commendation"] * cases, members=3)
        await chamber.begin()
        ids = await chamber.open()
        for member in range(3):
            await chamber.cast(member, "agree", *ids)
        await chamber.close(*ids)
        before = app_db.queries
        await chamber.seal(*ids)
        async with chamber.house.at(who="council_secretary"):
            await finishing.finish_meeting(chamber.meeting_id, actor=chamber.secretary)
        counts.append(app_db.queries - before)
        states = [await chamber.state(place) for place in range(cases)]
        assert states == ["submitted"] * cases
    assert counts[0] == counts[1]


async def test_an_award_lowered_by_the_council_is_not_submitted_as_it_was(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=["commendation"])
    await chamber.begin()
    (case_id,) = await chamber.open(lower=("Biểu dương", "commendation"))
    for member in range(9):
        await chamber.cast(member, "lower", case_id)
    await chamber.close(case_id)
    await chamber.seal(case_id)
    async with chamber.house.at(who="council_secretary"):
        await finishing.finish_meeting(chamber.meeting_id, actor=chamber.secretary)
    async with chamber.house.at(who="officer"):
        with pytest.raises(ConflictError, match="chỉ đồng ý mức thấp hơn") as caught:
            await handling.step(
                chamber.nominations, Action.SUBMIT, actor=chamber.house.people["officer"]
            )
    assert caught.value.code == "lowered"
    assert await chamber.state(0) == "appraisal"
    await _lower(chamber)


async def _lower(chamber: Chamber) -> None:
    """The plan has no such rung, then it has: the officer lowers the award, then submits it."""
    house, officer = chamber.house, chamber.house.people["officer"]
    [nomination] = chamber.nominations
    async with house.at():
        row = await proposing.get_nomination(nomination, actor=officer)
        found = await lowering.lowering_of(row)
    assert found is not None
    assert (found.award, found.rungs) == ("Biểu dương", ())
    await _with_rung(chamber)
    async with house.at():
        row = await proposing.get_nomination(nomination, actor=officer)
        found = await lowering.lowering_of(row)
        assert found is not None
        [(key, award)] = found.options
        with pytest.raises(InvalidInputError):
            await lowering.lower(nomination, "khong_co", actor=officer)
    await _shown(chamber, nomination)
    async with house.at():
        changed = await lowering.lower(nomination, key, actor=officer)
    assert (changed.award, changed.state, award) == ("Giấy khen", "appraisal", "Giấy khen")
    async with house.at():
        with pytest.raises(ConflictError) as caught:
            await lowering.lower(nomination, key, actor=officer)
        note = await db.fetchval(
            "SELECT note FROM nomination_event WHERE nomination_id = $1 AND action = 'lower'",
            nomination,
        )
    assert caught.value.code == "not_lowered"
    assert note == (
        "Theo kết luận của Hội đồng tại Phiên xét khen thưởng: từ commendation xuống Giấy khen."
    )
    async with house.at():
        await db.execute(_OPINION, nomination, officer.account_id)
        await handling.step([nomination], Action.SUBMIT, actor=officer)
    assert await chamber.state(0) == "submitted"


async def _shown(chamber: Chamber, nomination: UUID) -> None:
    """The officer sees the card; a rung that does not fit is refused at its field."""
    house, handlers = chamber.house, [*routes_nomination.route_handlers]
    handlers += routes_handling.route_handlers
    bodies = [(nomination, part.key, {}) for part in parts.parts_for("collective")]
    async with house.at():
        await repository_parts.insert_parts(bodies, None)
    async with browser(house.people["officer"], chamber, handlers) as client:
        shown = await client.get(f"/de-nghi/{nomination}")
        wrong = await client.post(f"/de-nghi/{nomination}/ha-muc", data={"rung": "khong_co"})
    async with browser(house.people["auditor"], chamber, handlers) as client:
        read = await client.get(f"/de-nghi/{nomination}")
    card = "Hạ mức theo kết luận của Hội đồng"
    assert (shown.status_code, card in shown.text, card in read.text) == (200, True, False)
    assert (wrong.status_code, "Xin chọn một hình thức" in wrong.text) == (422, True)


async def _with_rung(chamber: Chamber) -> None:
    """Let the nomination stand under a plan that has a rung of that kind."""
    rung = AwardRung(
        id="bd", award="Giấy khen", issuer="Giám đốc Sở", subject_kind=SubjectKind.COLLECTIVE,
        occasion=Occasion.ANNUAL, action=PlanAction.DECIDE, legal_basis="", source_line=1,
    )  # fmt: skip
    content = msgspec.structs.replace(plan(), ladder=(rung,))
    edition_id = await make_edition(chamber.house.tenant_id, content, number=2)
    async with chamber.house.at():
        await db.execute(
            "UPDATE nomination SET edition_id = $2 WHERE id = $1",
            chamber.nominations[0], edition_id,
        )  # fmt: skip


async def test_more_than_there_are_places_go_by_votes_then_by_the_chair(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=["commendation"])
    more = [await nominate(chamber.house, chamber.round_id, unit=1)]
    chamber.nominations += more
    async with chamber.house.at(who="council_secretary"):
        await meetings.add_cases(chamber.meeting_id, tuple(more), actor=chamber.secretary)
    await chamber.begin()
    ids = await chamber.open("named")
    await chamber.vote(["agree"] * 9, *ids)
    async with chamber.house.at(who="council_secretary"):
        with pytest.raises(ConflictError, match="Chủ tịch chọn 1") as caught:
            await finishing.finish_meeting(
                chamber.meeting_id, places={"commendation": 1}, actor=chamber.secretary
            )
        assert set(caught.value.extra["case_ids"]) == {str(each) for each in ids}
        await finishing.finish_meeting(
            chamber.meeting_id, places={"commendation": 1}, chosen=[ids[1]],
            actor=chamber.secretary,
        )  # fmt: skip
    assert [await chamber.state(0), await chamber.state(1)] == ["not_awarded", "submitted"]


async def test_the_seat_of_another_department_is_not_there(app_db: db.TenantEngine) -> None:
    chamber, other = await make_chamber(members=3), await make_chamber(members=3)
    await chamber.begin()
    [case_id] = await chamber.open("named")
    async with other.house.at(who="m0"):
        with pytest.raises(NotFoundError):
            await voting.cast(chamber.meeting_id, {case_id: "agree"}, actor=other.members[0])
    async with chamber.house.at(who="clerk0"):
        with pytest.raises(NotFoundError):
            await voting.my_meeting(chamber.meeting_id, actor=chamber.house.people["clerk0"])


async def test_two_slips_are_never_counted_and_a_counted_ballot_is_not_continued(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open(how="paper")
    await chamber.close(case_id)
    assert await refused(count(chamber, case_id, 1, "An", agree=1, disagree=1)) == "few_papers"
    async with chamber.house.at():
        assert await db.fetchval("SELECT count(*) FROM paper_count") == 0
    await count(chamber, case_id, 1, "An", agree=3)
    async with chamber.house.at(who="council_secretary"):
        again = counting.continue_ballots(chamber.meeting_id, (case_id,), actor=chamber.secretary)
        assert await refused(again) == "counted"


async def test_a_seat_in_the_box_gets_no_second_vote_in_writing(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open()
    await chamber.cast(0, "agree", case_id)
    seat = (await chamber.view()).seats[0]
    async with chamber.house.at(who="council_secretary"):
        sql = "UPDATE meeting_seat SET presence = 'written' WHERE id = $1"
        await db.execute(sql, seat.id)
        scan = await evidence.store_file(
            actor=chamber.secretary, name="y-kien.pdf", content=PDF, purpose="council",
            unit_id=chamber.house.tenant_id,
        )  # fmt: skip
        work = voting.record_vote(
            chamber.meeting_id, case_id, seat.id, "disagree", scan_id=scan.id,
            actor=chamber.secretary,
        )  # fmt: skip
        assert await refused(work) == "voted"


async def test_the_roll_waits_for_a_vote_on_its_way(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=[FLAG])
    await chamber.begin()
    [case_id] = await chamber.open()
    written, release = asyncio.Event(), asyncio.Event()

    async def vote() -> None:
        async with chamber.house.at(who="m0"):
            await voting.cast(chamber.meeting_id, {case_id: "agree"}, actor=chamber.members[0])
            written.set()
            await release.wait()

    ballot = asyncio.create_task(vote())
    await asyncio.wait_for(written.wait(), 10)
    roll = asyncio.create_task(refused(chamber.presences("written")))
    await asyncio.sleep(0.3)
    is_waiting = not roll.done()
    release.set()
    await ballot
    assert is_waiting
    assert await asyncio.wait_for(roll, 10) == "has_voted"
