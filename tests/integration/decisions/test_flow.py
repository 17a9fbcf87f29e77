"""A decision from what waits to what is granted, and every refusal on the way."""

from __future__ import annotations

import asyncio
import io
from datetime import date

import pdfplumber
import pytest

from core.decisions import drafting, fund, issuing, reading, review, signing
from core.decisions.schemas import Kind, State
from core.documents.signing import phrases as signing_words
from core.documents.signing.schemas import Key, Party
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.storage import storage
from core.nominations import handling
from core.nominations.states import Action
from tests.integration.decisions.house import (
    NOW,
    PDF,
    TODAY,
    Awards,
    approved,
    drafted,
    insert_nomination,
    insert_round,
    issued,
    make_awards,
    numbered,
    run_paper,
    scanned,
)
from tests.signing import PASSWORD, authority, blue, key_file, red


async def test_what_waits_is_grouped_by_award_and_way(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house = awards.house
    await insert_nomination(
        house, awards.round_id, house.units[0], name="Trần Thị B", action="propose",
        award="Bằng khen của Chủ tịch UBND tỉnh", award_kind="province_certificate",
    )  # fmt: skip
    await insert_nomination(house, awards.round_id, house.units[0], name="C", state="council")
    async with house.at(NOW):
        groups = await reading.list_candidates(awards.round_id, actor=house.people["officer"])
    assert [(g.award, g.kind, [c.subject_name for c in g.candidates]) for g in groups] == [
        ("Bằng khen của Chủ tịch UBND tỉnh", Kind.FORWARD, ["Trần Thị B"]),
        ("Giấy khen của Giám đốc Sở Y tế", Kind.AWARD,
         ["Khoa số 0", "Nguyễn Văn 0", "Nguyễn Văn 1"]),
    ]  # fmt: skip


async def test_a_draft_has_its_text_from_the_law_of_the_day(app_db: db.TenantEngine) -> None:
    found = await drafted(await make_awards())
    assert (found.kind, found.state, [e.position for e in found.entries]) == (
        Kind.AWARD, State.DRAFT, [1, 2, 3],
    )  # fmt: skip
    assert found.body.legal_bases[:3] == (
        "Căn cứ Luật Thi đua, khen thưởng (đã được sửa đổi, bổ sung)",
        "Căn cứ Nghị định số 152/2025/NĐ-CP",
        "Căn cứ Thông tư số 15/2025/TT-BNV",
    )
    assert found.body.articles[0].startswith(
        "Tặng Giấy khen của Giám đốc Sở Y tế cho 01 tập thể và 02 cá nhân có thành tích"
    )
    assert [e.prize for e in found.entries] == [1_520_000, 760_000, 760_000]
    assert found.total == 3_040_000


async def test_nobody_stands_in_two_open_papers(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    first = await drafted(awards, awards.nominations[:2])
    with pytest.raises(ConflictError) as refused:
        await drafted(awards, awards.nominations[1:])
    assert refused.value.code == "in_another_paper"
    house = awards.house
    async with house.at(NOW):
        await drafting.delete(first.id, first.version, actor=house.people["officer"])
    assert len((await drafted(awards)).entries) == 3


async def test_one_paper_has_one_award(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    other = await insert_nomination(
        awards.house, awards.round_id, awards.house.units[0], award="Bằng khen", action="propose"
    )
    with pytest.raises(InvalidInputError) as refused:
        await drafted(awards, [awards.nominations[0], other])
    assert list(refused.value.fields) == ["nomination_ids"]


async def test_taking_somebody_out_closes_the_gap(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await drafted(awards)
    async with awards.house.at(NOW):
        officer = awards.house.people["officer"]
        after = await drafting.remove(found.id, found.entries[1].id, actor=officer)
    assert [(e.position, e.subject_name) for e in after.entries] == [
        (1, "Khoa số 0"), (2, "Nguyễn Văn 1"),
    ]  # fmt: skip
    assert after.version == found.version + 1


async def test_a_stale_save_is_refused(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await drafted(awards)
    text = {"title": "Về việc khen", "articles": "Một\nHai", "signer_name": "Nguyễn Văn A"}
    async with awards.house.at(NOW):
        officer = awards.house.people["officer"]
        saved = await drafting.save(found.id, found.version, text, actor=officer)
        with pytest.raises(ConflictError) as refused:
            await drafting.save(found.id, found.version, text, actor=officer)
    assert saved.body.articles == ("Một", "Hai")
    assert refused.value.code == "stale_decision"


async def test_what_is_missing_is_said_by_field(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await drafted(awards)
    async with awards.house.at(NOW):
        with pytest.raises(InvalidInputError) as refused:
            await drafting.save(
                found.id, found.version, {"title": "x" * 501, "articles": " "},
                actor=awards.house.people["officer"],
            )  # fmt: skip
    assert list(refused.value.fields) == ["title", "articles", "signer_name"]


async def test_only_the_head_approves_and_gives_back_with_a_reason(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, people = awards.house, awards.house.people
    found = await drafted(awards)
    async with house.at(NOW):
        found = await drafting.send_to_review(found.id, found.version, actor=people["officer"])
        with pytest.raises(PermissionDeniedError):
            await review.approve(found.id, found.version, actor=people["officer"])
    async with house.at(NOW, "department_head"):
        head = people["department_head"]
        with pytest.raises(InvalidInputError):
            await review.give_back(found.id, found.version, "  ", actor=head)
        back = await review.give_back(found.id, found.version, "Sửa Điều 2.", actor=head)
    assert (back.state, back.body.note) == (State.DRAFT, "Sửa Điều 2.")


async def test_a_held_subject_stops_the_decision_and_is_named(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house = awards.house
    found = await approved(awards)
    async with house.at(NOW):
        subject = found.entries[1].subject_id
        await db.execute(
            "INSERT INTO subject_hold (id, subject_id, person_id, kind, reason, from_on, made_at)"
            " VALUES ($1, $2, $2, 'complaint', 'Đơn', '2026-12-01', official_now())",
            new_id(), subject,
        )  # fmt: skip
    async with house.at(NOW, "records_clerk"):
        with pytest.raises(ConflictError, match="Nguyễn Văn 0: đơn thư") as refused:
            await review.number(found.id, found.version, TODAY, actor=house.people["records_clerk"])
    assert refused.value.code == "held"


async def test_a_hold_after_the_number_stops_the_issue(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house, later = awards.house, "2026-12-23T08:00:00+07:00"
    found = await scanned(awards)
    async with house.at(later, "records_clerk"):
        await db.execute(
            "INSERT INTO subject_hold (id, subject_id, person_id, kind, reason, from_on, made_at)"
            " VALUES ($1, $2, $2, 'complaint', 'Đơn', '2026-12-22', official_now())",
            new_id(), found.entries[1].subject_id,
        )  # fmt: skip
        with pytest.raises(ConflictError) as refused:
            await issuing.issue(found.id, actor=house.people["records_clerk"], accept_short=True)
    assert refused.value.code == "held"


async def test_who_stands_in_an_approved_paper_is_not_taken_out_until_it_is_given_back(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, people = awards.house, awards.house.people
    found = await approved(awards)
    first = awards.nominations[0]
    async with house.at(NOW):
        for action in (Action.BACK_TO_APPRAISAL, Action.REJECT):
            with pytest.raises(ConflictError) as refused:
                await handling.step([first], action, actor=people["officer"], note="Sai.")
            assert refused.value.code == "in_approved_paper"
    async with house.at(NOW, "department_head"):
        head = people["department_head"]
        back = await review.give_back(found.id, found.version, "Bỏ một người.", actor=head)
    async with house.at(NOW):
        await handling.step([first], Action.REJECT, actor=people["officer"], note="Sai.")
    assert back.state == State.DRAFT


async def test_a_blocking_finding_keeps_a_draft_from_review(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house = awards.house
    found = await drafted(awards)
    finding = {"rule": "hold", "state": "not_met", "text": "Đủ thành tích."}
    async with house.at(NOW):
        await db.execute(
            "INSERT INTO nomination_check (id, nomination_id, trigger, outcome, findings,"
            " checked_at) VALUES ($1, $2, 'asked', 'not_met', $3, official_now())",
            new_id(), awards.nominations[1], [finding],
        )  # fmt: skip
        with pytest.raises(ConflictError) as refused:
            await drafting.send_to_review(found.id, found.version, actor=house.people["officer"])
    assert refused.value.detail == "Nguyễn Văn 0 chưa đủ điều kiện: Đủ thành tích."


async def test_numbers_have_no_gap_and_days_go_up(app_db: db.TenantEngine) -> None:
    awards = await make_awards(people=4, collectives=0)
    house, clerk = awards.house, awards.house.people["records_clerk"]
    first = await approved(awards, awards.nominations[:1])
    second = await approved(awards, awards.nominations[1:2])
    async with house.at(NOW, "records_clerk"):
        one = await review.number(first.id, first.version, TODAY, actor=clerk)
        assert (one.number, one.number_text, one.state) == (1, "01/QĐ", State.NUMBERED)
    for day in (date(2026, 12, 22), date(2026, 12, 20)):
        with pytest.raises(InvalidInputError) as refused:
            async with house.at(NOW, "records_clerk"):
                await review.number(second.id, second.version, day, actor=clerk)
        assert list(refused.value.fields) == ["decided_on"]
    async with house.at(NOW, "records_clerk"):
        two = await review.number(second.id, second.version, TODAY, actor=clerk)
    assert two.number == 2


async def test_two_secretaries_at_once_get_two_numbers_without_a_gap(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards(people=6, collectives=0)
    house, clerk = awards.house, awards.house.people["records_clerk"]
    waiting = [await approved(awards, [each]) for each in awards.nominations]

    async def give(number: int) -> int | None:
        found = waiting[number]
        async with house.at(NOW, "records_clerk"):
            return (await review.number(found.id, found.version, TODAY, actor=clerk)).number

    numbers = await asyncio.gather(*(give(number) for number in range(len(waiting))))
    assert sorted(number or 0 for number in numbers) == [1, 2, 3, 4, 5, 6]


async def test_the_same_paper_numbered_twice_at_once_gets_one_number(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    found = await approved(awards)

    async def give() -> str:
        try:
            async with house.at(NOW, "records_clerk"):
                view = await review.number(found.id, found.version, TODAY, actor=clerk)
                return view.number_text
        except ConflictError as error:
            return error.code

    first, second = sorted(await asyncio.gather(give(), give()))
    assert first == "01/QĐ"
    assert second in {"stale_decision", "wrong_state"}  # read before the other's end, or after it
    async with house.at(NOW):
        last = await db.fetchval("SELECT last_number FROM number_series WHERE series = 'award'")
    assert last == 1


async def test_issuing_grants_with_money_and_gold_book_numbers(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await issued(awards)
    house = awards.house
    async with house.at(NOW):
        rows = await db.fetch(
            "SELECT subject_name, gold_book_number, prize_amount, prize_multiple, base_salary,"
            " prize_basis, decision_number, decided_on, source, issuer, period_from"
            " FROM award_grant ORDER BY gold_book_number"
        )
        states = {row["state"] for row in await db.fetch("SELECT state FROM nomination")}
        told = await db.fetch(
            "SELECT DISTINCT event FROM notification WHERE event = 'award_decided'"
        )
    assert [tuple(row.values())[:5] for row in rows] == [
        ("Khoa số 0", 1, 1_520_000, "0.6", 2_530_000),
        ("Nguyễn Văn 0", 2, 760_000, "0.3", 2_530_000),
        ("Nguyễn Văn 1", 3, 760_000, "0.3", 2_530_000),
    ]
    assert rows[0]["prize_basis"].startswith("0,6 lần lương cơ sở 2.530.000 đồng; NĐ 152/2025")
    assert (rows[0]["decision_number"], rows[0]["decided_on"], rows[0]["source"]) == (
        "01/QĐ", TODAY, "decision",
    )  # fmt: skip
    assert (found.state, found.total, states, len(told)) == (
        State.ISSUED, 3_040_000, {"decided"}, 1,
    )  # fmt: skip


async def test_the_fund_is_charged_and_never_goes_under_zero_unseen(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    found = await scanned(awards)
    async with house.at(NOW, "records_clerk"):
        await fund.add(
            awards.round_id, kind="allocation", amount=3_000_000, entered_on=TODAY,
            basis="QĐ 12/QĐ-SYT", actor=clerk,
        )  # fmt: skip
    with pytest.raises(InvalidInputError, match=r"âm 40\.000 đồng") as refused:
        async with house.at(NOW, "records_clerk"):
            await issuing.issue(found.id, actor=clerk)
    assert list(refused.value.fields) == ["accept_short"]
    async with house.at(NOW, "records_clerk"):
        assert await db.fetchval("SELECT count(*) FROM award_grant") == 0
        await issuing.issue(found.id, actor=clerk, accept_short=True)
        view = await fund.get_fund(awards.round_id, actor=clerk)
    assert (view.allocated, view.prizes, view.balance) == (3_000_000, -3_040_000, -40_000)


async def test_money_comes_back_once(app_db: db.TenantEngine) -> None:
    awards = await make_awards(collectives=0, people=1)
    await issued(awards)
    house, officer = awards.house, awards.house.people["officer"]
    async with house.at(NOW):
        grant_id = await db.fetchval("SELECT id FROM award_grant")
        back = {"entered_on": TODAY, "basis": "PT 01", "actor": officer}
        await fund.money_back(grant_id, amount=760_000, **back)
        with pytest.raises(InvalidInputError):
            await fund.money_back(grant_id, amount=1, **back)
        view = await fund.get_fund(awards.round_id, actor=officer)
    assert (view.money_back, view.balance) == (760_000, 0)


async def test_nothing_is_issued_unsigned_or_by_others(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house, people = awards.house, awards.house.people
    found = await numbered(awards)
    async with house.at(NOW, "records_clerk"):
        with pytest.raises(ConflictError) as refused:
            await issuing.issue(found.id, actor=people["records_clerk"])
    assert refused.value.code == "not_signed"
    async with house.at(NOW):
        with pytest.raises(PermissionDeniedError):
            await issuing.issue(found.id, actor=people["officer"])


async def test_a_candidate_withdrawn_meanwhile_stops_the_issue_and_keeps_nothing(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    found = await scanned(awards)
    async with house.at(NOW):
        await db.execute(
            "UPDATE nomination SET state = 'withdrawn' WHERE id = $1", awards.nominations[0]
        )
    with pytest.raises(ConflictError, match="Thu hồi"):
        async with house.at(NOW, "records_clerk"):
            await issuing.issue(found.id, actor=clerk, accept_short=True)
    async with house.at(NOW):
        assert await db.fetchval("SELECT count(*) FROM award_grant") == 0


async def test_a_scan_that_is_no_pdf_is_refused(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    found = await numbered(awards)
    for name, content in (("qd.pdf", b"PK\x03\x04 nothing"), ("qd.png", blue()), ("", b"")):
        with pytest.raises(InvalidInputError) as refused:
            async with house.at(NOW, "records_clerk"):
                await signing.attach_scan(found.id, name, content, actor=clerk)
        assert list(refused.value.fields) == ["file"]


async def signed_awards() -> tuple[Awards, object]:
    """Bring a decision to both digital signatures."""
    awards = await make_awards()
    house, people = awards.house, awards.house.people
    found = await numbered(awards)
    assert found.document_id
    await run_paper(house, found.document_id)
    root = authority()
    for party, who, name, image in (
        (Party.PERSON, "department_head", "Nguyễn Văn An", blue()),
        (Party.AGENCY, "records_clerk", "Sở Y tế", red()),
    ):
        async with house.at(NOW, who):
            found = await signing.sign(
                found.id, party, Key(PASSWORD, key_file(root, name)), image, actor=people[who]
            )
    return awards, found


async def test_a_decision_is_signed_by_person_then_agency_and_issued(
    app_db: db.TenantEngine,
) -> None:
    awards, found = await signed_awards()
    house, clerk = awards.house, awards.house.people["records_clerk"]
    async with house.at(NOW, "records_clerk"):
        seen = await signing.verified(await reading.get_decision(found.id, actor=clerk))
        assert seen.signatures
        assert seen.signatures.is_good
        assert [s.subject for s in seen.signatures.signatures] == ["Nguyễn Văn An", "Sở Y tế"]
        out = await issuing.issue(found.id, actor=clerk, accept_short=True)
        key = await db.fetchval(
            "SELECT storage_key FROM stored_file WHERE id = $1", out.signed_file_id
        )
        pdf = await storage().get(key)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        text = "\n".join(page.extract_text() for page in opened.pages)
    assert "Số: 01/QĐ" in text
    assert "Điều 1." in text
    assert "Nguyễn Văn 1" in text
    assert "1.520.000" in text
    assert "Dự thảo" not in text


async def test_signing_a_changed_file_a_wrong_password_and_the_wrong_order_are_refused(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    house, people = awards.house, awards.house.people
    found = await numbered(awards)
    assert found.document_id
    key = Key(PASSWORD, key_file(authority(), "Nguyễn Văn An"))
    with pytest.raises(ConflictError) as refused:
        async with house.at(NOW, "department_head"):
            await signing.sign(found.id, Party.PERSON, key, blue(), actor=people["department_head"])
    assert refused.value.code == "paper_not_ready"
    await run_paper(house, found.document_id)
    with pytest.raises(ConflictError) as refused:
        async with house.at(NOW, "records_clerk"):
            await signing.sign(found.id, Party.AGENCY, key, red(), actor=people["records_clerk"])
    assert refused.value.code == "signing_order"
    with pytest.raises(InvalidInputError) as wrong:
        async with house.at(NOW, "department_head"):
            await signing.sign(found.id, Party.PERSON, Key("sai", key.file), blue(),
                               actor=people["department_head"])  # fmt: skip
    assert wrong.value.fields == {"password": signing_words.NOT_OPENED}
    async with house.at(NOW, "department_head"):
        signed = await signing.sign(found.id, Party.PERSON, key, blue(),
                                    actor=people["department_head"])  # fmt: skip
        file = await db.fetchval(
            "SELECT storage_key FROM stored_file WHERE id = $1", signed.signed_file_id
        )
        pdf = await storage().get(file)
        await storage().put(file, pdf.replace(b"%\xf0", b"%\xf1", 1))
    with pytest.raises(ConflictError) as refused:
        async with house.at(NOW, "records_clerk"):
            await signing.sign(found.id, Party.AGENCY, key, red(), actor=people["records_clerk"])
    assert refused.value.code == "signed_pdf_changed"


async def test_a_unit_with_its_own_round_has_its_own_register(app_db: db.TenantEngine) -> None:
    awards = await make_awards(people=1, collectives=0)
    house, people = awards.house, awards.house.people
    await numbered(awards)
    unit = house.units[0]
    round_id = await insert_round(house, unit)
    nomination = await insert_nomination(house, round_id, unit, name="Lê Văn C")
    async with house.at(NOW, "clerk0"):
        made = await drafting.draft(round_id, [nomination], actor=people["clerk0"])
        made = await drafting.save(
            made.id, made.version,
            {"title": made.title, "articles": "\n".join(made.body.articles), "signer_name": "A"},
            actor=people["clerk0"],
        )  # fmt: skip
        made = await drafting.send_to_review(made.id, made.version, actor=people["clerk0"])
    async with house.at(NOW, "clerk1"):
        with pytest.raises(NotFoundError):
            await reading.get_decision(made.id, actor=people["clerk1"])
    async with house.at(NOW, "head0"):
        made = await review.approve(made.id, made.version, actor=people["head0"])
    async with house.at(NOW, "clerk0"):
        made = await review.number(made.id, made.version, TODAY, actor=people["clerk0"])
    assert (made.number, made.unit_id) == (1, unit)


async def test_another_department_sees_nothing(app_db: db.TenantEngine) -> None:
    found = await drafted(await make_awards())
    other = await make_awards()
    async with other.house.at(NOW):
        with pytest.raises(NotFoundError):
            await reading.get_decision(found.id, actor=other.house.people["officer"])
        rows, _ = await reading.list_decisions(actor=other.house.people["officer"])
    assert rows == []
    assert PDF.startswith(b"%PDF")
