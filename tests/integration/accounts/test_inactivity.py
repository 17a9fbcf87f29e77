"""Accounts that nobody uses: listed by their last use, warned of, closed at once, opened again."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts import inactivity, repository
from core.accounts.schemas import Actor, Grant
from core.errors import PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from tests.factories import make_account, make_tenant, make_unit


class Office:
    """A department whose accounts have been unused for so many days (by name)."""

    def __init__(self, tenant_id: UUID, admin: Actor, ids: dict[str, UUID]) -> None:
        self.tenant_id, self.admin, self.ids = tenant_id, admin, ids


async def make_office(**unused: int) -> Office:
    tenant_id = await make_tenant()
    path = f"/{tenant_id}/"
    admin_id = await make_account(
        tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id}, username="quan.tri"
    )
    ids = {name: await make_account(tenant_id, unit_id=tenant_id, username=name) for name in unused}
    with tenant_scope(tenant_id):
        async with db.transaction():
            for name, days in unused.items():
                await db.execute(
                    "UPDATE account SET created_at = now() - make_interval(days => $2)"
                    " WHERE id = $1",
                    ids[name],
                    days,
                )
    admin = Actor(
        admin_id, tenant_id, "", tenant_id, "", (Grant("tenant_admin", tenant_id, path),), path
    )
    return Office(tenant_id, admin, ids)


async def use(office: Office, name: str) -> None:
    """Let an account have a session of this moment."""
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO session (id, account_id, token_hash, created_at, seen_at, expires_at)"
                " VALUES ($1, $2, $3, now(), now(), now() + interval '1 hour')",
                new_id(),
                office.ids[name],
                new_id().hex,
            )


async def test_each_account_stands_in_its_list(app_db: db.TenantEngine) -> None:
    limit = inactivity.limit_days()
    office = await make_office(old=limit + 5, older=limit + 9, soon=limit - 3, fresh=1, used=limit)
    other = await make_office(foreign=limit + 5)
    await use(office, "used")
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            before = db.engine().queries
            over = await inactivity.list_unused(actor=office.admin, days=limit)
            assert db.engine().queries - before == 1
            soon = await inactivity.list_unused(actor=office.admin, days=limit - 7, until=limit)
            counts = await inactivity.count_unused(actor=office.admin)
            none = await inactivity.unused_among(
                list(other.ids.values()), days=limit, actor=office.admin
            )
    assert [row.username for row in over.rows] == ["older", "old"]
    assert [(row.username, row.days) for row in soon.rows] == [("soon", limit - 3)]
    assert counts == (1, 2)
    assert none == []


async def test_pages_follow_one_another(app_db: db.TenantEngine) -> None:
    limit = inactivity.limit_days()
    office = await make_office(**{f"a{n}": limit + n for n in range(5)})
    seen, after = [], None
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            while True:
                page = await inactivity.list_unused(
                    actor=office.admin, days=limit, after=after, limit=2
                )
                seen += [row.username for row in page.rows]
                after = page.after
                if after is None:
                    break
    assert seen == ["a4", "a3", "a2", "a1", "a0"]


async def test_closing_spares_who_has_just_signed_in_and_oneself(app_db: db.TenantEngine) -> None:
    limit = inactivity.limit_days()
    office = await make_office(old=limit + 5, back=limit + 5)
    await use(office, "back")
    chosen = [*office.ids.values(), office.admin.account_id]
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            await db.execute("UPDATE account SET created_at = now() - interval '900 days'")
            closed = await inactivity.close_unused(chosen, days=limit, actor=office.admin)  # type: ignore[arg-type]
            listed = await inactivity.list_closed(actor=office.admin)
            row = await repository.by_id(office.ids["back"])
    assert closed == 1
    assert [each.username for each in listed.rows] == ["old"]
    assert row
    assert row["is_active"]


async def test_an_account_with_a_role_outside_the_branch_is_not_closed(
    app_db: db.TenantEngine,
) -> None:
    limit = inactivity.limit_days()
    office = await make_office()
    unit = await make_unit(office.tenant_id, name="Bệnh viện", parent_id=office.tenant_id)
    account = await make_account(
        office.tenant_id, unit_id=unit, roles={"auditor": office.tenant_id}, username="hai.vai"
    )
    path = f"/{office.tenant_id}/{unit}/"
    inner = Actor(
        new_id(), office.tenant_id, "", unit, "", (Grant("tenant_admin", unit, path),), path
    )
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            await db.execute("UPDATE account SET created_at = now() - interval '900 days'")
            assert await inactivity.close_unused([account], days=limit, actor=inner) == 0
            assert await inactivity.close_unused([account], days=limit, actor=office.admin) == 1


async def test_only_administrators_look(app_db: db.TenantEngine) -> None:
    office = await make_office()
    head = Actor(None, office.tenant_id, "", None, "", (Grant("unit_head", office.tenant_id, "/"),))
    with tenant_scope(office.tenant_id):
        async with db.transaction():
            with pytest.raises(PermissionDeniedError):
                await inactivity.list_unused(actor=head, days=10)
            with pytest.raises(PermissionDeniedError):
                await inactivity.list_closed(actor=head)
