"""Checks of what is not the database: queue, fonts, libraries, storage, disk, assets."""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

import redis.asyncio as redis

from core.doctor.schemas import Addresses, Finding
from core.documents.render.fonts import font_problems
from core.kit.storage import Storage
from core.runtime.native import advice, missing_libraries

MIN_VALKEY = 7
MIN_FREE_BYTES = 1024**3


async def check_valkey(addresses: Addresses) -> Finding:
    """Valkey or Redis answers and is new enough."""
    try:
        client = redis.from_url(  # type: ignore[no-untyped-call]
            addresses.valkey, socket_timeout=3, socket_connect_timeout=3
        )
        async with client:
            info = await client.info("server")
    except (redis.RedisError, OSError, ValueError) as error:
        return Finding("queue", False, f"no answer: {error}", "start Valkey or set VALKEY_URL")
    version = str(info.get("valkey_version") or info.get("redis_version") or "0")
    ok = int(version.split(".", maxsplit=1)[0]) >= MIN_VALKEY
    remedy = "" if ok else f"use Valkey or Redis {MIN_VALKEY} or newer"
    return Finding("queue", ok, f"version {version}", remedy)


async def check_fonts(addresses: Addresses) -> Finding:
    """The fonts of papers are there and have every Vietnamese letter."""
    problems = font_problems(addresses.fonts)
    return Finding(
        "fonts",
        not problems,
        "; ".join(problems) or "four styles with all Vietnamese letters",
        "run `make assets`" if problems else "",
    )


async def check_libraries(_addresses: Addresses) -> Finding:
    """The libraries that make PDFs can be loaded."""
    missing = missing_libraries()
    return Finding(
        "PDF libraries",
        not missing,
        f"missing: {', '.join(missing)}" if missing else "Pango and HarfBuzz load",
        advice(missing) if missing else "",
    )


async def check_storage(addresses: Addresses) -> Finding:
    """A file can be written, read back and removed."""
    key = "doctor/probe"
    try:
        storage = Storage.from_url(addresses.storage)
        await storage.put(key, b"thidua")
        read = await storage.get(key)
        await storage.delete(key)
    except Exception as error:
        return Finding("storage", False, f"{type(error).__name__}: {error}", "check STORAGE_URL")
    return Finding("storage", read == b"thidua", addresses.storage)


async def check_disk(addresses: Addresses) -> Finding:
    """There is room for files and logs."""
    folder = addresses.home
    if urlsplit(addresses.storage).scheme == "file":
        folder = type(folder)(urlsplit(addresses.storage).path)
    while not folder.exists():
        folder = folder.parent
    free = shutil.disk_usage(folder).free
    ok = free >= MIN_FREE_BYTES
    remedy = "" if ok else f"free at least {MIN_FREE_BYTES // 1024**2} MB"
    return Finding("disk", ok, f"{free // 1024**2} MB free at {folder}", remedy)


async def check_assets(addresses: Addresses) -> Finding:
    """The front end has been built."""
    ok = (addresses.assets / "manifest.json").is_file()
    detail = "built" if ok else f"no manifest.json in {addresses.assets}"
    return Finding("front end", ok, detail, "" if ok else "run `make assets`")


CHECKS = (check_valkey, check_fonts, check_libraries, check_storage, check_disk, check_assets)
