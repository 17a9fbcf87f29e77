"""A department moves to another installation: equality is looked at by SQL of the test's own."""

from __future__ import annotations

import hashlib
import json
import os
import tracemalloc
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import asyncpg
import jsonschema
import msgspec
import pytest

from core.errors import ConflictError
from core.kit import db
from core.kit.ids import new_id
from core.kit.storage import Storage, storage
from tenants.life import importing, registry
from tenants.life.archive import Archive, InvalidArchiveError
from tenants.life.exporting import export_tenant
from tenants.life.schemas import Manifest
from tests.factories import make_tenant
from tests.integration.life.conftest import picture

SCHEMA = Path(__file__).parents[3] / "docs/operators/tenant-archive.schema.json"
STAYS = {
    "session", "password_reset", "outbox", "tenant_export", "deletion_request",
    "support_grant", "support_entry", "support_visit", "ballot_box",
}  # fmt: skip


def contents(there: Storage, tenant_id: UUID) -> dict[str, str]:
    return {
        key: hashlib.sha256(there._read(key)).hexdigest() for key in there._sizes(str(tenant_id))
    }


async def test_everything_arrives_equal_row_by_row_and_file_by_file(
    department: UUID,
    archive: Path,
    superuser: asyncpg.Connection,
    elsewhere: tuple[str, asyncpg.Connection],
    other_storage: Storage,
) -> None:
    owner_url, eyes = elsewhere
    made = await importing.import_tenant(owner_url, archive)
    before, after = await picture(superuser, department), await picture(eyes, department)
    assert {t for t, (n, _) in before.items() if not n} == set(), (
        "every table has something to lose"
    )
    assert {t: after[t] for t in after if t not in STAYS} == {
        t: before[t] for t in before if t not in STAYS
    }
    assert {t: n for t, (n, _) in after.items() if t in STAYS} == dict.fromkeys(STAYS, 0)
    assert made.rows == sum(n for t, (n, _) in before.items() if t not in STAYS)
    assert contents(other_storage, department) == contents(storage(), department)
    assert made.files == len(contents(storage(), department)) >= 1
    assert made.new_factors_needed == 0
    columns = "id, name, short_name, plugin_slug, official_code, is_demo, created_at, settings"
    row = f"SELECT ({columns})::text FROM tenant WHERE id = $1"
    assert await eyes.fetchval(row, department) == await superuser.fetchval(row, department)
    assert await eyes.fetchval("SELECT status FROM tenant WHERE id = $1", department) == "preparing"


async def test_the_trail_goes_on_where_it_was(
    department: UUID,
    archive: Path,
    elsewhere: tuple[str, asyncpg.Connection],
    other_storage: Storage,
) -> None:
    owner_url, eyes = elsewhere
    await importing.import_tenant(owner_url, archive)
    seq = await eyes.fetchval("SELECT seq FROM audit_head WHERE tenant_id = $1", department)
    await eyes.execute("UPDATE unit SET name = 'Tên mới' WHERE id = $1", department)
    last = await eyes.fetchrow(
        "SELECT e.seq, e.prev_hash = p.hash AS linked FROM audit_event e JOIN audit_event p"
        " ON p.seq = e.seq - 1 WHERE e.tenant_id = $1 ORDER BY e.seq DESC LIMIT 1",
        department,
    )
    assert (last["seq"], last["linked"]) == (seq + 1, True)
    assert await eyes.fetchval(importing.BROKEN_LINKS, department) == 0


