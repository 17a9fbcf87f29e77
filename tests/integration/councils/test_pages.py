"""The pages of councils: the secretary's way through a meeting, the member's phone."""

from __future__ import annotations

import json
import re
from uuid import UUID

import pytest

from core.councils import meetings, service, voting
from core.councils.schemas import NewMember
from core.kit import db, logs
from core.law.votes import Choice
from tests.integration.councils.chamber import PDF, Chamber, make_chamber, nominate
from tests.integration.councils.site import browser

FLAG = "province_flag"


async def meeting(chamber: Chamber) -> str:
    return f"/hoi-dong/hop/{chamber.meeting_id}"


async def test_a_council_is_made_on_the_page_and_what_was_typed_stays(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=3)
    async with browser(chamber.secretary, chamber) as client:
        wrong = await client.post(
            "/hoi-dong",
            data={"name": "Hội đồng Bệnh viện", "unit_id": str(chamber.house.tenant_id)},
            files={"none": ("", b"")},
        )
        made = await client.post(
            "/hoi-dong",
            data={
                "name": "Hội đồng thứ hai", "unit_id": str(chamber.house.tenant_id),
                "decision_number": "9/QĐ-SYT", "decision_date": "2026-02-01",
            },
            files={"file": ("qd.pdf", PDF, "application/pdf")},
        )  # fmt: skip
        council = await client.get(made.headers["location"])
        listed = await client.get("/hoi-dong")
    assert wrong.status_code == 422
    assert 'value="Hội đồng Bệnh viện"' in wrong.text
    assert "Hãy nhập số quyết định" in wrong.text
    assert made.status_code == 303
    assert "9/QĐ-SYT" in council.text
    assert re.search(r'href="/tep/[0-9a-f-]{36}"', council.text)
    assert "Hội đồng thứ hai" in listed.text


async def test_members_are_added_once_and_only_with_a_known_account(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=2)
    address = f"/hoi-dong/{chamber.council_id}/thanh-vien"
    async with browser(chamber.secretary, chamber) as client:
        unknown = await client.post(address, data={"username": "khong-co", "role": "member"})
        chair = await client.post(address, data={"full_name": "Lê An", "role": "chair"})
        added = await client.post(address, data={"full_name": "Lê An", "role": "standing"})
        shown = await client.get(f"/hoi-dong/{chamber.council_id}")
    assert "Không có tài khoản “khong-co”" in unknown.text
    assert "đã có Chủ tịch" in chair.text
    assert (added.status_code, "Lê An" in shown.text) == (303, True)


async def test_who_left_the_council_comes_back_with_the_new_role(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=2)
    async with chamber.house.at(who="council_secretary"):
        before = (await service.get_council(chamber.council_id, actor=chamber.secretary)).members[1]
        await service.end_member(chamber.council_id, before.id, actor=chamber.secretary)
        again = NewMember(
            full_name=before.full_name, username=before.username, role="vice",
            job_title="Phó Giám đốc",
        )  # fmt: skip
        await service.add_member(chamber.council_id, again, actor=chamber.secretary)
        members = (await service.get_council(chamber.council_id, actor=chamber.secretary)).members
    assert [(m.id, m.role, m.job_title, m.ended_on) for m in members][1:] == [
        (before.id, "vice", "Phó Giám đốc", None)
    ]


