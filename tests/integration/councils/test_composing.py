"""Members without an account are known by the register; a council ends by decision."""

from __future__ import annotations

import asyncio
from uuid import UUID

import pytest

from core.councils import composing, interests, meetings, service
from core.councils.schemas import CouncilEnd, NewCouncil, NewMeeting, NewMember
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from tests.integration.councils.chamber import Chamber, make_chamber

pytestmark = pytest.mark.usefixtures("app_db")
GONE = CouncilEnd(decision_number="9/QĐ-SYT", ended_on="2026-11-20")


async def make_person(chamber: Chamber, name: str, unit_id: UUID | None = None) -> UUID:
    person_id = new_id()
    async with chamber.house.at(who="council_secretary"):
        await db.execute(
            "INSERT INTO person (id, unit_id, full_name, job_title, search_name, roster_key)"
            " VALUES ($1, $2, $3::text, 'Bác sĩ', fold($3::text), fold($3::text))",
            person_id, unit_id or chamber.house.units[1], name,
        )  # fmt: skip
    return person_id


async def by_name(chamber: Chamber, name: str) -> UUID:
    """Add a member who has no account, and give the planned meeting a seat for it."""
    async with chamber.house.at(who="council_secretary"):
        member_id = await service.add_member(
            chamber.council_id, NewMember(full_name=name), actor=chamber.secretary
        )
        await db.execute(
            "INSERT INTO meeting_seat (id, meeting_id, member_id, full_name, role, position,"
            " presence) VALUES ($1, $2, $3, $4, 'member', 50, 'absent')",
            new_id(), chamber.meeting_id, member_id, name,
        )  # fmt: skip
    return member_id


async def interests_of(chamber: Chamber, name: str) -> list[str]:
    async with chamber.house.at(who="council_secretary"):
        view = await meetings.get_meeting(chamber.meeting_id, actor=chamber.secretary)
    return [each.kind for case in view.cases for each in case.conflicts if each.full_name == name]


async def tie(chamber: Chamber, member_id: UUID, person_id: UUID | None) -> composing.MemberPage:
    async with chamber.house.at(who="council_secretary"):
        return await composing.tie_member(
            chamber.council_id, member_id, person_id, actor=chamber.secretary
        )


async def test_a_co_author_without_an_account_is_found_once_tied_to_the_register() -> None:
    chamber = await make_chamber(members=3)
    person_id = await make_person(chamber, "Đỗ Thị Lan")
    async with chamber.house.at():
        initiative = new_id()
        await db.execute(
            "INSERT INTO initiative (id, name, unit_id, year, level, created_at)"
            " VALUES ($1, 'Bệnh án điện tử', $2, 2026, 'unit', official_now())",
            initiative, chamber.house.units[0],
        )  # fmt: skip
        await db.execute(
            "INSERT INTO initiative_author (id, initiative_id, person_id) VALUES ($1, $2, $3)",
            new_id(), initiative, person_id,
        )  # fmt: skip
        await db.execute(
            "INSERT INTO nomination_initiative (id, nomination_id, initiative_id)"
            " VALUES ($1, $2, $3)", new_id(), chamber.nominations[0], initiative,
        )  # fmt: skip
    member_id = await by_name(chamber, "Đỗ Thị Lan")
    assert await interests_of(chamber, "Đỗ Thị Lan") == []
    page = await tie(chamber, member_id, person_id)
    assert page.person is not None
    assert (page.person.full_name, page.by_account) == ("Đỗ Thị Lan", False)
    assert await interests_of(chamber, "Đỗ Thị Lan") == ["co_author"]


async def test_the_candidate_without_an_account_is_found_once_tied() -> None:
    chamber = await make_chamber(members=3)
    person_id = await make_person(chamber, "Đỗ Thị Lan")
    async with chamber.house.at():
        await db.execute(
            "UPDATE nomination SET subject_kind = 'individual', subject_id = $2,"
            " subject_person_id = $2, subject_unit_id = NULL WHERE id = $1",
            chamber.nominations[0],
            person_id,
        )
    member_id = await by_name(chamber, "Đỗ Thị Lan")
    await tie(chamber, member_id, person_id)
    assert await interests_of(chamber, "Đỗ Thị Lan") == ["candidate"]


