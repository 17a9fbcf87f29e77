"""One-off commands of the start."""

import time
from pathlib import Path
from threading import Event, Timer

import pytest

from core.runtime.children import StoppedError
from core.runtime.process import EmbeddedServerError
from core.runtime.steps import migrations_digest, run_step

ENV = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}


def test_lines_are_shown_and_returned() -> None:
    shown: list[str] = []
    text = run_step(["sh", "-c", "echo một; echo hai >&2"], ENV, Event(), shown.append)
    assert shown == ["một", "hai"]
    assert text == "một\nhai\n"


def test_failure_carries_the_last_lines() -> None:
    with pytest.raises(EmbeddedServerError, match="relation missing"):
        run_step(["sh", "-c", "echo relation missing; exit 1"], ENV, Event(), lambda _: None)


def test_stop_ends_the_command_and_its_children() -> None:
    stop = Event()
    Timer(0.2, stop.set).start()
    began = time.monotonic()
    with pytest.raises(StoppedError):
        run_step(["sh", "-c", "sleep 30; sleep 30"], ENV, stop, lambda _: None)
    assert time.monotonic() - began < 5


def test_digest_follows_names_and_contents_of_migrations(tmp_path: Path) -> None:
    folder = tmp_path / "core" / "reports" / "piccolo_migrations"
    folder.mkdir(parents=True)
    seen = {migrations_digest([tmp_path / "core"])}
    (folder / "a.py").write_text("1")
    seen.add(migrations_digest([tmp_path / "core"]))
    (folder / "a.py").write_text("2")
    seen.add(migrations_digest([tmp_path / "core"]))
    (folder / "a.py").rename(folder / "b.py")
    seen.add(migrations_digest([tmp_path / "core"]))
    (tmp_path / "core" / "other.py").write_text("x")
    seen.add(migrations_digest([tmp_path / "core"]))
    assert len(seen) == 4