async def test_a_closed_round_with_cases_for_the_council_may_have_a_meeting(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(members=2)
    async with chamber.house.at():
        await db.execute("UPDATE award_round SET state = 'closed'")
        offered = await meetings.rounds_to_choose(chamber.house.tenant_id)
    await chamber.set_nomination("not_awarded")
    async with chamber.house.at():
        later = await meetings.rounds_to_choose(chamber.house.tenant_id)
    assert ([each for each, _ in offered], later) == ([chamber.round_id], [])


async def test_the_secretary_walks_through_a_meeting(app_db: db.TenantEngine) -> None:
    chamber = await make_chamber(awards=["commendation"], members=3)
    address = await meeting(chamber)
    seats = (await chamber.view()).seats
    async with browser(chamber.secretary, chamber) as client:
        invited = await client.post(f"{address}/moi")
        early = await client.post(f"{address}/bat-dau")
        await client.post(
            f"{address}/thanh-phan", data={f"presence-{seat.id}": "present" for seat in seats}
        )
        await client.post(f"{address}/bat-dau")
        begun = await client.get(address)
        [case_id] = await chamber.ids()
        ticked = {"case_ids": str(case_id), "ballot": "secret", "counting": "electronic"}
        await client.post(f"{address}/bo-phieu", data={**ticked, "step": "open"})
        for number, choice in enumerate(("agree", "agree", "disagree")):
            await chamber.cast(number, choice, case_id)
        running = await client.get(address)
        await client.post(f"{address}/bo-phieu", data={**ticked, "step": "close"})
        await client.post(f"{address}/bo-phieu", data={**ticked, "step": "seal"})
        sealed = await client.get(address)
        case = await client.get(f"{address}/ho-so/{case_id}")
        done = await client.post(f"{address}/ket-thuc", data={"discussion": "Nhất trí."})
    assert invited.status_code == 303
    assert "Chưa đủ người để họp: có 0 trên 3 thành viên, cần 2." in early.text
    assert "Mở bỏ phiếu" in begun.text
    assert '<option value="commendation">Giấy khen</option>' in begun.text
    assert "3/3 đã bỏ phiếu" in running.text
    assert "<strong>2/3 đồng ý" not in running.text
    assert "<strong>2/3 đồng ý" in sealed.text
    assert "Kết quả: Đồng ý" in case.text
    assert done.status_code == 303
    assert await chamber.state() == "submitted"
    async with chamber.house.at():
        told = await db.fetchval(
            "SELECT count(*) FROM notification WHERE event = 'council_invited'"
        )
    assert told == 3


async def test_the_effect_of_a_recusal_stands_on_the_page_before_it_is_made(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=["national_title"])
    [case_id] = await chamber.ids()
    async with browser(chamber.members[4], chamber) as client:
        told = await client.post(
            f"/hop/{chamber.meeting_id}/khai-bao",
            data={"case_id": str(case_id), "kind": "relative", "reason": "Em ruột"},
        )
    async with browser(chamber.secretary, chamber) as client:
        shown = await client.get(f"{await meeting(chamber)}/ho-so/{case_id}")
        conflict = re.search(r'name="way-([0-9a-f-]{36})"', shown.text)
        assert conflict
        decided = await client.post(
            f"{await meeting(chamber)}/ho-so/{case_id}",
            data={"act": "interests", f"way-{conflict[1]}": "recuse"},
        )
        after = await client.get(await meeting(chamber))
    assert told.status_code == 303
    assert "Không biểu quyết: còn 8 người biểu quyết, cần 9" in shown.text
    assert "không thể đạt" in shown.text
    assert decided.status_code == 303
    assert "Chỉ 8 người biểu quyết được: không thể đạt" in after.text


async def test_a_member_votes_on_the_phone_page_and_is_told_when_it_is_too_late(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=["commendation"], members=3)
    await chamber.begin()
    [case_id] = await chamber.open()
    address = f"/hop/{chamber.meeting_id}"
    async with browser(chamber.members[0], chamber) as client:
        mine = await client.get("/hop")
        before = await client.get(address)
        nothing = await client.post(address, data={})
        cast = await client.post(address, data={f"choice-{case_id}": "agree"})
        again = await client.post(address, data={f"choice-{case_id}": "disagree"})
        after = await client.get(address)
    await chamber.close(case_id)
    async with browser(chamber.members[1], chamber) as client:
        late = await client.post(address, data={f"choice-{case_id}": "agree"})
    assert "Phiên xét khen thưởng" in mine.text
    assert f'name="choice-{case_id}"' in before.text
    assert "Hãy chọn ý kiến" in nothing.text
    assert cast.status_code == 303
    assert (again.status_code, "Mỗi ghế một phiếu" in again.text) == (409, True)
    assert "Đã bỏ phiếu" in after.text
    assert (late.status_code, "đã đóng lúc" in late.text) == (409, True)


@pytest.mark.parametrize("choice", ["agree", "disagree", "abstain"])
async def test_answers_and_logs_are_the_same_for_every_choice(
    app_db: db.TenantEngine, choice: str, capfd: pytest.CaptureFixture[str]
) -> None:
    chamber = await make_chamber(awards=[FLAG], members=5)
    await chamber.begin()
    [case_id] = await chamber.open()
    async with browser(chamber.members[2], chamber) as client:
        capfd.readouterr()
        answer = await client.post(f"/hop/{chamber.meeting_id}", data={f"choice-{case_id}": choice})
        said = capfd.readouterr()
        shown = await client.get(f"/hop/{chamber.meeting_id}")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/hop/{chamber.meeting_id}")
    told = json.dumps(dict(answer.headers)) + said.out + said.err
    assert not any(word in told for word in Choice)
    assert "checked" not in shown.text


async def test_written_opinion_and_slips_are_entered_on_the_case_page(
    app_db: db.TenantEngine,
) -> None:
    chamber = await make_chamber(awards=[FLAG], members=9)
    await chamber.begin("written")
    [case_id] = await chamber.open(how="mixed")
    seats = (await chamber.view()).seats
    address = f"{await meeting(chamber)}/ho-so/{case_id}"
    async with browser(chamber.secretary, chamber) as client:
        without = await client.post(
            address, data={"act": "vote", "seat_id": str(seats[0].id), "choice": "agree"}
        )
        written = await client.post(
            address,
            data={"act": "vote", "seat_id": str(seats[0].id), "choice": "agree"},
            files={"file": ("y-kien.pdf", PDF, "application/pdf")},
        )
        slips = await client.post(
            address, data={"act": "slips", "seat_ids": [str(s.id) for s in seats[1:5]]}
        )
        for member in range(5, 9):
            await chamber.cast(member, "agree", case_id)
        await chamber.close(case_id)
        counts = {"act": "count", "agree": "3", "disagree": "1"}
        bad = await client.post(address, data={**counts, "teller": "1", "agree": "ba"})
        first = await client.post(address, data={**counts, "teller": "1", "teller_name": "An"})
        second = await client.post(address, data={**counts, "teller": "2", "teller_name": "Bình"})
        await chamber.seal(case_id)
        sealed = await client.get(address)
    assert "bản chụp ý kiến bằng văn bản" in without.text
    assert [a.status_code for a in (written, slips, bad, first, second)] == [
        303, 303, 422, 303, 303,
    ]  # fmt: skip
    assert "Kiểm phiếu giấy: An, Bình." in sealed.text
    assert "Kết quả: Đồng ý" in sealed.text


async def test_a_page_takes_the_same_queries_for_one_case_and_for_many(
    app_db: db.TenantEngine,
) -> None:
    few, many = await make_chamber(members=3), await make_chamber(members=9)
    more = [await nominate(many.house, many.round_id, unit=1) for _ in range(5)]
    async with many.house.at(who="council_secretary"):
        from core.councils import meetings

        await meetings.add_cases(many.meeting_id, tuple(more), actor=many.secretary)
    counts = [await _queries(app_db, chamber) for chamber in (few, many)]
    assert counts[0] == counts[1]
    assert max(counts[0].values()) <= 12


async def _queries(engine: db.TenantEngine, chamber: Chamber) -> dict[str, int]:
    found = {}
    address = await meeting(chamber)
    async with browser(chamber.secretary, chamber) as client:
        await client.get(address)
        for path in (address, f"{address}/thanh-phan", f"/hoi-dong/{chamber.council_id}"):
            before = engine.queries
            assert (await client.get(path)).status_code == 200
            found[path.rpartition("/")[2] if "thanh" in path else path[:13]] = (
                engine.queries - before
            )
    async with browser(chamber.members[0], chamber) as client:
        await client.get(f"/hop/{chamber.meeting_id}")
        before = engine.queries
        await client.get(f"/hop/{chamber.meeting_id}")
        found["hop"] = engine.queries - before
    return found


async def test_nobody_else_finds_the_meeting(app_db: db.TenantEngine) -> None:
    chamber, other = await make_chamber(members=3), await make_chamber(members=3)
    address, case_id = await meeting(chamber), UUID(int=0)
    async with browser(other.secretary, other) as client:
        answers = [
            await client.get(path)
            for path in (address, f"{address}/thanh-phan", f"/hop/{chamber.meeting_id}",
                         f"{address}/ho-so/{case_id}", f"/hoi-dong/{chamber.council_id}")
        ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [404] * 5


async def test_an_unexpected_error_during_a_vote_puts_no_choice_into_the_log(
    app_db: db.TenantEngine, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_: object) -> None:
        raise RuntimeError("hỏng")

    chamber = await make_chamber(awards=[FLAG], members=3)
    await chamber.begin()
    [case_id] = await chamber.open()
    logs.configure()
    monkeypatch.setattr(voting, "_into_box", broken)
    async with browser(chamber.members[2], chamber) as client:
        capfd.readouterr()
        answer = await client.post(
            f"/hop/{chamber.meeting_id}", data={f"choice-{case_id}": "disagree"}
        )
        said = capfd.readouterr()
    assert answer.status_code == 500
    assert "RuntimeError: hỏng" in said.out + said.err
    assert "disagree" not in said.out + said.err
