"""Jobs, mails, health, sizes and the trail across departments: counts and states, no contents."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope, unscoped
from tenants.platform import health, repository_operation
from tenants.platform.phrases_doctor import DOCTOR
from tests.factories import make_account, make_tenant
from tests.integration.platform.console import signed_in

SECRET = "NOI-DUNG-KIN"


async def make_job(tenant: UUID, *, error: str = "", job: str = "test.job") -> UUID:
    job_id = new_id()
    with tenant_scope(tenant):
        async with db.transaction():
            await db.execute(
                "INSERT INTO outbox (id, job, arguments, created_at, sent_at, attempts, error)"
                " VALUES ($1, $2, $3, now(), now(), 3, $4)",
                job_id,
                job,
                {"text": SECRET},
                error,
            )
    return job_id


async def make_mail(tenant: UUID, state: str) -> UUID:
    mail_id = new_id()
    account = await make_account(tenant, unit_id=tenant)
    with tenant_scope(tenant):
        async with db.transaction():
            await db.execute(
                "INSERT INTO mail (id, account_id, dedup_key, to_address, subject, body, state,"
                " created_at, error) VALUES ($1, $2, $3, $4, $4, $4, $5, now(), 'Máy chủ từ chối')",
                mail_id,
                account,
                str(mail_id),
                SECRET,
                state,
            )
    return mail_id


async def test_failed_jobs_are_shown_without_contents_and_done_again(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    one, two = await make_tenant(), await make_tenant()
    first, second = (
        await make_job(one, error="hỏng vì A", job="notifications.send_mail"),
        await make_job(two, error="hỏng vì B"),
    )
    fine = await make_job(two)
    async with signed_in() as browser:
        page = await browser.get("/cong-viec")
        assert "hỏng vì A" in page.text
        assert "Gửi thư" in page.text
        assert "notifications.send_mail" not in page.text
        assert SECRET not in page.text
        await browser.post("/cong-viec/lam-lai", id=str(first))
        rows = "SELECT error, sent_at IS NULL AS waits, attempts FROM outbox WHERE id = $1"
        assert tuple(await superuser.fetchrow(rows, first)) == ("", True, 0)
        assert tuple(await superuser.fetchrow(rows, second)) == ("hỏng vì B", False, 3)
        await browser.post("/cong-viec/lam-lai", all="1")
        assert tuple(await superuser.fetchrow(rows, second)) == ("", True, 0)
        assert tuple(await superuser.fetchrow(rows, fine)) == ("", False, 3)
        assert (await browser.post("/cong-viec/lam-lai", id="khong")).status_code == 422
        trail = await browser.get("/nhat-ky?tim=retry_jobs")
        assert trail.text.count("Cho làm lại việc nền") == 2


async def test_only_mails_that_certainly_did_not_go_out_are_sent_again(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    made = {
        state: await make_mail(tenant, state) for state in ("failed", "unknown", "sending", "sent")
    }
    async with signed_in() as browser:
        page = await browser.get("/cong-viec")
        assert "Máy chủ từ chối" in page.text
        assert SECRET not in page.text
        await browser.post("/cong-viec/gui-lai", id=str(made["unknown"]))
        await browser.post("/cong-viec/gui-lai", all="1")
    states = {
        state: await superuser.fetchval("SELECT state FROM mail WHERE id = $1", mail_id)
        for state, mail_id in made.items()
    }
    assert states == {
        "failed": "queued",
        "unknown": "unknown",
        "sending": "sending",
        "sent": "sent",
    }
    jobs = await superuser.fetch(
        "SELECT arguments ->> 'mail_id' AS mail_id FROM outbox"
        " WHERE tenant_id = $1 AND done_at IS NULL AND job = 'notifications.send_mail'",
        tenant,
    )
    assert [job["mail_id"] for job in jobs] == [str(made["failed"])]


async def test_health_and_sizes_are_told(app_db: db.TenantEngine) -> None:
    tenant = await make_tenant()
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            short_name = await db.fetchval("SELECT short_name FROM tenant WHERE id = $1", tenant)
            found = {check.name: check.ok for check in await health.checks()}
            state = await health.statements()
    assert found["Cơ sở dữ liệu"]
    assert found["Valkey"]
    assert found["Kho tệp"]
    assert not found["Tiến trình việc nền"]  # no worker runs in the tests
    assert state.slow == []
    async with signed_in() as browser:
        page = await browser.get("/suc-khoe")
        assert "pg_stat_statements" in page.text
        sizes = await browser.get("/suc-khoe/dung-luong")
        assert short_name in sizes.text


async def test_the_doctors_checks_are_shown(app_db: db.TenantEngine) -> None:
    async with signed_in() as browser:
        page = await browser.get("/suc-khoe/kiem-tra")
    assert page.status_code == 200
    for name in ("postgresql version", "row-level security", "queue", "storage"):
        assert DOCTOR[name].title in page.text
    assert DOCTOR["queue"].well in page.text


def test_every_check_of_the_doctor_has_vietnamese_words() -> None:
    folder = Path(__file__).parents[3] / "core" / "doctor"
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert set(re.findall(r'Finding\(\s*"([^"]+)"', source)) == set(DOCTOR)


async def test_the_trail_is_searched_and_an_altered_or_cut_one_is_told(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    tenant = await make_tenant()
    async with signed_in() as browser:
        await browser.post(f"/so/{tenant}/han-muc", storage_mb="5", accounts="7")
        page = await browser.get("/nhat-ky?nguoi=" + browser.username)
        assert "số tài khoản tối đa: (trống) → 7" in page.text
        assert f"Đăng nhập: {browser.username}" in page.text
        assert "Chuỗi nguyên vẹn" in page.text
        assert "password_hash" not in page.text
        nothing = await browser.get("/nhat-ky?tim=khong-he-co&truoc=abc")
        assert nothing.status_code == 422
        nothing = await browser.get("/nhat-ky?tim=khong-he-co-gi")
        assert "Không có dòng nào khớp" in nothing.text

        async def broken() -> int | None:
            with db.as_platform(), unscoped(reason="test"):
                async with db.transaction():
                    return await repository_operation.first_broken_link()

        assert await broken() is None
        last = await superuser.fetchrow("SELECT * FROM platform_event ORDER BY seq DESC LIMIT 1")
        for attack in (
            "UPDATE platform_event SET reason = 'khác' WHERE seq = $1",
            "DELETE FROM platform_event WHERE seq = $1",
        ):
            transaction = superuser.transaction()
            await transaction.start()
            await superuser.execute("SET LOCAL session_replication_role = replica")
            await superuser.execute(attack, last["seq"])
            rows = await superuser.fetchval(repository_operation.FIRST_BROKEN)
            await transaction.rollback()
            assert rows == last["seq"]
        assert await broken() is None


@pytest.mark.parametrize(
    "statement", ["UPDATE platform_event SET seq = 0", "DELETE FROM platform_event"]
)
async def test_nobody_changes_the_trail(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, statement: str
) -> None:
    await make_tenant()
    with pytest.raises(asyncpg.RaiseError, match="append-only"):
        await superuser.execute(statement)
