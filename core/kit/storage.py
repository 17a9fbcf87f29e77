"""Contents of files: a folder or an S3 bucket, by key. Facts about files stand in the database."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit
from uuid import UUID

from obstore.exceptions import AlreadyExistsError, BaseError, NotFoundError
from obstore.store import LocalStore, S3Store

from core.errors import UnavailableError
from core.settings import settings

CHUNK = 1024 * 1024
KEY = re.compile(r"[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)+")


class MissingContentError(UnavailableError):
    """The content of a known file is not in the storage."""

    code, title = "content_missing", "Không đọc được tệp trong kho lưu trữ"


class Storage:
    """Puts, gets and deletes contents by key (`<tenant id>/<sha256>`).

    The library's calls run in our own threads: its asynchronous ones call back from threads that
    Python does not know, and abort the process when it happens to be ending.
    """

    def __init__(self, store: Any) -> None:
        self._store = store

    @classmethod
    def from_url(cls, url: str) -> Storage:
        """Open `file:///folder` (made if absent) or `s3://bucket/prefix` (AWS_* environment).

        Raises:
            ValueError: another kind of address.
        """
        parts = urlsplit(url)
        if parts.scheme == "file":
            return cls(LocalStore(Path(unquote(parts.path)), automatic_cleanup=True, mkdir=True))
        if parts.scheme == "s3":
            return cls(S3Store.from_url(url))
        raise ValueError(f"unknown kind of storage: {parts.scheme or url!r}")

    async def put(self, key: str, content: bytes) -> None:
        """Write a content; writing the same key again replaces it.

        Raises:
            UnavailableError: the storage does not take it.
        """
        try:
            await asyncio.to_thread(self._store.put, _checked(key), content)
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không ghi được, xin thử lại sau.") from error

    async def create(self, key: str, content: bytes) -> bool:
        """Write a content unless there is one under this key already; tell whether it was written.

        Raises:
            UnavailableError: the storage does not take it.
        """
        try:
            await asyncio.to_thread(self._create, _checked(key), content)
        except (AlreadyExistsError, FileExistsError):
            return False
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không ghi được, xin thử lại sau.") from error
        return True

    def _create(self, key: str, content: bytes) -> None:
        self._store.put(key, content, mode="create")

    async def keys(self, folder: str) -> list[str]:
        """Return the keys under a folder, sorted.

        Raises:
            UnavailableError: the storage does not answer.
        """
        try:
            return await asyncio.to_thread(self._keys, folder)
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không đọc được, xin thử lại sau.") from error

    def _keys(self, folder: str) -> list[str]:
        pages = self._store.list(f"{folder}/")
        return sorted(item["path"] for page in pages for item in page)

    async def get(self, key: str) -> bytes:
        """Read a content.

        Raises:
            MissingContentError: there is none under this key.
            UnavailableError: the storage does not answer.
        """
        try:
            return await asyncio.to_thread(self._read, _checked(key))
        except (NotFoundError, FileNotFoundError) as error:
            raise MissingContentError from error
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không đọc được, xin thử lại sau.") from error

    def _read(self, key: str) -> bytes:
        return bytes(self._store.get(key).bytes())

    async def put_file(self, key: str, path: Path) -> None:
        """Write a content from a file, piece by piece.

        Raises:
            UnavailableError: the storage does not take it.
        """
        try:
            await asyncio.to_thread(self._store.put, _checked(key), path)
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không ghi được, xin thử lại sau.") from error

    async def chunks(self, key: str) -> AsyncIterator[bytes]:
        """Read a content piece by piece.

        Raises:
            MissingContentError, UnavailableError: as `get`.
        """
        try:
            found = await asyncio.to_thread(self._store.get, _checked(key))
            pieces = iter(found.stream(min_chunk_size=CHUNK))
            while piece := await asyncio.to_thread(next, pieces, b""):
                yield bytes(piece)
        except (NotFoundError, FileNotFoundError) as error:
            raise MissingContentError from error
        except (BaseError, OSError) as error:
            raise UnavailableError("Kho lưu trữ tệp không đọc được, xin thử lại sau.") from error

    async def sizes(self, folder: str) -> dict[str, int]:
        """Return the keys under a folder (`<tenant id>`) with their sizes in bytes."""
        return await asyncio.to_thread(self._sizes, folder)

    def _sizes(self, folder: str) -> dict[str, int]:
        return {each["path"]: each["size"] for page in self._store.list(folder) for each in page}

    async def delete(self, key: str) -> None:
        """Remove a content; removing what is not there is no error."""
        try:
            await asyncio.to_thread(self._store.delete, _checked(key))
        except (NotFoundError, FileNotFoundError):
            return


def _checked(key: str) -> str:
    if not KEY.fullmatch(key):
        raise ValueError(f"not a storage key: {key!r}")
    return key


def key_of(tenant_id: UUID, sha256: str) -> str:
    """Return where a tenant's content with this hash is kept."""
    return f"{tenant_id}/{sha256}"


@lru_cache(maxsize=4)
def _opened(url: str) -> Storage:
    return Storage.from_url(url)


def opened(url: str) -> Storage:
    """Return the storage under an address, opened once for each process."""
    return _opened(url)


def storage() -> Storage:
    """Return the storage of this process's settings."""
    return _opened(settings().storage_url)
