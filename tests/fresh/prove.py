"""Prove `make up` and `make test` on a pristine Debian, as a normal user and as root.

Run by root on a Debian machine with debootstrap: `make test-fresh`. The root lies in
THIDUA_FRESH (a folder under /var/tmp by default) and is kept for the next proof. The
pristine root uses this machine's package settings (apt sources, pip, certificates, proxy).
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from machine import Machine, build_base, copy_base, interrupt, left_over, mount, remove

CHECKOUT = Path(__file__).parents[2]
SERVERS = {"postgres": "", "valkey-server": "", "uvicorn": ""}
INSIDE = "THIDUA_FRESH_INSIDE"


class ProofError(Exception):
    """A claim does not hold."""


@dataclass
class Report:
    """The lines of the summary."""

    rows: list[tuple[str, str, float, str]] = field(default_factory=list)

    def claim(self, title: str, act: Callable[[], str]) -> None:
        """Run one part of the proof and note its outcome."""
        print(f"== {title}", flush=True)
        began = time.monotonic()
        try:
            note, outcome = act(), "ok"
        except (ProofError, subprocess.SubprocessError, OSError) as error:
            note, outcome = str(error), "FAILED"
        self.rows.append((title, outcome, time.monotonic() - began, note))
        print(f"   {outcome}: {note}", flush=True)

    def show(self) -> int:
        """Print the summary; return the exit code."""
        print("\nSummary")
        for title, outcome, seconds, note in self.rows:
            print(f"{outcome:7}{seconds:8.1f} s  {title}: {note.splitlines()[0] if note else ''}")
        return 0 if all(row[1] == "ok" for row in self.rows) else 1


def status(port: int, host: str, path: str = "/") -> int:
    """Return the status of a page, following one redirection on the same host; 0 = nobody."""
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers={"Host": f"{host}:{port}"})
        answer = connection.getresponse()
        where = answer.getheader("Location") or ""
        if answer.status in {301, 302, 303, 307} and where.startswith("/") and where != path:
            return status(port, host, where)
    except (OSError, HTTPException):
        return 0
    else:
        return answer.status
    finally:
        connection.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def up(machine: Machine, log: str, *, first: bool) -> str:
    """Run `make up` to its table, look at the pages, press Ctrl-C, look for leftovers."""
    port = free_port()
    began = time.monotonic()
    process = machine.start("make up", log, THIDUA_PORT=str(port))
    try:
        page = wait_for(lambda: status(port, "localhost") in range(200, 500), process, machine, log)
        wait_for(lambda: "Ctrl-C stops everything" in machine.text(log), process, machine, log)
        text = machine.text(log)
        hosts = re.findall(rf"http://(\S+\.localhost):{port}/", text)
        if len(set(hosts)) < 5:
            raise ProofError(f"only {len(set(hosts))} departments in the table")
        pages = {host: status(port, host) for host in hosts}
        if bad := {host: code for host, code in pages.items() if code != 200}:
            raise ProofError(f"pages that do not answer 200: {bad}")
        if first != ("Database migrations" in text):
            raise ProofError("migrations ran again" if not first else "no migrations")
    finally:
        if process.poll() is None:
            ended = interrupt(process)
    if left := left_over(SERVERS):
        raise ProofError(f"left running: {left}")
    note = f"first page after {page - began:.1f} s, {len(set(hosts))} departments, "
    return note + f"ended {ended:.1f} s after Ctrl-C"


def wait_for(
    true: Callable[[], bool],
    process: subprocess.Popen[bytes],
    machine: Machine,
    log: str,
    timeout: float = 900,
) -> float:
    """Wait for something of a running command; return the moment when it came."""
    end = time.monotonic() + timeout
    while not true():
        if process.poll() is not None:
            raise ProofError(f"ended with {process.returncode}:\n{machine.text(log)[-3000:]}")
        if time.monotonic() > end:
            raise ProofError(f"nothing after {timeout:.0f} s:\n{machine.text(log)[-3000:]}")
        time.sleep(0.05)
    return time.monotonic()


def suite(machine: Machine, command: str, log: str) -> str:
    """Run the suite; return pytest's last line."""
    began = time.monotonic()
    code = machine.start(command, log, CI="true").wait(1800)
    last = [line for line in machine.text(log).splitlines() if re.search(r"\d+ passed", line)]
    if code != 0:
        raise ProofError(f"exit code {code}:\n{machine.text(log)[-5000:]}")
    return f"{last[-1].strip('= ') if last else 'no summary'} ({time.monotonic() - began:.0f} s)"


def prove(folder: Path, only: set[str]) -> int:
    """Run all parts of the proof inside this process's own namespaces."""
    root, logs = folder / "root", folder / "log"
    mount(root)
    report = Report()
    for user in ("user", "root"):
        if user not in only:
            continue
        machine = Machine(root, user, logs)
        report.claim(f"{user}: checkout", lambda m=machine: m.check_out(CHECKOUT) or m.folder)
        if "up" in only:
            for turn, first in (("first", True), ("second", False)):
                report.claim(
                    f"{user}: make up, {turn} start",
                    lambda m=machine, t=turn, f=first: up(m, f"{m.user}-up-{t}.log", first=f),
                )
        if "test" in only and user == "root":
            report.claim(
                "root: make test", lambda m=machine: suite(m, "make test", "root-test.log")
            )
    return report.show()


def main() -> int:
    """Make the pristine root, then prove inside it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="user,root,up,test", help="parts, by commas")
    parser.add_argument("--mirror", default="http://deb.debian.org/debian")
    options = parser.parse_args()
    folder = Path(os.environ.get("THIDUA_FRESH", "/var/tmp/thidua-fresh"))
    if os.environ.get(INSIDE):
        return prove(folder, set(options.only.split(",")))
    if os.geteuid() != 0 or not shutil.which("debootstrap"):
        sys.exit("test-fresh needs root and debootstrap: sudo apt-get install debootstrap")
    build_base(folder / "base", options.mirror)
    copy_base(folder / "base", folder / "root")
    (folder / "log").mkdir(exist_ok=True)
    code = subprocess.run(
        ["unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc",
         "--propagation", "private", sys.executable, __file__, *sys.argv[1:]],
        check=False,
        env={**os.environ, INSIDE: "1"},
    ).returncode  # fmt: skip
    remove(folder / "root")
    print(f"Logs: {folder / 'log'}")
    return code


if __name__ == "__main__":
    raise SystemExit(main())
