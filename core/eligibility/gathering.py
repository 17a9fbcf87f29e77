"""Read everything that a check needs: a constant number of statements for many nominations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from core.eligibility import repository_checks as repository
from core.eligibility.known import (
    Candidate,
    Count,
    Declared,
    Ended,
    Grant,
    Hold,
    Idea,
    Known,
    Other,
    Rated,
    Share,
    Use,
)
from core.movements import service as movements
from core.plugin.api import Rating

EARLIER = 5  # years before the period: consecutive titles and ratings are counted over them
COLLECTIVE_TITLES = ("good_collective", "excellent_collective")
_LAST = ("last_outcome", "last_findings", "edition_id")


async def read_candidates(nomination_ids: Sequence[UUID]) -> list[tuple[Candidate, Any]]:
    """Return nominations as candidates, each with its row (the newest check stands in it)."""
    rows = await repository.candidates(nomination_ids)
    editions = {key: await movements.get_edition(key) for key in {r["edition_id"] for r in rows}}
    return [
        (
            Candidate(
                edition=editions[row["edition_id"]],
                **{key: value for key, value in row.items() if key not in _LAST},
            ),
            row,
        )
        for row in rows
    ]


async def gather(candidates: Sequence[Candidate]) -> dict[UUID, Known]:
    """Return what is known of each candidate, by the nomination's id."""
    if not candidates:
        return {}
    ids = [each.id for each in candidates]
    subjects = sorted({each.subject_id for each in candidates})
    units = sorted({c.subject_id for c in candidates if c.subject_kind == "collective"})
    first = min(each.years[0] for each in candidates) - EARLIER
    last = max(each.years[-1] for each in candidates)
    known = {each.id: Known() for each in candidates}
    by_subject: dict[UUID, list[Candidate]] = defaultdict(list)
    for each in candidates:
        by_subject[each.subject_id].append(each)

    for row in await repository.ratings(subjects, first, last):
        rated = Rated(
            row["year"], row["scope"], Rating(row["rating"]), row["is_official"], row["basis"]
        )
        _to_all(known, by_subject[row["subject_id"]], "ratings", rated)
    for row in await repository.declared(subjects, last):
        fact = Declared(row["year"], row["key"], row["value"], row["source"])
        _to_all(known, by_subject[row["subject_id"]], "declared", fact)
    for row in await repository.holds(subjects):
        hold = Hold(row["kind"], row["from_on"], row["released_on"], row["counts_from"])
        _to_all(known, by_subject[row["subject_id"]], "holds", hold)
    for row in await repository.ideas(ids, subjects):
        owners = [row["owner"]] if row["is_attached"] else []
        named = [known[key] for key in owners] or [
            known[each.id] for each in by_subject[row["owner"]]
        ]
        for place in named:
            _add_idea(place, row)
    for row in await repository.uses(ids):
        known[row["nomination_id"]].uses.append(
            Use(**{key: row[key] for key in Use.__struct_fields__})
        )
    await _grants_and_others(subjects, units, known, by_subject)
    await _collectives(candidates, units, known)
    await _counts(candidates, known)
    return known


def _to_all(
    known: dict[UUID, Known], candidates: Iterable[Candidate], field: str, value: object
) -> None:
    for each in candidates:
        getattr(known[each.id], field).append(value)


def _add_idea(known: Known, row: Any) -> None:
    """Add an initiative once; being named in the nomination outweighs the register."""
    if any(each.id == row["id"] and each.is_attached for each in known.ideas):
        return
    known.ideas[:] = [each for each in known.ideas if each.id != row["id"]]
    known.ideas.append(Idea(**{key: row[key] for key in Idea.__struct_fields__}))


async def _grants_and_others(
    subjects: Sequence[UUID],
    units: Sequence[UUID],
    known: dict[UUID, Known],
    by_subject: dict[UUID, list[Candidate]],
) -> None:
    """Awards of the subject and of units merged into it; other nominations on their way."""
    heirs: dict[UUID, set[UUID]] = defaultdict(set)
    for subject in subjects:
        heirs[subject].add(subject)
    for row in await repository.lineage(units):
        heirs[row["unit_id"]].add(row["subject_id"])
    for row in await repository.grants(sorted(heirs)):
        for heir in heirs[row["subject_id"]]:
            grant = Grant(
                is_own=heir == row["subject_id"],
                **{key: row[key] for key in Grant.__struct_fields__ if key != "is_own"},
            )
            for each in by_subject[heir]:
                if row["nomination_id"] != each.id:
                    known[each.id].grants.append(grant)
    for row in await repository.others(subjects):
        other = Other(**{key: row[key] for key in Other.__struct_fields__})
        for each in by_subject[row["subject_id"]]:
            if each.id != other.id:
                known[each.id].others.append(other)


async def _collectives(
    candidates: Sequence[Candidate], units: Sequence[UUID], known: dict[UUID, Known]
) -> None:
    """Units that are no more; shares of titles where a collective title is proposed."""
    for row in await repository.ended(units):
        for each in candidates:
            if each.subject_id == row["id"]:
                known[each.id].ended = Ended(row["kind"], row["effective_on"], row["successor"])
    titled = [each for each in candidates if each.award_kind in COLLECTIVE_TITLES]
    if not titled:
        return
    rows = await repository.shares(
        [each.subject_id for each in titled], [each.year for each in titled]
    )
    shares = {
        (row["unit_id"], row["year"]): Share(*(row[k] for k in Share.__struct_fields__))
        for row in rows
    }
    for each in titled:
        known[each.id].share = shares.get((each.subject_id, each.year), Share(0, 0, 0, 0))


async def _counts(candidates: Sequence[Candidate], known: dict[UUID, Known]) -> None:
    rows = await repository.counts(sorted({each.round_id for each in candidates}))
    counted = {(r["round_id"], r["rung_key"]): Count(r["alive"], r["decided"]) for r in rows}
    for each in candidates:
        known[each.id].count = counted.get((each.round_id, each.rung_key), Count())
