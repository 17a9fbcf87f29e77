"""Lent roles: from day to day, by the official clock; ended by whatever ends the lender's own."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from core.accounts import administration, delegation, repository, stages
from core.accounts.schemas import Actor
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.notifications.service import recipients
from core.reports import drafting
from tests.factories import make_account
from tests.integration.reports import house as houses

NOV_20, NOV_21, NOV_22 = date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 22)


async def lend(house: houses.House, who: str = "head0", **changed: Any) -> UUID:
    """Lend the head's role of unit 0 to its clerk for 21 and 22 November."""
    asked: dict[str, Any] = {
        "account_id": house.people["clerk0"].account_id,
        "role": "unit_head",
        "unit_id": house.units[0],
        "valid_from": NOV_21,
        "valid_to": NOV_22,
        "decision": "15/GUQ-BV",
        **changed,
    }
    async with house.at(who=who):
        return await delegation.delegate(actor=house.people[who], **asked)


async def roles_at(house: houses.House, now: str) -> list[str]:
    async with house.at(now):
        row = await repository.by_id(house.people["clerk0"].account_id)  # type: ignore[arg-type]
        assert row
        return sorted(grant.role for grant in stages.grants_of(row))


async def actor_now(house: houses.House, name: str) -> Actor:
    """Return a person with the grants that hold now, as a session would find them."""
    account_id = house.people[name].account_id
    assert account_id
    row = await repository.by_id(account_id)
    assert row
    old = house.people[name]
    return Actor(
        account_id, old.tenant_id, old.display_name, old.unit_id, "", stages.grants_of(row),
        old.unit_path,
    )  # fmt: skip


async def test_a_lent_role_holds_from_its_first_to_its_last_day(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    await lend(house)
    seen = {
        now: await roles_at(house, now)
        for now in (
            "2026-11-20T23:59:59+07:00",
            "2026-11-21T00:00:00+07:00",
            "2026-11-22T23:59:59+07:00",
            "2026-11-23T00:00:00+07:00",
        )
    }
    assert list(seen.values()) == [
        ["unit_clerk"],
        ["unit_clerk", "unit_head"],
        ["unit_clerk", "unit_head"],
        ["unit_clerk"],
    ]
    async with house.at("2026-11-21T08:00:00+07:00"):
        told = await recipients(unit_id=house.units[0], roles=("unit_head",))
    assert set(told) == {house.people["head0"].account_id, house.people["clerk0"].account_id}


async def test_a_report_filed_by_a_delegate_says_for_whom(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    round_id = await houses.opened(house)
    report_id = await houses.report_of(house, house.units[0], round_id)
    await houses.fill(house, report_id)
    await lend(house)
    now = "2026-11-21T08:00:00+07:00"
    async with house.at(now, "clerk0"):
        actor = await actor_now(house, "clerk0")
        await drafting.submit_report(actor=actor, report_id=report_id)
        view = await drafting.get_report(actor=actor, report_id=report_id)
        assert view.last_version_id
        version = await drafting.get_version(actor=actor, version_id=view.last_version_id)
        lender = await db.fetchval("SELECT display_name FROM account WHERE id = $1",
                                   house.people["head0"].account_id)  # fmt: skip
    assert version.submitted_by.endswith(f"(thừa ủy quyền của {lender})")


async def test_a_lent_role_is_not_lent_on(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    await lend(house)
    async with house.at("2026-11-21T08:00:00+07:00", "clerk0"):
        actor = await actor_now(house, "clerk0")
        assert await delegation.lendable_roles(actor=actor) == []
        with pytest.raises(NotFoundError):
            await delegation.delegate(
                account_id=house.people["head0"].account_id,  # type: ignore[arg-type]
                role="unit_head", unit_id=house.units[0], valid_from=NOV_21, valid_to=NOV_22,
                decision="1", actor=actor,
            )  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"valid_from": date(2026, 11, 19)}, "valid_from"),
        ({"valid_to": date(2026, 11, 20)}, "valid_to"),
        ({"valid_to": date(2036, 11, 20)}, "valid_to"),
        ({"decision": " "}, "decision"),
        ({"account_id": UUID(int=5)}, "account_id"),
    ],
)
async def test_a_delegation_that_cannot_be_is_refused_at_its_field(
    app_db: db.TenantEngine, changed: dict[str, Any], field: str
) -> None:
    house = await houses.make_house()
    with pytest.raises(InvalidInputError) as caught:
        await lend(house, **changed)
    assert list(caught.value.fields) == [field]


