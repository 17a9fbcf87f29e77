"""First passwords: invited by mail or by slip, seen while they wait, cancelled, used once."""

from __future__ import annotations

import re
from uuid import UUID

import pytest

from core.accounts import invitations
from core.accounts.bulk import NewAccount, add_accounts, add_grants
from core.errors import NotFoundError, PermissionDeniedError
from core.kit import db
from tests.factories import make_unit
from tests.integration.setup.site import Place, another, inside, make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
PAGE = "/quan-tri/loi-moi"
LINK = re.compile(r"/loi-moi/([A-Za-z0-9_-]+)")
PASSWORD = "Câu dài của tôi 2026."


async def with_people(count: int = 2, *, email: bool = True) -> tuple[Place, list[UUID]]:
    """Make a department whose accounts have never been opened."""
    place = await make_place()
    async with inside(place):
        made = await add_accounts(
            [
                NewAccount(
                    username=f"moi.{n}",
                    display_name=f"Người Mới {n}",
                    unit_id=place.tenant_id,
                    email=f"moi{n}@example.vn" if email else "",
                )
                for n in range(count)
            ],
            actor=place.actor,
        )
        grants = [(account_id, "unit_clerk", place.tenant_id) for account_id in made.values()]
        await add_grants(grants, actor=place.actor)
    return place, list(made.values())


async def links(place: Place) -> dict[str, str]:
    async with inside(place):
        rows = await db.fetch("SELECT to_address, body FROM mail ORDER BY created_at, id")
    found = {row["to_address"]: LINK.search(row["body"]) for row in rows}
    return {address: match.group(1) for address, match in found.items() if match}


async def states(place: Place) -> list[str]:
    async with inside(place):
        found = await invitations.list_waiting(actor=place.actor)
    return [row.state for row in found.rows]


async def test_an_account_made_in_bulk_opens_by_its_invitation_only() -> None:
    place, _ = await with_people()
    async with visit(None, place.slug) as person:
        refused = await person.post("/dang-nhap", username="moi.0", password="")
        assert refused.status_code == 422
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert "Gửi thư mời cho 2 người" in admin.page
        assert (await admin.post(f"{PAGE}/gui", all="1")).status_code == 303
    token = (await links(place))["moi0@example.vn"]
    async with visit(None, place.slug) as person:
        assert (await person.get(f"/loi-moi/{token}")).status_code == 200
        assert "Chào Người Mới 0" in person.page
        short = await person.post(f"/loi-moi/{token}", new="ngắn", repeated="ngắn")
        assert short.status_code == 422
        done = await person.post(f"/loi-moi/{token}", new=PASSWORD, repeated=PASSWORD)
        assert done.headers["location"] == "/dang-nhap"
        signed = await person.post("/dang-nhap", username="moi.0", password=PASSWORD)
        assert signed.headers["location"] == "/"
        assert (await person.get(f"/loi-moi/{token}")).status_code == 404
        assert "đã dùng rồi, đã hủy hoặc quá hạn" in person.page
    assert await states(place) == ["sent"]


async def test_the_mailbox_does_not_show_the_link() -> None:
    place, people = await with_people(1)
    async with inside(place):
        await invitations.invite(
            actor=place.actor, account_ids=people, site="http://x", department="Sở"
        )
    token = (await links(place))["moi0@example.vn"]
    async with visit(place) as admin:
        await admin.get("/hop-thu")
        assert "Lời mời dùng hệ thống" in admin.page
        assert token not in admin.page


async def test_sending_again_ends_the_first_link_and_cancelling_ends_the_second() -> None:
    place, people = await with_people(1)
    seen = []
    async with visit(place) as admin:
        for _ in range(2):
            await admin.get(PAGE)
            await admin.post(f"{PAGE}/gui", account_ids=[str(people[0])])
            seen.append((await links(place))["moi0@example.vn"])
        async with visit(None, place.slug) as person:
            assert (await person.get(f"/loi-moi/{seen[0]}")).status_code == 404
            assert (await person.get(f"/loi-moi/{seen[1]}")).status_code == 200
            await admin.post(f"{PAGE}/huy", account_ids=[str(people[0])])
            assert (await person.get(f"/loi-moi/{seen[1]}")).status_code == 404
    assert await states(place) == ["ended"]


