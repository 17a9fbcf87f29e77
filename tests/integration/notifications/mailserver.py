"""A small SMTP server that takes, refuses or drops mails as a test wants."""

from __future__ import annotations

import asyncio
import email
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email.message import Message


@dataclass
class MailServer:
    """What it got, and how it behaves: rcpt is the answer to RCPT; drop ends after the content."""

    url: str = ""
    mails: list[Message] = field(default_factory=list)
    rcpt: str = "250 ok"
    drop: bool = False
    connections: int = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Speak just enough SMTP."""
        self.connections += 1

        async def say(line: str) -> None:
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 test")
        while line := (await reader.readline()).decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT":
                await say(self.rcpt)
            elif verb == "DATA":
                await say("354 go")
                content = await reader.readuntil(b"\r\n.\r\n")
                self.mails.append(email.message_from_bytes(content))
                if self.drop:
                    break
                await say("250 taken")
            elif verb == "QUIT":
                await say("221 bye")
                break
            else:
                await say("250 ok")
        writer.close()


@asynccontextmanager
async def running() -> AsyncIterator[MailServer]:
    """Run the server on a free port of the loop-back address."""
    mail_server = MailServer()
    server = await asyncio.start_server(mail_server.serve, "127.0.0.1", 0)
    mail_server.url = f"smtp://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    async with server:
        yield mail_server
