"""Programs that ask the API of departments."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from core.kit import db
from tenants.service import forget_hosts
from tests.application import application


@pytest.fixture
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    forget_hosts()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application())) as made:  # type: ignore[arg-type]
        yield made
