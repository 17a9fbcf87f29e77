"""The content of a secret box: five counts, encrypted, bound to who has voted (ADR 9)."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from uuid import UUID

import msgspec

from core.kit import security
from core.law.votes import Choice, Counts

PURPOSE = "councils.ballot_box"
_COUNTS = struct.Struct(">5H")
_ORDER = tuple(Counts.__struct_fields__)


class Turnout(msgspec.Struct, frozen=True):
    """Seats that have voted on the screen, and those that took a paper slip."""

    electronic: tuple[UUID, ...] = ()
    paper: tuple[UUID, ...] = ()

    def has(self, seat_id: UUID) -> bool:
        """Tell whether a seat has voted or taken a slip."""
        return seat_id in self.electronic or seat_id in self.paper

    def voted(self, seat_id: UUID) -> Turnout:
        """Return the turnout with one more seat, in the order of ids, never of time."""
        return Turnout(tuple(sorted({*self.electronic, seat_id})), self.paper)

    def took(self, seat_ids: Sequence[UUID]) -> Turnout:
        """Return the turnout with these seats holding slips."""
        return Turnout(self.electronic, tuple(sorted(set(seat_ids))))


def turnout_of(stored: Mapping[str, object]) -> Turnout:
    """Read a turnout from the database."""
    return msgspec.convert(stored, Turnout)


def empty(case_id: UUID) -> str:
    """Return the content of a box in which nothing is."""
    return _sealed(case_id, Turnout(), Counts())


def put(case_id: UUID, turnout: Turnout, content: str, seat_id: UUID, choice: Choice) -> str | None:
    """Return the content with one more paper, or None where the box does not open."""
    counts = opened(case_id, turnout, content)
    if counts is None:
        return None
    more = counts.plus(Counts(**{str(choice): 1}))
    return _sealed(case_id, turnout.voted(seat_id), more)


def opened(case_id: UUID, turnout: Turnout, content: str) -> Counts | None:
    """Return the counts, or None where content and turnout do not belong together."""
    raw = security.decrypt_bytes(PURPOSE, content, bound_to=_bound(case_id, turnout))
    if raw is None or len(raw) != _COUNTS.size:
        return None
    counts = Counts(**dict(zip(_ORDER, _COUNTS.unpack(raw), strict=True)))
    return counts if counts.total == len(turnout.electronic) else None


def _sealed(case_id: UUID, turnout: Turnout, counts: Counts) -> str:
    raw = _COUNTS.pack(*(getattr(counts, name) for name in _ORDER))
    return security.encrypt_bytes(PURPOSE, raw, bound_to=_bound(case_id, turnout))


def _bound(case_id: UUID, turnout: Turnout) -> bytes:
    """Who has voted on the screen; slips are handed out independently of the box."""
    return b"".join(each.bytes for each in (case_id, *turnout.electronic))
