"""The tree editor's acts: what moves, what follows, what is kept, what is refused."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts import repository as accounts
from core.accounts.schemas import Actor, Grant
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.scope import tenant_scope
from core.organisation import lineage, restructuring, service
from core.organisation.schemas import Basis, NewPart, NewPerson, NewUnit, UnitView
from tests.factories import make_account, make_tenant

NOW = "2026-11-23T08:00:00+07:00"
BASIS = Basis(effective_on=date(2026, 11, 20), decision="123/QĐ-SYT ngày 18/11/2026")
TREE = [
    NewUnit(code="BV1", name="Bệnh viện Đa khoa tỉnh", kind="hospital"),
    NewUnit(code="BV1-A", name="Khoa Nội", kind="subunit", level="subunit", parent_code="BV1"),
    NewUnit(code="BV1-B", name="Khoa Ngoại", kind="subunit", level="subunit", parent_code="BV1"),
    NewUnit(code="TT1", name="Trung tâm Y tế Ân Thi", kind="center"),
    NewUnit(code="TT2", name="Trung tâm Y tế Khoái Châu", kind="center"),
]


class Department:
    """A department with a small tree and its administrator."""

    def __init__(self, tenant_id: UUID, units: dict[str, UnitView], admin: Actor) -> None:
        self.tenant_id, self.units, self.admin = tenant_id, units, admin

    def id(self, code: str) -> UUID:
        return self.units[code].id

    @asynccontextmanager
    async def at(self, now: str = NOW) -> AsyncIterator[None]:
        with tenant_scope(self.tenant_id, actor_id=self.admin.account_id, now=now):
            async with db.transaction():
                yield


async def make_department() -> Department:
    tenant_id = await make_tenant()
    admin_id = await make_account(
        tenant_id, unit_id=tenant_id, roles={"tenant_admin": tenant_id}, email="qt@example.vn"
    )
    path = f"/{tenant_id}/"
    grant = Grant("tenant_admin", tenant_id, path)
    admin = Actor(admin_id, tenant_id, "Quản trị", tenant_id, "Sở", (grant,), path)
    with tenant_scope(tenant_id, actor_id=admin_id, now=NOW):
        async with db.transaction():
            units = await service.add_units(TREE, actor=admin)
    return Department(tenant_id, {unit.code: unit for unit in units}, admin)


async def paths_of(department: Department) -> dict[str, str]:
    """Return each unit's path in codes, closed ones too."""
    async with department.at():
        rows = await db.fetch("SELECT id, code, path FROM unit")
    codes = {str(row["id"]): row["code"] for row in rows}
    return {
        row["code"]: "/".join(codes[part] for part in row["path"].split("/") if part)
        for row in rows
    }


async def roles_of(department: Department, account_id: UUID) -> list[tuple[str, UUID, str]]:
    async with department.at():
        row = await accounts.by_id(account_id)
        assert row
        from core.accounts.stages import grants_of

        return [(g.role, g.unit_id, g.unit_path) for g in grants_of(row)]


async def test_a_move_rewrites_the_subtree_and_rights_follow(app_db: db.TenantEngine) -> None:
    house = await make_department()
    head = await make_account(
        house.tenant_id, unit_id=house.id("BV1-A"), roles={"unit_head": house.id("BV1-A")}
    )
    async with house.at():
        before = db.engine().queries
        await restructuring.move_unit(
            house.id("BV1"), parent_id=house.id("TT1"), basis=BASIS, actor=house.admin
        )
        assert db.engine().queries - before < 10
    assert await paths_of(house) == {
        "SYT": "SYT",
        "TT1": "SYT/TT1",
        "TT2": "SYT/TT2",
        "BV1": "SYT/TT1/BV1",
        "BV1-A": "SYT/TT1/BV1/BV1-A",
        "BV1-B": "SYT/TT1/BV1/BV1-B",
    }
    [(role, unit_id, path)] = await roles_of(house, head)
    assert (role, unit_id) == ("unit_head", house.id("BV1-A"))
    assert str(house.id("TT1")) in path
    async with house.at():
        [change] = await lineage.history(house.id("BV1"), actor=house.admin)
    assert (change.kind, change.new_parent_name) == ("move", "Trung tâm Y tế Ân Thi")
    assert change.decision == BASIS.decision