async def test_people_of_the_same_name_are_offered_and_another_department_has_none() -> None:
    chamber, other = await make_chamber(members=2), await make_chamber(members=2)
    ours = await make_person(chamber, "Đỗ Thị Lan")
    theirs = await make_person(other, "Đỗ Thị Lan")
    member_id = await by_name(chamber, "Đỗ Thị Lan")
    async with chamber.house.at(who="council_secretary"):
        page = await composing.get_member(chamber.council_id, member_id, actor=chamber.secretary)
    assert [each.id for each in page.found] == [ours]
    for stranger in (theirs, new_id()):
        with pytest.raises(InvalidInputError) as refused:
            await tie(chamber, member_id, stranger)
        assert list(refused.value.fields) == ["person_id"]
    with pytest.raises(NotFoundError):
        await tie(other, member_id, theirs)


async def test_one_person_is_one_member_and_a_tie_is_taken_away() -> None:
    chamber = await make_chamber(members=2)
    person_id = await make_person(chamber, "Đỗ Thị Lan")
    first, second = await by_name(chamber, "Đỗ Thị Lan"), await by_name(chamber, "Đỗ Lan")
    await tie(chamber, first, person_id)
    with pytest.raises(InvalidInputError):
        await tie(chamber, second, person_id)
    assert (await tie(chamber, first, None)).person is None
    assert (await tie(chamber, second, person_id)).person is not None


async def test_a_tie_that_is_taken_away_takes_its_proposals_along_but_no_decision() -> None:
    chamber = await make_chamber(awards=["commendation", "province_flag"], members=2)
    person_id = await make_person(chamber, "Đỗ Thị Lan", chamber.house.units[0])
    member_id = await by_name(chamber, "Đỗ Thị Lan")
    await tie(chamber, member_id, person_id)
    assert await interests_of(chamber, "Đỗ Thị Lan") == ["own_unit", "own_unit"]
    async with chamber.house.at(who="council_secretary"):
        view = await meetings.get_meeting(chamber.meeting_id, actor=chamber.secretary)
        first = next(
            each.id
            for case in view.cases
            for each in case.conflicts
            if each.full_name == "Đỗ Thị Lan"
        )
        await interests.decide(chamber.meeting_id, {first: "recuse"}, actor=chamber.secretary)
    await tie(chamber, member_id, None)
    assert await interests_of(chamber, "Đỗ Thị Lan") == ["own_unit"]


async def test_the_head_of_the_unit_above_is_a_superior() -> None:
    chamber = await make_chamber(members=2)
    head = chamber.members[0].account_id
    async with chamber.house.at():
        await db.execute(
            "INSERT INTO role_grant (id, account_id, role, unit_id, granted_at)"
            " VALUES ($1, $2, 'department_head', $3, official_now())",
            new_id(), head, chamber.house.tenant_id,
        )  # fmt: skip
    await tie(chamber, await by_name(chamber, "Ông Ba"), None)
    assert await interests_of(chamber, "Thành viên 0") == ["superior"]
    assert await interests_of(chamber, "Thành viên 1") == []


@pytest.mark.parametrize(
    ("title", "kinds"),
    [("Giám đốc", ["superior"]), ("Quyền Giám đốc", ["superior"]), ("Phó Giám đốc", []), ("", [])],
)
async def test_a_superior_without_an_account_is_known_by_the_registers_title(
    title: str, kinds: list[str]
) -> None:
    chamber = await make_chamber(members=2)
    person_id = await make_person(chamber, "Đỗ Thị Lan", chamber.house.tenant_id)
    async with chamber.house.at():
        await db.execute("UPDATE person SET job_title = $2 WHERE id = $1", person_id, title)
    await tie(chamber, await by_name(chamber, "Đỗ Thị Lan"), person_id)
    assert await interests_of(chamber, "Đỗ Thị Lan") == kinds


async def test_the_person_of_an_account_is_not_said_to_be_somebody_else() -> None:
    chamber = await make_chamber(members=2)
    own = await make_person(chamber, "Vừ A Dế")
    other = await make_person(chamber, "Đỗ Thị Lan")
    async with chamber.house.at(who="council_secretary"):
        account = chamber.members[1].account_id
        await db.execute("UPDATE account SET person_id = $2 WHERE id = $1", account, own)
        member_id = await db.fetchval(
            "SELECT id FROM council_member WHERE account_id = $1", account
        )
    with pytest.raises(InvalidInputError) as refused:
        await tie(chamber, member_id, other)
    assert list(refused.value.fields) == ["person_id"]
    assert (await tie(chamber, member_id, own)).person is not None


