"""Files that are not the archive that was written: refused before any database is asked."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import msgspec
import pytest

from tenants.life.archive import Archive, InvalidArchiveError, file_sha256
from tenants.life.importing import import_tenant
from tenants.life.schemas import Manifest

NOWHERE = "postgresql://nobody@127.0.0.1:1/nothing"
Entries = dict[str, bytes]


def rewritten(archive: Path, path: Path, change: Callable[[Entries], None]) -> Path:
    """Copy an archive with other entries."""
    with ZipFile(archive) as old:
        entries = {name: old.read(name) for name in old.namelist()}
    change(entries)
    with ZipFile(path, "w", ZIP_DEFLATED) as new:
        for name, content in entries.items():
            new.writestr(name, content)
    return path


def edited(entries: Entries, *, sealed: bool = True, **changes: Any) -> None:
    """Change the manifest; `sealed` puts the digest right again, as a careful forger would."""
    raw = {**msgspec.json.decode(entries["manifest.json"]), **changes}
    if sealed:
        raw["digest"] = msgspec.convert({**raw, "format_version": 1}, Manifest).computed_digest()
    entries["manifest.json"] = msgspec.json.encode(raw)


def one_byte(entries: Entries) -> None:
    rows = bytearray(entries["data/unit.jsonl"])
    rows[len(rows) // 2] ^= 1
    entries["data/unit.jsonl"] = bytes(rows)


def one_row_less(entries: Entries) -> None:
    entries["data/unit.jsonl"] = entries["data/unit.jsonl"].split(b"\n", 1)[1]


def other_file(entries: Entries) -> None:
    name = next(name for name in entries if name.startswith("files/"))
    entries[name] = b"x" * len(entries[name])


def without_file(entries: Entries) -> None:
    entries.pop(next(name for name in entries if name.startswith("files/")))


def bomb(entries: Entries) -> None:
    manifest = msgspec.json.decode(entries["manifest.json"])
    for table in manifest["tables"]:
        if table["name"] == "unit":
            table["size"] = 1 << 26
    entries["data/unit.jsonl"] = b"\0" * (1 << 26)
    edited(entries, tables=manifest["tables"])


def foreign_key_of_storage(entries: Entries) -> None:
    manifest = msgspec.json.decode(entries["manifest.json"])
    manifest["files"][0]["key"] = "../../etc/passwd"
    edited(entries, files=manifest["files"])


BAD: list[tuple[str, Callable[[Entries], Any], str]] = [
    ("one byte of a row", one_byte, "“data/unit.jsonl” trong tệp không khớp"),
    ("one row less", one_row_less, "“data/unit.jsonl” trong tệp không khớp"),
    ("another file's content", other_file, "“files/.*” trong tệp không khớp"),
    ("a file is missing", without_file, "thiếu mục “files/"),
    ("a table is missing", lambda e: e.pop("data/unit.jsonl"), "thiếu mục “data/unit.jsonl”"),
    ("no manifest", lambda e: e.pop("manifest.json"), "không có danh mục"),
    ("a manifest of something else", lambda e: e.update({"manifest.json": b"{}"}),
     "không có danh mục"),
    ("a manifest that is a list", lambda e: e.update({"manifest.json": b"[]"}),
     "“manifest.json” trong tệp không khớp"),
    ("an edited manifest", lambda e: edited(e, sealed=False, hosts=["xau.example"]),
     "“manifest.json” trong tệp không khớp"),
    ("a manifest with a field more", lambda e: edited(e, sealed=False, more=1),
     "“manifest.json” trong tệp không khớp"),
    ("a department without id", lambda e: edited(e, tenant={"slug": "x"}),
     "“manifest.json” trong tệp không khớp"),
    ("another version", lambda e: edited(e, format_version=2), "định dạng số 2"),
    ("an extra entry", lambda e: e.update({"data/more.jsonl": b""}), "thêm mục “data/more.jsonl”"),
    ("a path that climbs", lambda e: e.update({"../../etc/cron": b"x"}), r"tên lạ “\.\./\.\./etc"),
    ("an absolute path", lambda e: e.update({"/etc/cron": b"x"}), "tên lạ “/etc/cron”"),
    ("a path inside files that climbs", lambda e: e.update({"files/../x": b"x"}), "tên lạ"),
    ("a storage key that climbs", foreign_key_of_storage, r"tên lạ “\.\./\.\./etc/passwd”"),
    ("a bomb", bomb, "lớn bất thường"),
]  # fmt: skip


@pytest.mark.parametrize(("what", "change", "sentence"), BAD, ids=[what for what, *_ in BAD])
async def test_an_altered_archive_is_refused_by_name(
    archive: Path, tmp_path: Path, what: str, change: Callable[[Entries], None], sentence: str
) -> None:
    bad = rewritten(archive, tmp_path / "bad.zip", change)
    with pytest.raises(InvalidArchiveError, match=sentence) as caught:
        await import_tenant(NOWHERE, bad)
    assert caught.value.detail.endswith("Chưa có gì thay đổi.")


@pytest.mark.parametrize("content", [b"", b"khong phai zip", b"PK\x03\x04" + b"\0" * 100])
async def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(InvalidArchiveError, match="không mở được như tệp ZIP"):
        await import_tenant(NOWHERE, tmp_path / "x.zip")


async def test_any_flipped_byte_is_noticed(archive: Path, tmp_path: Path) -> None:
    """Also in compressed streams and in the zip's own headers, where it changes what is read."""
    whole = archive.read_bytes()
    read_before = _everything(archive)
    step = max(1, len(whole) // 150)
    for place in range(0, len(whole), step):
        bad = tmp_path / "bad.zip"
        bad.write_bytes(whole[:place] + bytes([whole[place] ^ 0x55]) + whole[place + 1 :])
        try:
            read = _everything(bad)
        except InvalidArchiveError:
            continue
        assert read == read_before, f"byte {place} changed what would be imported"


def _everything(path: Path) -> tuple[Any, ...]:
    opened = Archive(path)
    try:
        opened.verify()
        rows = {table.name: list(opened.lines(table)) for table in opened.manifest.tables}
        files = {file.key: opened.content(file) for file in opened.manifest.files}
        return opened.manifest, rows, files
    finally:
        opened.close()


async def test_a_cut_archive_is_refused(archive: Path, tmp_path: Path) -> None:
    shutil.copy(archive, tmp_path / "cut.zip")
    os.truncate(tmp_path / "cut.zip", archive.stat().st_size * 2 // 3)
    with pytest.raises(InvalidArchiveError, match="không mở được như tệp ZIP"):
        await import_tenant(NOWHERE, tmp_path / "cut.zip")


async def test_the_whole_file_is_held_against_its_printed_hash(archive: Path) -> None:
    with pytest.raises(InvalidArchiveError, match=file_sha256(archive)):
        await import_tenant(NOWHERE, archive, sha256="0" * 64)


async def test_rows_of_another_department_are_refused_by_the_database(
    archive: Path, tmp_path: Path, elsewhere: tuple[str, Any], other_storage: Any
) -> None:
    """A careful forger puts every hash right; row-level security stands behind the hashes."""
    import hashlib

    def forge(entries: Entries) -> None:
        manifest = msgspec.json.decode(entries["manifest.json"])
        rows = entries["data/unit.jsonl"].replace(
            manifest["tenant"]["id"].encode()[:8], b"00000000"
        )
        entries["data/unit.jsonl"] = rows
        for table in manifest["tables"]:
            if table["name"] == "unit":
                table["sha256"] = hashlib.sha256(rows).hexdigest()
        edited(entries, tables=manifest["tables"])

    owner_url, eyes = elsewhere
    with pytest.raises(InvalidArchiveError, match="không nhận dữ liệu của bảng “unit”"):
        await import_tenant(owner_url, rewritten(archive, tmp_path / "bad.zip", forge))
    assert await eyes.fetchval("SELECT count(*) FROM tenant") == 0
    assert await eyes.fetchval("SELECT count(*) FROM unit") == 0


async def test_a_trail_with_a_changed_row_is_refused(
    archive: Path, tmp_path: Path, elsewhere: tuple[str, Any], other_storage: Any
) -> None:
    import hashlib

    def forge(entries: Entries) -> None:
        manifest = msgspec.json.decode(entries["manifest.json"])
        rows = entries["data/audit_event.jsonl"].replace(b'"insert"', b'"delete"', 1)
        entries["data/audit_event.jsonl"] = rows
        for table in manifest["tables"]:
            if table["name"] == "audit_event":
                table["sha256"] = hashlib.sha256(rows).hexdigest()
        edited(entries, tables=manifest["tables"])

    owner_url, eyes = elsewhere
    with pytest.raises(InvalidArchiveError, match="Chuỗi nhật ký"):
        await import_tenant(owner_url, rewritten(archive, tmp_path / "bad.zip", forge))
    assert await eyes.fetchval("SELECT count(*) FROM audit_event") == 0
