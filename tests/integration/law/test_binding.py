"""A rule that nobody has confirmed binds nobody: what waits, is refused, and what then goes."""

from __future__ import annotations

from datetime import date

import pytest

from core.councils import access, finishing
from core.councils.schemas import MeetingView
from core.decisions import drafting, issuing, review
from core.eligibility.law_day import NOT_BINDING, LawDay
from core.errors import ConflictError, InvalidInputError, PermissionDeniedError
from core.kit import db
from core.law import service as law
from core.law.schemas import May
from core.law.votes import BALLOT_KEYS, MEETING_KEYS
from core.plugin.api import FindingState
from tenants.law import phrases, service, together
from tenants.law.schemas import Paper
from tests.integration.councils.chamber import Chamber, make_chamber
from tests.integration.decisions.house import NOW, approved, drafted, make_awards
from tests.integration.decisions.house import scanned as scanned_paper
from tests.integration.law.confirmed import PAPER, confirm_law
from tests.integration.reports.house import House, make_house

ON = date(2026, 11, 20)
KEYS = ["council_award_attendance", "council_quorum"]
COUNT = "SELECT count(*) FROM law_override"
FILES = "SELECT count(DISTINCT file_id) FROM law_override"


@pytest.fixture
async def house(app_db: db.TenantEngine) -> House:
    return await make_house(units=1)


async def confirm(house: House, keys: list[str], paper: Paper = PAPER, who: str = "tenant_admin",
                  day: str = "") -> int:  # fmt: skip
    async with house.at(who=who):
        return await together.confirm_many(keys, day, paper, actor=house.people[who])


async def asked(house: House, sql: str) -> int:
    async with house.at():
        return int(await db.fetchval(sql))


async def test_many_rows_are_confirmed_by_one_decision_for_this_department_alone(
    house: House,
) -> None:
    other = await make_house(units=1)
    assert await confirm(house, KEYS) == 2
    assert (await asked(house, COUNT), await asked(house, FILES)) == (2, 1)
    async with house.at():
        assert [law.parameter(key, ON).is_confirmed for key in KEYS] == [True, True]
    async with other.at():
        assert [law.parameter(key, ON).is_confirmed for key in KEYS] == [False, False]


