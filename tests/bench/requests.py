"""CPU per request and requests per second of the web worker, each beside the floor; its memory."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import tempfile
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import asyncpg
from litestar.middleware.csrf import generate_csrf_token

from tests.bench.memory import cpu_seconds, pss_mb
from tests.bench.scratch import free_port, process, run_module, scratch_servers, web

PART = "criterion:collective_1"
SECRET = "bench-bench-bench-bench-bench-bench"
SITE = "core.app:create_app"
FLOOR = "tests.bench.floor:create_app_floor"
PAPERS = 3
CONNECTIONS = 8
SPARE = 2
TEXT = "Đơn vị đã triển khai bệnh án điện tử tại tất cả các khoa lâm sàng, đạt kết quả tốt. " * 12


class Bench:
    """One department, one web worker, one floor."""

    def __init__(self, facts: dict[str, Any], env: dict[str, str]) -> None:
        self.facts = facts
        self.env = env
        self.token = generate_csrf_token(SECRET)

    def measured(self, port: int, pid: int, who: str, **plan: Any) -> dict[str, Any]:
        """Run the load in a process of its own; add the server's processor time per request."""
        cookie = f"thidua_session={self.facts['tokens'][who]}; thidua_csrf={self.token}"
        whole: dict[str, Any] = {
            "port": port, "host": self.facts["host"], "cookie": cookie, "token": self.token,
            "connections": CONNECTIONS, "part": PART, "text": TEXT, "warm": 0, **plan,
        }  # fmt: skip
        words = [sys.executable, "-m", "tests.bench.load", json.dumps(whole)]
        pipe = subprocess.PIPE
        with subprocess.Popen(words, env=self.env, stdin=pipe, stdout=pipe, text=True) as load:
            assert load.stdin is not None
            assert load.stdout is not None
            load.stdout.readline()
            before = cpu_seconds(pid)
            load.stdin.write("go\n")
            load.stdin.flush()
            done = json.loads(load.stdout.readline())
            used = cpu_seconds(pid) - before
        if bad := {s: n for s, n in done["statuses"].items() if s not in ("200", "303")}:
            raise RuntimeError(f"answers {bad} to {list(plan)}")
        return {
            "cpu_ms": used / done["requests"] * 1000,
            "per_second": done["requests"] / done["seconds"],
            "median_ms": done["median_ms"],
            "p95_ms": done["p95_ms"],
            "bytes": done["bytes"],
        }

    def _scenarios(self, count: int) -> list[tuple[str, str, list[dict[str, Any]]]]:
        """Return name, person, and what web and floor are asked (each has reports of its own)."""
        reports = self.facts["reports"][:-SPARE]
        drafts = [reports[:CONNECTIONS], reports[CONNECTIONS : 2 * CONNECTIONS]]
        ready = reports[2 * CONNECTIONS :]
        half = len(ready) // 2
        pages = {
            "my_work": ("clerk", "/viec-cua-toi"),
            "list": ("officer", f"/ky-bao-cao/{self.facts['round_id']}"),
        }
        return [
            *(
                (name, who, [{"path": path, "count": count, "warm": 60}] * 2)
                for name, (who, path) in pages.items()
            ),
            ("draft", "head", [{"drafts": each, "count": count, "warm": 60} for each in drafts]),
            (
                "submit", "head",
                [
                    {"submissions": each, "count": half - 8, "warm": 8}
                    for each in (ready[:half], ready[half : 2 * half])
                ],
            ),
        ]  # fmt: skip

    def requests(self, ports: list[int], pids: list[int], count: int) -> dict[str, Any]:
        """Measure every scenario: web, then floor."""
        figures: dict[str, Any] = {}
        for name, who, plans in self._scenarios(count):
            sides = [
                self.measured(port, pid, who, **plan)
                for port, pid, plan in zip(ports, pids, plans, strict=True)
            ]
            figures[name] = {
                "web": sides[0], "floor": sides[1],
                "ratio": sides[0]["cpu_ms"] / max(sides[1]["cpu_ms"], 0.001),
            }  # fmt: skip
        return figures

    def memory(self, port: int, pids: dict[str, int], count: int) -> dict[str, Any]:
        """Return PSS at rest, after half and after all of a mixed load."""
        figures: dict[str, Any] = {"at_rest": _sizes(pids)}
        mixed = [
            ("clerk", {"path": "/viec-cua-toi"}),
            ("officer", {"path": f"/ky-bao-cao/{self.facts['round_id']}"}),
            ("head", {"path": f"/bao-cao/{self.facts['reports'][0]}"}),
            ("officer", {"path": "/ky-bao-cao"}),
            ("clerk", {"path": "/phong-trao"}),
        ]
        for half in ("after_half", "after_all"):
            for who, plan in mixed:
                self.measured(port, pids["web"], who, **plan, count=count // 2 // len(mixed))
            figures[half] = _sizes(pids)
        grown = figures["after_all"]["web"] / figures["after_half"]["web"] - 1
        return {**figures, "requests": count, "web_growth_percent": grown * 100}


def _sizes(pids: dict[str, int]) -> dict[str, float]:
    return {name: pss_mb(pid) for name, pid in pids.items()}


def _make_papers(bench: Bench, port: int, superuser: str) -> None:
    """Have a few papers made, so that the worker's render pool is warm."""
    cookie = f"thidua_session={bench.facts['tokens']['head']}; thidua_csrf={bench.token}"
    submitted = bench.facts["reports"][2 * CONNECTIONS :][:PAPERS]
    for report in submitted:
        form = urlencode({"kind": "unit_report", "subject_id": report, "_csrf_token": bench.token})
        connection = HTTPConnection("127.0.0.1", port, timeout=10)
        kind = "application/x-www-form-urlencoded"
        headers = {"host": bench.facts["host"], "cookie": cookie, "content-type": kind}
        connection.request("POST", "/tai-lieu", form, headers)
        if connection.getresponse().status != 303:
            raise RuntimeError("a paper was refused")
        connection.close()
    asyncio.run(_until_made(superuser))


async def _until_made(superuser: str) -> None:
    connection = await asyncpg.connect(superuser)
    for _ in range(600):
        if (
            await connection.fetchval("SELECT count(*) FROM document WHERE state = 'done'")
            >= PAPERS
        ):
            break
        await asyncio.sleep(0.2)
    else:
        raise RuntimeError("the papers did not come")
    await connection.close()


def measure(units: int, ready: int, count: int, mixed: int) -> dict[str, Any]:
    """Make a department of so many units and return all figures of requests and memory.

    Args:
        units: how many units the department has.
        ready: how many of them have a report that is ready to be sent.
        count: requests for each scenario (submissions: as many as are ready).
        mixed: requests between the first and the last look at the memory.
    """
    with scratch_servers() as (servers, scratch), tempfile.TemporaryDirectory() as folder:
        env = {**scratch, "THIDUA_SECRET": SECRET}
        print(f"• A department of {units} units …", flush=True)
        facts = json.loads(run_module("tests.bench.department", env, str(units), str(ready)))
        facts |= {"superuser": env["THIDUA_TEST_SUPERUSER"], "part": PART}
        bench = Bench(facts, env)
        ports = [free_port(), free_port()]
        logs = Path(folder)
        floor_env = {**env, "BENCH_FACTS": json.dumps(facts)}
        print("• Requests …", flush=True)
        with (
            web(SITE, env, logs / "web.log", ports[0]) as site,
            web(FLOOR, floor_env, logs / "floor.log", ports[1]) as floor,
        ):
            with urlopen(f"http://127.0.0.1:{ports[1]}/facts", timeout=10) as answer:
                queries = json.load(answer)
            figures = bench.requests(ports, [site.pid, floor.pid], count)
        for name, found in queries.items():
            figures[name] |= {"queries": found["queries"]}
        print("• Memory …", flush=True)
        worker_words = (sys.executable, "-m", "core.worker")
        with (
            web(SITE, env, logs / "web.log", ports[0]) as site,
            process(worker_words, env, logs / "worker.log") as worker,
        ):
            _make_papers(bench, ports[0], facts["superuser"])
            pids = {"web": site.pid, "worker": worker.pid, "database": servers.postgres.pid or 0}
            memory = bench.memory(ports[0], pids, mixed)
    return {"requests": figures, "memory_mb": memory}
