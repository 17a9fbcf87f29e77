"""The draft by sections, and publishing it: one wins, nothing that was seen otherwise goes out."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest

from core.accounts.schemas import SYSTEM, Actor, Grant
from core.errors import ConflictError, InvalidInputError, PermissionDeniedError
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.movements import draft, overview, service
from core.movements.difference import differences
from core.movements.values import DayRule, OwnStandard, PlanPaper
from core.plugin.api import PlanSource, SubjectKind
from core.plugin.manager import installed
from tests.factories import make_account, make_tenant

NOW = "2026-11-20T08:00:00+07:00"
TODAY = date(2026, 11, 20)
DAY = {"final_review.unit.department": DayRule(last_day="31/10")}


@pytest.fixture(scope="module")
def slug() -> str:
    plugins = installed().plugins
    return min(key for key, one in plugins.items() if one.info.plan.source == PlanSource.DEPARTMENT)


async def person(tenant_id: UUID, role: str) -> Actor:
    account_id = await make_account(tenant_id, unit_id=tenant_id, roles={role: tenant_id})
    grant = Grant(role, tenant_id, f"/{tenant_id}/")
    return Actor(account_id, tenant_id, role, tenant_id, "Sở", (grant,), f"/{tenant_id}/")


async def save(actor: Actor, section: str, value: Any, version: int = 0, now: str = NOW) -> None:
    assert actor.tenant_id
    with tenant_scope(actor.tenant_id, actor_id=actor.account_id, now=now):
        async with db.transaction():
            await draft.save(actor=actor, section=section, value=value, version=version)


async def publish(tenant_id: UUID, now: str = NOW, **more: Any) -> Any:
    with tenant_scope(tenant_id, now=now):
        async with db.transaction():
            return await service.publish_edition(actor=SYSTEM, reason="Lý do", **more)


async def current(tenant_id: UUID, now: str = NOW) -> Any:
    with tenant_scope(tenant_id, now=now):
        async with db.transaction():
            return await service.current_edition()


async def test_a_stale_save_changes_nothing_and_shows_both(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    one, two = await person(tenant_id, "tenant_admin"), await person(tenant_id, "tenant_admin")
    await save(one, "reminders", (5,))
    await save(one, "reminders", (6,), 1)
    for version in (0, 1, 7):
        with pytest.raises(draft.StaleSectionError) as caught:
            await save(two, "reminders", (9,), version)
        assert caught.value.extra == {"current": [6], "yours": [9], "version": 2}
    with tenant_scope(tenant_id):
        async with db.transaction():
            found = await service.get_draft(actor=one)
    assert found.values.reminders == (6,)
    assert found.sections["reminders"].version == 2


@pytest.mark.parametrize("role", ["officer", "department_head", "auditor", "unit_head"])
async def test_only_an_administrator_sets_values(
    app_db: db.TenantEngine, slug: str, role: str
) -> None:
    tenant_id = await make_tenant(slug)
    with pytest.raises(PermissionDeniedError):
        await save(await person(tenant_id, role), "reminders", (5,))


async def test_a_draft_is_of_one_department(app_db: db.TenantEngine, slug: str) -> None:
    one, two = await make_tenant(slug), await make_tenant(slug)
    await save(await person(one, "tenant_admin"), "reminders", (5,))
    reader = await person(two, "auditor")
    with tenant_scope(two):
        async with db.transaction():
            assert (await service.get_draft(actor=reader)).values.reminders == ()


async def test_a_file_that_is_not_here_is_refused(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    paper = PlanPaper(number="1", date=TODAY, title="x", file_id=new_id(), file_name="x.pdf")
    with pytest.raises(InvalidInputError):
        await save(await person(tenant_id, "tenant_admin"), "plan_paper", paper)


async def test_a_units_plan_is_not_published_without_the_departments_own(
    app_db: db.TenantEngine,
) -> None:
    plugins = installed().plugins
    slug = min(key for key, one in plugins.items() if one.info.plan.source == PlanSource.UNIT)
    tenant_id = await make_tenant(slug)
    with pytest.raises(ConflictError) as caught:
        await publish(tenant_id)
    assert caught.value.code == "not_ready"
    assert plugins[slug].info.plan.author in caught.value.detail


async def test_what_is_published_holds_from_its_day_and_the_old_one_until_then(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    admin = await person(tenant_id, "tenant_admin")
    await publish(tenant_id)
    await save(admin, "days", DAY)
    await publish(tenant_id, effective_from=date(2026, 12, 1))
    assert (await current(tenant_id)).number == 1
    assert (await current(tenant_id, "2026-11-30T23:59:59+07:00")).number == 1
    later = await current(tenant_id, "2026-12-01T00:00:00+07:00")
    assert (later.number, later.values.days) == (2, DAY)


async def test_a_day_in_the_past_is_refused(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    with pytest.raises(InvalidInputError) as caught:
        await publish(tenant_id, effective_from=TODAY - timedelta(days=1))
    assert list(caught.value.fields) == ["effective_from"]


async def test_two_publish_at_once_and_one_of_them_wins(
    app_db: db.TenantEngine, slug: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Both have drawn up and seen the same before either inserts."""
    tenant_id = await make_tenant(slug)
    with tenant_scope(tenant_id):
        async with db.transaction():
            plan = await service.draw_up()
    both = asyncio.Barrier(2)

    async def drawn() -> Any:
        return plan

    real = service.repository.insert

    async def insert(**values: Any) -> Any:
        await both.wait()
        return await real(**values)

    monkeypatch.setattr(service, "draw_up_edition", drawn)
    monkeypatch.setattr(service.repository, "insert", insert)
    results = await asyncio.gather(publish(tenant_id), publish(tenant_id), return_exceptions=True)
    refused = [each for each in results if isinstance(each, ConflictError)]
    made = [each for each in results if not isinstance(each, BaseException)]
    assert [each.code for each in refused] == ["published_meanwhile"]
    assert [each.number for each in made] == [1]
    with tenant_scope(tenant_id):
        async with db.transaction():
            assert [each.number for each in await service.list_editions()] == [1]


