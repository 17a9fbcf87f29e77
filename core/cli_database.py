"""Work of a command on the servers of this installation. A composition root."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from core.kit import db
from core.settings import settings

Result = TypeVar("Result")


def with_database(work: Callable[[], Coroutine[Any, Any, Result]]) -> Result:
    """Run some work with the application's pool open, and the operators' where it is set."""

    async def run() -> Result:
        engines = [db.configure(settings().database_app_url)]
        await engines[0].start_connection_pool(min_size=1, max_size=10)
        if settings().database_platform_url:
            engines.append(db.configure_platform(settings().database_platform_url))
            await engines[1].start_connection_pool(min_size=0, max_size=5)
        try:
            return await work()
        finally:
            for engine in engines:
                await engine.close_connection_pool()

    return asyncio.run(run())