@pytest.mark.parametrize(
    ("keys", "paper", "field", "sentence"),
    [
        ([], PAPER, "keys", phrases.NONE_CHOSEN),
        ([*KEYS, "khong_co"], PAPER, "keys", phrases.NOT_WAITING.format(label="khong_co")),
        ([*KEYS, "base_salary"], PAPER, "keys",
         phrases.NOT_WAITING.format(label="Lương cơ sở")),
        (KEYS, Paper("", "2026-01-05", "", PAPER.file), "number", phrases.NO_NUMBER),
        (KEYS, Paper("1/QĐ", "2026-01-05", "", None), "file", phrases.NO_FILE),
        (KEYS, Paper("1/QĐ", "2026-01-05", "", ("qd.exe", b"MZ")), "file", ""),
    ],
)  # fmt: skip
async def test_one_wrong_thing_confirms_nothing(
    house: House, keys: list[str], paper: Paper, field: str, sentence: str
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        await confirm(house, keys, paper)
    assert list(caught.value.fields) == [field]
    if sentence:
        assert caught.value.fields[field] == sentence
    assert await asked(house, COUNT) == 0


async def test_a_day_that_is_none_is_refused_and_only_the_administrator_confirms(
    house: House,
) -> None:
    with pytest.raises(InvalidInputError):
        await confirm(house, KEYS, day="hôm qua")
    with pytest.raises(PermissionDeniedError):
        await confirm(house, KEYS, who="officer")


async def test_a_row_is_confirmed_once(house: House) -> None:
    await confirm(house, KEYS)
    with pytest.raises(InvalidInputError) as caught:
        await confirm(house, KEYS)
    assert list(caught.value.fields) == ["keys"]
    assert await asked(house, COUNT) == 2


def test_everything_that_a_step_waits_for_can_be_confirmed() -> None:
    shares = ("vote_share_higher_titles", "vote_share_base_titles", "vote_share_other_forms",
              "vote_share_other_strict")  # fmt: skip
    stuck = [
        row.key
        for row in law.parameters()
        if row.theme == "Tiền thưởng" or row.key in {*shares, *BALLOT_KEYS, *MEETING_KEYS}
        if not row.is_confirmed and row.department_may is May.NOTHING
    ]
    assert stuck == []


async def voted(chamber: Chamber) -> None:
    await chamber.begin()
    ids = await chamber.open()
    await chamber.vote(["agree"] * 9, *ids)


async def finish(chamber: Chamber) -> None:
    async with chamber.house.at(who="council_secretary"):
        await finishing.finish_meeting(chamber.meeting_id, actor=chamber.secretary)


async def test_a_meeting_votes_and_ends_only_when_its_rules_are_confirmed(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(confirmed=False)
    await voted(chamber)
    await confirm_law(await make_house(units=1))  # another department's word does not help
    async with chamber.house.at():
        waiting = access.unconfirmed_of(await _loaded(chamber))
    assert {"council_quorum", "vote_share_other_forms"} <= {row.key for row in waiting}
    with pytest.raises(ConflictError) as caught:
        await finish(chamber)
    assert caught.value.code == "unconfirmed_law"
    assert "Số thành viên phải có mặt để họp Hội đồng" in str(caught.value.detail)
    assert await chamber.state() == "council"
    await confirm(chamber.house, [row.key for row in waiting])
    await finish(chamber)
    assert await chamber.state() == "submitted"


async def _loaded(chamber: Chamber) -> MeetingView:
    return await access.meeting_of(chamber.meeting_id, chamber.secretary)


async def test_prizes_by_an_unconfirmed_row_stop_the_review_and_the_approval(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards(confirmed=False)
    house, people = awards.house, awards.house.people
    found = await drafted(awards)
    assert found.unconfirmed == ("Mức thưởng: Giấy khen, cá nhân",)
    with pytest.raises(ConflictError) as caught:
        async with house.at(NOW):
            await drafting.send_to_review(found.id, found.version, actor=people["officer"])
    assert caught.value.code == "unconfirmed_law"
    await confirm_law(house, ("Tiền thưởng",))
    async with house.at(NOW):
        found = await drafting.send_to_review(found.id, found.version, actor=people["officer"])
    await _end_confirmation(house, "prize_commendation_individual")
    with pytest.raises(ConflictError) as caught:
        async with house.at(NOW, "department_head"):
            await review.approve(found.id, found.version, actor=people["department_head"])
    assert caught.value.code == "unconfirmed_law"


async def test_an_approved_decision_is_not_issued_when_the_confirmation_was_taken_back(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house = awards.house
    found = await scanned_paper(awards)
    await _end_confirmation(house, "prize_commendation_individual")
    with pytest.raises(ConflictError) as caught:
        async with house.at(NOW, "records_clerk"):
            await issuing.issue(found.id, actor=house.people["records_clerk"], accept_short=True)
    assert caught.value.code == "unconfirmed_law"


async def test_a_decision_on_collectives_alone_waits_for_no_rule_of_people(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards(confirmed=False, people=0)
    assert (await approved(awards)).state == "approved"


async def _end_confirmation(house: House, key: str) -> None:
    async with house.at(who="tenant_admin"):
        admin = house.people["tenant_admin"]
        view = await service.get_parameter(key, actor=admin)
        await service.end_decision(
            view.decisions[0].id, "2026-11-20", "Sai quyết định", actor=admin
        )


async def test_a_rule_shuts_out_only_once_it_is_confirmed(house: House) -> None:
    async with house.at():
        before = LawDay(ON).hit("conflict_two_lists", "Một đề nghị", reason="Còn một.")
    await confirm_law(house, ("Điều kiện khen thưởng",))
    async with house.at():
        after = LawDay(ON).hit("conflict_two_lists", "Một đề nghị", reason="Còn một.")
    assert before is not None
    assert after is not None
    assert (before.state, before.is_blocking, before.is_confirmed) == (
        FindingState.NEEDS_JUDGEMENT, False, False,
    )  # fmt: skip
    assert before.reason == f"Còn một. {NOT_BINDING}"
    assert (after.state, after.is_blocking, after.is_confirmed, after.reason) == (
        FindingState.NOT_MET, True, True, "Còn một.",
    )  # fmt: skip
