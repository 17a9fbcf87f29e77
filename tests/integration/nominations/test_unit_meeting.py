"""A unit writes its own meeting down; the minutes of the dossier are made from it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.documents.render.model import Paper, PaperKind, Table
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.nominations import dossier, meeting, papers, proposing
from tests.integration.nominations import rounds_house as rounds
from tests.integration.reports.house import House

pytestmark = pytest.mark.usefixtures("app_db")
HELD: dict[str, Any] = {
    "starts_at": "2025-12-01T08:00", "ends_at": "2025-12-01T09:30", "place": "Hội trường",
    "chair": "Lê Văn Chủ", "secretary": "Trần Thị Ký", "summoned": "25", "present": "23",
    "absent": "02 người đi công tác", "discussion": "Xét thành tích năm.\nThống nhất danh sách.",
}  # fmt: skip


async def listed(people: int = 1) -> tuple[House, UUID, list[UUID]]:
    house = await rounds.make_awards()
    list_id = await rounds.list_of(house, await rounds.opened(house))
    drafts = []
    for number in range(people):
        person = await rounds.person(house, f"Trần Thị Bình {number}")
        drafts.append(await rounds.drafted(house, list_id, person))
    return house, list_id, drafts


async def write(
    house: House, list_id: UUID, votes: dict[UUID, str], who: str = "clerk0", **changed: str
) -> meeting.Meeting:
    given = HELD | {"agreed": {str(key): text for key, text in votes.items()}} | changed
    async with house.at(who=who):
        return await meeting.save(list_id, given, actor=house.people[who])


async def minutes(people: int = 1) -> Paper:
    house, list_id, drafts = await listed(people)
    await write(house, list_id, dict.fromkeys(drafts, "22"))
    async with house.at():
        return await papers.compose(PaperKind.UNIT_MINUTES, list_id)


async def test_what_was_written_comes_back_and_another_unit_sees_nothing() -> None:
    house, list_id, [draft] = await listed()
    saved = await write(house, list_id, {draft: "22"})
    assert (saved.summoned, saved.present, saved.agreed) == (25, 23, {str(draft): 22})
    async with house.at(who="clerk0"):
        assert await meeting.meeting_of(list_id, actor=house.people["clerk0"]) == saved
    other = await rounds.make_awards()
    for stranger, who in ((house, "clerk1"), (other, "officer")):
        with pytest.raises(NotFoundError):
            await write(stranger, list_id, {draft: "22"}, who)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"starts_at": ""}, "starts_at"),
        ({"starts_at": "2126-01-05T08:00"}, "starts_at"),
        ({"ends_at": "2025-12-01T08:00"}, "ends_at"),
        ({"chair": " "}, "chair"),
        ({"secretary": ""}, "secretary"),
        ({"discussion": ""}, "discussion"),
        ({"summoned": "0"}, "summoned"),
        ({"present": "26"}, "present"),
        ({"present": "hai"}, "present"),
        ({"place": "x" * 201}, "place"),
    ],
)
async def test_what_is_missing_or_wrong_is_named_at_its_field(
    changed: dict[str, str], field: str
) -> None:
    house, list_id, [draft] = await listed()
    with pytest.raises(InvalidInputError) as refused:
        await write(house, list_id, {draft: "22"}, **changed)
    assert list(refused.value.fields) == [field]
    async with house.at():
        assert await meeting.meeting_of(list_id, actor=house.people["officer"]) is None


@pytest.mark.parametrize("votes", ["", "24", "-1"])
async def test_nobody_has_more_votes_than_people_were_there(votes: str) -> None:
    house, list_id, [draft] = await listed()
    with pytest.raises(InvalidInputError) as refused:
        await write(house, list_id, {draft: votes})
    assert list(refused.value.fields) == [f"agreed.{draft}"]


async def test_minutes_are_not_made_before_the_meeting_is_written_down() -> None:
    house, _, [draft] = await listed()
    clerk = house.people["clerk0"]
    async with house.at(who="clerk0"):
        row = await proposing.get_nomination(draft, actor=clerk)
        with pytest.raises(ConflictError) as refused:
            await dossier.make(row, "minutes", actor=clerk)
    assert refused.value.code == "meeting_unwritten"


async def test_who_was_added_after_the_meeting_is_named() -> None:
    house, list_id, [draft] = await listed()
    await write(house, list_id, {draft: "22"})
    await rounds.drafted(house, list_id, await rounds.person(house, "Lê Thị Sau"))
    async with house.at():
        with pytest.raises(ConflictError) as refused:
            await papers.compose(PaperKind.UNIT_MINUTES, list_id)
    assert "Lê Thị Sau" in refused.value.detail


async def test_the_minutes_say_who_met_and_how_many_agreed() -> None:
    paper = await minutes(2)
    [table] = [block for block in paper.body if isinstance(block, Table)]
    assert [(row[1], row[4], row[5]) for row in table.rows] == [
        ("Trần Thị Bình 0", "22/23", "95,7%"),
        ("Trần Thị Bình 1", "22/23", "95,7%"),
    ]
    said = [block.text for block in paper.body if hasattr(block, "text")]
    assert "Số người được triệu tập: 25; có mặt: 23; vắng mặt: 2 (02 người đi công tác)." in said
    assert said[0] == "Thời gian bắt đầu: 08 giờ 00, ngày 01 tháng 12 năm 2025."
    assert said[-1] == "Cuộc họp kết thúc vào 09 giờ 30, ngày 01 tháng 12 năm 2025"


async def test_minutes_that_were_made_count_for_the_whole_list() -> None:
    house, list_id, drafts = await listed(2)
    await write(house, list_id, dict.fromkeys(drafts, "23"))
    clerk = house.people["clerk0"]
    async with house.at(who="clerk0"):
        rows = [await proposing.get_nomination(each, actor=clerk) for each in drafts]
        await dossier.make(rows[0], "minutes", actor=clerk)
        found = await dossier.items_of(rows)
    assert [[item.id for item in dossier.lacking(found[row.id])] for row in rows] == [
        ["submission_letter", "achievement_report"]
    ] * 2
