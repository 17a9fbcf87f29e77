"""The conflict ledger across units, years and awards; initiatives, holds and facts."""

from __future__ import annotations

import datetime as dt

import pytest

from core.eligibility import changes, holds, initiatives, rechecking, subjects
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import db
from core.nominations.moving import move
from core.nominations.states import Action
from core.plugin.api import FindingState
from tests.integration.eligibility.awards import YEAR, make_awards, rung
from tests.integration.eligibility.test_ratings import run_jobs
from tests.integration.law.confirmed import confirm_law

pytestmark = pytest.mark.usefixtures("app_db")
TWO_YEARS = (dt.date(2025, 5, 14), dt.date(2027, 12, 31))
MERGE = (
    "INSERT INTO unit_succession (id, kind, unit_id, successor_id, effective_on, made_at)"
    " VALUES (gen_random_uuid(), 'merge', $1, $2, '2026-07-01', official_now())"
)


async def test_the_same_period_is_awarded_once_and_the_decision_is_shown() -> None:
    awards = await make_awards(rung())
    await confirm_law(awards.house)
    person = await awards.person()
    case = await awards.nominate(await awards.round(), person)
    await awards.grant(person)
    found = (await awards.rules(case))["conflict_same_period"]
    assert (found.state, found.is_blocking, found.is_confirmed) == ("not_met", True, True)
    assert found.fact == "Giấy khen, Quyết định số 12/QĐ-SYT ngày 05/11/2026"


async def test_a_longer_period_that_overlaps_is_a_warning() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    case = await awards.nominate(await awards.round(period=TWO_YEARS), person)
    await awards.grant(person, period=YEAR)
    await awards.grant(person, year=2023, period=None)
    found = await awards.rules(case)
    assert (found["conflict_overlap"].state, found["conflict_overlap"].is_blocking) == (
        "needs_judgement", False,
    )  # fmt: skip
    assert "conflict_same_period" not in found


async def test_an_award_of_a_merged_unit_stands_against_its_successor() -> None:
    awards = await make_awards(rung(kind="collective"))
    old, new = awards.house.units
    case = await awards.nominate(await awards.round(), new, kind="collective")
    await awards.grant(old, column="subject_unit_id")
    await awards.sql(MERGE, old, new)
    found = (await awards.rules(case))["conflict_same_period"]
    assert found.fact.endswith("(khi đó là Tên khi đó)")


async def test_a_revoked_award_and_the_nominations_own_one_are_no_conflict() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    case = await awards.nominate(await awards.round(), person)
    await awards.grant(person, nomination_id=case)
    await awards.sql(
        "UPDATE award_grant SET state = 'revoked' WHERE id = $1", await awards.grant(person)
    )
    assert (await awards.rules(case))["conflict_none"].state == "met"


async def test_the_same_person_on_two_lists_of_two_units_sees_the_other_list() -> None:
    awards = await make_awards(rung())
    await confirm_law(awards.house)
    round_id, person = await awards.round(), await awards.person()
    first = await awards.nominate(round_id, person)
    second = await awards.nominate(round_id, person, unit=1)
    found = (await awards.rules(first))["conflict_two_lists"]
    assert found.state == "not_met"
    assert found.fact == (
        "Giấy khen: danh sách của Bệnh viện số 1, tờ trình số 15/TTr ngày 20/11/2026; Đợt năm 2026"
    )
    await awards.sql("UPDATE nomination SET state = 'withdrawn' WHERE id = $1", second)
    assert (await awards.rules(first))["conflict_none"].state == "met"


async def test_who_clashed_with_a_withdrawn_one_is_checked_again_and_comes_back() -> None:
    awards = await make_awards(rung())
    await confirm_law(awards.house)
    round_id, person = await awards.round(), await awards.person()
    first = await awards.nominate(round_id, person)
    second = await awards.nominate(round_id, person, unit=1)
    await awards.check(first, second)
    officer = awards.house.people["officer"]
    async with awards.house.at():
        before = (await changes.list_clashes(actor=officer)).rows
        await move(actor=officer, nomination_ids=[second], action=Action.WITHDRAW, note="Trùng.")
    assert {row.nomination_id for row in before} == {first, second}
    assert await run_jobs(awards) == 1
    async with awards.house.at():
        assert (await changes.list_clashes(actor=officer)).rows == ()
        [row] = (await changes.list_changes(actor=officer)).rows
    assert (row.nomination_id, row.outcome_before) == (first, "not_met")


