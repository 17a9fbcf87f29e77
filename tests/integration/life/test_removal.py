"""A department whose waiting is over goes with everything it had; the others notice nothing."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import asyncpg
import pdfplumber
import pytest

from core.accounts.schemas import SYSTEM
from core.cli import main
from core.errors import NotFoundError
from core.identity import service as identity
from core.kit import clock, db
from core.kit.scope import tenant_scope
from core.kit.storage import storage
from tenants import removal
from tenants.life import certificate, service
from tests.integration.life.conftest import Missing, picture
from tests.isolation.world import World, make_world

DECISION = "12/QĐ-SYT"


async def ask(world: World) -> None:
    with tenant_scope(world.house.tenant_id):
        async with db.transaction():
            await service.request_deletion(
                actor=SYSTEM, reason="Sáp nhập", decision_number=DECISION, name="a", typed_name="a"
            )


async def let_time_pass(eyes: asyncpg.Connection, tenant_id: UUID) -> None:
    await eyes.execute(
        "UPDATE deletion_request SET delete_after = now() - interval '1 second'"
        " WHERE tenant_id = $1 AND revoked_at IS NULL",
        tenant_id,
    )


async def traces(eyes: asyncpg.Connection, tenant_id: UUID) -> dict[str, int]:
    """Return every table of the database that holds the department's id in any column of ids."""
    found = {}
    columns = await eyes.fetch(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND data_type = 'uuid'"
        " AND table_name IN (SELECT tablename FROM pg_tables WHERE schemaname = 'public')"
    )
    for table, column in columns:
        count = await eyes.fetchval(
            f'SELECT count(*) FROM "{table}" WHERE "{column}" = $1', tenant_id
        )
        if count:
            found[f"{table}.{column}"] = count
    return found


async def remove(world: World) -> list[str]:
    return await removal.remove_due(os.environ["DATABASE_URL"], only=[world.slug])


