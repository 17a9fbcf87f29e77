"""Children are restarted with growing pauses."""

import socket
import sys
import time
from pathlib import Path
from threading import Event

import pytest

from core.runtime.children import (
    CALM,
    FIRST_PAUSE,
    LONGEST_PAUSE,
    Child,
    StoppedError,
    page_status,
    wait_for_page,
)
from core.runtime.process import EmbeddedServerError

ENV = {"PATH": "/usr/bin:/bin"}


def make(tmp_path: Path, *command: str) -> Child:
    return Child("web", command, ENV, tmp_path / "web.log")


def ended(child: Child) -> Child:
    child.start()
    assert child.process.process is not None
    child.process.process.wait(10)
    return child


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_running_child_is_left_alone(tmp_path: Path) -> None:
    child = make(tmp_path, "sleep", "30")
    child.start()
    try:
        assert child.watch(time.monotonic()) is None
        assert child.restarts == 0
    finally:
        child.stop()


def test_ended_child_is_told_once_and_restarted_after_its_pause(tmp_path: Path) -> None:
    child = ended(make(tmp_path, "true"))
    now = time.monotonic()
    assert "started again" in (child.watch(now) or "")
    assert child.watch(now + FIRST_PAUSE / 2) is None
    assert child.restarts == 0
    assert child.watch(now + FIRST_PAUSE) is None
    assert child.restarts == 1
    child.stop()


def test_pause_doubles_up_to_a_limit_and_falls_back_after_calm(tmp_path: Path) -> None:
    child = ended(make(tmp_path, "true"))
    for _ in range(10):
        now = time.monotonic()
        child.watch(now)
        child.watch(now + LONGEST_PAUSE)
        assert child.process.process is not None
        child.process.process.wait(10)
    assert child.pause == LONGEST_PAUSE
    child.watch(child.began + CALM + 1)
    assert child.pause == FIRST_PAUSE * 2
    child.stop()


def test_page_is_waited_for(tmp_path: Path) -> None:
    port = free_port()
    child = make(tmp_path, sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1")
    assert page_status(port) == 0
    child.start()
    try:
        wait_for_page(child, port, Event(), 20)
        assert page_status(port) == 200
    finally:
        child.stop()


def test_web_server_that_dies_is_told_with_its_log(tmp_path: Path) -> None:
    child = make(tmp_path, "sh", "-c", "echo ImportError: nothing")
    child.start()
    with pytest.raises(EmbeddedServerError, match="ImportError: nothing"):
        wait_for_page(child, free_port(), Event(), 5)


def test_waiting_ends_at_the_stop(tmp_path: Path) -> None:
    child = make(tmp_path, "sleep", "30")
    child.start()
    stop = Event()
    stop.set()
    try:
        with pytest.raises(StoppedError):
            wait_for_page(child, free_port(), stop, 5)
    finally:
        child.stop()
