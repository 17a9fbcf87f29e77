"""Ask clamd about a content (INSTREAM); without its socket, files are marked as not scanned."""

from __future__ import annotations

import asyncio
import struct

from core.errors import UnavailableError
from core.evidence import phrases
from core.evidence.checks import refuse
from core.evidence.schemas import ScanState

CHUNK = 64 * 1024
PATIENCE = 30.0


async def scan(name: str, content: bytes, socket: str) -> ScanState:
    """Return what the scanner says of a content.

    Raises:
        InvalidInputError: it found malware.
        UnavailableError: a scanner is set and does not answer; the file is not taken.
    """
    if not socket:
        return ScanState.NOT_SCANNED
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await _instream(content, socket)
    except (OSError, TimeoutError) as error:
        raise UnavailableError(phrases.SCANNER_AWAY, code="scanner_unavailable") from error
    if answer.endswith("FOUND"):
        raise refuse(phrases.malware(name), "file_malware")
    if not answer.endswith("OK"):
        raise UnavailableError(phrases.SCANNER_AWAY, code="scanner_unavailable")
    return ScanState.CLEAN


async def _instream(content: bytes, socket: str) -> str:
    reader, writer = await asyncio.open_unix_connection(socket)
    try:
        writer.write(b"zINSTREAM\0")
        for start in range(0, len(content), CHUNK):
            chunk = content[start : start + CHUNK]
            writer.write(struct.pack("!L", len(chunk)) + chunk)
            await writer.drain()
        writer.write(struct.pack("!L", 0))
        await writer.drain()
        answer = await reader.read(4096)
        return answer.rstrip(b"\0\n").decode("utf-8", "replace")
    finally:
        writer.close()
