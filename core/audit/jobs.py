"""Daily work on the trail, one tenant at a time (run by the worker inside a tenant's scope)."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import structlog

from core.audit.anchors import newest_anchors, write_anchor
from core.audit.sources import TableChain
from core.audit.verify import verify
from core.kit import clock, db
from core.kit.scope import current_tenant

COMPARED = 7
MOST_EVENTS = 200_000
log = structlog.get_logger("audit")
_written: dict[UUID, date] = {}


async def anchor_trail() -> None:
    """Write the head of the department's trail down outside the database, once a day.

    What came since the last days' anchors is verified first; a fault is an error in the log, and
    the new head is written all the same: the old anchors stay and go on telling.
    """
    tenant_id = current_tenant()
    if _written.get(tenant_id) == clock.today():
        return
    chain = TableChain(str(tenant_id), db.fetch)
    anchors = await newest_anchors(chain.name, COMPARED)
    since = min((anchor.seq for anchor in anchors), default=1)
    newest = (await chain.head()).seq - since + 1
    report = await verify(chain, anchors, newest=max(1, min(newest, MOST_EVENTS)))
    for finding in report.findings:
        log.error("audit_chain", chain=chain.name, fault=finding.fault, detail=finding.sentence)
    if anchor := await write_anchor(chain):
        log.info("audit_anchor", chain=chain.name, seq=anchor.seq, hash=anchor.hash)
    _written[tenant_id] = clock.today()
