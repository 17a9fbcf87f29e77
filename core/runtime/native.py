"""The native libraries that the PDF renderer needs: looked for, installed where allowed."""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

#: Library file -> Debian and Ubuntu package.
LIBRARIES = {
    "libpango-1.0.so.0": "libpango-1.0-0",
    "libpangoft2-1.0.so.0": "libpangoft2-1.0-0",
    "libharfbuzz-subset.so.0": "libharfbuzz-subset0",
}


def missing_libraries() -> list[str]:
    """Return the packages whose library cannot be loaded."""
    return [package for library, package in LIBRARIES.items() if not _loads(library)]


def advice(packages: Sequence[str]) -> str:
    """Return one line that says what does not work, and the command that helps."""
    return f"PDF papers cannot be made yet. Run: sudo apt-get install {' '.join(packages)}"


def install(packages: Sequence[str]) -> bool:
    """Install Debian packages, if this user may; return whether that worked.

    Only root, or a user whom sudo does not ask for a password, may.
    """
    prefix = _apt_prefix()
    if prefix is None:
        return False
    sys.stdout.write(f"• Installing {', '.join(packages)} …\n")
    sys.stdout.flush()
    command = [*prefix, "apt-get", "install", "-y", "-q", "--no-install-recommends", *packages]
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    if _quiet(command, env):
        return True
    _quiet([*prefix, "apt-get", "update", "-q"], env)
    return _quiet(command, env)


def _apt_prefix() -> list[str] | None:
    if not shutil.which("apt-get"):
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and _quiet(["sudo", "-n", "true"], dict(os.environ)):
        return ["sudo", "-n"]
    return None


def _quiet(command: Sequence[str], env: dict[str, str]) -> bool:
    done = subprocess.run(  # noqa: S603 -- words of our own
        list(command), check=False, capture_output=True, env=env
    )
    return done.returncode == 0


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def main() -> int:
    """Install what is missing; say in one line what could not be installed. Never fails."""
    missing = missing_libraries()
    if not missing:
        return 0
    install(missing)
    if left := missing_libraries():
        sys.stdout.write(f"  ! {advice(left)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
