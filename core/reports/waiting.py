"""What waits for a person in later rooms, shown beside the reports: each room offers its lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.accounts.schemas import Actor


class Line(Protocol):
    """Something that waits in another room."""

    @property
    def href(self) -> str:
        """Where it is done."""


class Offer(Protocol):
    """A room's answer to what waits there for a person."""

    async def __call__(self, *, actor: Actor) -> Sequence[Line]:
        """Return the lines of a person, the most urgent first."""


_offers: list[Offer] = []


def offer(source: Offer) -> None:
    """Bring a later room's lines (ADR 8); called where the program is put together."""
    if source not in _offers:
        _offers.append(source)


async def elsewhere(*, actor: Actor) -> list[Line]:
    """Return what waits for this person in the rooms that offered it."""
    return [line for source in _offers for line in await source(actor=actor)]
