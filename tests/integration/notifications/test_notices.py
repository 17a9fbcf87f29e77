"""Notices: once per event and person, to the right people, each seeing only one's own."""

from uuid import UUID, uuid4

import asyncpg
import pytest
from msgspec import structs

from core.accounts.schemas import Actor, Grant
from core.errors import NotFoundError
from core.kit import db
from core.kit.scope import tenant_scope
from core.notifications import phrases, reading
from core.notifications.schemas import Event, LinkMail, NewMail, Notice
from core.notifications.service import (
    notify,
    notify_many,
    recipients,
    recipients_of_units,
    send_mails,
)
from core.settings import settings
from tests.factories import make_account, make_tenant, make_unit

pytestmark = pytest.mark.usefixtures("app_db")


def person(tenant_id: UUID, account_id: UUID) -> Actor:
    return Actor(account_id, tenant_id, "Lan", tenant_id, "", ())


async def tell(tenant_id: UUID, accounts: list[UUID], **more: object) -> int:
    options = {"event": Event.RETURNED, "title": "Trả lại", "href": "/viec-cua-toi",
               "dedup_key": "returned:1", **more}  # fmt: skip
    with tenant_scope(tenant_id):
        async with db.transaction():
            return await notify(account_ids=accounts, **options)


async def count(superuser: asyncpg.Connection, table: str, tenant_id: UUID) -> int:
    return int(
        await superuser.fetchval(f"SELECT count(*) FROM {table} WHERE tenant_id = $1", tenant_id)
    )


