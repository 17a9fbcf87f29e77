"""The check of the audit trail: the newest events of each department, and their anchors."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from core.audit import anchors as anchoring
from core.audit.schemas import Anchor
from core.audit.sources import TableChain
from core.audit.verify import verify
from core.doctor.schemas import Database, Finding
from core.errors import UnavailableError
from core.kit import clock

NEWEST_EVENTS = 2000
NEWEST_ANCHORS = 7
OLDEST_ANCHOR = timedelta(days=2)
REMEDY = (
    "`thidua audit verify` names every fault; an old anchor means that no worker runs or that"
    " the storage refuses (docs/operators/audit.md)"
)


async def check_trail(database: Database) -> Finding:
    """The newest events of every department verify, and its head left the database lately."""
    tenants = await database.app.fetch(
        "SELECT id, slug, created_at FROM tenant WHERE status = 'active' ORDER BY slug"
    )
    wrong = []
    for tenant in tenants:
        try:
            wrong += await _problems(database, tenant)
        except (UnavailableError, ValueError) as error:
            wrong.append(f"{tenant['slug']}: {error}")
    detail = "; ".join(wrong[:5]) or f"{len(tenants)} departments, newest {NEWEST_EVENTS} events"
    return Finding("audit trail", not wrong, detail, REMEDY if wrong else "")


async def _problems(database: Database, tenant: Any) -> list[str]:
    name = str(tenant["id"])
    known = await anchoring.newest_anchors(name, NEWEST_ANCHORS)
    async with database.app.transaction(isolation="repeatable_read", readonly=True):
        await database.app.execute("SELECT set_config('app.tenant_id', $1, true)", name)
        chain = TableChain(name, database.app.fetch)
        report = await verify(chain, known, newest=NEWEST_EVENTS)
    found = [f"{tenant['slug']}: {finding.sentence}" for finding in report.findings]
    if _is_old(known, tenant["created_at"]):
        found.append(f"{tenant['slug']}: no anchor since {OLDEST_ANCHOR.days} days")
    return found


def _is_old(known: list[Anchor], created: Any) -> bool:
    since = known[0].at if known else created
    return bool(clock.now() - since > OLDEST_ANCHOR)
