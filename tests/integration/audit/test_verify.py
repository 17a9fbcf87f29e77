"""Whatever somebody with all rights did to the chain is found and named."""

from __future__ import annotations

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import UUID

import asyncpg
import pytest

from core.audit import anchors as anchoring
from core.audit import jobs, verify
from core.audit.schemas import Fault, Report
from core.audit.sources import TableChain, platform_chain
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.kit.storage import Storage
from tests.factories import make_tenant

LINE = "audit_line(seq, at, actor_id, reason, table_name, row_id, action, changes)"
EVENTS = 12


@pytest.fixture
def outside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Storage:
    """A storage of anchors that this test alone writes to."""
    storage = Storage.from_url(f"file://{tmp_path}")
    monkeypatch.setattr(anchoring, "place", lambda: storage)
    monkeypatch.setattr(jobs, "_written", {})
    return storage


@pytest.fixture
async def tenant(app_db: db.TenantEngine) -> UUID:
    made = await make_tenant()
    await write(made, EVENTS - 1)  # the first event is the root unit
    return made


async def write(tenant: UUID, count: int, *, actor: UUID | None = None) -> None:
    with tenant_scope(tenant, actor_id=actor, reason="lý do | có gạch"):
        async with db.transaction():
            for _ in range(count):
                key = new_id().hex
                await db.execute(
                    "INSERT INTO tenant_setting (id, key, value) VALUES ($1, $2, 'ế | \"x\"')",
                    new_id(),
                    key,
                )


async def anchor(tenant: UUID, day: str) -> None:
    with tenant_scope(tenant, now=f"{day}T08:00:00+07:00"):
        async with db.transaction():
            await jobs.anchor_trail()


async def check(tenant: UUID, *, newest: int | None = None) -> Report:
    with tenant_scope(tenant):
        known = await anchoring.read_anchors(str(tenant))
        async with db.transaction(read_only=True):
            return await verify.verify(TableChain(str(tenant), db.fetch), known, newest=newest)


@asynccontextmanager
async def without_triggers(superuser: asyncpg.Connection) -> AsyncIterator[None]:
    """Whoever owns the machine can do this."""
    await superuser.execute("SET session_replication_role = replica")
    yield
    await superuser.execute("SET session_replication_role = origin")


async def remake(superuser: asyncpg.Connection, tenant: UUID) -> None:
    """Number and hash every event anew, and the head too: the chain agrees with itself."""
    rows = await superuser.fetch(
        "SELECT id FROM audit_event WHERE tenant_id = $1 ORDER BY seq", tenant
    )
    previous = ""
    for number, row in enumerate(rows, 1):
        await superuser.execute("UPDATE audit_event SET seq = $2 WHERE id = $1", row["id"], number)
        line = await superuser.fetchval(f"SELECT {LINE} FROM audit_event WHERE id = $1", row["id"])
        digest = hashlib.sha256(f"{previous}|{line}".encode()).hexdigest()
        await superuser.execute(
            "UPDATE audit_event SET prev_hash = $2, hash = $3 WHERE id = $1",
            row["id"],
            previous,
            digest,
        )
        previous = digest
    await superuser.execute(
        "UPDATE audit_head SET seq = $2, hash = $3 WHERE tenant_id = $1",
        tenant,
        len(rows),
        previous,
    )


def told(report: Report) -> list[tuple[Fault, int]]:
    return [(finding.fault, finding.seq) for finding in report.findings]


async def test_an_untouched_chain_is_sound(outside: Storage, tenant: UUID) -> None:
    await anchor(tenant, "2026-11-20")
    await write(tenant, 3, actor=new_id())
    await anchor(tenant, "2026-11-21")
    report = await check(tenant)
    assert (report.is_sound, report.checked, report.head.seq) == (True, EVENTS + 3, EVENTS + 3)
    assert report.anchors == 2
    assert report.last_anchor
    assert report.last_anchor.hash == report.head.hash


