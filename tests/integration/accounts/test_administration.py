"""Administration in the subtree of a grant, printed slips, resets by mail, tidy-up."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import UUID

import pytest

from core.accounts import jobs, passwords, service
from core.accounts.schemas import SYSTEM, Actor, Role, Stage
from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    ThiduaError,
)
from core.kit import db
from core.kit.ids import new_id
from tests.factories import make_tenant
from tests.integration.accounts.conftest import Place
from tests.integration.accounts.helpers import (
    PASSWORD,
    START,
    add,
    later,
    session,
    signed_in,
    view,
    with_factor,
    work,
)

NEW = "Mùa thu 2026 đẹp!"


async def create(place: Place, actor: Actor, username: str, **more: Any) -> Any:
    given: dict[str, Any] = {
        "display_name": "Trần Văn Đức",
        "unit_id": place.hospital,
        "roles": [(Role.UNIT_CLERK.value, place.hospital)],
    }
    async with work(place.tenant):
        return await service.create_account(actor=actor, username=username, **{**given, **more})


async def test_a_slip_works_once_and_the_first_password_must_be_changed(place: Place) -> None:
    slip = await create(place, place.chief, "DucTV")
    assert slip.account.username == "ductv"
    async with work(place.tenant):
        done = await service.sign_in(username="ductv", password=slip.temporary_password)
    assert done.stage is Stage.CHANGE_PASSWORD
    found = await session(place.tenant, done.token)
    assert found is not None
    async with work(place.tenant):
        stage = await service.change_password(
            session=found, current=slip.temporary_password, new=NEW, repeated=NEW
        )
    assert stage is Stage.FULL
    with pytest.raises(InvalidInputError):
        async with work(place.tenant):
            await service.sign_in(username="ductv", password=slip.temporary_password)
    async with work(place.tenant):
        assert (await service.sign_in(username="ductv", password=NEW)).stage is Stage.FULL


async def test_the_slips_password_is_kept_nowhere(place: Place, superuser: Any) -> None:
    slip = await create(place, place.chief, "ductv")
    stored = await superuser.fetchval(
        "SELECT password_hash FROM account WHERE id = $1", slip.account.id
    )
    assert stored.startswith("$argon2id$")
    audit = await superuser.fetch(
        "SELECT changes::text FROM audit_event WHERE row_id = $1", slip.account.id
    )
    assert audit
    assert not any(slip.temporary_password in row[0] or stored in row[0] for row in audit)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"username": "có dấu"}, "username"),
        ({"username": "a"}, "username"),
        ({"display_name": "  "}, "display_name"),
        ({"email": "khong-phai-thu"}, "email"),
        ({"unit_id": UUID(int=5)}, "unit_id"),
        ({"roles": [("vua", None)]}, "role"),
        ({"roles": [("officer", UUID(int=5))]}, "role_unit_id"),
        ({"username": "quantri"}, "username"),
    ],
)
async def test_what_cannot_be_created_is_said_at_its_field(
    place: Place, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidInputError) as raised:
        await create(place, place.chief, **{"username": "ductv", **change})
    assert list(raised.value.fields) == [field]


async def test_an_administrator_of_one_unit_stays_in_it(place: Place) -> None:
    mine = await create(place, place.local, "cuaminh")
    with pytest.raises(InvalidInputError):
        await create(place, place.local, "benkia", unit_id=place.sister, roles=[])
    with pytest.raises(InvalidInputError):
        await create(place, place.local, "leothang", roles=[("officer", place.tenant)])
    other = await create(place, place.chief, "benkia", unit_id=place.sister, roles=[])
    async with work(place.tenant):
        listed = await service.list_accounts(actor=place.local)
        assert {row.username for row in listed.rows} == {"cuaminh", "quantri-a"}
        assert (await service.get_account(mine.account.id, actor=place.local)).state == "active"
        with pytest.raises(NotFoundError):
            await service.get_account(other.account.id, actor=place.local)


async def test_somebody_with_a_wider_role_cannot_be_taken_over_from_below(place: Place) -> None:
    slip = await create(place, place.chief, "lanhdao", roles=[("department_head", place.tenant)])
    async with work(place.tenant):
        with pytest.raises(PermissionDeniedError):
            await service.issue_temporary_password(slip.account.id, actor=place.local)


Act = Callable[[UUID, Actor], Awaitable[Any]]
ACTS: dict[str, Act] = {
    "slip": lambda i, a: service.issue_temporary_password(i, actor=a),
    "factor": lambda i, a: service.reset_second_factor(i, actor=a),
    "lock": lambda i, a: service.lock_account(i, actor=a),
    "unlock": lambda i, a: service.unlock_account(i, actor=a),
    "deactivate": lambda i, a: service.deactivate_account(i, actor=a),
    "reactivate": lambda i, a: service.reactivate_account(i, actor=a),
    "grant": lambda i, a: service.grant_role(i, "unit_head", a.unit_id, actor=a),
    "revoke": lambda i, a: service.revoke_role(i, "unit_clerk", a.unit_id, actor=a),
    "get": lambda i, a: service.get_account(i, actor=a),
}


@pytest.mark.parametrize("act", ACTS)
async def test_others_may_do_nothing(place: Place, act: str) -> None:
    target = (await create(place, place.chief, "ductv")).account.id
    await add(place.tenant, "chuyenvien", "officer", "department_head")
    outsider = (await view(place.tenant, "chuyenvien")).actor
    elsewhere = await make_tenant()
    await add(elsewhere, "quantri", "tenant_admin")
    foreigner = (await view(elsewhere, "quantri")).actor
    for person in (outsider, foreigner):
        async with work(place.tenant):
            with pytest.raises(ThiduaError) as raised:
                await ACTS[act](target, person)
        assert raised.value.status in (403, 404)


async def test_an_auditor_reads_the_accounts_of_its_branch(place: Place) -> None:
    target = (await create(place, place.chief, "ductv")).account.id
    await add(place.tenant, "kiemtra", "auditor")
    await add(place.tenant, "kiemtra-a", "auditor", unit_id=place.sister)
    auditor = (await view(place.tenant, "kiemtra")).actor
    of_sister = (await view(place.tenant, "kiemtra-a")).actor
    async with work(place.tenant):
        names = {row.username for row in (await service.list_accounts(actor=auditor)).rows}
        assert {"ductv", "kiemtra", "kiemtra-a"} <= names
        assert (await service.get_account(target, actor=auditor)).username == "ductv"
        own = (await service.list_accounts(actor=of_sister)).rows
        assert [row.username for row in own] == ["kiemtra-a"]
        with pytest.raises(NotFoundError):
            await service.get_account(target, actor=of_sister)


@pytest.mark.parametrize("act", [act for act in ACTS if act != "get"])
async def test_an_auditor_changes_nothing(place: Place, act: str) -> None:
    target = (await create(place, place.chief, "ductv")).account.id
    await add(place.tenant, "kiemtra", "auditor")
    auditor = (await view(place.tenant, "kiemtra")).actor
    async with work(place.tenant):
        with pytest.raises(ThiduaError) as raised:
            await ACTS[act](target, auditor)
    assert raised.value.status in (403, 404)


@pytest.mark.parametrize("act", ["slip", "factor", "lock", "unlock", "deactivate", "reactivate"])
async def test_nobody_administers_himself(place: Place, act: str) -> None:
    assert place.chief.account_id is not None
    async with work(place.tenant):
        with pytest.raises(ConflictError) as raised:
            await ACTS[act](place.chief.account_id, place.chief)
    assert raised.value.code == "not_yourself"


@pytest.mark.parametrize("act", ["slip", "factor", "lock", "deactivate"])
async def test_what_takes_the_way_in_away_ends_the_sessions(place: Place, act: str) -> None:
    account_id = await add(place.tenant, "ductv", "unit_clerk", unit_id=place.hospital)
    token = await signed_in(place.tenant, "ductv")
    async with work(place.tenant):
        await ACTS[act](account_id, place.local)
    assert await session(place.tenant, token) is None


async def test_deactivated_people_come_back_with_a_new_slip(place: Place) -> None:
    account_id = await add(place.tenant, "ductv")
    async with work(place.tenant):
        await service.deactivate_account(account_id, actor=place.chief)
    async with work(place.tenant):
        with pytest.raises(ConflictError, match="cho dùng lại"):
            await service.issue_temporary_password(account_id, actor=place.chief)
        slip = await service.reactivate_account(account_id, actor=place.chief)
    async with work(place.tenant):
        done = await service.sign_in(username="ductv", password=slip.temporary_password)
    assert done.stage is Stage.CHANGE_PASSWORD


async def test_a_lost_phone_is_forgotten_with_its_recovery_codes(place: Place) -> None:
    account_id = await add(place.tenant, "kiemtra", "auditor")
    _secret, codes = await with_factor(place.tenant, account_id)
    async with work(place.tenant):
        await service.reset_second_factor(account_id, actor=place.chief)
    assert codes
    assert (await view(place.tenant, "kiemtra")).stage is Stage.ENROL


async def test_roles_are_granted_and_taken_away(place: Place) -> None:
    account_id = await add(place.tenant, "ductv", unit_id=place.hospital)
    token = await signed_in(place.tenant, "ductv")
    async with work(place.tenant):
        for _ in range(2):
            await service.grant_role(account_id, "unit_head", place.hospital, actor=place.local)
    found = await session(place.tenant, token)
    assert found is not None
    assert [g.role for g in found.actor.roles] == ["unit_head"]
    async with work(place.tenant):
        await service.revoke_role(account_id, "unit_head", place.hospital, actor=place.local)
        with pytest.raises(NotFoundError):
            await service.revoke_role(account_id, "unit_head", place.hospital, actor=place.local)
    found = await session(place.tenant, token)
    assert found is not None
    assert found.actor.roles == ()


async def test_a_role_with_a_second_factor_asks_for_a_new_sign_in(place: Place) -> None:
    account_id = await add(place.tenant, "ductv")
    token = await signed_in(place.tenant, "ductv")
    async with work(place.tenant):
        await service.grant_role(account_id, "officer", place.tenant, actor=place.chief)
    assert await session(place.tenant, token) is None
    assert (await view(place.tenant, "ductv")).stage is Stage.ENROL


async def test_the_last_thing_an_administrator_may_do_is_to_stop_being_one(place: Place) -> None:
    assert place.chief.account_id is not None
    async with work(place.tenant):
        with pytest.raises(ConflictError):
            await service.revoke_role(
                place.chief.account_id, "tenant_admin", place.tenant, actor=place.chief
            )


async def test_the_setting_for_all_belongs_to_the_whole_department(place: Place) -> None:
    async with work(place.tenant):
        with pytest.raises(PermissionDeniedError):
            await service.set_second_factor_for_all(asked=True, actor=place.local)
        await service.set_second_factor_for_all(asked=True, actor=place.chief)
        assert await service.second_factor_for_all()


async def test_asking_all_for_a_second_factor_holds_for_those_who_are_signed_in(
    place: Place,
) -> None:
    other = await make_tenant()
    await add(other, "tramxa")
    account_id = await add(place.tenant, "ductv")
    plain = await signed_in(place.tenant, "ductv")
    elsewhere = await signed_in(other, "tramxa")
    async with work(place.tenant):
        token = (await service.create_token(username="ductv", password=PASSWORD)).token
        await service.set_second_factor_for_all(asked=True, actor=place.chief)
        assert await service.resolve_session(token, kind="api") is None
    found = await session(place.tenant, plain)
    assert found is not None
    assert (found.actor.account_id, found.stage) == (account_id, Stage.ENROL)
    untouched = await session(other, elsewhere)
    assert untouched is not None
    assert untouched.stage is Stage.FULL


async def test_asking_all_leaves_those_who_have_a_second_factor_at_their_work(place: Place) -> None:
    account_id = await add(place.tenant, "ductv")
    token = await signed_in(place.tenant, "ductv")
    await with_factor(place.tenant, account_id)
    async with work(place.tenant):
        await service.set_second_factor_for_all(asked=True, actor=place.chief)
    found = await session(place.tenant, token)
    assert found is not None
    assert found.stage is Stage.FULL


@pytest.mark.parametrize("more", [{"password": PASSWORD}, {"password": ""}])
async def test_only_the_system_chooses_passwords_of_others(
    place: Place, more: dict[str, str]
) -> None:
    with pytest.raises(PermissionDeniedError):
        await create(place, place.chief, "ductv", **more)
    async with work(place.tenant):
        with pytest.raises(PermissionDeniedError):
            await service.set_second_factor(new_id(), "A" * 32, actor=place.chief)


async def test_the_list_is_searched_without_diacritics_and_comes_in_pages(place: Place) -> None:
    names = ["Nguyễn Thị Ánh", "Đặng Văn Bảo", "Trần Ánh Dương", "Lê Ân"]
    for number, name in enumerate(names):
        await create(place, place.chief, f"nguoi{number}", display_name=name, roles=[])
    async with work(place.tenant):
        found = await service.list_accounts(actor=place.chief, search="dang van")
        assert [row.display_name for row in found.rows] == ["Đặng Văn Bảo"]
        found = await service.list_accounts(actor=place.chief, search="benh vien a ")
        assert "Lê Ân" in {row.display_name for row in found.rows}
        whole = await service.list_accounts(actor=place.chief)
        seen, after = [], None
        while True:
            part = await service.list_accounts(actor=place.chief, after=after, limit=2)
            seen += part.rows
            after = part.after
            if after is None:
                break
        assert [row.id for row in seen] == [row.id for row in whole.rows]
        mine = [row.display_name for row in whole.rows if row.display_name in names]
        assert mine == ["Nguyễn Thị Ánh", "Lê Ân", "Đặng Văn Bảo", "Trần Ánh Dương"]


async def test_the_list_is_filtered_by_state_and_is_one_query(place: Place) -> None:
    locked = await create(place, place.chief, "khoa")
    async with work(place.tenant):
        await service.lock_account(locked.account.id, actor=place.chief)
        before = db.engine().queries
        found = await service.list_accounts(actor=place.chief, state="locked")
        assert db.engine().queries - before == 1
        assert [row.username for row in found.rows] == ["khoa"]
        active = await service.list_accounts(actor=place.chief, state="active")
        assert "khoa" not in {row.username for row in active.rows}


async def test_clerks_have_no_list(place: Place) -> None:
    await add(place.tenant, "nguoisoan", "unit_clerk")
    clerk = (await view(place.tenant, "nguoisoan")).actor
    async with work(place.tenant):
        with pytest.raises(PermissionDeniedError):
            await service.list_accounts(actor=clerk)


async def test_unused_accounts_are_taken_out_of_use_after_45_days(place: Place) -> None:
    unused = await add(place.tenant, "quen")
    await add(place.tenant, "dung")
    await signed_in(place.tenant, "dung", later(days=20))
    async with work(place.tenant, later(days=44)):
        assert (await jobs.tidy_accounts())[0] == 0
    async with work(place.tenant, later(days=46)):
        assert (await jobs.tidy_accounts())[0] >= 1
        rows = {r.username: r.state for r in (await service.list_accounts(actor=SYSTEM)).rows}
    assert (rows["quen"], rows["dung"]) == ("inactive", "active")
    async with work(place.tenant, later(days=46)):
        await service.reactivate_account(unused, actor=SYSTEM)
        assert (await jobs.tidy_accounts())[0] == 0


async def test_old_sessions_are_forgotten(place: Place) -> None:
    await add(place.tenant, "ductv")
    await signed_in(place.tenant, "ductv")
    async with work(place.tenant, later(days=89)):
        assert (await jobs.tidy_accounts())[1] == 0
    async with work(place.tenant, later(days=92)):
        assert (await jobs.tidy_accounts())[1] >= 1


def test_slip_passwords_keep_the_rule_for_accounts_without_a_second_factor() -> None:
    rule = passwords.rule(second_factor=False, on=START.date())
    passwords.check(passwords.temporary(), rule=rule, username="ductv", field="new")