async def test_one_event_is_one_notice_and_one_mail(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    with_mail = await make_account(tenant_id, unit_id=tenant_id, email="lan@example.vn")
    without = await make_account(tenant_id, unit_id=tenant_id)
    assert await tell(tenant_id, [with_mail, without, with_mail]) == 2
    assert await tell(tenant_id, [with_mail, without]) == 0
    assert await count(superuser, "notification", tenant_id) == 2
    assert await count(superuser, "mail", tenant_id) == 1
    assert await count(superuser, "outbox", tenant_id) == 1
    assert await tell(tenant_id, [with_mail], dedup_key="returned:2") == 1
    assert await count(superuser, "mail", tenant_id) == 2


async def test_a_rolled_back_act_tells_nobody(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    account_id = await make_account(tenant_id, unit_id=tenant_id, email="a@example.vn")

    async def act() -> None:
        with tenant_scope(tenant_id):
            async with db.transaction():
                await notify(event=Event.RETURNED, account_ids=[account_id], title="x",
                             dedup_key="k")  # fmt: skip
                raise ValueError("undone")

    with pytest.raises(ValueError, match="undone"):
        await act()
    for table in ("notification", "mail", "outbox"):
        assert await count(superuser, table, tenant_id) == 0


async def test_inactive_accounts_and_events_without_mail(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    gone = await make_account(tenant_id, unit_id=tenant_id, email="a@example.vn")
    here = await make_account(tenant_id, unit_id=tenant_id, email="b@example.vn")
    await superuser.execute("UPDATE account SET is_active = false WHERE id = $1", gone)
    assert await tell(tenant_id, [gone, here], event=Event.SUBMITTED) == 1
    assert await count(superuser, "mail", tenant_id) == 0


async def test_seven_hundred_people_are_told_in_a_few_statements(app_db: db.TenantEngine) -> None:
    tenant_id = await make_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO account (id, username, display_name, email, unit_id, created_at)"
                " SELECT gen_random_uuid(), 'n' || n, 'N', n || '@example.vn', $1, now()"
                " FROM generate_series(1, 700) AS n",
                tenant_id,
            )
            ids = [row["id"] for row in await db.fetch("SELECT id FROM account")]
            before = app_db.queries
            made = await notify_many(
                event=Event.ROUND_OPENED,
                notices=[Notice(account_id=each, title="Mở", dedup_key="o") for each in ids],
            )
            assert app_db.queries - before <= 4
            assert made == 700
            assert await db.fetchval("SELECT count(*) FROM outbox") == 700


async def test_the_mail_says_where_to_go(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant(slug="so-thu-nghiem")
    account_id = await make_account(tenant_id, unit_id=tenant_id, email="a@example.vn")
    await tell(tenant_id, [account_id], body="Hạn bổ sung: thứ Bảy.")
    row = await superuser.fetchrow("SELECT * FROM mail WHERE tenant_id = $1", tenant_id)
    assert row["subject"] == "Trả lại"
    assert "Hạn bổ sung: thứ Bảy." in row["body"]
    assert "http://so-thu-nghiem.localhost:8000/viec-cua-toi" in row["body"]
    assert row["message_id"].startswith(f"<{row['id']}@")


async def test_recipients_are_those_nearest_to_the_unit() -> None:
    tenant_id = await make_tenant()
    hospital = await make_unit(tenant_id, name="Bệnh viện", parent_id=tenant_id)
    ward = await make_unit(tenant_id, name="Khoa", parent_id=hospital, level="subunit")
    other = await make_unit(tenant_id, name="Trạm", parent_id=tenant_id)
    clerk = await make_account(tenant_id, unit_id=hospital, roles={"unit_clerk": hospital})
    ward_clerk = await make_account(tenant_id, unit_id=ward, roles={"unit_clerk": ward})
    head = await make_account(tenant_id, unit_id=hospital, roles={"unit_head": hospital})
    officer = await make_account(tenant_id, unit_id=tenant_id, roles={"officer": tenant_id})
    with tenant_scope(tenant_id):
        async with db.transaction():
            both = ("unit_clerk", "unit_head")
            assert set(await recipients(unit_id=hospital, roles=both)) == {clerk, head}
            assert set(await recipients(unit_id=ward, roles=both)) == {ward_clerk, head}
            assert await recipients(unit_id=ward, roles=["officer"]) == [officer]
            assert await recipients(unit_id=other, roles=both) == []
            found = await recipients_of_units(unit_ids=[hospital, other], roles=["unit_clerk"])
    assert found == {hospital: [clerk], other: []}


async def test_a_revoked_role_receives_nothing(superuser: asyncpg.Connection) -> None:
    tenant_id = await make_tenant()
    account_id = await make_account(tenant_id, unit_id=tenant_id, roles={"officer": tenant_id})
    await superuser.execute(
        "UPDATE role_grant SET revoked_at = now() WHERE account_id = $1", account_id
    )
    with tenant_scope(tenant_id):
        async with db.transaction():
            assert await recipients(unit_id=tenant_id, roles=["officer"]) == []


async def test_the_list_is_ones_own_newest_first_in_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "PAGE", 2)
    tenant_id = await make_tenant()
    mine = await make_account(tenant_id, unit_id=tenant_id)
    other = await make_account(tenant_id, unit_id=tenant_id)
    for number in range(5):
        await tell(tenant_id, [mine], title=f"Tin {number}", dedup_key=f"k{number}")
    await tell(tenant_id, [other], title="Của người khác")
    seen, after = [], None
    with tenant_scope(tenant_id):
        async with db.transaction():
            while True:
                found = await reading.list_notifications(actor=person(tenant_id, mine), after=after)
                seen += [row.title for row in found.rows]
                after = found.after
                if after is None:
                    break
    assert seen == [f"Tin {number}" for number in (4, 3, 2, 1, 0)]
    assert found.unread == 5


async def test_opening_marks_as_read_and_somebody_elses_is_not_found() -> None:
    tenant_id = await make_tenant()
    mine = await make_account(tenant_id, unit_id=tenant_id)
    other = await make_account(tenant_id, unit_id=tenant_id)
    await tell(tenant_id, [mine])
    with tenant_scope(tenant_id):
        async with db.transaction():
            (row,) = (await reading.list_notifications(actor=person(tenant_id, mine))).rows
            with pytest.raises(NotFoundError):
                await reading.open_notification(actor=person(tenant_id, other), notice_id=row.id)
            for _ in range(2):
                href = await reading.open_notification(
                    actor=person(tenant_id, mine), notice_id=row.id
                )
                assert href == "/viec-cua-toi"
            assert (await reading.list_notifications(actor=person(tenant_id, mine))).unread == 0
            with pytest.raises(NotFoundError):
                await reading.open_notification(actor=person(tenant_id, mine), notice_id=uuid4())


def link_mail(account_id: UUID, dedup_key: str, body: str) -> NewMail:
    return NewMail(
        account_id=account_id, to_address="a@example.vn", to_name="Lan", subject="Thư", body=body,
        facts="", link="", dedup_key=dedup_key,
    )  # fmt: skip


async def test_the_mailbox_is_for_demos_and_for_the_admin_without_smtp(
    superuser: asyncpg.Connection,
) -> None:
    tenant_id = await make_tenant()
    account_id = await make_account(tenant_id, unit_id=tenant_id, email="a@example.vn")
    admin_id = await make_account(tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id})
    admin = Actor(
        admin_id, tenant_id, "Quản trị", tenant_id, "",
        (Grant("tenant_admin", tenant_id, f"/{tenant_id}/"),),
    )  # fmt: skip
    with tenant_scope(tenant_id):
        async with db.transaction():
            mail = link_mail(account_id, "reset:1", "Nội dung")
            assert await send_mails(LinkMail.PASSWORD_RESET, [mail]) == 1
            assert await send_mails(LinkMail.PASSWORD_RESET, [mail]) == 0
            assert [row.subject for row in (await reading.read_mailbox(actor=admin)).rows] == [
                "Thư"
            ]
            with pytest.raises(NotFoundError):
                await reading.read_mailbox(actor=person(tenant_id, account_id))
    await superuser.execute("UPDATE tenant SET is_demo = true WHERE id = $1", tenant_id)
    with tenant_scope(tenant_id):
        async with db.transaction():
            found = await reading.read_mailbox(actor=person(tenant_id, account_id))
    assert [row.state for row in found.rows] == ["queued"]


async def test_a_link_to_an_account_is_not_for_the_admins_eyes(
    superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant_id = await make_tenant()
    account_id = await make_account(tenant_id, unit_id=tenant_id, email="a@example.vn")
    grant = Grant("tenant_admin", tenant_id, f"/{tenant_id}/")
    admin = Actor(account_id, tenant_id, "Lan", tenant_id, "", (grant,))
    monkeypatch.setattr(reading, "settings", lambda: structs.replace(settings(), smtp_url=""))

    async def shown() -> list[str]:
        with tenant_scope(tenant_id):
            async with db.transaction():
                return [row.body for row in (await reading.read_mailbox(actor=admin)).rows]

    with tenant_scope(tenant_id):
        async with db.transaction():
            for key, body in (("password_reset:1", "Đường dẫn"), ("returned:1", "Trả lại")):
                mail = link_mail(account_id, key, body)
                await send_mails(LinkMail.PASSWORD_RESET, [mail])
    assert sorted(await shown()) == sorted([phrases.PRIVATE_MAIL, "Trả lại"])
    await superuser.execute("UPDATE tenant SET is_demo = true WHERE id = $1", tenant_id)
    assert sorted(await shown()) == sorted(["Đường dẫn", "Trả lại"])
