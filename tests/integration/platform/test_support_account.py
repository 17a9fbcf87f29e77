"""The account under which an operator comes in: nobody in the department makes it one's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import asyncpg
import pytest

from core.accounts import bulk, delegation, invitations, service
from core.accounts.phrases import SUPPORT_ACCOUNT
from core.accounts.schemas import Actor, Role
from core.errors import ConflictError, InvalidInputError
from core.kit import clock, db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_password, hash_token
from tenants.setup import importing
from tenants.support import service as support
from tests.integration.reports import house as houses
from tests.integration.setup.lists import PEOPLE, workbook
from tests.integration.setup.site import Place, visit

PASSWORD = "Mật khẩu của quản trị 01"
Act = Callable[[UUID, Actor], Awaitable[object]]


@asynccontextmanager
async def inside(house: houses.House) -> AsyncIterator[Actor]:
    admin = house.people["tenant_admin"]
    with tenant_scope(house.tenant_id, actor_id=admin.account_id):
        async with db.transaction():
            yield admin


async def came_in(superuser: asyncpg.Connection) -> tuple[houses.House, UUID, str, UUID]:
    """An operator in a department: house, the account of support, its token, the grant."""
    house = await houses.make_house(units=1)
    ticket = new_id().hex
    async with inside(house) as admin:
        await support.grant(actor=admin, hours=4, reason="Xem giúp")
        [grant] = await support.list_grants(actor=admin)
    await superuser.execute(
        "INSERT INTO support_entry (tenant_id, id, grant_id, operator_id, operator_name,"
        " ticket_hash, created_at, expires_at) VALUES ($1, $2, $3, $4, 'Người Vận Hành', $5,"
        " now(), now() + interval '2 minutes')",
        house.tenant_id, new_id(), grant.id, new_id(), hash_token(ticket),
    )  # fmt: skip
    async with inside(house):
        done = await support.enter(ticket)
    account_id = await superuser.fetchval(
        "SELECT account_id FROM support_entry WHERE tenant_id = $1", house.tenant_id
    )
    return house, account_id, done.token, grant.id


async def state(superuser: asyncpg.Connection, account_id: UUID) -> tuple[object, ...]:
    return tuple(
        await superuser.fetchrow(
            "SELECT password_hash, is_active, must_change_password, (SELECT"
            " array_agg(g.role ORDER BY g.role) FROM role_grant g WHERE g.account_id = a.id"
            " AND g.revoked_at IS NULL) FROM account a WHERE id = $1",
            account_id,
        )
    )


def _invite(account_id: UUID, admin: Actor) -> Awaitable[object]:
    return invitations.invite(
        actor=admin, account_ids=[account_id], site="http://x", department="Sở"
    )


ACTS: dict[str, Act] = {
    "slip": lambda who, admin: service.issue_temporary_password(who, actor=admin),
    "role": lambda who, admin: service.grant_role(
        who, "officer", admin.unit_id or who, actor=admin
    ),
    "reactivate": lambda who, admin: service.reactivate_account(who, actor=admin),
    "lock": lambda who, admin: service.lock_account(who, actor=admin),
    "factor": lambda who, admin: service.reset_second_factor(who, actor=admin),
    "invite": _invite,
    "slips": lambda who, admin: invitations.print_slips(actor=admin, account_ids=[who]),
    "list": lambda who, admin: bulk.add_grants(
        [(who, "officer", admin.unit_id or who)], actor=admin
    ),
}


async def test_the_administrator_can_do_nothing_with_it_while_the_grant_lasts_or_after(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house, account_id, _, grant_id = await came_in(superuser)
    for ended, expected in (
        (False, ("", True, False, ["auditor"])),
        (True, ("", False, False, None)),
    ):
        if ended:
            async with inside(house) as admin:
                await support.end(grant_id, actor=admin)
        for name, act in ACTS.items():
            with pytest.raises((ConflictError, InvalidInputError)) as caught:
                async with inside(house) as admin:
                    await act(account_id, admin)
            assert (name, caught.value.detail) == (name, SUPPORT_ACCOUNT)
        assert await state(superuser, account_id) == expected


async def test_its_page_offers_nothing_and_the_forms_are_refused(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house, account_id, _, _ = await came_in(superuser)
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    base = f"/quan-tri/tai-khoan/{account_id}"
    async with visit(Place(house.tenant_id, slug, house.people["tenant_admin"])) as admin:
        assert (await admin.get(base)).status_code == 200
        assert "Tài khoản hỗ trợ của người vận hành" in admin.page
        assert f'action="{base}' not in admin.page
        for path in ("mat-khau", "dung-lai", "mo-khoa"):
            refused = await admin.post(f"{base}/{path}")
            assert (refused.status_code, SUPPORT_ACCOUNT in refused.text) == (409, True)


async def test_no_role_is_lent_to_it(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house, account_id, _, _ = await came_in(superuser)
    lender, today = house.people["officer"], clock.today()
    async with inside(house):
        found, _ = await delegation.candidates(
            role=Role.OFFICER, unit_id=house.tenant_id, actor=lender
        )
        assert account_id not in {each.id for each in found}
        with pytest.raises(InvalidInputError) as caught:
            await delegation.delegate(
                account_id=account_id, role=Role.OFFICER, unit_id=house.tenant_id,
                valid_from=today, valid_to=today + timedelta(days=1), decision="Số 1",
                actor=lender,
            )  # fmt: skip
    assert caught.value.fields == {"account_id": SUPPORT_ACCOUNT}


async def test_even_with_a_password_in_the_row_nobody_signs_in_and_no_other_session_holds(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house, account_id, token, _ = await came_in(superuser)
    username = await superuser.fetchval(
        "UPDATE account SET password_hash = $2, email = 'ai@vidu.vn' WHERE id = $1"
        " RETURNING username",
        account_id,
        await hash_password(PASSWORD),
    )
    with pytest.raises(InvalidInputError) as caught:
        async with inside(house):
            await service.sign_in(username=username, password=PASSWORD)
    assert caught.value.code == "wrong_credentials"
    async with inside(house):
        for name in (username, "ai@vidu.vn"):
            await service.request_reset(identifier=name, site="http://x")
        links = await db.fetchval("SELECT count(*) FROM password_reset")
        assert links == 0
        assert await service.resolve_session(token) is not None
    # A session of another kind, as a password of before this rule would have opened it.
    await superuser.execute("UPDATE session SET kind = 'web' WHERE account_id = $1", account_id)
    async with inside(house):
        assert await service.resolve_session(token) is None


async def test_a_list_from_excel_gives_it_no_role(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    house, account_id, _, _ = await came_in(superuser)
    row = await superuser.fetchrow(
        "SELECT username, display_name FROM account WHERE id = $1", account_id
    )
    people = [(row["display_name"], *PEOPLE[0][1:3], row["username"], *PEOPLE[0][4:])]
    async with inside(house) as admin:
        await importing.stage(actor=admin, name="ds.xlsx", content=workbook(people=people))
        found = await importing.preview(actor=admin)
    assert found is not None
    assert SUPPORT_ACCOUNT in {each.sentence for each in found[1].errors}
    assert not found[1].can_apply