async def test_a_decision_on_the_law_has_everything_on_its_way_checked_by_the_new_rule() -> None:
    awards, other = await make_awards(rung()), await make_awards(rung())
    cases = []
    for each in (awards, other):
        round_id, person = await each.round(), await each.person()
        cases.append(await each.nominate(round_id, person))
        await each.grant(person)
        await each.check(cases[-1])
    rules = await awards.rules(cases[0])
    assert rules["conflict_same_period"].state == "needs_judgement"  # nobody has confirmed it
    await confirm_law(awards.house)  # by the service of the departments: it asks for the checks
    assert (await run_jobs(awards), await run_jobs(other)) == (1, 0)
    async with awards.house.at():
        [row] = (await changes.list_changes(actor=awards.house.people["officer"])).rows
    assert (row.nomination_id, row.outcome) == (cases[0], "not_met")


async def test_an_initiative_grounds_one_award_and_coauthors_of_a_round_are_for_the_council() -> (
    None
):
    awards = await make_awards(rung())
    round_id, idea = await awards.round(), await awards.idea()
    mine = await awards.nominate(round_id, await awards.person())
    other = await awards.nominate(round_id, await awards.person("Trần Thị Bình"))
    for case in (mine, other):
        await awards.rest_on(case, idea)
    assert (await awards.rules(mine))["conflict_initiative_shared"].state == "needs_judgement"
    await awards.sql("UPDATE nomination SET award_kind = 'base_title' WHERE id = $1", other)
    found = (await awards.rules(mine))["conflict_initiative"]
    assert (found.state, found.is_confirmed) == ("not_met", True)
    await awards.sql("UPDATE nomination SET state = 'not_awarded' WHERE id = $1", other)
    assert (await awards.rules(mine))["conflict_none"].state == "met"


async def test_topical_awards_are_not_counted_for_a_title_of_merit_and_are_named() -> None:
    awards = await make_awards(rung("Chiến sĩ thi đua cấp tỉnh"))
    person = await awards.person()
    case = await awards.nominate(await awards.round(), person, award_kind="province_title")
    for year in (2023, 2024, 2025):
        await awards.grant(person, award_kind="base_title", year=year, period=None)
    found = await awards.rules(case)
    assert found["base_titles_for_province_title"].state == "pending"
    assert found["base_titles_for_province_title"].fact == "Trong sổ: 0 năm liên tục"
    assert found["conflict_thematic_ground"].state == "needs_judgement"
    await awards.sql("UPDATE award_grant SET is_thematic = false")
    assert (await awards.rules(case))["base_titles_for_province_title"].state == "met"


async def test_a_department_replaces_how_much_a_conflict_weighs() -> None:
    awards = await make_awards(rung())
    round_id, person = await awards.round(), await awards.person()
    case = await awards.nominate(round_id, person)
    await awards.nominate(round_id, person, unit=1)
    file_id = await awards.sql(
        "INSERT INTO stored_file (id, name, media_type, size, sha256, storage_key, purpose,"
        " scan_state, unit_id, uploaded_at) VALUES (gen_random_uuid(), 'a.pdf',"
        " 'application/pdf', 1, repeat('0', 64), 'x', 'decision', 'clean', $1, now())"
        " RETURNING id",
        awards.house.tenant_id,
    )
    await awards.sql(
        "INSERT INTO law_override (id, key, kind, value, valid_from, decision_number,"
        " decision_date, file_id, made_at) VALUES (gen_random_uuid(), 'conflict_two_lists',"
        " 'replace', '1', '2026-01-01', '3/QĐ-SYT', '2026-01-01', $1, now())",
        file_id,
    )
    from core.law import overrides

    overrides.forget(awards.house.tenant_id)
    found = (await awards.rules(case))["conflict_two_lists"]
    assert (found.state, found.is_blocking, found.is_confirmed) == (
        "needs_judgement", False, True,
    )  # fmt: skip
    assert found.reference == "Quyết định số 3/QĐ-SYT ngày 01/01/2026 của Sở"


