"""Seconds from `make up` to the first page: first start (with the demo) and second start."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path

from core.runtime.children import page_status

ROOT = Path(__file__).parents[2]
LONGEST = 600.0


def seconds_to_first_page(home: Path) -> tuple[float, float]:
    """Run `make up` once on this data folder.

    Returns:
        Seconds to the first page, and seconds from Ctrl-C to the end.

    Raises:
        RuntimeError: it ended, or no page came within ten minutes.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    env = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("THIDUA_", "DATABASE_", "VALKEY_", "MAKE"))
    }
    env |= {"THIDUA_HOME": str(home), "THIDUA_PORT": str(port)}
    log = home / "make-up.log"
    began = time.monotonic()
    with (
        log.open("wb") as out,
        subprocess.Popen(
            ["make", "up"],
            cwd=ROOT,
            env=env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        ) as process,
    ):
        while page_status(port) not in range(200, 500):
            if process.poll() is not None or time.monotonic() - began > LONGEST:
                os.killpg(process.pid, signal.SIGTERM)
                raise RuntimeError(log.read_text()[-3000:])
            time.sleep(0.02)
        first_page = time.monotonic() - began
        while "Ctrl-C stops everything" not in log.read_text():
            time.sleep(0.05)
        pressed = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        process.wait(60)
        return first_page, time.monotonic() - pressed


def measure() -> dict[str, float]:
    """Return the seconds of a first and a second start on an empty data folder."""
    with tempfile.TemporaryDirectory(prefix="th-") as folder:
        home = Path(folder) / "home"
        home.mkdir(mode=0o711)
        first, _ = seconds_to_first_page(home)
        second, stop = seconds_to_first_page(home)
    return {"first_start_s": first, "second_start_s": second, "stop_s": stop}


if __name__ == "__main__":
    for name, value in measure().items():
        print(f"{name:16}{value:8.2f}")
