"""The list of a round as its address says: filters, cards that filter, the next page."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.reports import phrases_department as words
from core.reports import rounds
from core.reports.phrases import STATE_NAMES
from core.reports.schemas import Counters, ObligationRow, Page

PAGE = 50
EXPORT_MAX = 5_000


class Filters(msgspec.Struct, frozen=True):
    """What the address asks for; '' and None ask for everything."""

    search: str = ""
    state: str = ""
    kind: str = ""
    timing: str = ""
    after: UUID | None = None
    receiver: UUID | None = None

    def query(self, **changed: object) -> str:
        """Return the query string, with some filters changed; '' where nothing is asked."""
        wanted = msgspec.structs.replace(self, **changed)
        pairs = {
            "tim": wanted.search,
            "trang-thai": wanted.state,
            "loai": wanted.kind,
            "han": wanted.timing,
            "noi-nhan": wanted.receiver,
            "sau": wanted.after,
        }
        asked = {name: str(value) for name, value in pairs.items() if value}
        return f"?{urlencode(asked)}" if asked else ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return bool(self.search or self.state or self.kind or self.timing)


class Card(msgspec.Struct, frozen=True):
    """A number that leads to the rows behind it."""

    label: str
    value: int
    colour: str
    href: str
    is_active: bool


def filters_of(query: Mapping[str, str]) -> Filters:
    """Read the filters from an address.

    Raises:
        InvalidInputError: a cursor or a receiver that is no id.
    """
    try:
        after, receiver = (UUID(query[n]) if query.get(n) else None for n in ("sau", "noi-nhan"))
    except ValueError as error:
        raise InvalidInputError("Địa chỉ trang không đúng. Xin mở lại từ kỳ báo cáo.") from error
    return Filters(
        search=query.get("tim", "").strip()[:200],
        state=query.get("trang-thai", ""),
        kind=query.get("loai", ""),
        timing=query.get("han", ""),
        after=after,
        receiver=receiver,
    )


def cards(counters: Counters, filters: Filters) -> list[Card]:
    """Return one card for each state, and one for the overdue; pressed again, it lets go."""
    found = [
        _card(filters, STATE_NAMES[state], counters.by_state.get(state, 0), words.COLOURS[state],
              state=str(state))
        for state in words.CARD_STATES
    ]  # fmt: skip
    return [*found, _card(filters, "Quá hạn", counters.overdue, "bad", timing="overdue")]


def _card(
    filters: Filters, label: str, value: int, colour: str, *, state: str = "", timing: str = ""
) -> Card:
    active = (filters.state, filters.timing) == (state, timing)
    wanted = {"state": "", "timing": ""} if active else {"state": state, "timing": timing}
    href = filters.query(after=None, search="", kind="", **wanted) or "?"
    return Card(label, value, colour, f"{href}#danh-sach", active)


async def rows_of(
    actor: Actor, round_id: UUID, receiver_id: UUID, filters: Filters, limit: int = PAGE
) -> Page[ObligationRow]:
    """Return one page of the list (errors as `rounds.list_obligations`)."""
    return await rounds.list_obligations(
        actor=actor,
        round_id=round_id,
        state=filters.state or None,
        kind=filters.kind or None,
        timing=filters.timing or None,
        search=filters.search,
        after=filters.after,
        limit=limit,
        receiver_unit_id=receiver_id,
    )


async def all_rows(
    actor: Actor, round_id: UUID, receiver_id: UUID, filters: Filters
) -> list[ObligationRow]:
    """Return every row that the filters leave, at most 5,000, from the first page on."""
    found: list[ObligationRow] = []
    cursor = None
    while len(found) < EXPORT_MAX:
        wanted = msgspec.structs.replace(filters, after=cursor)
        page = await rows_of(actor, round_id, receiver_id, wanted, limit=200)
        found.extend(page.items)
        cursor = page.next_after
        if cursor is None:
            break
    return found