async def test_the_ledger_lists_clashes_of_the_own_department_only() -> None:
    one, two = await make_awards(rung()), await make_awards(rung())
    round_id, person = await one.round(), await one.person()
    first = await one.nominate(round_id, person)
    second = await one.nominate(round_id, person, unit=1)
    await one.check(first, second)
    async with one.house.at():
        page = await changes.list_clashes(actor=one.house.people["officer"], round_id=round_id)
    assert {row.nomination_id for row in page.rows} == {first, second}
    assert [each.rule for each in page.rows[0].findings] == ["conflict_two_lists"]
    async with two.house.at():
        assert (await changes.list_clashes(actor=two.house.people["officer"])).rows == ()


async def test_sending_one_list_lets_the_other_be_checked_again() -> None:
    awards = await make_awards(rung())
    round_id, person = await awards.round(), await awards.person()
    first = await awards.nominate(round_id, person)
    await awards.check(first)
    second = await awards.nominate(round_id, person, unit=1)
    await awards.check(second, trigger="sent")
    assert await run_jobs(awards) == 1
    assert "conflict_two_lists" in {each.rule for each in (await awards.seen(first)).findings}


async def test_a_hold_is_seen_by_the_officer_and_not_by_the_unit() -> None:
    awards = await make_awards(rung())
    person, people = await awards.person(), awards.house.people
    async with awards.house.at():
        await holds.make_hold(
            person,
            {"hold_kind": "discipline", "reason": "QĐ 4", "from_on": "01/11/2026"},
            actor=people["officer"],
        )
        (row,) = await holds.holds_of(person, actor=people["officer"])
        assert await holds.holds_of(person, actor=people["head0"]) == []
        trail = await db.fetchval(
            "SELECT string_agg(changes::text, '') FROM audit_event"
            " WHERE table_name = 'subject_hold'"
        )
        assert "QĐ 4" not in trail
        with pytest.raises(NotFoundError):
            await holds.get_hold(row.id, actor=people["head0"])
        with pytest.raises(InvalidInputError) as refused:
            await holds.release_hold(
                row.id, {"released_on": "2026-10-01", "release_note": "Xong."},
                actor=people["officer"],
            )  # fmt: skip
        assert set(refused.value.fields) == {"released_on", "counts_from"}
        good = {"released_on": "2026-11-02", "release_note": "Xong.", "counts_from": "2026-11-02"}
        await holds.release_hold(row.id, good, actor=people["officer"])
        with pytest.raises(ConflictError):
            await holds.release_hold(row.id, good, actor=people["officer"])


async def test_on_the_day_a_hold_ends_the_nomination_is_checked_again_once() -> None:
    awards = await make_awards(rung())
    person = await awards.person()
    case = await awards.nominate(await awards.round(), person)
    await awards.hold(person, released=dt.date(2026, 12, 1))
    await awards.check(case)
    scans = []
    for day in ("2026-11-30", "2026-12-01", "2026-12-01"):
        async with awards.house.at(f"{day}T09:00:00+07:00"):
            scans.append(await rechecking.recheck_released())
    assert scans == [0, 1, 0]


async def test_maternity_leave_never_turns_a_rule_into_not_met() -> None:
    awards = await make_awards(slug="quang_ngai")
    person = await awards.person()
    found = next(each for each in awards.rungs if each.subject_kind == "individual")
    case = await awards.nominate(
        await awards.round(found.occasion.value if found.occasion else "annual"), person,
        rung=found,
    )  # fmt: skip
    for rating in ("", "not_completed", "completed_excellently"):
        if rating:
            await awards.sql("DELETE FROM official_rating")
            await awards.rate(person, rating)
        await awards.sql("DELETE FROM subject_fact")
        before = {rule: each.state for rule, each in (await awards.rules(case)).items()}
        await awards.declare(person, "maternity_leave", value=True)
        after = {rule: each.state for rule, each in (await awards.rules(case)).items()}
        assert after.pop("maternity_leave_counts") is FindingState.MET
        assert after == before