async def test_nobody_outside_the_unit_and_nobody_twice(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    other = house.people["clerk1"].account_id
    with pytest.raises(InvalidInputError):
        await lend(house, account_id=other)
    with pytest.raises(InvalidInputError):
        await lend(house, account_id=house.people["head0"].account_id)
    await lend(house)
    with pytest.raises(InvalidInputError) as caught:
        await lend(house, valid_from=NOV_22, valid_to=date(2026, 11, 25))
    assert "đã có vai trò này" in caught.value.fields["account_id"]


async def test_a_role_with_second_factor_goes_to_accounts_that_have_one(
    app_db: db.TenantEngine,
) -> None:
    house = await houses.make_house()
    asked = {"role": "officer", "unit_id": house.tenant_id}
    with pytest.raises(InvalidInputError) as caught:
        await lend(house, "officer", **asked)
    assert "xác thực hai lớp" in caught.value.fields["account_id"]
    async with house.at():
        await db.execute(
            "UPDATE account SET totp_confirmed_at = now() WHERE id = $1",
            house.people["clerk0"].account_id,
        )
    assert await lend(house, "officer", **asked)


async def test_it_ends_early_by_lender_or_administrator_only(app_db: db.TenantEngine) -> None:
    house, other = await houses.make_house(), await houses.make_house()
    first = await lend(house)
    for who, refusal in (("clerk0", PermissionDeniedError), ("head1", NotFoundError)):
        async with house.at(who=who):
            with pytest.raises(refusal):
                await delegation.end_delegation(first, actor=house.people[who])
    async with other.at(who="tenant_admin"):
        with pytest.raises(NotFoundError):
            await delegation.end_delegation(first, actor=other.people["tenant_admin"])
    async with house.at(who="head0"):
        await delegation.end_delegation(first, actor=house.people["head0"])
        with pytest.raises(ConflictError):
            await delegation.end_delegation(first, actor=house.people["head0"])
    assert await roles_at(house, "2026-11-21T08:00:00+07:00") == ["unit_clerk"]


@pytest.mark.parametrize("how", ["revoked", "closed"])
async def test_it_ends_with_the_lenders_own_role(app_db: db.TenantEngine, how: str) -> None:
    house = await houses.make_house()
    await lend(house)
    head, admin = house.people["head0"].account_id, house.people["tenant_admin"]
    assert head
    async with house.at(who="tenant_admin"):
        if how == "revoked":
            await administration.revoke_role(head, "unit_head", house.units[0], actor=admin)
        else:
            await administration.deactivate_account(head, actor=admin)
        page = await delegation.list_delegations(actor=admin)
    assert [row.state for row in page.rows] == ["revoked"]
    assert await roles_at(house, "2026-11-21T08:00:00+07:00") == ["unit_clerk"]


async def test_the_list_shows_what_concerns_a_person(app_db: db.TenantEngine) -> None:
    house, other = await houses.make_house(), await houses.make_house()
    grant_id = await lend(house)
    seen = {}
    for who in ("head0", "head1", "tenant_admin"):
        async with house.at(who=who):
            before = db.engine().queries
            page = await delegation.list_delegations(actor=house.people[who])
            assert db.engine().queries - before == 1
        seen[who] = [(row.id, row.may_end) for row in page.rows]
    assert seen == {
        "head0": [(grant_id, True)],
        "head1": [],
        "tenant_admin": [(grant_id, True)],
    }
    async with other.at(who="tenant_admin"):
        foreign = await delegation.list_delegations(actor=other.people["tenant_admin"])
    assert foreign.rows == []


async def test_those_who_may_get_it_are_searched_inside_the_unit(app_db: db.TenantEngine) -> None:
    house = await houses.make_house()
    await make_account(house.tenant_id, unit_id=house.units[0], username="tim.toi")
    async with house.at(who="head0"):
        await db.execute("UPDATE account SET search_name = fold(display_name || ' ' || username)")
        head = house.people["head0"]
        asked = {"role": "unit_head", "unit_id": house.units[0]}
        everybody, more = await delegation.candidates(actor=head, **asked)  # type: ignore[arg-type]
        found, _ = await delegation.candidates(actor=head, search="TIM.TOI", **asked)  # type: ignore[arg-type]
        with pytest.raises(NotFoundError):
            await delegation.candidates(role="unit_head", unit_id=house.units[1], actor=head)
    assert (len(everybody), more) == (2, False)
    assert [each.username for each in found] == ["tim.toi"]