async def end(chamber: Chamber, council_id: UUID, given: CouncilEnd = GONE) -> None:
    async with chamber.house.at(who="council_secretary"):
        await composing.end_council(council_id, given, actor=chamber.secretary)


async def second_council(chamber: Chamber) -> UUID:
    async with chamber.house.at(who="council_secretary"):
        made = await service.create_council(
            NewCouncil(unit_id=chamber.house.tenant_id, name="Hội đồng cũ",
                       decision_number="1/QĐ-SYT", decision_date="2026-01-05"),
            actor=chamber.secretary,
        )  # fmt: skip
        await service.add_member(made, NewMember(full_name="Ông Ba"), actor=chamber.secretary)
    return made


async def test_a_council_with_a_meeting_under_way_is_not_ended() -> None:
    chamber = await make_chamber(members=2)
    with pytest.raises(ConflictError) as refused:
        await end(chamber, chamber.council_id)
    assert refused.value.code == "meeting_open"
    assert "“Phiên xét khen thưởng”" in refused.value.detail


async def test_an_ended_council_plans_no_meeting_takes_no_member_and_ends_once() -> None:
    chamber = await make_chamber(members=2)
    council_id = await second_council(chamber)
    async with chamber.house.at(who="council_secretary"):
        [member] = (await service.get_council(council_id, actor=chamber.secretary)).members
    member_id = member.id
    await end(chamber, council_id)
    new = NewMeeting(round_id=chamber.round_id, title="Phiên 2", starts_at="2026-12-20T08:00")
    for step in (
        lambda: meetings.create_meeting(council_id, new, actor=chamber.secretary),
        lambda: service.add_member(
            council_id, NewMember(full_name="Bà Tư"), actor=chamber.secretary
        ),
        lambda: composing.end_council(council_id, GONE, actor=chamber.secretary),
        lambda: composing.tie_member(council_id, member_id, None, actor=chamber.secretary),
    ):
        with pytest.raises(ConflictError) as refused:
            async with chamber.house.at(who="council_secretary"):
                await step()
        assert refused.value.code == "council_ended"
    async with chamber.house.at(who="council_secretary"):
        found = (await service.get_council(council_id, actor=chamber.secretary)).council
    assert (str(found.ended_on), found.end_number) == ("2026-11-20", "9/QĐ-SYT")


async def test_what_is_wrong_with_the_decision_is_said_at_its_field() -> None:
    chamber, other = await make_chamber(members=2), await make_chamber(members=2)
    council_id = await second_council(chamber)
    for given, fields in (
        (CouncilEnd(), ["end_number", "ended_on"]),
        (CouncilEnd(decision_number="9", ended_on="2030-01-01"), ["ended_on"]),
        (CouncilEnd(decision_number="9", ended_on="2026-01-04"), ["ended_on"]),
        (CouncilEnd(decision_number="9", ended_on="2026-11-20", file_id=new_id()), ["end_file"]),
    ):
        with pytest.raises(InvalidInputError) as refused:
            await end(chamber, council_id, given)
        assert list(refused.value.fields) == fields
    with pytest.raises(NotFoundError):
        await end(other, council_id)
    with pytest.raises(PermissionDeniedError):
        async with chamber.house.at(who="auditor"):
            await composing.end_council(council_id, GONE, actor=chamber.house.people["auditor"])


async def test_of_ending_and_planning_at_once_one_is_told_of_the_other() -> None:
    chamber = await make_chamber(members=2)
    council_id = await second_council(chamber)
    new = NewMeeting(round_id=chamber.round_id, title="Phiên 2", starts_at="2026-12-20T08:00")

    async def plan() -> None:
        async with chamber.house.at(who="council_secretary"):
            await meetings.create_meeting(council_id, new, actor=chamber.secretary)

    told = await asyncio.gather(plan(), end(chamber, council_id), return_exceptions=True)
    assert sorted(type(each).__name__ for each in told) == ["ConflictError", "NoneType"]