async def test_facts_are_declared_by_the_unit_and_taken_back() -> None:
    awards = await make_awards(rung())
    unit, clerk = awards.house.units[0], awards.house.people["clerk0"]
    typed = {"year": "2026", "source": "Biên bản", "fact.internal_unity": "khong",
             "fact.dti_rank": "2,5", "fact.ranked_by_dti": ""}  # fmt: skip
    async with awards.house.at(who="clerk0"):
        await subjects.declare_facts(unit, typed, actor=clerk)
        facts = await subjects.facts_of(unit, actor=clerk)
        assert {fact.key: fact.value for fact in facts} == {
            "internal_unity": False, "dti_rank": 2.5,
        }  # fmt: skip
        await subjects.declare_facts(unit, typed | {"fact.dti_rank": ""}, actor=clerk)
        assert [f.key for f in await subjects.facts_of(unit, actor=clerk)] == ["internal_unity"]
        with pytest.raises(InvalidInputError) as refused:
            await subjects.declare_facts(
                unit, {"year": "2027", "source": "", "fact.dti_rank": "nhất"}, actor=clerk
            )
        assert set(refused.value.fields) == {"year", "source", "fact.dti_rank"}
        with pytest.raises(NotFoundError):
            await subjects.declare_facts(awards.house.units[1], typed, actor=clerk)


@pytest.mark.parametrize(
    ("authors", "words"),
    [
        ("", "ít nhất một tác giả"), ("Không Có Ai", "không có ai tên"),
        ("Nguyễn Văn An\nNguyễn Văn An", "đã có ở dòng trên"),
        ("Nguyễn Văn An; 0%", "số nguyên từ 1 đến 100"),
        ("Nguyễn Văn An; 60%\nTrần Thị Bình; 60%", "120%"),
        ("Nguyễn Văn An; KHONG", "không có đơn vị mã"),
    ],
)  # fmt: skip
async def test_authors_that_cannot_be_found_are_named_by_line(authors: str, words: str) -> None:
    awards = await make_awards(rung())
    await awards.person()
    await awards.person("Trần Thị Bình")
    typed = {"name": "Bệnh án điện tử", "unit_id": str(awards.house.units[0]), "year": "2026",
             "level": "unit", "authors": authors}  # fmt: skip
    async with awards.house.at(who="clerk0"):
        with pytest.raises(InvalidInputError) as refused:
            await initiatives.save_initiative(None, typed, actor=awards.house.people["clerk0"])
    assert list(refused.value.fields) == ["authors"]
    assert words in refused.value.fields["authors"]


async def test_an_initiative_keeps_its_authors_in_the_words_in_which_they_are_typed() -> None:
    awards = await make_awards(rung())
    await awards.person()
    await awards.person("Trần Thị Bình", unit=1)
    other = await awards.sql("SELECT code FROM unit WHERE id = $1", awards.house.units[1])
    lines = f"Nguyễn Văn An; 60%\nTrần Thị Bình; {other}; 40%"
    typed = {"name": "Bệnh án điện tử", "unit_id": str(awards.house.units[0]), "year": "2026",
             "level": "unit", "authors": lines}  # fmt: skip
    clerk = awards.house.people["clerk0"]
    async with awards.house.at(who="clerk0"):
        saved = await initiatives.save_initiative(None, typed, actor=clerk)
        found = await initiatives.get_initiative(saved, actor=clerk)
        assert found.author_lines == lines
        await initiatives.save_initiative(saved, typed | {"authors": "Nguyễn Văn An"}, actor=clerk)
        assert (await initiatives.get_initiative(saved, actor=clerk)).authors == "Nguyễn Văn An"
