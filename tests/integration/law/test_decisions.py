"""A department confirms and replaces legal parameters; another department notices nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.accounts import sessions
from core.accounts.schemas import Grant
from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.law import overrides
from core.law import service as law
from tenants.law import phrases, service
from tenants.law.schemas import Paper
from tests.integration.reports.house import House, make_house

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAPER = Paper("12/QĐ-SYT", "2026-11-02", "Theo quy chế an toàn", ("qd.pdf", PDF))
TODAY = "2026-11-20T08:00:00+07:00"
LATER = "2026-12-10T08:00:00+07:00"
KEY = "session_idle"


@pytest.fixture
async def house(app_db: db.TenantEngine) -> House:
    return await make_house(units=1)


async def replace(house: House, value: str = "10", first: str = "2026-12-01", last: str = "",
                  paper: Paper = PAPER, key: str = KEY) -> Any:  # fmt: skip
    async with house.at(TODAY, "tenant_admin"):
        return await service.replace(
            key, value, first, last, paper, actor=house.people["tenant_admin"]
        )


async def value_at(house: House, now: str, key: str = KEY) -> int:
    async with house.at(now):
        return law.value(key, date.fromisoformat(now[:10]))


async def refused(house: House, **changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as caught:
        await replace(house, **changes)
    return caught.value.fields


async def test_a_replacement_holds_from_its_day_for_this_department_alone(house: House) -> None:
    other = await make_house(units=1)
    await replace(house)
    assert [await value_at(house, now) for now in (TODAY, LATER)] == [15, 10]
    assert [await value_at(other, now) for now in (TODAY, LATER)] == [15, 15]
    async with house.at(LATER):
        grants = (Grant("officer", house.tenant_id, house.path()),)
        assert sessions.idle_time(grants).total_seconds() == 600
        row = law.parameter(KEY, date(2026, 12, 10))
        assert row.is_confirmed
        assert row.legal_basis == "Quyết định số 12/QĐ-SYT ngày 02/11/2026 của Sở"


async def test_another_process_sees_it_within_seconds(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert await value_at(house, LATER) == 15
    known = dict(overrides._known)
    read_at = dict(overrides._read_at)
    await replace(house)
    overrides._known.update(known)  # as if somebody else had made it
    overrides._read_at.update(read_at)
    assert await value_at(house, LATER) == 15
    monkeypatch.setattr(overrides, "FRESH_SECONDS", 0.0)
    assert await value_at(house, LATER) == 10


async def test_looking_a_value_up_costs_no_query(house: House, app_db: db.TenantEngine) -> None:
    await replace(house)
    async with house.at(LATER):
        before = app_db.queries
        assert law.value(KEY, date(2026, 12, 10)) == 10
        assert app_db.queries == before


async def test_a_confirmation_marks_the_row_and_changes_nothing(house: House) -> None:
    async with house.at(TODAY, "tenant_admin"):
        await service.confirm("lockout_failures", PAPER, actor=house.people["tenant_admin"])
    async with house.at(TODAY):
        row = law.parameter("lockout_failures", date(2026, 11, 20))
        assert (row.value, row.is_confirmed, row.confidence) == (5, True, "S")
        view = await service.get_parameter("lockout_failures", actor=house.people["auditor"])
    assert (view.may_confirm, view.may_replace) == (False, False)
    assert [item.decision.number for item in view.decisions] == ["12/QĐ-SYT"]
    with pytest.raises(InvalidInputError, match=phrases.CONFIRMED_ALREADY):
        async with house.at(TODAY, "tenant_admin"):
            await service.confirm("lockout_failures", PAPER, actor=house.people["tenant_admin"])


async def test_a_row_read_in_the_law_needs_no_confirmation(house: House) -> None:
    with pytest.raises(InvalidInputError, match=phrases.NOT_CONFIRMABLE):
        async with house.at(TODAY, "tenant_admin"):
            await service.confirm("base_salary", PAPER, actor=house.people["tenant_admin"])


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"value": "16"}, "value", "Giá trị phải từ 5 đến 15 phút."),
        ({"value": "0"}, "value", "Giá trị phải từ 5 đến 15 phút."),
        ({"value": "mười"}, "value", phrases.NOT_WHOLE),
        ({"value": "-5"}, "value", phrases.NOT_WHOLE),
        ({"value": ""}, "value", phrases.NOT_WHOLE),
        ({"value": "3/2", "key": "council_quorum"}, "value", phrases.NOT_FRACTION),
        ({"value": "1/0", "key": "council_quorum"}, "value", phrases.NOT_FRACTION),
        ({"first": ""}, "valid_from", phrases.NO_START),
        ({"first": "hôm nay"}, "valid_from", phrases.BAD_DAY),
        ({"last": "2026-11-30"}, "valid_to",
         "Ngày kết thúc phải từ ngày bắt đầu (01/12/2026) trở đi."),
        ({"paper": Paper(" ", "2026-11-02", "", ("a.pdf", PDF))}, "number", phrases.NO_NUMBER),
        ({"paper": Paper("1", "", "", ("a.pdf", PDF))}, "dated", phrases.NO_DAY),
        ({"paper": Paper("1", "2027-01-01", "", ("a.pdf", PDF))}, "dated", phrases.FUTURE_DAY),
        ({"paper": Paper("1", "2026-11-02", "", None)}, "file", phrases.NO_FILE),
    ],
)  # fmt: skip
async def test_bad_input_gets_a_sentence_at_its_field(
    house: House, changes: dict[str, Any], field: str, sentence: str
) -> None:
    assert await refused(house, **changes) == {field: sentence}
    async with house.at(TODAY):
        key = changes.get("key", KEY)
        view = await service.get_parameter(key, actor=house.people["auditor"])
    assert view.decisions == []


async def test_a_file_that_is_none_is_refused_at_the_file(house: House) -> None:
    paper = Paper("1", "2026-11-02", "", ("a.exe", b"MZ\x90\x00"))
    assert list(await refused(house, paper=paper)) == ["file"]


async def test_overlapping_days_are_refused_until_the_first_is_ended(house: House) -> None:
    first = await replace(house, "10", "2026-12-01")
    told = await refused(house, value="8", first="2027-03-01")
    assert told == {"valid_from": phrases.OVERLAP.format(number="12/QĐ-SYT", span="từ 01/12/2026")}
    await replace(house, "12", "2026-11-25", "2026-11-30")
    async with house.at(LATER, "tenant_admin"):
        admin = house.people["tenant_admin"]
        done = await service.end_decision(first.id, "2027-03-01", "Có quy chế mới", actor=admin)
    assert done == "Quyết định thôi áp dụng từ ngày 01/03/2027."
    await replace(house, "8", "2027-03-01")
    days = ("2026-11-24", "2026-11-30", "2026-12-01", "2027-02-28", "2027-03-01")
    values = [await value_at(house, f"{day}T08:00:00+07:00") for day in days]
    assert values == [15, 12, 10, 10, 8]


async def test_a_decision_ended_before_its_first_day_never_held(house: House) -> None:
    made = await replace(house)
    async with house.at(TODAY, "tenant_admin"):
        admin = house.people["tenant_admin"]
        with pytest.raises(InvalidInputError) as caught:
            await service.end_decision(made.id, "2026-11-20", " ", actor=admin)
        assert caught.value.fields == {"end_reason": phrases.NO_REASON}
        done = await service.end_decision(made.id, "2026-11-20", "Nhầm số", actor=admin)
        assert done == phrases.REVOKED
        with pytest.raises(InvalidInputError, match=phrases.ENDED_ALREADY):
            await service.end_decision(made.id, "2026-11-20", "Lần nữa", actor=admin)
    assert await value_at(house, LATER) == 15
    async with house.at(LATER):
        view = await service.get_parameter(KEY, actor=house.people["auditor"])
    assert [(item.revoke_reason, item.revoked_at is None) for item in view.decisions] == [
        ("Nhầm số", False)
    ]


@pytest.mark.parametrize("key", ["base_salary", "password_classes_alone", "address_memory"])
async def test_what_is_not_the_departments_to_replace_is_refused(house: House, key: str) -> None:
    with pytest.raises(InvalidInputError, match=phrases.NOT_REPLACEABLE):
        await replace(house, "3", key=key)


async def test_rights(house: House) -> None:
    made = await replace(house)
    for who in ("officer", "clerk0", "council_member"):
        async with house.at(TODAY, who):
            with pytest.raises(PermissionDeniedError):
                await service.list_parameters(actor=house.people[who])
    for who in ("auditor", "department_head"):
        async with house.at(TODAY, who):
            actor = house.people[who]
            assert await service.list_parameters(actor=actor, search="luong co so")
            with pytest.raises(PermissionDeniedError):
                await service.confirm(KEY, PAPER, actor=actor)
            with pytest.raises(PermissionDeniedError):
                await service.end_decision(made.id, "2026-12-01", "x", actor=actor)
    other = await make_house(units=1)
    async with other.at(TODAY, "tenant_admin"):
        with pytest.raises(NotFoundError):
            await service.end_decision(
                made.id, "2026-12-01", "x", actor=other.people["tenant_admin"]
            )


async def test_the_list_is_searched_and_filtered(house: House) -> None:
    async with house.at(TODAY):
        actor = house.people["auditor"]
        (found,) = await service.list_parameters(actor=actor, search="lương", theme="Tiền thưởng")
        assert "base_salary" in [line.row.key for line in found.lines]
        open_rows = await service.list_parameters(actor=actor, unconfirmed=True)
        assert all(not line.row.is_confirmed for theme in open_rows for line in theme.lines)
        assert await service.list_parameters(actor=actor, search="không có chữ này") == []
        with pytest.raises(NotFoundError):
            await service.get_parameter("khong-co", actor=actor)
