"""Editions: frozen, hashed, numbered, never changed; a failing plugin hurts its own department."""

from __future__ import annotations

import hashlib
from uuid import UUID

import asyncpg
import pytest

from core.accounts.schemas import SYSTEM, Actor, Grant
from core.errors import ConflictError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.scope import tenant_scope
from core.movements import service
from core.plugin.api import PlanSource
from core.plugin.manager import installed
from tests.factories import make_tenant, own_plan_paper


@pytest.fixture(scope="module")
def slug() -> str:
    plugins = installed().plugins
    return min(key for key, one in plugins.items() if one.info.plan.source == PlanSource.DEPARTMENT)


def reader(tenant_id: UUID, role: str) -> Actor:
    grant = Grant(role, tenant_id, f"/{tenant_id}/")
    return Actor(None, tenant_id, "Người thử", tenant_id, "Sở", (grant,), f"/{tenant_id}/")


@pytest.mark.parametrize("slug", sorted(installed().plugins))
async def test_an_edition_is_frozen_and_read_back_alike(
    app_db: db.TenantEngine, slug: str, superuser: asyncpg.Connection
) -> None:
    tenant_id = await make_tenant(slug)
    await own_plan_paper(tenant_id)
    with tenant_scope(tenant_id):
        async with db.transaction():
            published = await service.publish_edition(actor=SYSTEM, reason="Ban hành kế hoạch")
            drawn = await service.draw_up()
            current = await service.current_edition()
    assert published.number == 1
    assert current.plan == drawn
    assert current.content.criteria == drawn.criteria
    assert current.id == published.id
    stored = await superuser.fetchval(
        "SELECT content::text FROM plan_edition WHERE id = $1", published.id
    )
    assert service.canonical(drawn) == service.canonical(current.plan)
    text = service.canonical(drawn) + b"\n" + service.canonical(current.values)
    assert published.content_hash == hashlib.sha256(text).hexdigest()
    assert drawn.movement.name in stored


async def test_the_same_plan_is_not_published_twice(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            await service.publish_edition(actor=SYSTEM, reason="")
            with pytest.raises(ConflictError) as caught:
                await service.publish_edition(actor=SYSTEM, reason="lần nữa")
            assert len(await service.list_editions()) == 1
    assert caught.value.code == "same_edition"


async def test_before_publication_there_is_no_plan(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            with pytest.raises(service.NoEditionError):
                await service.current_edition()


@pytest.mark.parametrize("role", ["officer", "unit_head", "auditor", "records_clerk"])
async def test_others_do_not_publish(app_db: db.TenantEngine, slug: str, role: str) -> None:
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            with pytest.raises(PermissionDeniedError):
                await service.publish_edition(actor=reader(tenant_id, role), reason="")


async def test_an_edition_of_another_department_does_not_exist_even_when_cached(
    app_db: db.TenantEngine, slug: str
) -> None:
    one, two = await make_tenant(slug), await make_tenant(slug)
    with tenant_scope(one):
        async with db.transaction():
            edition = await service.publish_edition(actor=SYSTEM, reason="")
            await service.get_edition(edition.id)
    with tenant_scope(two):
        async with db.transaction():
            with pytest.raises(NotFoundError):
                await service.get_edition(edition.id)


async def test_a_failing_plugin_is_a_clear_refusal_for_its_department_only(
    app_db: db.TenantEngine, slug: str
) -> None:
    broken, healthy = await make_tenant("khong-co"), await make_tenant(slug)
    with tenant_scope(broken):
        async with db.transaction():
            with pytest.raises(service.PlanUnavailableError) as caught:
                await service.publish_edition(actor=SYSTEM, reason="")
            assert await service.list_editions() == []
    assert caught.value.status == 503
    assert caught.value.code == "plugin_failed"
    with tenant_scope(healthy):
        async with db.transaction():
            assert await service.publish_edition(actor=SYSTEM, reason="")


async def test_the_application_cannot_change_an_edition(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            await service.publish_edition(actor=SYSTEM, reason="")
        for sql in ("UPDATE plan_edition SET reason = 'khác'", "DELETE FROM plan_edition"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                async with db.transaction():
                    await db.execute(sql)


async def test_reading_the_plan_costs_one_query_once_decoded(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            await service.publish_edition(actor=SYSTEM, reason="")
            await service.current_edition()
            before = app_db.queries
            await service.current_edition()
            assert app_db.queries == before + 1


async def test_the_catalogue_learns_the_movements_name_of_this_department_only(
    app_db: db.TenantEngine, slug: str, superuser: asyncpg.Connection
) -> None:
    one, two = await make_tenant(slug), await make_tenant(slug)
    with tenant_scope(one):
        async with db.transaction():
            await service.publish_edition(actor=SYSTEM, reason="")
            name = (await service.current_edition()).content.movement.name
    named = "SELECT settings ->> 'movement_name' FROM tenant WHERE id = $1"
    assert await superuser.fetchval(named, one) == name
    assert await superuser.fetchval(named, two) is None
