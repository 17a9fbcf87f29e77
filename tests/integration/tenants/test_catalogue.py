"""Host look-up with an outage, provisioning, suspension, removal of demo departments."""

from __future__ import annotations

import os
from typing import Any

import asyncpg
import pytest

from core.accounts.schemas import SYSTEM
from core.errors import ConflictError, InvalidInputError, UnavailableError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.organisation import service as organisation
from core.organisation.schemas import NewPerson, NewUnit
from tenants import removal, repository, service
from tenants.schemas import NewTenant


def new_tenant(**changes: Any) -> NewTenant:
    slug = f"so-{new_id().hex[-10:]}"
    values: dict[str, Any] = {
        "slug": slug,
        "name": "Sở Y tế thử nghiệm",
        "short_name": "SYT thử",
        "hosts": (f"{slug}.localhost",),
        "plugin_slug": "p",
        "official_code": "99",
        "place": "Thử",
    }
    return NewTenant(**{**values, **changes})


async def test_a_provisioned_department_is_served_with_its_root(app_db: db.TenantEngine) -> None:
    wanted = new_tenant()
    made = await service.provision(wanted)
    found = await service.resolve_host(f"{wanted.slug.upper()}.localhost:8000")
    assert found == made
    with tenant_scope(made.id):
        async with db.transaction():
            root = await organisation.department()
    assert (root.id, root.name, root.notation, root.place) == (made.id, wanted.name, "SYT", "Thử")
    assert made.id in {tenant.id for tenant in await service.list_tenants()}


async def test_an_unknown_host_is_nobody(app_db: db.TenantEngine) -> None:
    assert await service.resolve_host("khong-co.localhost") is None
    assert await service.resolve_host("") is None
    assert await service.resolve_host("localhost") is None


async def test_a_host_belongs_to_one_department(app_db: db.TenantEngine) -> None:
    first = await service.provision(new_tenant())
    taken = new_tenant(hosts=(f"{first.slug}.localhost",))
    with pytest.raises(ConflictError) as caught:
        await service.provision(taken)
    assert caught.value.code == "host_taken"
    assert taken.slug not in {tenant.slug for tenant in await service.list_tenants()}


@pytest.mark.parametrize("slug", ["", "-a", "a-", "A B", "a" * 64, "a/b", "sở"])
async def test_bad_slugs_are_refused(app_db: db.TenantEngine, slug: str) -> None:
    with pytest.raises(InvalidInputError):
        await service.provision(new_tenant(slug=slug))


async def test_a_suspended_department_is_known_as_such(app_db: db.TenantEngine) -> None:
    made = await service.provision(new_tenant())
    host = f"{made.slug}.localhost"
    await service.suspend(made.id)
    found = await service.resolve_host(host)
    assert found is not None
    assert found.is_suspended
    await service.resume(made.id)
    found = await service.resolve_host(host)
    assert found is not None
    assert not found.is_suspended


async def test_the_look_up_bridges_an_outage(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await service.provision(new_tenant())
    host = f"{made.slug}.localhost"
    assert await service.resolve_host(host)

    async def away() -> list[Any]:
        raise ConnectionRefusedError

    monkeypatch.setattr(repository, "catalogue", away)
    service.forget_hosts()
    assert await service.resolve_host(host) == made
    monkeypatch.setattr(service, "_catalogue", service._Catalogue())
    with pytest.raises(UnavailableError):
        await service.resolve_host(host)


async def test_the_look_up_asks_the_database_once_in_a_while_only(
    app_db: db.TenantEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = await service.provision(new_tenant())
    calls = []
    real = repository.catalogue

    async def counted() -> list[Any]:
        calls.append(1)
        return await real()

    monkeypatch.setattr(repository, "catalogue", counted)
    service.forget_hosts()
    for _ in range(20):
        await service.resolve_host(f"{made.slug}.localhost")
        await service.resolve_host("khong-co.localhost")
    assert len(calls) == 1


async def test_look_up_inside_another_departments_transaction(app_db: db.TenantEngine) -> None:
    one, two = await service.provision(new_tenant()), await service.provision(new_tenant())
    with tenant_scope(one.id):
        async with db.transaction():
            service.forget_hosts()
            assert await service.resolve_host(f"{two.slug}.localhost") == two
            assert (await organisation.department()).id == one.id


async def test_removing_demo_departments_leaves_the_others(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    real, demo = (
        await service.provision(new_tenant()),
        await service.provision(new_tenant(is_demo=True)),
    )
    for tenant in (real, demo):
        with tenant_scope(tenant.id):
            async with db.transaction():
                unit = await organisation.add_unit(
                    NewUnit(code="BV", name="Bệnh viện", kind="hospital"), actor=SYSTEM
                )
                person = NewPerson(full_name="Nguyễn Văn A", unit_id=unit.id)
                await organisation.add_person(person, actor=SYSTEM)
    removed = await removal.remove_demo(os.environ["DATABASE_URL"])
    assert demo.slug in removed
    assert real.slug not in removed
    for table in ("tenant_host", "unit", "person", "audit_event", "audit_head"):
        count = f"SELECT count(*) FROM {table} WHERE tenant_id = $1"
        assert await superuser.fetchval(count, demo.id) == 0, table
        assert await superuser.fetchval(count, real.id) > 0, table
    assert await superuser.fetchval("SELECT count(*) FROM tenant WHERE id = $1", demo.id) == 0
    assert await removal.remove_demo(os.environ["DATABASE_URL"]) == []
