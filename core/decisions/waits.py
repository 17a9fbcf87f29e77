"""Why a paper may not be approved, numbered or issued yet: looked at while its people are locked.

Locks are taken in one order everywhere: the paper, then its nominations by their ids. Whoever
withdraws, refuses or holds one of them locks the nomination first, too (`core.nominations.gates`,
`core.eligibility.repository_holds`), so that of two who act at once the second sees the first.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from core.accounts.schemas import Actor
from core.decisions import phrases, reading, repository
from core.decisions.schemas import DecisionView, Entry, Kind
from core.errors import ConflictError
from core.kit import clock, db
from core.kit.i18n import vn_date
from core.nominations.states import WORDS, State

_LOCK = """SELECT n.id FROM nomination AS n JOIN decision_entry AS e ON e.nomination_id = n.id
WHERE e.decision_id = $1 ORDER BY n.id FOR UPDATE OF n"""
_WINDOWS = """SELECT n.subject_name, c.title, c.closes_on
FROM decision_entry AS d JOIN nomination AS n ON n.id = d.nomination_id
JOIN consultation_entry AS e ON e.nomination_id = n.id JOIN consultation AS c
    ON c.id = e.consultation_id
WHERE d.decision_id = $1 AND c.closes_on >= $2 ORDER BY d.position"""
_COMPLAINTS = """SELECT n.subject_name, c.received_on
FROM decision_entry AS d JOIN nomination AS n ON n.id = d.nomination_id
JOIN complaint AS c ON c.nomination_id = n.id
WHERE d.decision_id = $1 AND c.state IN ('received', 'verifying') ORDER BY d.position"""


async def locked(decision_id: UUID, *, actor: Actor) -> DecisionView:
    """Lock a paper and its nominations until the transaction ends, and return it as it is then.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    await reading.get_decision(decision_id, actor=actor)
    await repository.lock(decision_id)
    await db.fetch(_LOCK, decision_id)
    return await reading.get_decision(decision_id, actor=actor)


def refuse_gone(found: DecisionView) -> None:
    """Refuse while somebody in the list no longer waits for this paper.

    Raises:
        ConflictError: code `gone`; names who, and where the nomination stands.
    """
    if gone := _gone(found):
        words = [
            phrases.GONE.format(name=each.subject_name, state=WORDS[State(each.state)].lower())
            for each in gone
        ]
        raise ConflictError(" ".join([*words, phrases.GONE_HELP]), code="gone")


async def refuse_opinions(found: DecisionView) -> None:
    """Refuse while opinions are being asked for, or a complaint is open, about somebody in it.

    Only where the department published a list, or has a complaint.

    Raises:
        ConflictError: code `window_open` or `open_complaint`; names who, and until when.
    """
    for code, words in (await sentences(found)).items():
        raise ConflictError(" ".join(words), code=code)


async def sentences(found: DecisionView) -> dict[str, list[str]]:
    """Return what stands against approving a paper that takes nothing back, by code of refusal."""
    if found.kind is Kind.REVOKE or not found.entries:
        return {}
    windows = await db.fetch(_WINDOWS, found.id, clock.today())
    complaints = await db.fetch(_COMPLAINTS, found.id)
    told = {"window_open": _windows(windows), "open_complaint": _complaints(complaints)}
    return {code: words for code, words in told.items() if words}


def _gone(found: DecisionView) -> list[Entry]:
    expected = State.DECIDED if found.kind is Kind.REVOKE else State.SUBMITTED
    return [each for each in found.entries if each.state != expected]


def _windows(rows: Sequence[Any]) -> list[str]:
    lists: dict[tuple[str, date], list[str]] = {}
    for row in rows:
        lists.setdefault((row["title"], row["closes_on"]), []).append(row["subject_name"])
    return [
        phrases.WINDOW_OPEN.format(names=_shown(names), title=title, day=vn_date(day))
        for (title, day), names in lists.items()
    ]


def _complaints(rows: Sequence[Any]) -> list[str]:
    return [
        phrases.COMPLAINT_OPEN.format(name=row["subject_name"], day=vn_date(row["received_on"]))
        for row in rows
    ]


def _shown(names: Sequence[str]) -> str:
    return ", ".join(names[:5]) + (f" và {len(names) - 5} trường hợp khác" if names[5:] else "")
