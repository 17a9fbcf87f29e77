"""Read an archive that somebody brings: every byte is checked before anything is believed."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import UUID
from zipfile import BadZipFile, ZipFile, ZipInfo

import msgspec

from core.errors import InvalidInputError
from core.kit.storage import key_of
from tenants.life import phrases
from tenants.life.schemas import FORMAT, VERSION, FileEntry, Manifest, TableEntry

MANIFEST = "manifest.json"
NAME = re.compile(r"manifest\.json|data/[a-z][a-z0-9_]{0,62}\.jsonl|files/[A-Za-z0-9_/-]+")
MAX_MANIFEST = 64 * 1024 * 1024
MAX_LINE = 64 * 1024 * 1024
MAX_RATIO = 200  # rows as JSON shrink 5 to 20 times; a bomb a thousand times
SMALL = 16 * 1024 * 1024  # what unpacks to less than this harms nobody
CHUNK = 1024 * 1024
ENCRYPTED = 0x1
UNREADABLE = (BadZipFile, zlib.error, EOFError, NotImplementedError)


class InvalidArchiveError(InvalidInputError):
    """The file is no archive of a department, or not the one that was written."""

    code, title = "invalid_archive", "Tệp không dùng được"


class Archive:
    """An archive whose names, manifest and sizes have been looked at (`verify` reads the rest).

    Raises:
        InvalidArchiveError: it is no archive of ours, or differs from its manifest.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._zip = ZipFile(path)
        except (*UNREADABLE, OSError, ValueError) as error:
            raise InvalidArchiveError(phrases.NOT_A_ZIP) from error
        try:
            self._entries = self._checked_names()
            self.manifest = self._checked_manifest()
            self.tenant_id = self._checked_tenant_id()
            self._check_contents(path.stat().st_size)
        except BaseException:
            self._zip.close()
            raise

    def close(self) -> None:
        """Close the file."""
        self._zip.close()

    def verify(self) -> None:
        """Read every entry and compare it with the manifest; writes nothing.

        Raises:
            InvalidArchiveError: the first difference, by name.
        """
        for table in self.manifest.tables:
            rows = self._digest(data_name(table.name), table.size, table.sha256)
            if rows != table.rows:
                raise InvalidArchiveError(phrases.altered(data_name(table.name)))
        for file in self.manifest.files:
            self._digest(f"files/{file.key}", file.size, file.sha256)

    def lines(self, table: TableEntry) -> Iterator[str]:
        """Yield the rows of a table as JSON.

        Raises:
            InvalidArchiveError: the entry cannot be read.
        """
        name = data_name(table.name)
        with self._open(name) as stream:
            try:
                while line := stream.readline(MAX_LINE):
                    if not line.endswith(b"\n"):
                        raise InvalidArchiveError(phrases.altered(name))
                    yield line[:-1].decode()
            except (*UNREADABLE, UnicodeDecodeError) as error:
                raise InvalidArchiveError(phrases.altered(name)) from error

    def content(self, file: FileEntry) -> bytes:
        """Return a stored file's content, checked once more.

        Raises:
            InvalidArchiveError: it is not what the manifest says.
        """
        name = f"files/{file.key}"
        with self._open(name) as stream:
            try:
                content = stream.read(file.size + 1)
            except UNREADABLE as error:
                raise InvalidArchiveError(phrases.altered(name)) from error
        if hashlib.sha256(content).hexdigest() != file.sha256:
            raise InvalidArchiveError(phrases.altered(name))
        return content

    def _checked_names(self) -> dict[str, ZipInfo]:
        entries: dict[str, ZipInfo] = {}
        for info in self._zip.infolist():
            name = info.orig_filename
            if not NAME.fullmatch(name) or "//" in name:
                raise InvalidArchiveError(phrases.foreign_name(name))
            if name in entries:
                raise InvalidArchiveError(phrases.doubled_name(name))
            if info.flag_bits & ENCRYPTED:
                raise InvalidArchiveError(phrases.altered(name))
            entries[name] = info
        return entries

    def _checked_manifest(self) -> Manifest:
        info = self._entries.pop(MANIFEST, None)
        if info is None:
            raise InvalidArchiveError(phrases.NO_MANIFEST)
        if info.file_size > MAX_MANIFEST:
            raise InvalidArchiveError(phrases.too_large(MANIFEST))
        try:
            with self._zip.open(info) as stream:
                raw = msgspec.json.decode(stream.read(MAX_MANIFEST + 1), type=dict)
        except (*UNREADABLE, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InvalidArchiveError(phrases.altered(MANIFEST)) from error
        if raw.get("format") != FORMAT:
            raise InvalidArchiveError(phrases.NO_MANIFEST)
        if raw.get("format_version") != VERSION:
            raise InvalidArchiveError(phrases.wrong_version(raw.get("format_version"), VERSION))
        try:
            manifest = msgspec.convert(raw, Manifest)
        except msgspec.ValidationError as error:
            raise InvalidArchiveError(phrases.altered(MANIFEST)) from error
        if manifest.digest != manifest.computed_digest():
            raise InvalidArchiveError(phrases.altered(MANIFEST))
        return manifest

    def _checked_tenant_id(self) -> UUID:
        try:
            return UUID(str(self.manifest.tenant.get("id")))
        except ValueError as error:
            raise InvalidArchiveError(phrases.altered(MANIFEST)) from error

    def _check_contents(self, archive_size: int) -> None:
        """Names and sizes must be exactly those of the manifest."""
        wanted = {data_name(table.name): table.size for table in self.manifest.tables}
        for file in self.manifest.files:
            if file.key != key_of(self.tenant_id, file.sha256):
                raise InvalidArchiveError(phrases.foreign_name(file.key))
            wanted[f"files/{file.key}"] = file.size
        if missing := sorted(wanted.keys() - self._entries.keys()):
            raise InvalidArchiveError(phrases.missing(missing[0], len(missing)))
        if more := sorted(self._entries.keys() - wanted.keys()):
            raise InvalidArchiveError(phrases.unlisted(more[0], len(more)))
        for name, size in wanted.items():
            if self._entries[name].file_size != size:
                raise InvalidArchiveError(phrases.altered(name))
        if self.manifest.bytes_inside > max(SMALL, MAX_RATIO * archive_size):
            raise InvalidArchiveError(phrases.BOMB)

    def _open(self, name: str) -> IO[bytes]:
        try:
            return self._zip.open(self._entries[name])
        except UNREADABLE as error:
            raise InvalidArchiveError(phrases.altered(name)) from error

    def _digest(self, name: str, size: int, sha256: str) -> int:
        """Compare one entry with its hash; return its number of lines."""
        digest, seen, lines = hashlib.sha256(), 0, 0
        with self._open(name) as stream:
            try:
                while chunk := stream.read(CHUNK):
                    digest.update(chunk)
                    seen, lines = seen + len(chunk), lines + chunk.count(b"\n")
                    if seen > size:
                        break
            except UNREADABLE as error:
                raise InvalidArchiveError(phrases.altered(name)) from error
        if seen != size or digest.hexdigest() != sha256:
            raise InvalidArchiveError(phrases.altered(name))
        return lines


def data_name(table: str) -> str:
    """Return the entry of a table's rows."""
    return f"data/{table}.jsonl"


def file_sha256(path: Path) -> str:
    """Return the SHA-256 of a file, read piece by piece."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
