"""Mails: at most one for one event, whatever is retried, refused or killed in between."""

import asyncio
from collections.abc import AsyncIterator
from email.header import decode_header, make_header
from uuid import UUID

import asyncpg
import msgspec
import pytest

from core.jobs import runner
from core.jobs.service import enqueue
from core.kit import db
from core.kit.scope import tenant_scope
from core.notifications import jobs, smtp
from core.notifications.schemas import Event
from core.notifications.service import SEND_MAIL, notify
from core.settings import Settings, settings
from tests.factories import make_account, make_tenant
from tests.integration.notifications.mailserver import MailServer, running

pytestmark = pytest.mark.usefixtures("app_db")
HANDLERS = {handler.name: handler for handler in jobs.HANDLERS}


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[MailServer]:
    """A mail server, set as SMTP_URL."""
    async with running() as mail_server:
        changed: Settings = msgspec.structs.replace(settings(), smtp_url=mail_server.url)
        monkeypatch.setattr(jobs, "settings", lambda: changed)
        yield mail_server


async def one_mail(superuser: asyncpg.Connection) -> tuple[UUID, UUID]:
    """Queue one mail; return tenant and job."""
    tenant_id = await make_tenant()
    account_id = await make_account(tenant_id, unit_id=tenant_id, email="lan@example.vn")
    with tenant_scope(tenant_id):
        async with db.transaction():
            await notify(event=Event.RETURNED, account_ids=[account_id], body="Thiếu số liệu.",
                         title="Báo cáo được trả lại để bổ sung", dedup_key="k")  # fmt: skip
    job_id = await superuser.fetchval("SELECT id FROM outbox WHERE tenant_id = $1", tenant_id)
    return tenant_id, job_id


async def mail_row(superuser: asyncpg.Connection, tenant_id: UUID) -> asyncpg.Record:
    return await superuser.fetchrow("SELECT * FROM mail WHERE tenant_id = $1", tenant_id)


async def is_done(superuser: asyncpg.Connection, job_id: UUID) -> bool:
    return bool(
        await superuser.fetchval("SELECT done_at IS NOT NULL FROM outbox WHERE id = $1", job_id)
    )


async def test_a_mail_arrives_once_however_often_its_job_runs(
    superuser: asyncpg.Connection, server: MailServer
) -> None:
    tenant_id, job_id = await one_mail(superuser)
    await asyncio.gather(*[runner.run(HANDLERS, tenant_id, job_id) for _ in range(4)])
    await runner.run(HANDLERS, tenant_id, job_id)
    (mail,) = server.mails
    row = await mail_row(superuser, tenant_id)
    assert str(make_header(decode_header(mail["Subject"]))) == "Báo cáo được trả lại để bổ sung"
    assert mail["Message-ID"] == row["message_id"]
    assert "Thiếu số liệu." in mail.get_payload(decode=True).decode()
    assert row["state"] == "sent"
    assert row["sent_at"] is not None
    assert await is_done(superuser, job_id)


async def test_a_second_job_for_the_same_mail_sends_nothing(
    superuser: asyncpg.Connection, server: MailServer
) -> None:
    tenant_id, job_id = await one_mail(superuser)
    await runner.run(HANDLERS, tenant_id, job_id)
    row = await mail_row(superuser, tenant_id)
    with tenant_scope(tenant_id):
        async with db.transaction():
            again = await enqueue(SEND_MAIL, {"mail_id": str(row["id"])})
    await runner.run(HANDLERS, tenant_id, again)
    assert len(server.mails) == 1
    assert await is_done(superuser, again)


async def test_killed_after_the_server_took_it_the_mail_is_not_sent_again(
    superuser: asyncpg.Connection, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant_id, job_id = await one_mail(superuser)
    send = smtp.send

    async def send_and_die(*args: object) -> None:
        await send(*args)
        raise asyncio.CancelledError

    monkeypatch.setattr(smtp, "send", send_and_die)
    with pytest.raises(asyncio.CancelledError):
        await runner.run(HANDLERS, tenant_id, job_id)
    monkeypatch.setattr(smtp, "send", send)
    assert (await mail_row(superuser, tenant_id))["state"] == "sending"
    await runner.run(HANDLERS, tenant_id, job_id)
    assert len(server.mails) == 1
    assert (await mail_row(superuser, tenant_id))["state"] == "unknown"
    assert await is_done(superuser, job_id)


async def test_a_connection_that_breaks_after_the_content_is_not_tried_again(
    superuser: asyncpg.Connection, server: MailServer
) -> None:
    server.drop = True
    tenant_id, job_id = await one_mail(superuser)
    await runner.run(HANDLERS, tenant_id, job_id)
    server.drop = False
    await runner.run(HANDLERS, tenant_id, job_id)
    assert len(server.mails) == 1
    assert (await mail_row(superuser, tenant_id))["state"] == "unknown"


async def test_a_refusal_for_now_is_tried_again_and_then_sent(
    superuser: asyncpg.Connection, server: MailServer
) -> None:
    server.rcpt = "451 later"
    tenant_id, job_id = await one_mail(superuser)
    assert await runner.run(HANDLERS, tenant_id, job_id) == 2.0
    row = await mail_row(superuser, tenant_id)
    assert row["state"] == "queued"
    assert "later" in row["error"]
    server.rcpt = "250 ok"
    assert await runner.run(HANDLERS, tenant_id, job_id) is None
    assert len(server.mails) == 1
    assert (await mail_row(superuser, tenant_id))["error"] == ""


async def test_an_unknown_address_is_final(
    superuser: asyncpg.Connection, server: MailServer
) -> None:
    server.rcpt = "550 nobody"
    tenant_id, job_id = await one_mail(superuser)
    assert await runner.run(HANDLERS, tenant_id, job_id) is None
    assert (await mail_row(superuser, tenant_id))["state"] == "failed"
    assert await is_done(superuser, job_id)
    await runner.run(HANDLERS, tenant_id, job_id)
    assert server.connections == 1


async def test_a_mail_server_that_is_away_loses_no_mail(
    superuser: asyncpg.Connection, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    tenant_id, job_id = await one_mail(superuser)
    here = jobs.settings()
    away = msgspec.structs.replace(here, smtp_url="smtp://127.0.0.1:9")
    monkeypatch.setattr(jobs, "settings", lambda: away)
    assert await runner.run(HANDLERS, tenant_id, job_id) == 2.0
    monkeypatch.setattr(jobs, "settings", lambda: here)
    assert await runner.run(HANDLERS, tenant_id, job_id) is None
    assert len(server.mails) == 1


async def test_without_smtp_the_mail_is_kept_for_the_mailbox(
    superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = msgspec.structs.replace(settings(), smtp_url="")
    monkeypatch.setattr(jobs, "settings", lambda: without)
    tenant_id, job_id = await one_mail(superuser)
    assert await runner.run(HANDLERS, tenant_id, job_id) is None
    assert (await mail_row(superuser, tenant_id))["state"] == "kept"
    assert await is_done(superuser, job_id)