async def test_another_secret_voids_the_authenticators_and_the_trail_says_so(
    department: UUID,
    superuser: asyncpg.Connection,
    tmp_path: Path,
    elsewhere: tuple[str, asyncpg.Connection],
    other_storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    owner_url, eyes = elsewhere
    await superuser.execute(
        "UPDATE account SET totp_secret = 'x', totp_confirmed_at = now() WHERE id ="
        " (SELECT id FROM account WHERE tenant_id = $1 LIMIT 1)",
        department,
    )
    await export_tenant(department, tmp_path / "so.zip")
    monkeypatch.setattr(importing, "secret_fingerprint", lambda *_: "another")
    made = await importing.import_tenant(owner_url, tmp_path / "so.zip")
    factors = "SELECT count(*) FROM account WHERE tenant_id = $1 AND totp_secret <> ''"
    assert await superuser.fetchval(factors, department) == made.new_factors_needed >= 1
    assert await eyes.fetchval(factors, department) == 0
    assert await eyes.fetchval("SELECT count(*) FROM recovery_code") == 0
    recorded = await eyes.fetchval(
        "SELECT count(*) FROM audit_event WHERE reason = 'import of the department'"
    )
    assert recorded >= made.new_factors_needed
    assert await eyes.fetchval(importing.BROKEN_LINKS, department) == 0


async def test_the_snapshot_is_of_one_department_only(department: UUID, archive: Path) -> None:
    opened = Archive(archive)
    try:
        for table in opened.manifest.tables:
            for line in opened.lines(table):
                assert f'"tenant_id":"{department}"' in line
    finally:
        opened.close()


async def test_slug_host_and_department_that_are_there_already_are_refused(
    department: UUID,
    archive: Path,
    superuser: asyncpg.Connection,
    elsewhere: tuple[str, asyncpg.Connection],
    other_storage: Storage,
) -> None:
    owner_url, eyes = elsewhere
    slug = await superuser.fetchval("SELECT slug FROM tenant WHERE id = $1", department)
    with pytest.raises(ConflictError, match="đã có trên hệ thống"):
        await importing.import_tenant(os.environ["DATABASE_URL"], archive)
    other = new_id()
    await eyes.execute(
        "INSERT INTO tenant (id, slug, name, short_name, plugin_slug) VALUES ($1, $2, '', '', '')",
        other, slug,
    )  # fmt: skip
    with pytest.raises(ConflictError, match=f"Mã “{slug}”"):
        await importing.import_tenant(owner_url, archive)
    await eyes.execute(
        "INSERT INTO tenant_host (id, host, tenant_id) VALUES ($1, 'x.example.vn', $2)",
        new_id(), other,
    )  # fmt: skip
    with pytest.raises(ConflictError, match=r"Địa chỉ “x\.example\.vn”"):
        await importing.import_tenant(owner_url, archive, slug="khac", hosts=["X.example.vn"])
    assert await eyes.fetchval("SELECT count(*) FROM tenant") == 1
    assert contents(other_storage, department) == {}
    made = await importing.import_tenant(owner_url, archive, slug="khac", hosts=["y.example.vn"])
    assert (made.slug, made.hosts) == ("khac", ("y.example.vn",))


async def test_another_schema_is_refused_with_the_side_to_upgrade(
    archive: Path, elsewhere: tuple[str, asyncpg.Connection], other_storage: Storage
) -> None:
    owner_url, eyes = elsewhere
    await eyes.execute("INSERT INTO migration (name, app_name) VALUES ('2099', 'life')")
    with pytest.raises(InvalidArchiveError, match="phiên bản cũ hơn"):
        await importing.import_tenant(owner_url, archive)
    await eyes.execute("DELETE FROM migration WHERE app_name = 'life'")
    with pytest.raises(InvalidArchiveError, match="phiên bản mới hơn"):
        await importing.import_tenant(owner_url, archive)
    assert await eyes.fetchval("SELECT count(*) FROM tenant") == 0


async def test_a_new_table_is_exported_by_itself(
    elsewhere: tuple[str, asyncpg.Connection], department: UUID
) -> None:
    _, eyes = elsewhere
    await eyes.execute("CREATE TABLE novelty (tenant_id uuid, id uuid, raw bytea, what text)")
    tables = {table.name: table for table in registry.exported(await registry.tenant_tables(eyes))}
    assert tables["novelty"].columns == ("id", "raw", "tenant_id", "what")
    await eyes.execute("INSERT INTO novelty VALUES ($1, $1, '\\x00ff', 'a\nb')", department)
    text = await eyes.fetchval(registry.rows_sql(tables["novelty"]), department)
    assert text == (
        f'{{"id":"{department}","raw":"\\\\x00ff","tenant_id":"{department}","what":"a\\nb"}}'
    )


async def test_nothing_in_an_archive_points_at_what_is_left_out(app_db: db.TenantEngine) -> None:
    owner = await asyncpg.connect(os.environ["DATABASE_URL"])
    try:
        tables = await registry.tenant_tables(owner)
    finally:
        await owner.close()
    assert {table.name for table in tables} >= registry.LEFT_OUT.keys()
    inside = registry.exported(tables)
    assert {t.name: t.targets & registry.LEFT_OUT.keys() for t in inside} == {
        t.name: frozenset() for t in inside
    }


async def test_the_application_cannot_switch_the_recording_off(
    app_db: db.TenantEngine, superuser: asyncpg.Connection
) -> None:
    """Only the owner's connection may bring rows in unrecorded."""
    tenant_id = await make_tenant()
    app = await asyncpg.connect(os.environ["DATABASE_APP_URL"])
    count = "SELECT count(*) FROM audit_event WHERE tenant_id = $1"
    before: Any = await superuser.fetchval(count, tenant_id)
    async with app.transaction():
        await app.execute(
            "SELECT set_config('app.tenant_id', $1, true),"
            " set_config('app.importing_tenant', $1, true),"
            " set_config('app.removing_tenant', $1, true)",
            str(tenant_id),
        )
        await app.execute("UPDATE unit SET name = 'Đổi lén' WHERE id = $1", tenant_id)
    await app.close()
    assert await superuser.fetchval(count, tenant_id) == before + 1


async def test_the_manifest_is_what_the_published_schema_says(archive: Path) -> None:
    published = json.loads(SCHEMA.read_text())
    made = msgspec.json.schema(Manifest)
    assert {key: published[key] for key in made} == made
    with ZipFile(archive) as opened:
        manifest = json.loads(opened.read("manifest.json"))
    jsonschema.validate(manifest, published)
    assert manifest["left_out"].keys() == STAYS
    assert manifest["open_jobs"] > 0


async def test_a_large_department_is_written_and_checked_in_little_memory(
    app_db: db.TenantEngine, tmp_path: Path, superuser: asyncpg.Connection
) -> None:
    """20 MB of rows; the pieces in memory are a hundred rows at a time."""
    tenant_id = await make_tenant()
    await superuser.execute(
        "INSERT INTO tenant_setting (tenant_id, id, key, value) SELECT $1, gen_random_uuid(),"
        " 'k' || n, repeat(md5(n::text), 320) FROM generate_series(1, 1000) AS n",
        tenant_id,
    )
    tracemalloc.start()
    try:
        manifest = await export_tenant(tenant_id, tmp_path / "so.zip")
        opened = Archive(tmp_path / "so.zip")
        opened.verify()
        opened.close()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert manifest.bytes_inside > 20_000_000
    assert peak < 10_000_000
