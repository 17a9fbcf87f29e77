"""From an open round to the council: who may do what, in which state, what is kept."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import pytest

from core.documents.render.model import PaperKind, Table
from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    StalePartError,
)
from core.kit import clock, db
from core.kit.ids import new_id
from core.nominations import (
    completeness,
    dossier,
    handling,
    importing,
    listing,
    papers,
    proposing,
    rounds,
    sending,
    writing,
)
from core.nominations.difference import difference
from core.nominations.listing import Filters
from core.nominations.states import Action
from tests.integration.nominations import rounds_house as houses
from tests.integration.reports.house import House

pytestmark = pytest.mark.usefixtures("app_db")
PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
DAY = dt.datetime(2026, 12, 5, tzinfo=clock.VIETNAM)


async def ready() -> tuple[House, UUID, UUID]:
    """Return a house, a list of unit 0 and a filled draft on it."""
    house = await houses.make_awards()
    person = await houses.person(house, "Trần Thị Bình")
    list_id = await houses.list_of(house, await houses.opened(house))
    draft = await houses.drafted(house, list_id, person)
    await houses.filled(house, draft)
    return house, list_id, draft


async def test_a_draft_is_sent_received_appraised_and_goes_to_the_council() -> None:
    house, list_id, draft = await ready()
    officer = house.people["officer"]
    await houses.sent(house, list_id)
    await houses.received(house, draft)
    async with house.at():
        await handling.appraise([draft], recommendation="agree", opinion="Đủ.", actor=officer)
        await handling.step([draft], Action.TO_COUNCIL, actor=officer)
    row = await houses.one(house, draft)
    assert (row.state, row.last_version_number, row.award_kind) == ("council", 1, "commendation")


async def test_each_sending_and_reception_stores_a_check_of_eligibility() -> None:
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    await houses.received(house, draft)
    async with house.at():
        rows = await db.fetch(
            "SELECT trigger FROM nomination_check WHERE nomination_id = $1 ORDER BY checked_at, id",
            draft,
        )
    assert [row["trigger"] for row in rows] == ["sent", "received"]


async def test_nothing_goes_on_without_an_opinion() -> None:
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    await houses.received(house, draft)
    async with house.at():
        with pytest.raises(ConflictError) as refused:
            await handling.step([draft], Action.TO_COUNCIL, actor=house.people["officer"])
    assert refused.value.code == "conflict"
    assert (await houses.one(house, draft)).state == "received"


async def appraised() -> tuple[House, UUID]:
    """Return a house and a nomination with an opinion."""
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    await houses.received(house, draft)
    async with house.at():
        await handling.appraise(
            [draft], recommendation="agree", opinion="Đủ.", actor=house.people["officer"]
        )
    return house, draft


async def test_the_unit_reads_the_opinion_once_something_is_decided() -> None:
    house, draft = await appraised()

    async def read_by(*names: str) -> list[int]:
        counts = []
        for who in names:
            row = await houses.one(house, draft, who)
            async with house.at(who=who):
                counts.append(len(await handling.appraisals(row, actor=house.people[who])))
        return counts

    assert await read_by("officer", "department_head", "head0", "clerk0") == [1, 1, 0, 0]
    async with house.at():
        await handling.step(
            [draft], Action.REJECT, actor=house.people["officer"], note="Chưa đủ thời gian."
        )
    assert await read_by("officer", "head0", "clerk0") == [1, 1, 1]


async def test_what_is_before_the_council_is_not_submitted_or_refused_by_the_officer() -> None:
    house, draft = await appraised()
    officer = house.people["officer"]
    async with house.at():
        await handling.step([draft], Action.TO_COUNCIL, actor=officer)
        for action in (Action.SUBMIT, Action.REJECT):
            with pytest.raises(ConflictError) as refused:
                await handling.step([draft], action, actor=officer, note="Vì vội.")
            assert refused.value.code == "council_decides"
    assert (await houses.one(house, draft)).state == "council"


async def test_an_award_by_secret_ballot_does_not_pass_the_council_by() -> None:
    house, draft = await appraised()
    async with house.at():
        await db.execute("UPDATE nomination SET award_kind = 'province_title' WHERE id = $1", draft)
        with pytest.raises(ConflictError) as refused:
            await handling.step([draft], Action.SUBMIT, actor=house.people["officer"])
    assert refused.value.code == "council_decides"


async def test_a_blocking_finding_stops_a_nomination_and_is_named() -> None:
    house, draft = await appraised()
    finding = {"rule": "hold", "state": "not_met", "text": "Không bị xem xét kỷ luật.",
               "reason": "Có đơn thư."}  # fmt: skip
    async with house.at():
        await db.execute(
            "INSERT INTO nomination_check (id, nomination_id, trigger, outcome, findings,"
            " checked_at) VALUES ($1, $2, 'asked', 'not_met', $3,"
            " official_now() + interval '1 second')", new_id(), draft, [finding],
        )  # fmt: skip
        for action in (Action.TO_COUNCIL, Action.SUBMIT):
            with pytest.raises(ConflictError) as refused:
                await handling.step([draft], action, actor=house.people["officer"])
            assert (refused.value.code, refused.value.detail) == (
                "not_eligible",
                "Trần Thị Bình chưa đủ điều kiện: Không bị xem xét kỷ luật (Có đơn thư).",
            )


async def test_the_receiver_does_not_see_a_draft() -> None:
    house, _, draft = await ready()
    with pytest.raises(NotFoundError):
        await houses.one(house, draft)


async def test_another_unit_does_not_see_it_at_all() -> None:
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    for who in ("clerk1", "head1", "council_member", "tenant_admin"):
        with pytest.raises(NotFoundError):
            await houses.one(house, draft, who)


async def test_a_clerk_does_not_send_where_a_head_has_an_account() -> None:
    house, list_id, _ = await ready()
    with pytest.raises(PermissionDeniedError):
        await houses.sent(house, list_id, "clerk0")


async def test_an_unfinished_draft_is_not_sent_and_says_what_is_missing() -> None:
    house, list_id, _ = await ready()
    other = await houses.drafted(house, list_id, await houses.person(house, "Lê Văn Sáu"))
    with pytest.raises(ConflictError) as refused:
        await houses.sent(house, list_id)
    assert refused.value.code == "incomplete"
    assert "Lê Văn Sáu" in refused.value.detail
    assert (await houses.one(house, other, "head0")).completeness < 100


async def test_only_returned_parts_are_written_and_must_be_before_it_is_sent_again() -> None:
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    await houses.received(house, draft)
    async with house.at():
        await handling.return_parts(
            draft, given={"achievements": ("Thiếu số liệu so với năm trước.", DAY)},
            actor=house.people["officer"],
        )  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        await houses.sent(house, list_id)
    assert refused.value.code == "incomplete"
    async with house.at(now="2026-11-21T08:00:00+07:00", who="clerk0"):
        clerk = house.people["clerk0"]
        states = await writing.part_states(await proposing.get_nomination(draft, actor=clerk))
        assert states["achievements"].return_reason == "Thiếu số liệu so với năm trước."
        with pytest.raises(ConflictError) as locked:
            await writing.save_part(actor=clerk, nomination_id=draft, part_key="profile",
                                    version=states["profile"].version, fields={})  # fmt: skip
        assert locked.value.code == "part_locked"
        await writing.save_part(
            actor=clerk, nomination_id=draft, part_key="achievements",
            version=states["achievements"].version,
            fields={"narrative": "Rút ngắn thời gian chờ khám 20 phút."},
        )  # fmt: skip
    async with house.at(now="2026-11-21T09:00:00+07:00", who="head0"):
        await sending.send(list_id, actor=house.people["head0"])
    async with house.at():
        changes = await difference(draft, actor=house.people["officer"])
    changed = {each.key: [field.name for field in each.fields] for each in changes if each.fields}
    assert changed == {"achievements": ["narrative", "items"]}


async def test_a_stale_save_gives_back_both_texts() -> None:
    house, _, draft = await ready()
    async with house.at(who="clerk0"):
        with pytest.raises(StalePartError) as stale:
            await writing.save_part(
                actor=house.people["clerk0"], nomination_id=draft, part_key="achievements",
                version=1, fields={"narrative": "Bản của tôi"},
            )  # fmt: skip
    assert "chờ khám 15 phút" in stale.value.extra["current"]["text"]
    assert stale.value.extra["yours"]["text"] == "Thành tích: Bản của tôi"


async def test_a_sent_nomination_is_withdrawn_with_a_reason_and_reopened() -> None:
    house, list_id, draft = await ready()
    await houses.sent(house, list_id)
    head = house.people["head0"]
    async with house.at(who="head0"):
        with pytest.raises(InvalidInputError):
            await sending.withdraw(draft, reason=" ", actor=head)
        await sending.withdraw(draft, reason="Nhầm hình thức.", actor=head)
    assert (await houses.one(house, draft)).state == "withdrawn"
    async with house.at(who="head0"):
        await sending.reopen(draft, actor=head)
    assert (await houses.one(house, draft, "clerk0")).state == "draft"


async def test_a_closed_round_takes_no_new_draft_and_sends_none() -> None:
    house, list_id, _ = await ready()
    person = await houses.person(house, "Phạm Văn Tám")
    async with house.at():
        row = await proposing.get_list(list_id, actor=house.people["officer"])
        await rounds.close_round(row.round_id, actor=house.people["officer"])
    for act in (houses.drafted(house, list_id, person), houses.sent(house, list_id)):
        with pytest.raises(ConflictError) as refused:
            await act
        assert refused.value.code == "round_closed"


async def test_the_same_person_is_not_put_twice_onto_a_list_for_the_same_award() -> None:
    house, list_id, draft = await ready()
    row = await houses.one(house, draft, "clerk0")
    with pytest.raises(InvalidInputError) as refused:
        await houses.drafted(house, list_id, row.subject_id)
    assert "Trần Thị Bình" in refused.value.fields["subject_ids"]
    assert await houses.drafted(house, list_id, row.subject_id, award="Bằng khen") != draft


async def test_people_of_another_unit_cannot_be_proposed() -> None:
    house, list_id, _ = await ready()
    stranger = await houses.person(house, "Đỗ Văn Chín", unit=1)
    with pytest.raises(InvalidInputError) as refused:
        await houses.drafted(house, list_id, stranger)
    assert set(refused.value.fields) == {"subject_ids"}


async def test_a_round_needs_an_occasion_on_which_the_plan_gives_something() -> None:
    house = await houses.make_awards()
    async with house.at():
        with pytest.raises(InvalidInputError) as refused:
            await rounds.open_round(
                houses.NewRound(
                    unit_id=house.tenant_id, occasion="ad_hoc", year=2026,
                    period_from=dt.date(2026, 1, 1), period_to=dt.date(2025, 12, 31),
                ),
                actor=house.people["officer"],
            )  # fmt: skip
    assert set(refused.value.fields) == {"occasion", "period_to"}


async def test_only_a_legal_person_opens_a_round_of_its_own() -> None:
    house = await houses.make_awards()
    unit = house.units[0]
    await house.person("own_officer", "officer", unit, house.path(unit))
    own = house.people["own_officer"]
    async with house.at():
        await db.execute("UPDATE unit SET has_legal_personality = false WHERE id = $1", unit)
        offered = await rounds.awarding_units(actor=own)
    with pytest.raises(InvalidInputError) as refused:
        await houses.opened(house, unit_id=unit, who="own_officer")
    assert (offered, list(refused.value.fields)) == ([], ["unit_id"])
    async with house.at():
        await db.execute("UPDATE unit SET has_legal_personality = true WHERE id = $1", unit)
        offered = await rounds.awarding_units(actor=own)
    assert [each.id for each in offered] == [unit]
    assert await houses.opened(house, unit_id=unit, who="own_officer")


async def test_the_list_of_a_round_filters_searches_and_costs_the_same_for_many() -> None:
    house, list_id, draft = await ready()
    officer = house.people["officer"]
    await houses.sent(house, list_id)
    row = await houses.one(house, draft)
    counts = []
    for number in range(2):
        engine = db.engine()
        async with house.at():
            before = engine.queries
            page = await listing.list_nominations(
                row.round_id, Filters(search="binh", state="sent"), actor=officer
            )
            counts.append(engine.queries - before)
            none = await listing.list_nominations(
                row.round_id, Filters(award="Bằng khen"), actor=officer
            )
        assert "Trần Thị Bình" in {each.subject_name for each in page.rows}
        assert none.rows == []
        if number == 0:
            for name in ("Vũ Thị Bình", "Ngô Văn Bình"):
                made = await houses.drafted(house, list_id, await houses.person(house, name))
                await houses.filled(house, made)
            await houses.sent(house, list_id)
    assert counts == [2, 2]


async def test_lists_of_another_department_do_not_exist() -> None:
    house, list_id, draft = await ready()
    other = await houses.make_awards()
    await houses.sent(house, list_id)
    async with other.at():
        with pytest.raises(NotFoundError):
            await proposing.get_nomination(draft, actor=other.people["officer"])
        with pytest.raises(NotFoundError):
            await proposing.get_list(list_id, actor=other.people["officer"])
        assert await rounds.list_rounds(actor=other.people["officer"]) == []


async def test_the_dossier_demands_the_papers_of_the_law_and_counts_what_is_there() -> None:
    house, _, draft = await ready()
    clerk = house.people["clerk0"]
    async with house.at(who="clerk0"):
        row = await proposing.get_nomination(draft, actor=clerk)
        before = (await dossier.items_of([row]))[draft]
        await dossier.add_file(row, "minutes", name="bien-ban.pdf", content=PDF, actor=clerk)
        made = await dossier.make(row, "achievement_report", actor=clerk)
        again = await dossier.make(row, "achievement_report", actor=clerk)
        after = (await dossier.items_of([row]))[draft]
        shares = await completeness.refresh([row])
    assert [item.id for item in dossier.lacking(before)] == [
        "submission_letter", "achievement_report", "minutes",
    ]  # fmt: skip
    assert [item.id for item in dossier.lacking(after)] == ["submission_letter"]
    assert made.id == again.id
    assert (row.completeness, shares[draft]) == (62, 87)


async def test_papers_of_a_dossier_are_made_from_the_data() -> None:
    house, list_id, draft = await ready()
    async with house.at():
        report = await papers.compose(PaperKind.ACHIEVEMENT_REPORT, draft)
        letter = await papers.compose(PaperKind.NOMINATION_LETTER, list_id)
    assert report.abstract == "Đề nghị tặng Giấy khen năm 2026"
    assert letter.annexes[0].body[1] == Table(
        papers.LIST_COLUMNS,
        (("1", "Trần Thị Bình", "Bác sĩ", "Bệnh viện số 0", "Giấy khen"),),
    )


async def test_a_list_from_excel_is_taken_whole_or_not_at_all() -> None:
    house, list_id, _ = await ready()
    clerk = house.people["clerk0"]
    await houses.person(house, "Đặng Văn Mười")
    head = "Họ và tên;Hình thức;Chức vụ\n"
    good = f"{head}Đặng Văn Mười;Giấy khen;Bác sĩ\nBệnh viện số 0;Giấy khen;\n"
    bad = f"{good}Không Có Ai;Giấy khen;\nĐặng Văn Mười;Huân chương;\n"
    async with house.at(who="clerk0"):
        seen = await importing.read(list_id, name="ds.csv", content=bad.encode(), actor=clerk)
        assert [(line.number, line.kind, bool(line.error)) for line in seen] == [
            (2, "individual", False), (3, "collective", False), (4, "", True), (5, "", True),
        ]  # fmt: skip
        rows = [
            {"number": str(line.number), "name": line.name, "award": line.award} for line in seen
        ]
        with pytest.raises(InvalidInputError):
            await importing.take(list_id, rows, actor=clerk)
        assert await importing.take(list_id, rows[:2], actor=clerk) == 2
        listed = await proposing.rows_of_list(list_id, actor=clerk)
    assert {row.subject_name for row in listed} == {
        "Trần Thị Bình", "Đặng Văn Mười", "Bệnh viện số 0",
    }  # fmt: skip
