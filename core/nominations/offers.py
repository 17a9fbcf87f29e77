"""Which awards may be proposed: the ladder's open rungs for an occasion and a kind of subject."""

from __future__ import annotations

import msgspec

from core.movements.schemas import Edition
from core.nominations.ladder import Rung, rungs, rungs_for
from core.plugin.api import Occasion, SubjectKind


class Offer(msgspec.Struct, frozen=True):
    """A rung that is open; `action`: decide | propose | forward, '' where nobody says."""

    key: str
    award: str
    award_kind: str
    issuer: str
    action: str
    legal_basis: str
    source_line: int | None


def offers(edition: Edition, occasion: str, kind: str) -> list[Offer]:
    """Return the rungs open on an occasion for a kind of subject, in the plan's order."""
    return [_offer(rung) for rung in rungs_for(edition, Occasion(occasion), SubjectKind(kind))]


def offer_of(edition: Edition, occasion: str, kind: str, key: str) -> Offer | None:
    """Return one open rung by its key."""
    return next((each for each in offers(edition, occasion, kind) if each.key == key), None)


def occasions_open(edition: Edition) -> list[str]:
    """Return the occasions on which at least one rung is open, in the order of the year."""
    found = {rung.occasion for rung in rungs(edition)}
    return [occasion.value for occasion in Occasion if occasion in found]


def _offer(rung: Rung) -> Offer:
    return Offer(
        key=rung.rung_key,
        award=rung.award,
        award_kind=rung.award_kind.value,
        issuer=rung.issuer or (rung.decider.who if rung.decider else ""),
        action=rung.action.value if rung.action else "",
        legal_basis=rung.legal_basis,
        source_line=rung.source_line,
    )