@pytest.mark.parametrize(
    ("target", "sentence"),
    [("BV1", "bên trong chính nó"), ("BV1-A", "bên trong chính nó"), ("SYT", "rồi")],
)
async def test_a_move_to_where_it_cannot_be_changes_nothing(
    app_db: db.TenantEngine, target: str, sentence: str
) -> None:
    house = await make_department()
    before = await paths_of(house)
    parent = house.tenant_id if target == "SYT" else house.id(target)
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.move_unit(
                house.id("BV1"), parent_id=parent, basis=BASIS, actor=house.admin
            )
    assert sentence in caught.value.fields["parent_id"]
    assert await paths_of(house) == before


async def test_a_renamed_unit_keeps_its_history(app_db: db.TenantEngine) -> None:
    house = await make_department()
    async with house.at():
        await restructuring.rename_unit(
            house.id("TT1"), name="Trung tâm Y tế  khu vực 1", basis=BASIS, actor=house.admin
        )
        unit = await service.get_unit(house.id("TT1"), actor=house.admin)
        found = await service.list_units(actor=house.admin, search="khu vuc 1")
        [change] = await lineage.history(unit.id, actor=house.admin)
    assert (unit.name, unit.code) == ("Trung tâm Y tế khu vực 1", "TT1")
    assert [each.id for each in found.rows] == [unit.id]
    assert (change.old_name, change.new_name) == ("Trung tâm Y tế Ân Thi", unit.name)


async def test_a_merger_takes_people_accounts_roles_and_subunits_along(
    app_db: db.TenantEngine,
) -> None:
    house = await make_department()
    bv, tt = house.id("BV1"), house.id("TT1")
    head = await make_account(house.tenant_id, unit_id=bv, roles={"unit_head": bv})
    clerk = await make_account(house.tenant_id, unit_id=bv, roles={"unit_clerk": bv})
    async with house.at():
        person = await service.add_person(
            NewPerson(full_name="Nguyễn Văn An", unit_id=bv), actor=house.admin
        )
        await restructuring.merge_units([bv], into_id=tt, basis=BASIS, actor=house.admin)
        old = await service.get_unit(bv, actor=house.admin)
        [moved] = (await service.list_people(actor=house.admin)).rows
        history = await db.fetch(
            "SELECT person_id, from_unit_id, to_unit_id, cause FROM person_move"
        )
        owns = await db.fetch("SELECT unit_id FROM account WHERE id = ANY ($1)", [head, clerk])
        today = await lineage.today_of([bv, house.id("BV1-A")])
    assert not old.is_active
    paths = await paths_of(house)
    assert (paths["BV1"], paths["BV1-A"]) == ("SYT/TT1/BV1", "SYT/TT1/BV1-A")
    assert (moved.id, moved.unit_id) == (person.id, tt)
    assert [tuple(row) for row in history] == [(person.id, bv, tt, "reorganisation")]
    assert {row["unit_id"] for row in owns} == {tt}
    assert [grant[:2] for grant in await roles_of(house, clerk)] == [("unit_clerk", tt)]
    assert await roles_of(house, head) == []
    assert (today[bv].unit_id, today[bv].how) == (tt, "merged")
    assert (today[house.id("BV1-A")].unit_id, today[house.id("BV1-A")].how) == (
        house.id("BV1-A"),
        "same",
    )


async def test_figures_follow_a_chain_of_mergers(app_db: db.TenantEngine) -> None:
    house = await make_department()
    async with house.at():
        await restructuring.merge_units(
            [house.id("BV1")], into_id=house.id("TT1"), basis=BASIS, actor=house.admin
        )
        await restructuring.merge_units(
            [house.id("TT1")], into_id=house.id("TT2"), basis=BASIS, actor=house.admin
        )
        today = await lineage.today_of([house.id("BV1"), house.id("TT1"), house.id("TT2")])
    assert {place.unit_id for place in today.values()} == {house.id("TT2")}
    assert [today[house.id(code)].how for code in ("BV1", "TT1", "TT2")] == [
        "merged",
        "merged",
        "same",
    ]