async def test_nothing_of_it_is_left_and_the_certificate_says_what_was(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    going, staying = await make_world(), await make_world()
    gone, left = going.house.tenant_id, staying.house.tenant_id
    await Missing(superuser).fill(gone)
    await superuser.execute("DELETE FROM deletion_request WHERE tenant_id = $1", gone)
    await storage().put(f"{gone}/exports/x", b"an archive")
    await ask(going)
    before, neighbour = await picture(superuser, gone), await picture(superuser, left)
    head = await superuser.fetchrow("SELECT seq, hash FROM audit_head WHERE tenant_id = $1", gone)
    sizes, neighbours_files = await storage().sizes(str(gone)), await storage().sizes(str(left))
    assert await remove(going) == [], "the waiting period is not over"
    await let_time_pass(superuser, gone)
    seq = "SELECT seq, hash FROM audit_head WHERE tenant_id = $1"
    head = await superuser.fetchrow(seq, gone)
    before = await picture(superuser, gone)

    assert await remove(going) == [going.slug]

    allowed = {"deletion_certificate.department_id", "platform_event.row_id"}
    assert (await traces(superuser, gone)).keys() <= allowed
    assert {t for t, (n, _) in (await picture(superuser, gone)).items() if n} == set()
    assert await storage().sizes(str(gone)) == {}
    assert await picture(superuser, left) == neighbour
    assert await storage().sizes(str(left)) == neighbours_files

    (made,) = await certificate.certificates(os.environ["DATABASE_PLATFORM_URL"], going.slug)
    content = made.content
    assert content["rows"] == {table: count for table, (count, _) in before.items()}
    assert content["row_count"] == sum(count for count, _ in before.values())
    assert (content["file_count"], content["file_bytes"]) == (len(sizes), sum(sizes.values()))
    assert content["audit_head"] == {"seq": head["seq"], "hash": head["hash"]}
    assert content["requested"]["decision_number"] == DECISION
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert made.sha256 == hashlib.sha256(canonical.encode()).hexdigest()
    assert await remove(going) == []


async def test_the_certificate_names_the_official_code_of_the_day(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    dated, plain = await make_world(), await make_world()
    for world in (dated, plain):
        await superuser.execute(
            "UPDATE tenant SET official_code = 'H99' WHERE id = $1", world.house.tenant_id
        )
        await superuser.execute(
            "DELETE FROM official_code WHERE tenant_id = $1", world.house.tenant_id
        )
    today = clock.today()
    with tenant_scope(dated.house.tenant_id):
        async with db.transaction():
            for code, first, last in (
                ("H99.1", None, today - timedelta(days=1)),
                ("H99.2", today, None),
            ):
                await identity.save_code(
                    actor=dated.house.people["tenant_admin"], code_id=None, code=code,
                    valid_from=first, valid_to=last, source="Quyết định", is_confirmed=True,
                )  # fmt: skip
    for world in (dated, plain):
        await ask(world)
        await let_time_pass(superuser, world.house.tenant_id)
        assert await remove(world) == [world.slug]
    platform = os.environ["DATABASE_PLATFORM_URL"]
    shown = [
        dict(certificate.rows_in_words(made))["Mã định danh"]
        for world in (dated, plain)
        for made in await certificate.certificates(platform, world.slug)
    ]
    assert shown == ["H99.2", "H99"]


async def test_a_request_taken_back_removes_nothing(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    world = await make_world()
    await ask(world)
    await let_time_pass(superuser, world.house.tenant_id)
    with tenant_scope(world.house.tenant_id):
        async with db.transaction():
            await service.keep(actor=SYSTEM)
    before = await picture(superuser, world.house.tenant_id)
    assert await remove(world) == []
    assert await picture(superuser, world.house.tenant_id) == before
    with pytest.raises(NotFoundError):
        await certificate.certificates(os.environ["DATABASE_PLATFORM_URL"], world.slug)


async def test_a_removal_that_was_interrupted_goes_on(
    app_db: db.TenantEngine, superuser: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await make_world()
    tenant_id = world.house.tenant_id
    await ask(world)
    await let_time_pass(superuser, tenant_id)

    async def killed(_tenant_id: UUID) -> None:
        raise ConnectionResetError

    with monkeypatch.context() as patch:
        patch.setattr(removal, "_delete_files", killed)
        with pytest.raises(ConnectionResetError):
            await remove(world)
    assert await storage().sizes(str(tenant_id)) != {}
    with pytest.raises(NotFoundError):
        await certificate.certificates(os.environ["DATABASE_PLATFORM_URL"], world.slug)
    assert await remove(world) == [world.slug]
    assert await storage().sizes(str(tenant_id)) == {}
    assert len(await certificate.certificates(os.environ["DATABASE_PLATFORM_URL"], world.slug)) == 1


async def test_only_one_removal_runs_at_a_time(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    world = await make_world()
    await ask(world)
    await let_time_pass(superuser, world.house.tenant_id)
    both = await asyncio.gather(remove(world), remove(world))
    assert sorted(both) == [[], [world.slug]]


async def test_the_application_cannot_remove_a_department(app_db: db.TenantEngine) -> None:
    world = await make_world()
    app = await asyncpg.connect(os.environ["DATABASE_APP_URL"])
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await removal._remove_rows(app, world.house.tenant_id)
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.execute("UPDATE tenant SET delete_after = NULL")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await app.fetch("SELECT * FROM deletion_certificate")
    finally:
        await app.close()


def thidua(*arguments: str) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-m", "core.cli", *arguments],
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


async def test_the_command_line_from_export_to_certificate(
    app_db: db.TenantEngine,
    superuser: asyncpg.Connection,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    world = await make_world()
    slug, archive = world.slug, tmp_path / "so.zip"

    async def run(*arguments: str) -> tuple[int, str]:
        return await asyncio.to_thread(thidua, "tenant", *arguments)

    status, said = await run("export", slug, "-o", str(archive))
    assert (status, hashlib.sha256(archive.read_bytes()).hexdigest() in said) == (0, True), said
    assert archive.stat().st_mode & 0o077 == 0
    status, said = await run(
        *("delete", slug, "--reason", "Sáp nhập"),
        *("--decision", DECISION, "--by", "Lê Văn Vận"),
    )
    assert (status, f"thidua tenant keep {slug}" in said) == (0, True), said
    with pytest.raises(NotFoundError):
        await certificate.certificates(os.environ["DATABASE_PLATFORM_URL"], slug)
    await let_time_pass(superuser, world.house.tenant_id)
    assert await remove(world) == [slug]
    paper = tmp_path / "giay.pdf"
    head = ("--issuer", "Trung tâm vận hành", "--place", "Nơi này")
    words = ["tenant", "certificate", slug, "--pdf", str(paper), *head]
    assert await asyncio.to_thread(main, words) == 0
    with pdfplumber.open(paper) as opened:
        text = " ".join("".join(page.extract_text() for page in opened.pages).split())
    assert "Lê Văn Vận (đơn vị vận hành)" in text
    assert await asyncio.to_thread(main, ["tenant", "import", str(paper)]) == 1
    assert "không mở được như tệp ZIP" in capsys.readouterr().err
