"""Rounds take what the edition says: the department's day, criteria, reminders, mails."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core.accounts import invitations
from core.errors import InvalidInputError
from core.kit import db
from core.kit.ids import new_id
from core.movements.phrases import MAIL_EVENTS
from core.movements.values import (
    DayRule,
    DepartmentValues,
    MailWording,
    OwnCriterion,
    plain,
)
from core.notifications.schemas import WITHOUT_MAIL, Event, LinkMail
from core.plugin.api import PlanContent, SubjectKind
from core.reports import drafting, receiving, rounds
from core.reports.due_soon import notify_due_soon
from tests.integration.reports.house import (
    DUE,
    VN,
    House,
    forms,
    make_edition,
    make_house,
    opened,
    plan,
    report_of,
)

KEY = "annual.unit.department"
OWN_DAY = dt.datetime(2026, 12, 6, tzinfo=VN)
OWN = OwnCriterion(
    id="own_0123456789", subject_kind=SubjectKind.COLLECTIVE, title="Tiêu chí riêng",
    text="Đơn vị có tổ công nghệ.",
)  # fmt: skip


async def publish(house: House, values: DepartmentValues, plan: PlanContent | None = None) -> None:
    """Add the next edition by plain SQL."""
    async with house.at():
        await db.execute(
            "INSERT INTO plan_edition (id, number, content, department, content_hash,"
            " plugin_slug, plugin_version, effective_from, published_at)"
            " SELECT $1, max(number) + 1, coalesce($2::jsonb, (array_agg(content))[1]), $3, 'x',"
            " 'plugin', '1.0', '2025-09-02', now() FROM plan_edition",
            new_id(), None if plan is None else plan, plain(values),
        )  # fmt: skip


async def view(house: House, round_id: UUID) -> Any:
    async with house.at():
        return await rounds.get_round(actor=house.people["officer"], round_id=round_id)


async def test_the_departments_day_is_the_rounds_and_says_so(app_db: db.TenantEngine) -> None:
    house = await make_house(due=None)
    await publish(house, DepartmentValues(days={KEY: DayRule(last_day="05/12")}))
    found = await view(house, await opened(house))
    assert (found.due_at, found.due_source) == (OWN_DAY, "department")
    async with house.at():
        kinds = {each.kind: each for each in await receiving.plan_of_kinds()}
    assert (kinds["annual"].days[2026], kinds["annual"].source) == (OWN_DAY, "department")


async def test_a_rounds_own_day_stands_over_the_departments(app_db: db.TenantEngine) -> None:
    house = await make_house(due=None)
    await publish(house, DepartmentValues(days={KEY: DayRule(last_day="05/12")}))
    other = dt.datetime(2026, 12, 20, tzinfo=VN)
    found = await view(house, await opened(house, due_at=other))
    assert (found.due_at, found.due_source) == (other, "round")


async def test_where_the_plan_states_a_day_a_rounds_own_needs_a_decision(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house()
    decided = DayRule(last_day="05/12", decision_number="1/QĐ-SYT", file_id=new_id())
    await publish(house, DepartmentValues(days={KEY: decided}))
    found = await view(house, await opened(house))
    assert (found.due_at, found.due_source) == (OWN_DAY, "department")
    with pytest.raises(InvalidInputError):
        await opened(house, due_at=dt.datetime(2026, 12, 20, tzinfo=VN))


async def test_open_rounds_keep_their_edition(app_db: db.TenantEngine) -> None:
    house = await make_house()
    old = await opened(house)
    await publish(house, DepartmentValues(criteria=(OWN,), days={KEY: DayRule(last_day="05/12")}))
    new = await opened(house)
    clerk = house.people["clerk0"]
    keys = []
    for round_id in (old, new):
        report_id = await report_of(house, house.units[0], round_id)
        async with house.at(who="clerk0"):
            report = await drafting.get_report(actor=clerk, report_id=report_id)
        keys.append([part.key for part in report.parts])
    assert "criterion:own_0123456789" not in keys[0]
    assert keys[1].index("criterion:own_0123456789") == 3
    assert (await view(house, old)).due_at == DUE
    assert (await view(house, new)).due_at == OWN_DAY


async def test_a_changed_criterion_of_the_plan_reaches_new_rounds_only(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house()
    old = await opened(house)
    shorter = plan()
    kept = tuple(each for each in shorter.criteria if each.id != "c2")
    changed = msgspec.structs.replace(
        shorter, criteria=kept, report_forms=forms(kept, shorter.indicators)
    )
    await publish(house, DepartmentValues(), changed)
    new = await opened(house)
    async with house.at():
        counts = [
            await db.fetchval(
                "SELECT count(*) FROM report_part AS p JOIN report AS r ON r.id = p.report_id"
                " WHERE r.round_id = $1 AND p.key = 'criterion:c2'",
                round_id,
            )
            for round_id in (old, new)
        ]
    assert counts == [2, 0]


async def test_reminders_come_on_the_departments_days(app_db: db.TenantEngine) -> None:
    house = await make_house(units=1)
    await publish(house, DepartmentValues(reminders=(20, 2)))
    await opened(house, now="2026-10-01T08:00:00+07:00")
    told = []
    for now in ("2026-11-08", "2026-11-10", "2026-11-11", "2026-11-23", "2026-11-28"):
        async with house.at(f"{now}T08:00:00+07:00"):
            told.append(await notify_due_soon())
    assert told == [0, 2, 0, 0, 2]


async def test_mails_go_out_in_the_departments_words(app_db: db.TenantEngine) -> None:
    house = await make_house(units=1)
    wording = MailWording(
        subject="[Sở] {tieu_de}", body="Kính gửi {nguoi_nhan}.\n{noi_dung}\nGhi chú {khong_ro}"
    )
    await publish(house, DepartmentValues(mails={"round_opened": wording}))
    await opened(house)
    async with house.at():
        rows = await db.fetch("SELECT subject, body FROM mail ORDER BY to_address")
        name = await db.fetchval(
            "SELECT display_name FROM account WHERE email = 'clerk0@example.vn'"
        )
    assert {row["subject"] for row in rows} == {"[Sở] Mở kỳ Báo cáo hằng năm 2026"}
    body = rows[0]["body"]
    assert body.startswith(
        f"Kính gửi {name}.\nHạn cuối: hết ngày 29/11/2026.\nGhi chú {{khong_ro}}"
    )
    assert "Mở tại: " in body
    assert "Thư tự động của" in body


async def test_a_round_keeps_the_words_of_its_own_edition(app_db: db.TenantEngine) -> None:
    house = await make_house(units=1)
    old = MailWording(subject="Cũ: {tieu_de}", body="{noi_dung}")
    new = MailWording(subject="Mới: {tieu_de}", body="{noi_dung}")
    await publish(house, DepartmentValues(mails={"reminded": old}))
    round_id = await opened(house)
    await make_edition(house.tenant_id, plan(), DepartmentValues(mails={"reminded": new}), 9)
    async with house.at():
        await rounds.remind_silent(actor=house.people["officer"], round_id=round_id)
        subjects = await db.fetch("SELECT DISTINCT subject FROM mail WHERE subject ~ 'Nhắc nộp'")
    assert [row["subject"] for row in subjects] == ["Cũ: Nhắc nộp Báo cáo hằng năm 2026"]


async def test_invitations_go_out_in_the_departments_words_with_their_link(
    app_db: db.TenantEngine,
) -> None:
    house = await make_house(units=1)
    wording = MailWording(subject="{ten_so} mời", body="Chào {nguoi_nhan}. {noi_dung}")
    await make_edition(house.tenant_id, plan(), DepartmentValues(mails={"invitation": wording}), 9)
    clerk = house.people["clerk0"].account_id
    async with house.at():
        await db.execute("UPDATE account SET must_change_password = true WHERE id = $1", clerk)
        await invitations.invite(
            actor=house.people["tenant_admin"], account_ids=[clerk], site="https://so.vn",
            department="Sở",
        )  # fmt: skip
        row = await db.fetchrow(
            "SELECT m.body, a.display_name, a.username FROM mail AS m"
            " JOIN account AS a ON a.id = m.account_id"
        )
    assert row["body"].startswith(f"Chào {row['display_name']}. Tên đăng nhập: {row['username']}.")
    assert row["body"].count("https://so.vn/loi-moi/") == 1


def test_every_mail_of_the_platform_can_be_worded() -> None:
    with_mail = {*Event, *LinkMail} - WITHOUT_MAIL
    assert set(MAIL_EVENTS) == {str(each) for each in with_mail}