@pytest.mark.parametrize(("into", "sentence"), [("BV1", "chính nó"), ("BV1-A", "trực thuộc")])
async def test_a_merger_into_itself_is_refused(
    app_db: db.TenantEngine, into: str, sentence: str
) -> None:
    house = await make_department()
    before = await paths_of(house)
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.merge_units(
                [house.id("BV1")], into_id=house.id(into), basis=BASIS, actor=house.admin
            )
    assert sentence in caught.value.fields["into_id"]
    assert await paths_of(house) == before


async def test_a_split_that_closes_gives_everything_to_the_first_part(
    app_db: db.TenantEngine,
) -> None:
    house = await make_department()
    bv = house.id("BV1")
    head = await make_account(house.tenant_id, unit_id=bv, roles={"unit_head": bv})
    parts = [
        NewPart(name="Bệnh viện Nội tiết", code="BV1N"),
        NewPart(name="Bệnh viện Nhi", code="BV1K"),
    ]
    async with house.at():
        made = await restructuring.split_unit(
            bv, parts=parts, keeps=False, basis=BASIS, actor=house.admin
        )
        old = await service.get_unit(bv, actor=house.admin)
        today = await lineage.today_of([bv])
    assert [unit.code for unit in made] == ["BV1N", "BV1K"]
    assert [unit.kind for unit in made] == ["hospital", "hospital"]
    assert not old.is_active
    assert (today[bv].unit_id, today[bv].how) == (bv, "split")
    assert [grant[:2] for grant in await roles_of(house, head)] == [("unit_head", made[0].id)]
    assert (await paths_of(house))["BV1-A"] == "SYT/BV1N/BV1-A"


async def test_a_split_that_keeps_leaves_the_old_unit_as_it_is(app_db: db.TenantEngine) -> None:
    house = await make_department()
    async with house.at():
        [part] = await restructuring.split_unit(
            house.id("BV1"),
            parts=[NewPart(name="Bệnh viện Nhi", code="NHI")],
            keeps=True,
            basis=BASIS,
            actor=house.admin,
        )
        old = await service.get_unit(house.id("BV1"), actor=house.admin)
        today = await lineage.today_of([old.id])
    assert (old.is_active, part.parent_id) == (True, house.tenant_id)
    assert today[old.id].how == "same"


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        ([NewPart(name="Một", code="M1")], "part_1"),
        ([NewPart(name="Một", code="M1"), NewPart(name="", code="M2")], "part_2"),
        ([NewPart(name="Một", code="M1"), NewPart(name="Hai", code="TT1")], "part_2"),
        ([NewPart(name="Một", code="M1"), NewPart(name="Hai", code="M1")], "part_2"),
    ],
)
async def test_bad_parts_are_refused_at_their_line(
    app_db: db.TenantEngine, parts: list[NewPart], field: str
) -> None:
    house = await make_department()
    before = await paths_of(house)
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.split_unit(
                house.id("BV1"), parts=parts, keeps=False, basis=BASIS, actor=house.admin
            )
    assert list(caught.value.fields) == [field]
    assert await paths_of(house) == before


async def test_a_closed_unit_ends_its_accounts_and_roles(app_db: db.TenantEngine) -> None:
    house = await make_department()
    unit = house.id("BV1-A")
    clerk = await make_account(house.tenant_id, unit_id=unit, roles={"unit_clerk": unit})
    async with house.at():
        await restructuring.close_unit(unit, basis=BASIS, actor=house.admin)
        row = await accounts.by_id(clerk)
        listed = await service.list_units(actor=house.admin)
        today = await lineage.today_of([unit])
    assert row
    assert not row["is_active"]
    assert await roles_of(house, clerk) == []
    assert "BV1-A" not in {each.code for each in listed.rows}
    assert today[unit].how == "closed"
    with pytest.raises(ConflictError) as caught:
        async with house.at():
            await restructuring.close_unit(unit, basis=BASIS, actor=house.admin)
    assert caught.value.code == "closed_unit"


