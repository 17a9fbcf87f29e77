"""The tree of units: adding, searching, branches that a person sees."""

from __future__ import annotations

from uuid import UUID

import pytest

from core.accounts.schemas import SYSTEM, Actor, Grant
from core.errors import InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.scope import tenant_scope
from core.organisation import service
from core.organisation.schemas import NewPerson, NewUnit, UnitView
from tests.factories import make_tenant


def actor_at(tenant_id: UUID, unit: UnitView, role: str) -> Actor:
    grant = Grant(role, unit.id, unit.path)
    return Actor(None, tenant_id, "Người thử", unit.id, unit.name, (grant,), unit.path)


TREE = [
    NewUnit(code="BV1", name="Bệnh viện Đa khoa tỉnh", kind="hospital"),
    NewUnit(code="BV1-A", name="Khoa Nội", kind="subunit", level="subunit", parent_code="BV1"),
    NewUnit(code="BV1-B", name="Khoa Ngoại", kind="subunit", level="subunit", parent_code="BV1"),
    NewUnit(code="TT1", name="Trung tâm Y tế Ân Thi", kind="center"),
]


async def filled_tenant() -> tuple[UUID, dict[str, UnitView]]:
    tenant_id = await make_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            units = await service.add_units(TREE, actor=SYSTEM)
    return tenant_id, {unit.code: unit for unit in units}


async def test_a_tree_is_added_at_once_with_paths(app_db: db.TenantEngine) -> None:
    tenant_id, units = await filled_tenant()
    assert units["BV1"].path == f"/{tenant_id}/{units['BV1'].id}/"
    assert units["BV1-A"].path == f"{units['BV1'].path}{units['BV1-A'].id}/"
    assert units["BV1-A"].depth == 2
    with tenant_scope(tenant_id):
        async with db.transaction():
            tree = await service.unit_tree(actor=SYSTEM)
            below = await service.children(units["BV1"].id, actor=SYSTEM)
    order = [unit.code for unit in tree]
    assert order[0] == "SYT"
    assert order.index("BV1") < order.index("BV1-A") < order.index("BV1-B") + 2
    assert {unit.code for unit in below} == {"BV1-A", "BV1-B"}
    assert len(tree) == 5


async def test_search_ignores_case_and_diacritics_and_takes_no_wildcards(
    app_db: db.TenantEngine,
) -> None:
    tenant_id, _ = await filled_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            found = await service.list_units(actor=SYSTEM, search="DA KHOA")
            by_d = await service.list_units(actor=SYSTEM, search="đa khoa")
            none = await service.list_units(actor=SYSTEM, search="%")
    assert [unit.code for unit in found.rows] == ["BV1"] == [unit.code for unit in by_d.rows]
    assert none.rows == []


async def test_pages_follow_one_another_without_gap_or_repeat(app_db: db.TenantEngine) -> None:
    tenant_id, _ = await filled_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            whole = await service.list_units(actor=SYSTEM, limit=100)
            seen, after = [], None
            while True:
                page = await service.list_units(actor=SYSTEM, limit=2, after=after)
                seen += page.rows
                after = page.after
                if after is None:
                    break
    assert [unit.id for unit in seen] == [unit.id for unit in whole.rows]
    assert len(seen) == 5


async def test_a_unit_sees_its_own_branch_only(app_db: db.TenantEngine) -> None:
    tenant_id, units = await filled_tenant()
    clerk = actor_at(tenant_id, units["BV1"], "unit_clerk")
    with tenant_scope(tenant_id):
        async with db.transaction():
            listed = await service.list_units(actor=clerk)
            assert await service.get_unit(units["BV1-A"].id, actor=clerk)
            with pytest.raises(NotFoundError):
                await service.get_unit(units["TT1"].id, actor=clerk)
            with pytest.raises(NotFoundError):
                await service.subtree(units["TT1"].id, actor=clerk)
    assert {unit.code for unit in listed.rows} == {"BV1", "BV1-A", "BV1-B"}


async def test_only_the_administrator_above_adds_units(app_db: db.TenantEngine) -> None:
    tenant_id, units = await filled_tenant()
    new = NewUnit(code="X", name="Khoa X", kind="subunit", level="subunit", parent_code="BV1")
    with tenant_scope(tenant_id):
        async with db.transaction():
            for role in ("officer", "unit_head", "auditor"):
                with pytest.raises(PermissionDeniedError):
                    await service.add_unit(new, actor=actor_at(tenant_id, units["BV1"], role))
            administrator = actor_at(tenant_id, units["TT1"], "tenant_admin")
            with pytest.raises(PermissionDeniedError):
                await service.add_unit(new, actor=administrator)
            administrator = actor_at(tenant_id, units["BV1"], "tenant_admin")
            assert (await service.add_unit(new, actor=administrator)).parent_id == units["BV1"].id


@pytest.mark.parametrize(
    ("unit", "field"),
    [
        (NewUnit(code="BV1", name="Trùng mã", kind="hospital"), "code"),
        (NewUnit(code="", name="Không mã", kind="hospital"), "code"),
        (NewUnit(code="N1", name="  ", kind="hospital"), "name"),
        (NewUnit(code="N2", name="Loại lạ", kind="palace"), "kind"),
        (NewUnit(code="N3", name="Mồ côi", kind="hospital", parent_code="ZZ"), "parent_code"),
    ],
)
async def test_bad_units_are_refused_at_the_field(
    app_db: db.TenantEngine, unit: NewUnit, field: str
) -> None:
    tenant_id, _ = await filled_tenant()
    with tenant_scope(tenant_id):
        async with db.transaction():
            with pytest.raises(InvalidInputError) as caught:
                await service.add_unit(unit, actor=SYSTEM)
    assert field in caught.value.fields


async def test_units_of_another_department_do_not_exist(app_db: db.TenantEngine) -> None:
    _, units = await filled_tenant()
    other = await make_tenant()
    with tenant_scope(other):
        async with db.transaction():
            with pytest.raises(NotFoundError):
                await service.get_unit(units["BV1"].id, actor=SYSTEM)
            # The same codes may be used again.
            assert len(await service.add_units(TREE, actor=SYSTEM)) == 4


async def test_people_are_listed_by_given_name(app_db: db.TenantEngine) -> None:
    tenant_id, units = await filled_tenant()
    unit = units["BV1"].id
    people = [
        NewPerson(full_name=name, unit_id=unit, job_title="Bác sĩ")
        for name in ("Nguyễn Văn Tùng", "Trần Thị  An", "Lê Minh Bình")
    ]
    with tenant_scope(tenant_id):
        async with db.transaction():
            await service.add_people(people, actor=SYSTEM)
            page = await service.list_people(actor=SYSTEM, limit=2)
            rest = await service.list_people(actor=SYSTEM, limit=2, after=page.after)
            found = await service.list_people(actor=SYSTEM, search="tran thi an")
    names = [person.full_name for person in page.rows + rest.rows]
    assert names == ["Trần Thị An", "Lê Minh Bình", "Nguyễn Văn Tùng"]
    assert [person.full_name for person in found.rows] == ["Trần Thị An"]
