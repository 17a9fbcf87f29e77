"""What a check finds, and what it looks at."""

from __future__ import annotations

from pathlib import Path

import asyncpg
import msgspec


class Finding(msgspec.Struct, frozen=True):
    """The outcome of one check.

    Attributes:
        ok: nothing to do.
        detail: what was seen.
        remedy: what to do about it; empty when ok.
    """

    check: str
    ok: bool
    detail: str
    remedy: str = ""


class Addresses(msgspec.Struct, frozen=True):
    """Where the installation's servers and folders are."""

    owner: str
    app: str
    platform: str
    valkey: str
    storage: str
    fonts: Path
    assets: Path
    home: Path


class Database(msgspec.Struct, frozen=True):
    """An open connection for each role."""

    owner: asyncpg.Connection
    app: asyncpg.Connection
    platform: asyncpg.Connection
