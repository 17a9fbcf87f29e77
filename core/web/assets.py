"""Addresses of built files: `asset("app.css")` → `/static/app.<hash>.css`."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

MANIFEST = Path(__file__).parent / "dist" / "manifest.json"


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = json.loads(MANIFEST.read_text())
    return names


def asset(name: str) -> str:
    """Return the address of a built file.

    Raises:
        RuntimeError: the front end has not been built (`make assets`).
    """
    try:
        return _names()[name]
    except (FileNotFoundError, KeyError) as error:
        raise RuntimeError(f"{name} is not built: run `make assets`") from error
