"""The storage on a folder."""

from pathlib import Path
from uuid import UUID

import pytest

from core.errors import UnavailableError
from core.kit.storage import MissingContentError, Storage, key_of

KEY = key_of(UUID(int=7), "ab" * 32)


async def test_contents_come_back_and_go(tmp_path: Path) -> None:
    storage = Storage.from_url(f"file://{tmp_path}/mới")
    await storage.put(KEY, b"\x00first")
    await storage.put(KEY, "nội dung".encode())
    assert await storage.get(KEY) == "nội dung".encode()
    await storage.delete(KEY)
    await storage.delete(KEY)
    with pytest.raises(MissingContentError):
        await storage.get(KEY)


async def test_keys_carry_the_tenant() -> None:
    assert key_of(UUID(int=7), "ab") == f"{UUID(int=7)}/ab"


@pytest.mark.parametrize("key", ["../x/y", "a", "/a/b", "a/../b", "a//b", "a/b\n"])
async def test_odd_keys_are_a_programming_error(tmp_path: Path, key: str) -> None:
    with pytest.raises(ValueError, match="not a storage key"):
        await Storage.from_url(f"file://{tmp_path}").put(key, b"x")


async def test_a_storage_that_cannot_write_says_so(tmp_path: Path) -> None:
    storage = Storage.from_url(f"file://{tmp_path}/kho")
    (tmp_path / "kho" / str(UUID(int=7))).write_text("a file where a folder should be")
    with pytest.raises(UnavailableError, match="không ghi được"):
        await storage.put(KEY, b"x")


def test_other_addresses_are_refused() -> None:
    with pytest.raises(ValueError, match="unknown kind of storage"):
        Storage.from_url("http://nowhere/files")