async def test_what_has_changed_since_it_was_seen_is_not_published(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    admin = await person(tenant_id, "tenant_admin")

    async def seen() -> str:
        with tenant_scope(tenant_id, now=NOW):
            async with db.transaction():
                return (await service.preview_edition(actor=admin)).digest

    digest = await seen()
    await save(admin, "reminders", (5,))
    with pytest.raises(ConflictError) as caught:
        await publish(tenant_id, digest=digest)
    assert caught.value.code == "changed_meanwhile"
    digest = await seen()
    await publish(tenant_id, digest=digest)
    await save(admin, "reminders", (6,), 1)
    with pytest.raises(ConflictError) as caught:
        await publish(tenant_id, digest=digest)
    assert caught.value.code == "published_meanwhile"


async def test_an_edition_says_what_it_changed_and_keeps_it(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    admin = await person(tenant_id, "tenant_admin")
    await publish(tenant_id)
    first = await current(tenant_id)
    own = OwnStandard(subject_kind=SubjectKind.COLLECTIVE, text="Có tổ công nghệ số.")
    await save(admin, "standards", (own,))
    await save(admin, "weights", {first.plan.criteria[0].id: Decimal(10)})
    await publish(tenant_id)
    second = await current(tenant_id)
    changes = differences(first.plan, second.plan, first.values, second.values)
    assert [each.title for each in changes] == [
        "Điểm tối đa của tiêu chí", "Tiêu chuẩn khen thưởng của Sở",
    ]  # fmt: skip
    assert changes[1].added == ("Tập thể: Có tổ công nghệ số.",)
    await save(admin, "standards", (), 1)
    assert (await current(tenant_id)).content.standards[-1].text == "Có tổ công nghệ số."
    assert first.content.standards == second.content.standards[:-1]


async def test_another_plugin_version_or_phase_asks_for_a_look(
    app_db: db.TenantEngine, slug: str
) -> None:
    tenant_id = await make_tenant(slug)
    await publish(tenant_id)
    edition = await current(tenant_id)
    with tenant_scope(tenant_id, now=NOW):
        assert overview.upgrade(edition, slug, edition.plugin_version) is None
        newer = overview.upgrade(edition, slug, "9.9.9")
        moved = overview.upgrade(edition, "khac", edition.plugin_version)
    assert newer is not None
    assert (newer.old_version, newer.new_version) == (edition.plugin_version, "9.9.9")
    assert moved == overview.Upgrade(old_plugin=slug, new_plugin="khac")
    with tenant_scope(tenant_id, now="2028-01-05T08:00:00+07:00"):
        phase = overview.upgrade(edition, slug, edition.plugin_version)
    assert phase is not None
    assert (phase.old_phase, phase.new_phase) == ("2025–2027", "2027–2030")


async def test_readiness_for_the_set_up_path(app_db: db.TenantEngine, slug: str) -> None:
    tenant_id = await make_tenant(slug)
    admin = await person(tenant_id, "tenant_admin")
    with tenant_scope(tenant_id, now=NOW):
        async with db.transaction():
            before = await service.readiness(actor=admin)
            assert await service.latest_edition() is None
    await save(admin, "days", DAY)
    with tenant_scope(tenant_id, now=NOW):
        async with db.transaction():
            after = await service.readiness(actor=admin)
    gone = {lack.sentence for lack in before} - {lack.sentence for lack in after}
    assert gone == {"Báo cáo tổng kết: kế hoạch không nêu ngày và Sở chưa đặt hạn."}
