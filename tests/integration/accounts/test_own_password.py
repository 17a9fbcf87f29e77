"""One's own password: changed, forgotten and set again by a mailed link; recovery codes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from core.accounts import service
from core.accounts.schemas import Stage
from core.errors import (
    InvalidInputError,
    NotFoundError,
)
from tests.factories import make_tenant
from tests.integration.accounts.conftest import Place
from tests.integration.accounts.helpers import (
    PASSWORD,
    START,
    add,
    code_at,
    later,
    session,
    signed_in,
    view,
    with_factor,
    work,
)

NEW = "Mùa thu 2026 đẹp!"


@pytest.mark.parametrize(
    ("current", "new", "repeated", "field"),
    [
        ("sai", NEW, NEW, "current"),
        (PASSWORD, PASSWORD, PASSWORD, "new"),
        (PASSWORD, "ngắn", "ngắn", "new"),
        (PASSWORD, NEW, NEW + "x", "repeated"),
    ],
)
async def test_a_new_password_that_is_refused(
    place: Place, current: str, new: str, repeated: str, field: str
) -> None:
    await add(place.tenant, "ductv")
    found = await view(place.tenant, "ductv")
    with pytest.raises(InvalidInputError) as raised:
        async with work(place.tenant):
            await service.change_password(
                session=found, current=current, new=new, repeated=repeated
            )
    assert list(raised.value.fields) == [field]


async def test_a_new_password_ends_all_other_sessions(place: Place) -> None:
    await add(place.tenant, "ductv")
    old = await signed_in(place.tenant, "ductv")
    token = await signed_in(place.tenant, "ductv")
    found = await session(place.tenant, token)
    assert found is not None
    async with work(place.tenant):
        await service.change_password(session=found, current=PASSWORD, new=NEW, repeated=NEW)
    assert await session(place.tenant, old) is None
    assert await session(place.tenant, token) is not None


async def mailed_token(place: Place, superuser: Any, identifier: str) -> str | None:
    async with work(place.tenant):
        await service.request_reset(identifier=identifier, site="http://so.localhost:8000")
    body = await superuser.fetchval(
        "SELECT body FROM mail WHERE tenant_id = $1 ORDER BY id DESC LIMIT 1", place.tenant
    )
    found = re.search(r"http://so\.localhost:8000/dat-lai-mat-khau/(\S+)", body or "")
    return found.group(1) if found else None


async def test_a_mailed_link_sets_a_password_once(place: Place, superuser: Any) -> None:
    await add(place.tenant, "ductv", email="Duc@example.vn")
    old = await signed_in(place.tenant, "ductv")
    token = await mailed_token(place, superuser, "duc@example.vn")
    assert token
    async with work(place.tenant):
        assert (await service.reset_rule(token=token)).least == 14
    with pytest.raises(InvalidInputError):
        async with work(place.tenant):
            await service.reset_password(token=token, new="ngắn", repeated="ngắn")
    async with work(place.tenant):
        await service.reset_password(token=token, new=NEW, repeated=NEW)
    assert await session(place.tenant, old) is None
    async with work(place.tenant):
        assert (await service.sign_in(username="ductv", password=NEW)).stage is Stage.FULL
        with pytest.raises(NotFoundError):
            await service.reset_password(token=token, new=NEW + "2", repeated=NEW + "2")


async def test_a_link_ends_after_an_hour_and_with_the_next_one(
    place: Place, superuser: Any
) -> None:
    await add(place.tenant, "ductv", email="duc@example.vn")
    first = await mailed_token(place, superuser, "ductv")
    second = await mailed_token(place, superuser, "ductv")
    assert first
    assert second
    async with work(place.tenant, later(minutes=59)):
        with pytest.raises(NotFoundError):
            await service.reset_rule(token=first)
        await service.reset_rule(token=second)
    async with work(place.tenant, later(minutes=61)):
        with pytest.raises(NotFoundError):
            await service.reset_rule(token=second)
    elsewhere = await make_tenant()
    async with work(elsewhere):
        with pytest.raises(NotFoundError):
            await service.reset_rule(token=second)


async def test_no_link_for_the_unknown_the_locked_and_those_without_mail(
    place: Place, superuser: Any
) -> None:
    locked = await add(place.tenant, "khoa", email="khoa@example.vn")
    await add(place.tenant, "khongthu")
    async with work(place.tenant):
        await service.lock_account(locked, actor=place.chief)
    for identifier in ("khoa", "khongthu", "khong-co", "", "khoa@example.vn"):
        assert await mailed_token(place, superuser, identifier) is None, identifier


async def test_new_recovery_codes_need_the_password_and_end_the_old_ones(place: Place) -> None:
    account_id = await add(place.tenant, "kiemtra", "auditor")
    secret, codes = await with_factor(place.tenant, account_id)
    found = await view(place.tenant, "kiemtra")
    async with work(place.tenant):
        await service.verify_totp(session=found, code=code_at(secret, START))
    with pytest.raises(InvalidInputError):
        async with work(place.tenant):
            await service.renew_recovery_codes(session=found, password="sai")
    async with work(place.tenant):
        fresh = await service.renew_recovery_codes(session=found, password=PASSWORD)
    assert not set(fresh) & set(codes)
    again = await view(place.tenant, "kiemtra")
    with pytest.raises(InvalidInputError):
        async with work(place.tenant):
            await service.verify_totp(session=again, code=codes[0])
    async with work(place.tenant):
        assert await service.verify_totp(session=again, code=fresh[0]) is Stage.FULL
