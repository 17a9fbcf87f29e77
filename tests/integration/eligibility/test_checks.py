"""Checks of nominations: what is found, what is stored, who may read it."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from core.eligibility import judges
from core.errors import NotFoundError
from core.kit import db
from core.movements.resolved import rung_key
from core.movements.values import DepartmentValues, Quota
from tests.integration.eligibility.awards import Awards, make_awards, rung

pytestmark = pytest.mark.usefixtures("app_db")


async def quang_ngai() -> Awards:
    """Return a department under a plan with basic standards of its own."""
    return await make_awards(slug="quang_ngai")


async def case(awards: Awards) -> tuple[UUID, UUID]:
    """Nominate one person for the plan's first annual commendation of individuals."""
    person = await awards.person()
    found = next(
        each for each in awards.rungs
        if each.subject_kind == "individual" and each.award.startswith("Giấy khen")
    )  # fmt: skip
    occasion = found.occasion.value if found.occasion else "annual"
    round_id = await awards.round(occasion)
    return person, await awards.nominate(round_id, person, rung=found)


async def test_official_rating_and_declared_facts_meet_the_plan_and_the_law() -> None:
    awards = await quang_ngai()
    person, nomination = await case(awards)
    await awards.rate(person, "completed_well")
    await awards.declare(person, "obeys_law", value=True)
    await awards.declare(person, "has_contributions", value=True)
    found = await awards.rules(nomination)
    states = {rule: each.state.value for rule, each in found.items()}
    assert states == {
        "ladder": "met", "hold": "met", "lower_award_first": "met", "good_work": "met",
        "achievement": "needs_judgement", "conflict_none": "met", "obeys_law": "met",
        "merit": "met", "rating": "met",
    }  # fmt: skip
    assert found["obeys_law"].fact == "Chấp hành tốt chủ trương, chính sách, pháp luật: có"
    assert found["obeys_law"].source == "Thông tin khai năm 2026: Biên bản họp"
    assert found["good_work"].fact == "2026: Hoàn thành tốt nhiệm vụ"
    assert found["good_work"].reference == "Luật Thi đua, khen thưởng 06/2022/QH15, Điều 75"
    assert await awards.check(nomination) == {nomination: "needs_judgement"}


async def test_a_provisional_rating_leaves_its_rules_pending_and_the_official_one_settles() -> None:
    awards = await quang_ngai()
    person, nomination = await case(awards)
    await awards.declare(person, "obeys_law", value=True)
    await awards.rate(person, "completed_well", state="provisional")
    found = await awards.rules(nomination)
    for rule in ("good_work", "rating"):
        assert found[rule].state == "pending"
        assert found[rule].reason.startswith("Tạm tính theo xếp loại tạm thời: đạt.")
    assert found["obeys_law"].state == "met"
    await awards.rate(person, "completed")
    assert await awards.check(nomination, trigger="ratings") == {nomination: "not_met"}
    assert await awards.sql(
        "SELECT array_agg(is_changed ORDER BY checked_at, id) FROM nomination_check"
    ) == [False, True]


async def test_nothing_known_is_pending_and_never_refused() -> None:
    awards = await quang_ngai()
    _, nomination = await case(awards)
    assert await awards.check(nomination) == {nomination: "pending"}
    assert await awards.sql("SELECT eligibility FROM nomination") == "pending"


async def test_a_plugin_that_does_not_answer_is_one_pending_sentence_and_the_law_still_speaks() -> (
    None
):
    awards = await make_awards(rung())
    person = await awards.person()
    nomination = await awards.nominate(await awards.round(), person)
    await awards.rate(person, "not_completed")
    found = await awards.rules(nomination)
    assert found["plan"].state == "pending"
    assert "Phần mềm của tỉnh chưa trả lời được" in found["plan"].reason
    assert found["good_work"].state == "not_met"


async def test_a_hold_stops_until_its_day_and_its_reason_is_told_to_nobody() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    nomination = await awards.nominate(await awards.round(), person)
    await awards.hold(person, released=dt.date(2026, 12, 1))
    found = await awards.rules(nomination)
    assert (found["hold"].state, found["hold"].is_blocking) == ("not_met", True)
    assert found["hold"].fact == "Tạm dừng từ 01/11/2026 đến hết ngày 01/12/2026"
    assert "bí mật" not in str(found)
    later = await awards.rules(nomination, now="2026-12-01T08:00:00+07:00")
    assert later["hold"].state == "met"


@pytest.mark.parametrize(
    ("day", "state"), [(dt.date(2026, 6, 1), "needs_judgement"), (dt.date(2027, 1, 1), "not_met")]
)
async def test_achievement_counts_from_the_end_of_a_discipline(day: dt.date, state: str) -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    nomination = await awards.nominate(await awards.round(), person)
    await awards.hold(person, kind="discipline", released=dt.date(2026, 11, 2), counts_from=day)
    found = await awards.rules(nomination)
    assert (found["hold"].state, found["counted_from"].state) == ("met", state)


