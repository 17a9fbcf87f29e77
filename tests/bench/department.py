"""A department of 700 units with a round in which every report is ready to be sent.

Made through the services, one transaction for each unit; prints what the load needs as JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from core import piccolo_conf
from core.accounts import service as accounts
from core.accounts.schemas import SYSTEM, Actor, Role
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.security import hash_token, new_token
from core.movements import service as movements
from core.organisation import service as organisation
from core.organisation.schemas import NewUnit
from core.reports import drafting, rounds
from core.settings import settings
from tenants import service as tenants
from tenants.demo.cast import _actor
from tenants.demo.filling import dice, fields_of
from tenants.schemas import NewTenant

HOST = "bench.localhost"
PLUGIN = "ha_noi"
ROUNDS = (("annual", 2026), ("plan", 2026), ("annual", 2025), ("on_request", 2026))


@asynccontextmanager
async def acting(tenant_id: UUID, actor: Actor) -> AsyncIterator[None]:
    """Open a transaction in the department."""
    with tenant_scope(tenant_id, actor_id=actor.account_id, reason="bench"):
        async with db.transaction():
            yield


async def session(actor: Actor) -> str:
    """Open a session and return its token."""
    token = new_token()
    await db.execute(
        "INSERT INTO session (id, account_id, token_hash, kind, stage, created_at, seen_at,"
        " expires_at, address, user_agent) VALUES ($1, $2, $3, 'web', 'full', official_now(),"
        " official_now(), official_now() + interval '8 hours', '', '')",
        new_id(), actor.account_id, hash_token(token),
    )  # fmt: skip
    return token


async def person(name: str, role: str, unit_id: UUID) -> Actor:
    """Make an account with one role."""
    slip = await accounts.create_account(
        actor=SYSTEM, username=name, display_name=f"Người {name}", unit_id=unit_id,
        roles=[(role, unit_id)], email=f"{name}@example.vn",
    )  # fmt: skip
    return _actor(slip.account)


async def make(count: int, ready: int) -> dict[str, Any]:
    """Make so many units, so many reports ready to be sent; return host, tokens and ids."""
    tenant = await tenants.provision(
        NewTenant(
            slug="bench", name="Sở Y tế của phép đo", short_name="Sở Y tế đo", hosts=(HOST,),
            plugin_slug=PLUGIN, official_code="01", place="Hà Nội",
        )
    )  # fmt: skip
    async with acting(tenant.id, SYSTEM):
        units = await organisation.add_units(
            [
                NewUnit(code=f"DV{n:03}", name=f"Bệnh viện Đa khoa số {n:03}", kind="hospital")
                for n in range(count)
            ],
            actor=SYSTEM,
        )
        head = await person("thutruong", Role.UNIT_HEAD, tenant.id)
        clerk = await person("soan", Role.UNIT_CLERK, units[0].id)
        officer = await person("chuyenvien", Role.OFFICER, tenant.id)
        tokens = {
            name: await session(actor)
            for name, actor in (("head", head), ("clerk", clerk), ("officer", officer))
        }
    async with acting(tenant.id, SYSTEM):
        await movements.publish_edition(actor=SYSTEM, reason="bench")
    opened = []
    for kind, year in ROUNDS:
        async with acting(tenant.id, officer):
            opened.append(await rounds.open_round(actor=officer, kind=kind, year=year))
    main = opened[0].id
    async with acting(tenant.id, officer):
        rows = await db.fetch(
            "SELECT r.id, r.unit_id FROM report r JOIN unit u ON u.id = r.unit_id"
            " WHERE r.round_id = $1 ORDER BY u.code",
            main,
        )
    for row in rows[:ready]:
        await _fill(tenant.id, head, row["id"])
    return {
        "tenant_id": str(tenant.id), "host": HOST, "round_id": str(main), "tokens": tokens,
        "head_id": str(head.account_id), "reports": [str(row["id"]) for row in rows[:ready]],
    }  # fmt: skip


async def _fill(tenant_id: UUID, head: Actor, report_id: UUID) -> None:
    async with acting(tenant_id, head):
        report = await drafting.get_report(actor=head, report_id=report_id)
        for part in report.parts:
            if part.is_editable:
                fields = fields_of(part, dice(report_id, part.key), "Khoa Khám bệnh")
                await drafting.save_part(
                    actor=head, report_id=report_id, part_key=part.key, version=part.version,
                    fields=fields,
                )  # fmt: skip


async def main() -> None:
    """Make the department of the environment's database."""
    engine = piccolo_conf.DB
    await engine.start_connection_pool(min_size=1, max_size=4)
    platform = db.configure_platform(settings().database_platform_url)
    await platform.start_connection_pool(min_size=0, max_size=1)
    try:
        made = await make(int(sys.argv[1]), int(sys.argv[2]))
    finally:
        await platform.close_connection_pool()
        await engine.close_connection_pool()
    print(json.dumps(made))


if __name__ == "__main__":
    os.environ.setdefault("PICCOLO_CONF", "core.piccolo_conf")
    asyncio.run(main())
