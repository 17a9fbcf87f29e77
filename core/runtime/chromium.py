"""Debian's Chromium for the browser tests: looked for, installed where allowed."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping

from core.runtime import native

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find_chromium() -> str | None:
    """Return the path of a Chromium, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def main(env: Mapping[str, str] = os.environ) -> int:
    """Make sure that a Chromium is there.

    Returns:
        0, or 1 where there is none and CI=true (otherwise the browser tests are skipped).
    """
    if find_chromium():
        return 0
    native.install(["chromium"])
    if find_chromium():
        return 0
    sys.stdout.write("  ! No browser tests. Run: sudo apt-get install chromium\n")
    return 1 if env.get("CI") == "true" else 0


if __name__ == "__main__":
    raise SystemExit(main())
