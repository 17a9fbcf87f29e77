"""Daily work on the trail, one tenant at a time (run by the worker inside a tenant's scope)."""

from __future__ import annotations

from datetime import date

import asyncpg
import structlog

from core.audit.anchors import newest_anchors, write_anchor
from core.audit.sources import PLATFORM, TableChain, platform_chain
from core.audit.verify import verify
from core.kit import clock, db
from core.kit.scope import current_tenant
from core.settings import settings

COMPARED = 7
MOST_EVENTS = 200_000
log = structlog.get_logger("audit")
_written: dict[str, date] = {}


async def anchor_trail() -> None:
    """Write the head of the department's trail down outside the database, once a day.

    What came since the last days' anchors is verified first; a fault is an error in the log, and
    the new head is written all the same: the old anchors stay and go on telling.
    """
    await _anchor(TableChain(str(current_tenant()), db.fetch))


async def anchor_platform() -> None:
    """Do the same with the operators' own trail, on a connection of their role.

    Raises:
        OSError, asyncpg.PostgresError: the database does not answer.
        UnavailableError: the storage does not take it.
    """
    if not settings().database_platform_url or _written.get(PLATFORM) == clock.today():
        return
    connection = await asyncpg.connect(settings().database_platform_url)
    try:
        await _anchor(platform_chain(connection.fetch))
    finally:
        await connection.close()


async def _anchor(chain: TableChain) -> None:
    if _written.get(chain.name) == clock.today():
        return
    anchors = await newest_anchors(chain.name, COMPARED)
    since = min((anchor.seq for anchor in anchors), default=1)
    newest = (await chain.head()).seq - since + 1
    report = await verify(chain, anchors, newest=max(1, min(newest, MOST_EVENTS)))
    for finding in report.findings:
        log.error("audit_chain", chain=chain.name, fault=finding.fault, detail=finding.sentence)
    if anchor := await write_anchor(chain):
        log.info("audit_anchor", chain=chain.name, seq=anchor.seq, hash=anchor.hash)
    _written[chain.name] = clock.today()
