"""Debian's Chromium for the browser tests, and what its driver needs: installed where allowed."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Mapping

from core.runtime import native

# The driver's own Node is linked against it; a minimal Debian lacks it.
DRIVER_LIBRARY, DRIVER_PACKAGE = "libatomic.so.1", "libatomic1"
# The shell draws a page for a third of what the whole browser takes; others serve where it is not.
SHELL = "chromium-headless-shell"
NAMES = (SHELL, "chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def missing_packages() -> list[str]:
    """Return the Debian packages that the browser tests still need."""
    missing = [] if find_chromium() else [SHELL]
    try:
        ctypes.CDLL(DRIVER_LIBRARY)
    except OSError:
        missing.append(DRIVER_PACKAGE)
    return missing


def main(env: Mapping[str, str] = os.environ) -> int:
    """Make sure that a Chromium is there, and the library of its driver.

    Returns:
        0, or 1 where something is missing and CI=true (otherwise the browser tests are skipped).
    """
    if missing := missing_packages():
        native.install(missing)
    if find_chromium() is None:
        native.install(["chromium"])  # a distribution that does not pack the shell
    if not (missing := missing_packages()):
        return 0
    sys.stdout.write(f"  ! No browser tests. Run: sudo apt-get install {' '.join(missing)}\n")
    return 1 if env.get("CI") == "true" else 0


if __name__ == "__main__":
    raise SystemExit(main())
