"""A pristine Debian in a folder: made by debootstrap, entered by chroot."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

PACKAGES = "python3,python3-venv,make,ca-certificates,git"
SUITE = "bookworm"
#: How this machine reaches its package sources; nothing else of it goes in.
HOST_SETTINGS = (
    "/etc/resolv.conf",
    "/etc/hosts",
    "/etc/apt/sources.list",
    "/etc/apt/sources.list.d",
    "/etc/apt/apt.conf.d",
    "/etc/apt/keyrings",
    "/etc/apt/trusted.gpg.d",
    "/etc/apt/preferences.d",
    "/usr/share/keyrings",
    "/etc/pip.conf",
    "/etc/npmrc",
    "/etc/ssl/certs/ca-certificates.crt",
    "/usr/local/share/ca-certificates",
)
HOST_VARIABLES = (
    "http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY",
    "SSL_CERT_FILE", "SSL_CERT_DIR", "PIP_CERT", "PIP_INDEX_URL", "PIP_DEFAULT_TIMEOUT",
    "UV_DEFAULT_INDEX", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "NODE_EXTRA_CA_CERTS",
    "NPM_CONFIG_REGISTRY",
)  # fmt: skip


def build_base(base: Path, mirror: str) -> None:
    """Make the pristine root once; later proofs start from a copy of it."""
    if (base / ".complete").exists():
        return
    shutil.rmtree(base, ignore_errors=True)
    base.mkdir(parents=True)
    subprocess.run(
        ["debootstrap", "--variant=minbase", f"--include={PACKAGES}", SUITE, str(base), mirror],
        check=True,
    )
    (base / ".complete").touch()


def copy_base(base: Path, root: Path) -> None:
    """Make a fresh root from the base, with this machine's package settings."""
    remove(root)
    subprocess.run(["cp", "-a", str(base), str(root)], check=True)
    for name in HOST_SETTINGS:
        source, target = Path(name), root / name.lstrip("/")
        if source.is_dir():
            shutil.copytree(source, target, dirs_exist_ok=True)
        elif source.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            target.unlink(missing_ok=True)
            shutil.copy(source, target)
    subprocess.run(["chroot", str(root), "useradd", "-m", "-s", "/bin/bash", "user"], check=True)


def remove(root: Path) -> None:
    """Remove a root, but never through a mount that is still there."""
    if f" {root}/" in Path("/proc/self/mountinfo").read_text():
        raise RuntimeError(f"something is still mounted below {root}")
    shutil.rmtree(root, ignore_errors=True)


def mount(root: Path) -> None:
    """Give the root its /proc, /sys and /dev (in this process's own mount namespace)."""
    subprocess.run(["mount", "-t", "proc", "proc", str(root / "proc")], check=True)
    subprocess.run(["mount", "--rbind", "/sys", str(root / "sys")], check=True)
    subprocess.run(["mount", "--rbind", "/dev", str(root / "dev")], check=True)


class Machine:
    """The pristine root, in which commands are run as root or as a normal user."""

    def __init__(self, root: Path, user: str, logs: Path) -> None:
        self.root = root
        self.user = user
        self.home = "/root" if user == "root" else f"/home/{user}"
        self.folder = f"{self.home}/thidua"
        self.logs = logs

    def check_out(self, checkout: Path) -> None:
        """Copy the checkout's HEAD in, as a repository of one commit."""
        target = self.root / self.folder.lstrip("/")
        subprocess.run(
            ["git", "clone", "-q", "--depth=1", f"file://{checkout}", str(target)],
            check=True,
            env={**os.environ, "GIT_CONFIG_COUNT": "1", "GIT_CONFIG_KEY_0": "safe.directory",
                 "GIT_CONFIG_VALUE_0": "*"},
        )  # fmt: skip
        subprocess.run(
            ["chroot", str(self.root), "chown", "-R", f"{self.user}:", self.folder], check=True
        )

    def start(self, command: str, log: str, **env: str) -> subprocess.Popen[bytes]:
        """Start a shell command in the checkout; its output goes to a log file."""
        inside = {
            "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            "HOME": self.home,
            "USER": self.user,
            "LANG": "C.UTF-8",
            **{name: os.environ[name] for name in HOST_VARIABLES if name in os.environ},
            **env,
        }
        words = ["chroot", str(self.root)]
        if self.user != "root":
            words = ["chroot", f"--userspec={self.user}:{self.user}", "--groups=", str(self.root)]
        with (self.logs / log).open("wb") as out:
            return subprocess.Popen(
                [*words, "/bin/bash", "-c", f"cd {self.folder} && exec {command}"],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=inside,
                start_new_session=True,
            )

    def text(self, log: str) -> str:
        """Return what a command has written so far."""
        return (self.logs / log).read_text("utf-8", "replace")


def interrupt(process: subprocess.Popen[bytes], timeout: float = 60) -> float:
    """Press Ctrl-C (SIGINT to the whole foreground group); return the seconds to the end."""
    began = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    process.wait(timeout)
    return time.monotonic() - began


def left_over(names: Mapping[str, str]) -> list[str]:
    """Return the running processes (of this pid namespace) whose name is among the given."""
    found = []
    for status in Path("/proc").glob("[0-9]*/comm"):
        try:
            name = status.read_text().strip()
        except OSError:
            continue
        if name in names:
            found.append(name)
    return found
