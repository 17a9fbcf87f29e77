"""Two departments, people in them, and the clock in one's own hand."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from uuid import UUID

import pyotp

from core.accounts import service
from core.accounts.schemas import SYSTEM, SessionView
from core.kit import db
from core.kit.scope import tenant_scope

PASSWORD = "Một câu dài 2026!"
START = datetime.fromisoformat("2026-11-23T08:00:00+07:00")


@asynccontextmanager
async def work(tenant_id: UUID, now: datetime = START) -> AsyncIterator[None]:
    """One request's transaction in a department, at a given instant."""
    with tenant_scope(tenant_id, now=now.isoformat()):
        async with db.transaction():
            yield


def later(**parts: int) -> datetime:
    return START + timedelta(**parts)


async def add(
    tenant_id: UUID, username: str, *roles: str, unit_id: UUID | None = None, email: str = ""
) -> UUID:
    """Make an account with a known password, through the service."""
    async with work(tenant_id):
        slip = await service.create_account(
            actor=SYSTEM,
            username=username,
            display_name="Lê Thị Hồng Ánh",
            unit_id=unit_id or tenant_id,
            roles=[(role, unit_id or tenant_id) for role in roles],
            email=email,
            password=PASSWORD,
        )
    return slip.account.id


async def with_factor(tenant_id: UUID, account_id: UUID) -> tuple[str, list[str]]:
    """Give an account an authenticator; return its secret and the recovery codes."""
    secret = pyotp.random_base32()
    async with work(tenant_id):
        return secret, await service.set_second_factor(account_id, secret, actor=SYSTEM)


async def session(tenant_id: UUID, token: str, now: datetime = START) -> SessionView | None:
    async with work(tenant_id, now):
        return await service.resolve_session(token)


async def signed_in(tenant_id: UUID, username: str, now: datetime = START) -> str:
    async with work(tenant_id, now):
        return (await service.sign_in(username=username, password=PASSWORD)).token


async def view(tenant_id: UUID, username: str, now: datetime = START) -> SessionView:
    """Sign in and return the session as the edge would see it."""
    found = await session(tenant_id, await signed_in(tenant_id, username, now), now)
    assert found is not None
    return found


def code_at(secret: str, now: datetime) -> str:
    return pyotp.TOTP(secret).at(now)
