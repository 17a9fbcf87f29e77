"""Chains as the verifier reads them, straight from the rows: no function of the database helps."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from core.audit.schemas import Head, Link

# (sql, *arguments) -> rows: `core.kit.db.fetch`, or the method of a connection.
Fetch = Callable[..., Awaitable[list[Any]]]
PLATFORM = "platform"
LINE = ("at", "actor_id", "reason", "table_name", "row_id", "action", "changes")
PLATFORM_LINE = (
    "at", "operator_id", "reason", "table_name || ':' || subject", "row_id", "action", "changes",
)  # fmt: skip


def line_of(seq: int, values: list[Any]) -> str:
    """Return the text that a hash covers: the values that are there, with bars between them."""
    texts = [_text(value) for value in values if value is not None]
    return "|".join([str(seq), *texts])


def _text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
    return str(value)


class TableChain:
    """A chain in a pair of tables, read by a function that sees no other chain's rows.

    Attributes:
        name: the department's id, or `platform`.
        columns: what a line consists of after the number, in order (SQL); `changes` is read as
            text.
    """

    def __init__(
        self,
        name: str,
        fetch: Fetch,
        *,
        events: str = "audit_event",
        heads: str = "audit_head",
        columns: tuple[str, ...] = LINE,
    ) -> None:
        self.name = name
        self.columns = columns
        self._fetch = fetch
        self._events = events
        self._heads = heads

    async def head(self) -> Head:
        """Return the head that the database keeps."""
        rows = await self._fetch(f"SELECT seq, hash FROM {self._heads}")
        return Head(rows[0]["seq"], rows[0]["hash"]) if rows else Head(0, "")

    async def links(self, after: tuple[int, UUID], limit: int) -> list[Link]:
        """Return the next links after (number, id)."""
        read = ", ".join(
            f"{'changes::text' if name == 'changes' else name} AS v{place}"
            for place, name in enumerate(self.columns)
        )
        rows = await self._fetch(
            f"SELECT seq, id, prev_hash, hash, {read} FROM {self._events}"
            " WHERE (seq, id) > ($1, $2) AND seq > 0 ORDER BY seq, id LIMIT $3",
            *after,
            limit,
        )
        return [
            Link(
                row["seq"],
                row["id"],
                line_of(row["seq"], [row[f"v{place}"] for place in range(len(self.columns))]),
                row["prev_hash"],
                row["hash"],
            )
            for row in rows
        ]

    async def unlinked(self) -> int:
        """Count events that stand in no chain (linking happens before each commit)."""
        rows = await self._fetch(
            f"SELECT count(*) AS n FROM {self._events} WHERE hash = '' OR seq <= 0"
        )
        return int(rows[0]["n"])


def platform_chain(fetch: Fetch) -> TableChain:
    """Return the operators' own trail; `fetch` runs as the operators' role."""
    return TableChain(
        PLATFORM, fetch, events="platform_event", heads="platform_head", columns=PLATFORM_LINE
    )
