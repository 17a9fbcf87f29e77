"""The load: a few connections that ask as fast as they are answered; prints figures as JSON.

Run as `python -m tests.bench.load PLAN`, where PLAN is JSON: port, host, cookie, token,
connections, warm (requests before), count, and one of `path` (GET), `drafts` (report ids; each
connection saves one part of its own again and again), `submissions` (report ids, each sent once).
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from typing import Any


class Connection:
    """One HTTP/1.1 connection that is kept open."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.reader: asyncio.StreamReader
        self.writer: asyncio.StreamWriter

    async def open(self) -> None:
        self.reader, self.writer = await asyncio.open_connection("127.0.0.1", self.plan["port"])

    async def ask(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        """Send one request and read its answer."""
        plan = self.plan
        head = (
            f"{method} {path} HTTP/1.1\r\nhost: {plan['host']}\r\ncookie: {plan['cookie']}\r\n"
            f"accept: text/html\r\n"
        )
        if plan.get("gzip"):
            head += "accept-encoding: gzip\r\n"
        if method != "GET":
            head += (
                f"x-csrf-token: {plan['token']}\r\ncontent-type: application/json\r\n"
                f"content-length: {len(body)}\r\n"
            )
        self.writer.write(head.encode() + b"\r\n" + body)
        raw = await self.reader.readuntil(b"\r\n\r\n")
        status = int(raw[9:12])
        length = 0
        for line in raw.lower().split(b"\r\n"):
            if line.startswith(b"content-length:"):
                length = int(line[15:])
        return status, await self.reader.readexactly(length) if length else b""


class Load:
    """Connections and what they have done."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.plan = plan
        self.connections = [Connection(plan) for _ in range(plan["connections"])]
        self.versions = [plan.get("version", 1)] * plan["connections"]
        self.submissions = iter(plan.get("submissions", ()))
        self.statuses: Counter[int] = Counter()
        self.times: list[float] = []
        self.size = 0

    async def open(self) -> None:
        """Open all connections."""
        for connection in self.connections:
            await connection.open()

    async def run(self, count: int) -> float:
        """Ask so many times, spread over the connections; return the seconds."""
        self.statuses.clear()
        self.times.clear()
        left = iter(range(count))
        began = time.perf_counter()
        await asyncio.gather(*(self._ask_all(n, left) for n in range(len(self.connections))))
        return time.perf_counter() - began

    async def _ask_all(self, number: int, left: Any) -> None:
        for _ in left:
            began = time.perf_counter()
            status, body = await self._ask(number)
            self.times.append(time.perf_counter() - began)
            self.statuses[status] += 1
            self.size = len(body)

    async def _ask(self, number: int) -> tuple[int, bytes]:
        connection, plan = self.connections[number], self.plan
        if "path" in plan:
            return await connection.ask("GET", plan["path"])
        if "submissions" in plan:
            return await connection.ask("POST", f"/bao-cao/{next(self.submissions)}/nop")
        version = self.versions[number]
        fields = {
            "narrative": f"{plan['text']} Lần lưu thứ {version}.", "self_assessment": "dat"
        }  # fmt: skip
        sent = json.dumps({"version": version, "fields": fields}).encode()
        path = f"/bao-cao/{plan['drafts'][number]}/phan/{plan['part']}"
        status, body = await connection.ask("PUT", path, sent)
        if status == 200:
            self.versions[number] = json.loads(body)["version"]
        return status, body


async def main(plan: dict[str, Any]) -> None:
    """Warm up, wait for a line on the standard input, measure, print."""
    load = Load(plan)
    await load.open()
    await load.run(plan["warm"])
    print("warm", flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    seconds = await load.run(plan["count"])
    times = sorted(load.times)
    figures = {
        "requests": len(times),
        "seconds": seconds,
        "statuses": {str(status): count for status, count in load.statuses.items()},
        "bytes": load.size,
        "median_ms": times[len(times) // 2] * 1000,
        "p95_ms": times[len(times) * 95 // 100] * 1000,
    }
    print(json.dumps(figures), flush=True)


if __name__ == "__main__":
    import uvloop

    uvloop.run(main(json.loads(sys.argv[1])))
