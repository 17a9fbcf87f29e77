"""Sign-in on real PostgreSQL: two departments, lock-out, second factor, replay, idle time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from core.accounts import service, throttle
from core.accounts.schemas import SYSTEM, Stage
from core.errors import ConflictError, InvalidInputError, SignInRequiredError
from core.kit import db
from tests.factories import make_tenant
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


@pytest.fixture
async def tenant(app_db: db.TenantEngine) -> UUID:
    return await make_tenant()


async def refused(tenant_id: UUID, **given: Any) -> InvalidInputError:
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant_id):
            await service.sign_in(**given)
    return raised.value


async def test_the_same_name_in_two_departments_is_two_people(app_db: db.TenantEngine) -> None:
    first, second = await make_tenant(), await make_tenant()
    mine, other = await add(first, "vanthu"), await add(second, "vanthu")
    token = await signed_in(first, "VanThu ")
    found = await session(first, token)
    assert found is not None
    assert (found.actor.account_id, found.actor.tenant_id) == (mine, first)
    assert mine != other
    assert await session(second, token) is None, "a cookie is worth nothing on another host"


async def test_resolving_is_one_query_and_carries_the_grants(tenant: UUID) -> None:
    await add(tenant, "binh", "unit_clerk", "unit_head")
    token = await signed_in(tenant, "binh")
    async with work(tenant):
        before = db.engine().queries
        found = await service.resolve_session(token)
        assert db.engine().queries - before == 1
    assert found is not None
    assert found.stage is Stage.FULL
    assert {g.role for g in found.actor.roles} == {"unit_clerk", "unit_head"}
    assert {g.unit_path for g in found.actor.roles} == {f"/{tenant}/"}


async def test_unknown_wrong_locked_and_inactive_hear_the_same(tenant: UUID) -> None:
    for name in ("sai", "khoa", "nghi"):
        account_id = await add(tenant, name)
        async with work(tenant):
            if name == "khoa":
                await service.lock_account(account_id, actor=SYSTEM)
            if name == "nghi":
                await service.deactivate_account(account_id, actor=SYSTEM)
    answers = [
        await refused(tenant, username="khong-co", password=PASSWORD),
        await refused(tenant, username="sai", password="x" + PASSWORD),
        await refused(tenant, username="khoa", password=PASSWORD),
        await refused(tenant, username="nghi", password=PASSWORD),
    ]
    assert len({(e.code, e.detail, tuple(e.fields.items())) for e in answers}) == 1
    assert answers[0].code == "wrong_credentials"


async def test_unknown_names_cost_the_same_hashing(
    tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    real = service.sign_in.__globals__["security"].verify_password

    async def counted(password: str, stored: str) -> bool:
        calls.append(stored)
        return await real(password, stored)

    monkeypatch.setattr("core.kit.security.verify_password", counted)
    await refused(tenant, username="khong-co", password="bất kỳ")
    assert calls == [""], "an unknown name is checked against a hash that nobody knows"


async def test_five_failures_lock_until_the_administrator_unlocks(
    tenant: UUID, superuser: Any
) -> None:
    account_id = await add(tenant, "bich")
    for _ in range(4):
        await refused(tenant, username="bich", password="sai")
    await signed_in(tenant, "bich")
    for _ in range(5):
        await refused(tenant, username="bich", password="sai")
    await refused(tenant, username="bich", password=PASSWORD)
    async with work(tenant, later(days=40)):
        with pytest.raises(InvalidInputError):
            await service.sign_in(username="bich", password=PASSWORD)
    admin = (await view(tenant, await _admin(tenant))).actor
    async with work(tenant):
        await service.unlock_account(account_id, actor=admin)
    assert await signed_in(tenant, "bich")
    changes = await superuser.fetch(
        "SELECT changes ? 'locked_at' AS locks FROM audit_event"
        " WHERE tenant_id = $1 AND row_id = $2 AND table_name = 'account'",
        tenant,
        account_id,
    )
    assert sum(row["locks"] for row in changes) >= 2, "locking and unlocking are in the audit"


async def _admin(tenant: UUID) -> str:
    await add(tenant, "quantri", "tenant_admin")
    return "quantri"


async def test_a_session_that_is_open_survives_a_lock_by_somebody_who_guesses(tenant: UUID) -> None:
    await add(tenant, "cuc")
    token = await signed_in(tenant, "cuc")
    for _ in range(5):
        await refused(tenant, username="cuc", password="sai")
    assert await session(tenant, token) is not None


async def test_parallel_guesses_count_one_by_one(tenant: UUID, superuser: Any) -> None:
    import asyncio

    account_id = await add(tenant, "dung")
    await asyncio.gather(
        *(refused(tenant, username="dung", password=f"sai {n}") for n in range(4)),
    )
    count = await superuser.fetchval("SELECT failed_count FROM account WHERE id = $1", account_id)
    assert count == 4


async def test_officers_must_set_up_a_second_factor_and_clerks_need_not(tenant: UUID) -> None:
    await add(tenant, "chuyenvien", "officer")
    await add(tenant, "nguoisoan", "unit_clerk")
    assert (await view(tenant, "chuyenvien")).stage is Stage.ENROL
    assert (await view(tenant, "nguoisoan")).stage is Stage.FULL
    admin = await add(tenant, "quantri", "tenant_admin")
    await with_factor(tenant, admin)
    async with work(tenant):
        await service.set_second_factor_for_all(asked=True, actor=SYSTEM)
    assert (await view(tenant, "nguoisoan")).stage is Stage.ENROL
    async with work(tenant):
        await service.set_second_factor_for_all(asked=False, actor=SYSTEM)
    assert (await view(tenant, "nguoisoan")).stage is Stage.FULL


async def test_enrolment_stores_an_encrypted_secret_after_the_first_right_code(
    tenant: UUID, superuser: Any
) -> None:
    account_id = await add(tenant, "chuyenvien", "officer")
    at_work = await view(tenant, "chuyenvien")
    async with work(tenant):
        enrolment = await service.start_enrolment(session=at_work, issuer="SYT")
    assert enrolment.qr_svg.startswith("<svg")
    assert "viewBox=" in enrolment.qr_svg, "the picture scales with its frame"
    assert " width=" not in enrolment.qr_svg.partition(">")[0]
    assert "style=" not in enrolment.qr_svg
    async with work(tenant):
        with pytest.raises(InvalidInputError):
            await service.confirm_enrolment(session=at_work, sealed=enrolment.sealed, code="000000")
        again = await service.shown_again(session=at_work, sealed=enrolment.sealed, issuer="SYT")
    assert again.secret == enrolment.secret
    async with work(tenant):
        codes = await service.confirm_enrolment(
            session=at_work, sealed=again.sealed, code=code_at(enrolment.secret, START)
        )
    assert len(set(codes)) == 10
    row = await superuser.fetchrow("SELECT * FROM account WHERE id = $1", account_id)
    assert enrolment.secret not in row["totp_secret"]
    stored = await superuser.fetch(
        "SELECT code_hash FROM recovery_code WHERE account_id = $1", account_id
    )
    assert not {r["code_hash"] for r in stored} & set(codes)
    assert (await view(tenant, "chuyenvien")).stage is Stage.TOTP


async def test_somebody_elses_enrolment_form_is_refused(tenant: UUID) -> None:
    await add(tenant, "thunhat", "officer")
    await add(tenant, "thuhai", "officer")
    first, second = await view(tenant, "thunhat"), await view(tenant, "thuhai")
    async with work(tenant):
        enrolment = await service.start_enrolment(session=first, issuer="SYT")
        with pytest.raises(InvalidInputError) as raised:
            await service.confirm_enrolment(
                session=second, sealed=enrolment.sealed, code=code_at(enrolment.secret, START)
            )
    assert raised.value.code == "enrol_again"


async def test_a_code_is_taken_once(tenant: UUID) -> None:
    secret, _codes = await with_factor(tenant, await add(tenant, "kiemtra", "auditor"))
    code = code_at(secret, START)
    first = await view(tenant, "kiemtra")
    assert first.stage is Stage.TOTP
    async with work(tenant):
        assert (
            await service.verify_totp(session=first, code=f" {code[:3]} {code[3:]}") is Stage.FULL
        )
    second = await view(tenant, "kiemtra")
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant):
            await service.verify_totp(session=second, code=code)
    assert raised.value.code == "wrong_code"
    with pytest.raises(InvalidInputError):
        async with work(tenant):
            await service.verify_totp(session=second, code=code_at(secret, later(seconds=-30)))
    async with work(tenant, later(seconds=30)):
        next_code = code_at(secret, later(seconds=30))
        assert await service.verify_totp(session=second, code=next_code) is Stage.FULL


async def test_a_recovery_code_is_taken_once(tenant: UUID) -> None:
    _secret, codes = await with_factor(tenant, await add(tenant, "kiemtra", "auditor"))
    first = await view(tenant, "kiemtra")
    async with work(tenant):
        assert await service.verify_totp(session=first, code=codes[3].upper()) is Stage.FULL
    second = await view(tenant, "kiemtra")
    with pytest.raises(InvalidInputError):
        async with work(tenant):
            await service.verify_totp(session=second, code=codes[3])
    async with work(tenant):
        assert await service.recovery_codes_left(actor=first.actor) == 9


async def test_wrong_codes_lock_too_and_the_password_does_not_set_them_back(tenant: UUID) -> None:
    secret, _codes = await with_factor(tenant, await add(tenant, "kiemtra", "auditor"))
    for _ in range(5):
        at_code = await view(tenant, "kiemtra")
        with pytest.raises(InvalidInputError):
            async with work(tenant):
                await service.verify_totp(session=at_code, code="000000")
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant):
            await service.verify_totp(session=at_code, code=code_at(secret, START))
    assert raised.value.code == "locked"
    await refused(tenant, username="kiemtra", password=PASSWORD)


async def test_a_session_before_its_code_is_good_for_nothing_else(tenant: UUID) -> None:
    await with_factor(tenant, await add(tenant, "kiemtra", "auditor"))
    at_code = await view(tenant, "kiemtra")
    async with work(tenant):
        with pytest.raises(SignInRequiredError):
            await service.change_password(
                session=at_code, current=PASSWORD, new="Mới tinh 2027!", repeated="Mới tinh 2027!"
            )
        with pytest.raises(SignInRequiredError):
            await service.start_enrolment(session=at_code, issuer="SYT")


@pytest.mark.parametrize(("role", "minutes"), [("unit_clerk", 15), ("tenant_admin", 5)])
async def test_idle_time_by_role_and_the_password_again_on_the_same_cookie(
    tenant: UUID, role: str, minutes: int
) -> None:
    await add(tenant, "binh", role)
    token = await signed_in(tenant, "binh")
    in_time = await session(tenant, token, later(minutes=minutes))
    assert in_time is not None
    assert not in_time.idle_expired
    last = minutes * 2
    idle = await session(tenant, token, later(minutes=last, seconds=1))
    assert idle is not None
    assert idle.idle_expired
    again = later(minutes=last + 1)
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant, again):
            await service.reauthenticate(token=token, password="sai")
    assert raised.value.fields == {"password": "Mật khẩu không đúng."}
    async with work(tenant, again):
        await service.reauthenticate(token=token, password=PASSWORD)
    awake = await session(tenant, token, again)
    assert awake is not None
    assert not awake.idle_expired


async def test_past_its_hours_the_code_is_asked_too(tenant: UUID) -> None:
    secret, _codes = await with_factor(tenant, await add(tenant, "kiemtra", "auditor"))
    token = await signed_in(tenant, "kiemtra")
    found = await session(tenant, token)
    assert found is not None
    async with work(tenant):
        await service.verify_totp(session=found, code=code_at(secret, START))
    after = later(minutes=30)
    async with work(tenant, after):
        await service.reauthenticate(token=token, password=PASSWORD)
    tomorrow = later(hours=24)
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant, tomorrow):
            await service.reauthenticate(token=token, password=PASSWORD)
    assert raised.value.code == "code_required"
    async with work(tenant, tomorrow):
        await service.reauthenticate(token=token, password=PASSWORD, code=code_at(secret, tomorrow))
    awake = await session(tenant, token, tomorrow)
    assert awake is not None
    assert (awake.idle_expired, awake.stage) == (False, Stage.FULL)


async def test_seen_at_moves_at_most_once_a_minute(tenant: UUID, superuser: Any) -> None:
    await add(tenant, "binh")
    token = await signed_in(tenant, "binh")
    found = await session(tenant, token)
    assert found is not None
    query = "SELECT seen_at FROM session WHERE id = $1"
    await session(tenant, token, later(seconds=59))
    assert await superuser.fetchval(query, found.session_id) == START
    await session(tenant, token, later(seconds=60))
    assert await superuser.fetchval(query, found.session_id) == later(seconds=60)


async def test_administrators_change_their_password_every_two_months(tenant: UUID) -> None:
    secret, _codes = await with_factor(tenant, await add(tenant, "quantri", "tenant_admin"))
    for days, stage in ((60, Stage.FULL), (62, Stage.CHANGE_PASSWORD)):
        now = later(days=days)
        at_code = await view(tenant, "quantri", now)
        async with work(tenant, now):
            assert await service.verify_totp(session=at_code, code=code_at(secret, now)) is stage, (
                days
            )


async def test_tokens_for_programs(tenant: UUID) -> None:
    secret, _codes = await with_factor(tenant, await add(tenant, "chuyenvien", "officer"))
    with pytest.raises(InvalidInputError) as raised:
        async with work(tenant):
            await service.create_token(username="chuyenvien", password=PASSWORD)
    assert raised.value.code == "code_required"
    async with work(tenant):
        done = await service.create_token(
            username="chuyenvien", password=PASSWORD, code=code_at(secret, START)
        )
    assert done.expires_at == later(hours=12)
    async with work(tenant, later(hours=11)):
        found = await service.resolve_session(done.token, kind="api")
        assert found is not None
        assert not found.idle_expired
        assert await service.resolve_session(done.token, kind="web") is None
    async with work(tenant, later(hours=12)):
        assert await service.resolve_session(done.token, kind="api") is None


async def test_a_program_gets_no_token_before_the_second_factor_is_set_up(tenant: UUID) -> None:
    await add(tenant, "chuyenvien", "officer")
    with pytest.raises(ConflictError) as raised:
        async with work(tenant):
            await service.create_token(username="chuyenvien", password=PASSWORD)
    assert raised.value.code == "step_required"


async def test_sessions_are_listed_and_ended(tenant: UUID) -> None:
    await add(tenant, "binh")
    await add(tenant, "khac")
    tokens = [await signed_in(tenant, "binh") for _ in range(3)]
    mine, other = await session(tenant, tokens[0]), await view(tenant, "khac")
    assert mine is not None
    async with work(tenant):
        rows = await service.list_sessions(actor=mine.actor, current=mine.session_id)
    assert len(rows) == 3
    assert [row.id for row in rows if row.is_this_one] == [mine.session_id]
    second = await session(tenant, tokens[1])
    assert second is not None
    with pytest.raises(Exception, match="Không tìm thấy"):
        async with work(tenant):
            await service.revoke_session(second.session_id, actor=other.actor)
    async with work(tenant):
        await service.revoke_session(second.session_id, actor=mine.actor)
    assert await session(tenant, tokens[1]) is None
    async with work(tenant):
        assert await service.revoke_other_sessions(actor=mine.actor, current=mine.session_id) == 1
    assert await session(tenant, tokens[2]) is None
    async with work(tenant):
        await service.sign_out(mine)
    assert await session(tenant, tokens[0]) is None


async def test_tokens_are_stored_as_hashes(tenant: UUID, superuser: Any) -> None:
    await add(tenant, "binh")
    token = await signed_in(tenant, "binh")
    rows = await superuser.fetch("SELECT token_hash FROM session WHERE tenant_id = $1", tenant)
    assert len(rows) == 1
    assert token not in rows[0]["token_hash"]


async def test_an_address_waits_longer_and_longer_but_is_never_locked(
    app_db: db.TenantEngine, tenant: UUID
) -> None:
    address = f"10.0.0.{tenant.int % 200}-{tenant.hex[-4:]}"
    await add(tenant, "binh")
    for n in range(12):
        async with work(tenant):
            with pytest.raises(InvalidInputError):
                await service.sign_in(username=f"khong-co-{n}", password="sai", address=address)
    assert await throttle.failures(address) == 12
    assert [throttle.delay_seconds(n) for n in (0, 10, 11, 12, 15, 1000)] == [0, 0, 0.5, 1, 2.5, 5]
    async with work(tenant):
        assert await service.sign_in(username="binh", password=PASSWORD, address=address)


async def test_without_valkey_people_still_sign_in(
    tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    import msgspec

    from core.settings import settings

    gone = msgspec.structs.replace(settings(), valkey_url="redis://127.0.0.1:1/0")
    monkeypatch.setattr(throttle, "settings", lambda: gone)
    await add(tenant, "binh")
    assert await throttle.failures("10.1.1.1") == 0
    await refused(tenant, username="binh", password="sai", address="10.1.1.1")
    assert await signed_in(tenant, "binh")
