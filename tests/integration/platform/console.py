"""The console behind the real edge, and an operator's browser."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import httpx
import pyotp

from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import unscoped
from tenants.platform.operators import create_demo_operator
from tenants.service import forget_hosts
from tests.application import application

CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')
PASSWORD = "Mat-khau01-vanhanh"


@dataclass
class Window:
    """One operator's browser on the bare host (or on another)."""

    client: httpx.AsyncClient
    username: str = ""
    secret: str = ""
    page: str = ""

    async def get(self, path: str) -> httpx.Response:
        answer = await self.client.get(path)
        self.page = answer.text or self.page
        return answer

    async def post(self, path: str, **fields: Any) -> httpx.Response:
        """Send a form with the token of the last page (or of the sign-in page)."""
        if not CSRF.search(self.page):
            await self.get("/dang-nhap")
        found = CSRF.search(self.page)
        assert found, self.page[:500]
        answer = await self.client.post(path, data={"_csrf_token": found.group(1), **fields})
        if answer.status_code != 303:
            self.page = answer.text
        return answer

    async def sign_in(self) -> None:
        await self.post("/dang-nhap", username=self.username, password=PASSWORD)
        answer = await self.post("/xac-thuc", code=pyotp.TOTP(self.secret).now())
        assert answer.headers["location"] == "/", answer.text[:500]
        await self.get("/so")


async def make_operator() -> tuple[str, str]:
    """Make an operator with a known password and authenticator; return name and secret."""
    username, secret = f"op-{new_id().hex[-10:]}", pyotp.random_base32()
    with db.as_platform(), unscoped(reason="test"):
        async with db.transaction():
            assert await create_demo_operator(
                username, "Người Vận Hành", password=PASSWORD, totp_secret=secret
            )
    return username, secret


@asynccontextmanager
async def window(host: str = "localhost", **options: Any) -> AsyncIterator[Window]:
    """Open a browser; the client's address is of its own, so that no test waits for another."""
    forget_hosts()  # departments made a moment ago are known at once
    transport = httpx.ASGITransport(application(), client=(str(new_id()), 1))  # type: ignore[arg-type]
    async with httpx.AsyncClient(
        transport=transport, base_url=f"http://{host}", follow_redirects=False
    ) as client:
        yield Window(client, **options)


@asynccontextmanager
async def signed_in() -> AsyncIterator[Window]:
    """Open a browser in which a fresh operator is signed in."""
    username, secret = await make_operator()
    async with window(username=username, secret=secret) as opened:
        await opened.sign_in()
        yield opened