async def test_pages_of_any_size_give_the_same(
    outside: Storage, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(verify, "PAGE", 4)
    assert (await check(tenant)).checked == EVENTS


async def test_an_altered_row_is_named(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        await superuser.execute(
            'UPDATE audit_event SET changes = \'{"value": [null, "khác"]}\''
            " WHERE tenant_id = $1 AND seq = 5",
            tenant,
        )
    assert told(await check(tenant)) == [(Fault.ALTERED, 5)]


@pytest.mark.parametrize("column", ["actor_id = gen_random_uuid()", "at = at + interval '1 s'"])
async def test_who_and_when_are_covered_too(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection, column: str
) -> None:
    async with without_triggers(superuser):
        await superuser.execute(
            f"UPDATE audit_event SET {column} WHERE tenant_id = $1 AND seq = 7", tenant
        )
    assert told(await check(tenant)) == [(Fault.ALTERED, 7)]


async def test_rows_deleted_from_the_middle_are_named(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        await superuser.execute(
            "DELETE FROM audit_event WHERE tenant_id = $1 AND seq BETWEEN 4 AND 6", tenant
        )
    report = await check(tenant)
    assert told(report) == [(Fault.MISSING, 4)]
    assert "từ số 4 đến số 6" in report.findings[0].sentence


async def test_a_row_deleted_and_the_rest_numbered_anew_is_found(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        await superuser.execute("DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 4", tenant)
        await superuser.execute(
            "UPDATE audit_event SET seq = seq - 1 WHERE tenant_id = $1 AND seq > 4", tenant
        )
    found = told(await check(tenant))
    assert (Fault.BROKEN, 4) in found
    assert (Fault.CUT, EVENTS) in found


async def test_a_cut_tail_is_seen_by_the_head(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        await superuser.execute("DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 9", tenant)
    assert told(await check(tenant)) == [(Fault.CUT, 10)]


async def test_a_cut_tail_with_its_head_is_seen_from_outside(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    await anchor(tenant, "2026-11-20")
    async with without_triggers(superuser):
        await superuser.execute("DELETE FROM audit_event WHERE tenant_id = $1 AND seq > 9", tenant)
        await superuser.execute(
            "UPDATE audit_head SET seq = 9, hash = (SELECT hash FROM audit_event e"
            " WHERE e.tenant_id = $1 AND e.seq = 9) WHERE tenant_id = $1",
            tenant,
        )
    report = await check(tenant)
    assert told(report) == [(Fault.CUT, 10)]
    assert "20/11/2026" in report.findings[0].sentence


async def test_a_chain_made_anew_agrees_with_itself_but_not_with_the_anchors(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    await anchor(tenant, "2026-11-20")
    await write(tenant, 3)
    await anchor(tenant, "2026-11-21")
    async with without_triggers(superuser):
        await superuser.execute(
            "UPDATE audit_event SET reason = 'khác' WHERE tenant_id = $1 AND seq = 2", tenant
        )
        await remake(superuser, tenant)
    assert told(await check(tenant)) == [(Fault.REMADE, EVENTS), (Fault.REMADE, EVENTS + 3)]


async def test_a_row_slipped_in_beside_another_is_found(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        for seq, digest in ((3, "x"), (0, "")):
            await superuser.execute(
                "INSERT INTO audit_event (tenant_id, id, seq, at, table_name, action, changes,"
                " hash) VALUES ($1, gen_random_uuid(), $2, now(), 'unit', 'update', '{}', $3)",
                tenant,
                seq,
                digest,
            )
    faults = {fault for fault, _seq in told(await check(tenant))}
    assert {Fault.DOUBLED, Fault.UNLINKED} <= faults


async def test_the_newest_part_is_checked_alone(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    async with without_triggers(superuser):
        await superuser.execute(
            "UPDATE audit_event SET reason = 'khác' WHERE tenant_id = $1 AND seq IN (2, 11)",
            tenant,
        )
    report = await check(tenant, newest=4)
    assert (report.first, report.checked, told(report)) == (9, 4, [(Fault.ALTERED, 11)])


async def test_todays_anchor_is_never_written_over(
    outside: Storage, tenant: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    await anchor(tenant, "2026-11-20")
    await write(tenant, 1)
    monkeypatch.setattr(jobs, "_written", {})  # another worker
    await anchor(tenant, "2026-11-20")
    assert [a.seq for a in await anchoring.read_anchors(str(tenant))] == [EVENTS]


async def test_one_department_is_not_judged_by_another(
    outside: Storage, tenant: UUID, superuser: asyncpg.Connection
) -> None:
    other = await make_tenant()
    await write(other, 2)
    async with without_triggers(superuser):
        await superuser.execute("DELETE FROM audit_event WHERE tenant_id = $1 AND seq = 2", other)
    assert (await check(tenant)).is_sound
    assert told(await check(other)) == [(Fault.MISSING, 2)]


async def test_the_operators_own_trail_is_verified_by_the_same_code(
    outside: Storage, app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    for _ in range(3):
        await make_tenant()  # a trigger of the platform writes it down

    async def report() -> Report:
        return await verify.verify(
            platform_chain(superuser.fetch), await anchoring.read_anchors("platform")
        )

    await jobs.anchor_platform()
    sound = await report()
    assert (sound.is_sound, sound.anchors) == (True, 1)
    assert sound.checked == sound.head.seq > 2
    async with without_triggers(superuser):
        await superuser.execute(
            "UPDATE platform_event SET subject = 'khác' WHERE seq = $1", sound.head.seq
        )
        altered = await report()
        await superuser.execute("DELETE FROM platform_event WHERE seq = $1", sound.head.seq)
        cut = await report()
        await superuser.execute(
            "UPDATE platform_head SET seq = e.seq, hash = e.hash FROM platform_event e"
            " WHERE e.seq = $1",
            sound.head.seq - 1,
        )
    assert told(altered) == [(Fault.ALTERED, sound.head.seq)]
    assert (Fault.CUT, sound.head.seq) in told(cut)
    assert told(await report()) == [(Fault.CUT, sound.head.seq)]  # the anchor alone knows