async def test_an_invitation_ends_after_its_days() -> None:
    place, people = await with_people(1)
    async with inside(place):
        await invitations.invite(
            actor=place.actor, account_ids=people, site="http://x", department="Sở"
        )
        days = await db.fetchval(
            "SELECT round(extract(epoch FROM expires_at - created_at) / 86400) FROM password_reset"
        )
        assert days == 7
        await db.execute("UPDATE password_reset SET expires_at = official_now()")
    assert await states(place) == ["ended"]
    token = (await links(place))["moi0@example.vn"]
    async with visit(None, place.slug) as person:
        assert (await person.get(f"/loi-moi/{token}")).status_code == 404


async def test_without_an_address_slips_are_printed_for_many() -> None:
    place, people = await with_people(3, email=False)
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert "Gửi thư mời cho" not in admin.page
        none = await admin.post(f"{PAGE}/phieu")
        assert none.status_code == 422
        assert "Chưa chọn ai" in admin.page
        await admin.post(f"{PAGE}/phieu", account_ids=[str(one) for one in people])
        secrets = re.findall(r'<dd class="secret">([^<]+)</dd>', admin.page)
    assert secrets[::2] == ["moi.0", "moi.1", "moi.2"]
    assert await states(place) == ["slip"] * 3
    async with visit(None, place.slug) as person:
        answer = await person.post("/dang-nhap", username="moi.1", password=secrets[3])
        assert answer.headers["location"] == "/doi-mat-khau"


async def test_who_has_a_password_is_neither_invited_nor_given_a_slip() -> None:
    place, people = await with_people(1)
    officer = await another(place.tenant_id, "officer")
    assert officer.actor.account_id
    async with inside(place):
        for act in (invitations.print_slips, invitations.cancel):
            with pytest.raises(NotFoundError):
                await act(actor=place.actor, account_ids=[*people, officer.actor.account_id])
    assert await states(place) == ["never"]


async def test_another_department_and_another_branch_are_out_of_reach() -> None:
    place, people = await with_people(1)
    other, _ = await with_people(1)
    async with inside(other):
        with pytest.raises(NotFoundError):
            await invitations.cancel(actor=other.actor, account_ids=people)
    below = await make_unit(place.tenant_id, name="Bệnh viện", parent_id=place.tenant_id)
    head = await another(place.tenant_id, "unit_head")
    async with inside(place):
        inner = await add_accounts(
            [NewAccount(username="quantri.bv", display_name="Quản trị BV", unit_id=below)],
            actor=place.actor,
        )
        with pytest.raises(PermissionDeniedError):
            await add_accounts(
                [NewAccount(username="x.y", display_name="X", unit_id=place.tenant_id)],
                actor=head.actor,
            )
    assert len(inner) == 1


async def test_inviting_many_asks_the_database_no_more(app_db: db.TenantEngine) -> None:
    asked = []
    for many in (2, 30):
        place, _ = await with_people(many)
        async with inside(place):
            before = app_db.queries
            done = await invitations.invite(
                actor=place.actor, account_ids=None, site="http://x", department="Sở"
            )
            asked.append(app_db.queries - before)
        assert done.sent == many
    assert asked[0] == asked[1]


async def test_the_list_is_searched_and_paged_with_the_same_number_of_queries(
    app_db: db.TenantEngine,
) -> None:
    place, _ = await with_people(5)
    async with inside(place):
        first = await invitations.list_waiting(actor=place.actor, limit=3)
        second = await invitations.list_waiting(actor=place.actor, limit=3, after=first.after)
        found = await invitations.list_waiting(actor=place.actor, search="nguoi moi 4")
        before = app_db.queries
        await invitations.list_waiting(actor=place.actor)
        await invitations.count_waiting(actor=place.actor)
        assert app_db.queries - before == 2
    names = [row.username for row in (*first.rows, *second.rows)]
    assert names == [f"moi.{n}" for n in range(5)]
    assert [row.username for row in found.rows] == ["moi.4"]