async def test_a_closed_units_people_may_go_elsewhere(app_db: db.TenantEngine) -> None:
    house = await make_department()
    unit, other = house.id("BV1-A"), house.id("BV1-B")
    clerk = await make_account(house.tenant_id, unit_id=unit, roles={"unit_clerk": unit})
    async with house.at():
        await service.add_person(
            NewPerson(full_name="Lê Thị Bình", unit_id=unit), actor=house.admin
        )
        await restructuring.close_unit(unit, people_to=other, basis=BASIS, actor=house.admin)
        row = await accounts.by_id(clerk)
        [person] = (await service.list_people(actor=house.admin)).rows
    assert row
    assert (row["is_active"], row["unit_id"]) == (True, other)
    assert person.unit_id == other
    assert await roles_of(house, clerk) == []


async def test_a_unit_with_units_under_it_and_the_root_are_not_closed(
    app_db: db.TenantEngine,
) -> None:
    house = await make_department()
    for unit_id, code in ((house.id("BV1"), "has_children"), (house.tenant_id, "root_stays")):
        with pytest.raises(ConflictError) as caught:
            async with house.at():
                await restructuring.close_unit(unit_id, basis=BASIS, actor=house.admin)
        assert caught.value.code == code


@pytest.mark.parametrize(
    ("basis", "field"),
    [
        (Basis(effective_on=date(2026, 11, 24), decision="1/QĐ"), "effective_on"),
        (Basis(effective_on=date(2006, 11, 20), decision="1/QĐ"), "effective_on"),
        (Basis(effective_on=date(2026, 11, 20), decision="   "), "decision"),
        (Basis(effective_on=date(2026, 11, 20), decision="x" * 201), "decision"),
    ],
)
async def test_a_day_or_decision_that_cannot_be_is_refused(
    app_db: db.TenantEngine, basis: Basis, field: str
) -> None:
    house = await make_department()
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.rename_unit(
                house.id("TT1"), name="Tên khác", basis=basis, actor=house.admin
            )
    assert list(caught.value.fields) == [field]


async def test_history_runs_forward_only(app_db: db.TenantEngine) -> None:
    house = await make_department()
    earlier = Basis(effective_on=date(2026, 11, 1), decision="5/QĐ")
    async with house.at():
        await restructuring.rename_unit(
            house.id("TT1"), name="Tên mới", basis=BASIS, actor=house.admin
        )
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.rename_unit(
                house.id("TT1"), name="Tên nữa", basis=earlier, actor=house.admin
            )
    assert "20/11/2026" in caught.value.fields["effective_on"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Trung tâm Y tế Ân Thi"}, "name"),
        ({"name": "Khác", "code": "TT2"}, "code"),
        ({"name": "Khác", "code": "y" * 64}, "code"),
    ],
)
async def test_bad_names_are_refused_at_the_field(
    app_db: db.TenantEngine, values: dict[str, Any], field: str
) -> None:
    house = await make_department()
    with pytest.raises(InvalidInputError) as caught:
        async with house.at():
            await restructuring.rename_unit(
                house.id("TT1"), basis=BASIS, actor=house.admin, **values
            )
    assert list(caught.value.fields) == [field]


async def test_only_the_administrator_of_both_sides_changes_the_tree(
    app_db: db.TenantEngine,
) -> None:
    house, other = await make_department(), await make_department()
    unit = house.units["BV1"]
    grant = Grant("tenant_admin", unit.id, unit.path)
    inner = Actor(None, house.tenant_id, "Quản trị BV", unit.id, unit.name, (grant,), unit.path)
    head = Actor(
        None, house.tenant_id, "Thủ trưởng", unit.id, unit.name,
        (Grant("unit_head", unit.id, unit.path),), unit.path,
    )  # fmt: skip
    async with house.at():
        with pytest.raises(PermissionDeniedError):
            await restructuring.rename_unit(unit.id, name="X", basis=BASIS, actor=head)
        with pytest.raises(NotFoundError):
            await restructuring.merge_units(
                [house.id("BV1-A")], into_id=house.id("TT1"), basis=BASIS, actor=inner
            )
        with pytest.raises(NotFoundError):
            await restructuring.rename_unit(
                other.id("BV1"), name="X", basis=BASIS, actor=house.admin
            )
