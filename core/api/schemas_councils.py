"""Bodies of the councils' part of the API."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.councils.schemas import Presence


class Invited(msgspec.Struct, frozen=True):
    """How many people were told anew."""

    invited: int


class Presences(msgspec.Struct, frozen=True):
    """How seats take part, by seat."""

    seats: dict[UUID, Presence]


class Nominations(msgspec.Struct, frozen=True):
    """Nominations to be put before a meeting."""

    nomination_ids: tuple[UUID, ...]


class Interest(msgspec.Struct, frozen=True):
    """An interest; without `seat_id` it is one's own."""

    kind: str
    reason: str = ""
    seat_id: UUID | None = None


class Ways(msgspec.Struct, frozen=True):
    """What is done about interests: recuse | declare | substitute | none, by interest."""

    ways: dict[UUID, str]


class Step(msgspec.Struct, frozen=True):
    """Cases of a step; the other members count for `open` only."""

    case_ids: tuple[UUID, ...]
    ballot: str = "secret"
    counting: str = "electronic"
    lower_kind: str = ""


class Slips(msgspec.Struct, frozen=True):
    """Seats that hold a paper slip."""

    seat_ids: tuple[UUID, ...]


class Opinion(msgspec.Struct, frozen=True):
    """A vote that the secretary was given; `scan_id` of a written one."""

    seat_id: UUID
    choice: str
    note: str = ""
    scan_id: UUID | None = None


class ChairWord(msgspec.Struct, frozen=True):
    """The chair's side: agree | disagree."""

    choice: str


class Votes(msgspec.Struct, frozen=True):
    """Choices by case: agree | lower | disagree | abstain."""

    choices: dict[UUID, str]


class Finish(msgspec.Struct, frozen=True):
    """The end: course of the meeting, places by rung, whom the chair takes among equals."""

    discussion: str = ""
    places: dict[str, int] = {}
    chosen: tuple[UUID, ...] = ()


class PersonOfMember(msgspec.Struct, frozen=True):
    """Who a member is in the register; null: nobody."""

    person_id: UUID | None
