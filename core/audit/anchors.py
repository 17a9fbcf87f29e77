"""The head of a chain leaves the database every day: one object for each chain and day.

An object is written once and never again. Whoever re-makes a chain, or cuts its tail, must also
change every object since: keep them where the database's people cannot write (AUDIT_ANCHOR_URL).
"""

from __future__ import annotations

import msgspec

from core.audit.schemas import Anchor, Chain
from core.kit import clock
from core.kit.storage import Storage, opened
from core.settings import settings

FOLDER = "audit-anchors"


def place() -> Storage:
    """Return the storage of the anchors."""
    return opened(settings().anchor_url)


async def write_anchor(chain: Chain, storage: Storage | None = None) -> Anchor | None:
    """Write down the head of a chain, if today's is not written yet.

    Returns:
        The anchor, or None where today's is there already or the chain is still empty.

    Raises:
        UnavailableError: the storage does not take it.
    """
    head = await chain.head()
    if not head.seq:
        return None
    anchor = Anchor(chain.name, head.seq, head.hash, clock.now())
    key = f"{FOLDER}/{chain.name}/{anchor.at:%Y-%m-%d}"
    if not await (storage or place()).create(key, msgspec.json.encode(anchor)):
        return None
    return anchor


async def read_anchors(name: str, storage: Storage | None = None) -> list[Anchor]:
    """Return all anchors of a chain, oldest first.

    Raises:
        UnavailableError: the storage does not answer.
        msgspec.ValidationError: an object is no anchor.
    """
    where = storage or place()
    contents = [await where.get(key) for key in await where.keys(f"{FOLDER}/{name}")]
    return sorted(
        (msgspec.json.decode(content, type=Anchor) for content in contents),
        key=lambda anchor: anchor.at,
    )


async def newest_anchors(name: str, count: int, storage: Storage | None = None) -> list[Anchor]:
    """Return the newest anchors of a chain, newest first (errors as `read_anchors`)."""
    where = storage or place()
    keys = (await where.keys(f"{FOLDER}/{name}"))[-count:]
    return [msgspec.json.decode(await where.get(key), type=Anchor) for key in reversed(keys)]
