"""Native libraries and Chromium: looked for, installed where allowed, named otherwise."""

import pytest

from core.runtime import chromium, native


def test_a_library_that_cannot_be_loaded_names_its_package(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(native, "LIBRARIES", {"libc.so.6": "libc6", "libno-such.so.9": "libno9"})
    assert native.missing_libraries() == ["libno9"]


def test_one_line_names_the_command_and_up_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(native, "LIBRARIES", {"libno-such.so.9": "libno9"})
    monkeypatch.setattr(native, "install", lambda packages: False)
    assert native.main() == 0
    assert "sudo apt-get install libno9" in capsys.readouterr().out.splitlines()[-1]


def test_nothing_is_installed_without_the_right_to(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(command: list[str], env: dict[str, str]) -> bool:
        return False

    monkeypatch.setattr(native.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(native, "_quiet", refuse)
    assert native.install(["libno9"]) is False


def test_lists_are_fetched_when_the_first_try_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []

    def apt(command: list[str], env: dict[str, str]) -> bool:
        commands.append(command[command.index("apt-get") + 1])
        return commands == ["install", "update", "install"]

    monkeypatch.setattr(native.os, "geteuid", lambda: 0)
    monkeypatch.setattr(native.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(native, "_quiet", apt)
    assert native.install(["libno9"]) is True
    assert commands == ["install", "update", "install"]


@pytest.mark.parametrize(("env", "code"), [({"CI": "true"}, 1), ({}, 0)])
def test_missing_chromium_fails_only_under_ci(
    env: dict[str, str],
    code: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(chromium, "NAMES", ("no-such-browser",))
    monkeypatch.setattr(native, "install", lambda packages: False)
    assert chromium.main(env) == code
    assert "sudo apt-get install chromium-headless-shell" in capsys.readouterr().out
