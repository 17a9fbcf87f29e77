"""The scanner's client against a small clamd of our own."""

import asyncio
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from core.errors import InvalidInputError, UnavailableError
from core.evidence.scanner import scan
from core.evidence.schemas import ScanState

CONTENT = b"x" * 200_000 + b"MALWARE"


@asynccontextmanager
async def clamd(socket: Path, answer: bytes | None = None) -> AsyncIterator[None]:
    """Answer INSTREAM as clamd does: FOUND when the content holds the word MALWARE."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        assert await reader.readexactly(10) == b"zINSTREAM\0"
        content = b""
        while size := struct.unpack("!L", await reader.readexactly(4))[0]:
            content += await reader.readexactly(size)
        found = b"stream: Test.Word FOUND\0" if b"MALWARE" in content else b"stream: OK\0"
        writer.write(found if answer is None else answer)
        await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(serve, socket)
    async with server:
        yield


async def test_without_a_scanner_the_file_is_marked_as_not_scanned() -> None:
    assert await scan("a.pdf", CONTENT, "") is ScanState.NOT_SCANNED


async def test_a_clean_file_is_marked_as_clean(tmp_path: Path) -> None:
    async with clamd(tmp_path / "s"):
        assert await scan("a.pdf", CONTENT[:-7], str(tmp_path / "s")) is ScanState.CLEAN


async def test_malware_is_refused(tmp_path: Path) -> None:
    async with clamd(tmp_path / "s"):
        with pytest.raises(InvalidInputError, match="mã độc") as caught:
            await scan("a.pdf", CONTENT, str(tmp_path / "s"))
    assert caught.value.code == "file_malware"


async def test_a_scanner_that_is_away_or_confused_keeps_the_file_out(tmp_path: Path) -> None:
    with pytest.raises(UnavailableError):
        await scan("a.pdf", CONTENT, str(tmp_path / "nobody"))
    async with clamd(tmp_path / "s", b"INSTREAM size limit exceeded. ERROR\0"):
        with pytest.raises(UnavailableError):
            await scan("a.pdf", CONTENT, str(tmp_path / "s"))
