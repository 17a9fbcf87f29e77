"""Running server processes."""

import signal
import sys
import time
from pathlib import Path

import pytest

from core.runtime.process import EmbeddedServerError, Runner, ServerProcess

ENV = {"PATH": "/usr/bin:/bin"}


def test_failed_command_tells_its_own_words() -> None:
    with pytest.raises(EmbeddedServerError, match="sh failed: no room"):
        Runner().run(["sh", "-c", "echo no room >&2; exit 3"], ENV)


def test_server_that_ends_at_once_is_told_with_its_last_words(tmp_path: Path) -> None:
    server = ServerProcess("Thing", tmp_path / "log")
    (tmp_path / "log").write_text("words of an earlier start\n")
    server.spawn(["sh", "-c", "echo bad option"], ENV)
    with pytest.raises(EmbeddedServerError) as caught:
        server.wait_until(lambda: False, 5)
    assert "bad option" in str(caught.value)
    assert "earlier" not in str(caught.value)


def test_server_that_never_answers_times_out(tmp_path: Path) -> None:
    server = ServerProcess("Thing", tmp_path / "log")
    server.spawn(["sleep", "30"], ENV)
    try:
        with pytest.raises(EmbeddedServerError, match="not ready"):
            server.wait_until(lambda: False, 0.1)
    finally:
        server.stop(signal.SIGTERM, signal.SIGKILL, 5)
    assert not server.alive()


def test_stop_is_hard_on_a_server_that_does_not_listen(tmp_path: Path) -> None:
    server = ServerProcess("Thing", tmp_path / "log")
    code = (
        "import signal,time;signal.signal(15,signal.SIG_IGN);print('up',flush=True);time.sleep(60)"
    )
    server.spawn([sys.executable, "-c", code], ENV)
    server.wait_until(lambda: "up" in server.words(), 10)
    began = time.monotonic()
    server.stop(signal.SIGTERM, signal.SIGKILL, 0.3)
    assert time.monotonic() - began < 3
    assert not server.alive()