async def test_a_rung_of_another_occasion_is_not_open() -> None:
    awards = await make_awards(rung(occasion="final_review"))
    nomination = await awards.nominate(await awards.round("annual"), await awards.person())
    found = (await awards.rules(nomination))["ladder"]
    assert (found.state, found.reference) == ("not_met", "Kế hoạch, dòng 72. Kế hoạch, mục III")


async def test_a_flag_is_for_collectives() -> None:
    flag = rung("Cờ thi đua của UBND tỉnh")
    awards = await make_awards(flag)
    nomination = await awards.nominate(
        await awards.round(), await awards.person(), award_kind="province_flag"
    )
    assert (await awards.rules(nomination))["flag_for_collectives"].state == "not_met"


async def test_too_few_years_of_the_movement_warn_and_do_not_block() -> None:
    awards = await make_awards(rung("Cờ thi đua của UBND tỉnh", "collective", "final_review"))
    round_id = await awards.round(
        "final_review", (dt.date(2025, 5, 14), dt.date(2027, 12, 31)), "Sơ kết"
    )
    nomination = await awards.nominate(
        round_id, awards.house.units[0], kind="collective", award_kind="province_flag"
    )
    found = (await awards.rules(nomination))["movement_years_province_flag"]
    assert (found.state, found.is_blocking) == ("needs_judgement", False)
    assert found.fact == "Từ 14/05/2025 đến 31/12/2027: 2 năm 7 tháng"


async def test_a_merged_unit_is_not_awarded_and_its_successor_is_named() -> None:
    awards = await make_awards(rung(kind="collective"))
    old, new = awards.house.units
    nomination = await awards.nominate(await awards.round(), old, kind="collective")
    await awards.sql("UPDATE unit SET is_active = false WHERE id = $1", old)
    await awards.sql(
        "INSERT INTO unit_succession (id, kind, unit_id, successor_id, effective_on, new_name,"
        " made_at) VALUES (gen_random_uuid(), 'merge', $1, $2, '2026-07-01', 'Bệnh viện mới',"
        " official_now())",
        old, new,
    )  # fmt: skip
    found = (await awards.rules(nomination))["dissolved_agency"]
    assert (found.state, found.reference) == ("not_met", "TT 15/2025/TT-BNV ngày 04/8/2025")
    assert found.reason == "Đã sáp nhập vào Bệnh viện mới từ ngày 01/07/2026."


@pytest.mark.parametrize(
    ("decided", "state"), [(0, "needs_judgement"), (1, "not_met")]
)  # fmt: skip
async def test_more_nominations_than_the_quota_wait_for_the_council(
    decided: int, state: str
) -> None:
    one = rung()
    values = DepartmentValues(quotas={rung_key(one): Quota(count=1)})
    awards = await make_awards(one, values=values)
    round_id = await awards.round()
    await awards.nominate(round_id, await awards.person(), state="decided" if decided else "sent")
    nomination = await awards.nominate(round_id, await awards.person("Trần Thị Bình"))
    assert (await awards.rules(nomination))["quota"].state == state


async def test_a_decided_case_keeps_its_outcome_and_the_contradiction_is_reported() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    nomination = await awards.nominate(await awards.round(), person)
    await awards.rate(person, "completed_well", state="provisional")
    await awards.check(nomination)
    await awards.sql("UPDATE nomination SET state = 'decided'")
    await awards.rate(person, "not_completed")
    assert await awards.check(nomination, trigger="ratings") == {nomination: "not_met"}
    assert await awards.sql("SELECT state || ' ' || eligibility FROM nomination") == (
        "decided pending"
    )


async def test_many_nominations_cost_no_more_statements_than_one(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards(rung())
    round_id = await awards.round()
    made = [await awards.nominate(round_id, await awards.person(f"Người {n}")) for n in range(6)]
    await awards.check(*made)  # the edition is read once per process
    spent = []
    for ids in (made[:1], made):
        before = app_db.queries
        found = await awards.check(*ids)
        spent.append(app_db.queries - before)
        assert set(found) == set(ids)
    assert spent == [13, 13]


async def test_another_department_and_another_unit_see_no_nomination() -> None:
    one, two = await make_awards(rung()), await make_awards(rung())
    nomination = await one.nominate(await one.round(), await one.person())
    with pytest.raises(NotFoundError):
        await two.check(nomination)
    with pytest.raises(NotFoundError):
        await one.check(nomination, who="clerk1")
    await one.check(nomination)
    with pytest.raises(NotFoundError):
        await one.seen(nomination, who="head1")
    assert (await one.seen(nomination, who="clerk0")).outcome == "pending"


def test_helper_processes_are_few_and_ended() -> None:
    judges.close()
    assert len(judges._provinces) == 0
