"""The ladder in use as a matrix: for each kind of subject, awards down, occasions across."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.kit import clock
from core.law.awards import AwardKind
from core.movements import draft
from core.movements import service as movements
from core.movements.resolved import is_open
from core.movements.schemas import Edition
from core.movements.value_words import quota_words
from core.nominations.ladder import Competence, Origin, Rung, rungs
from core.nominations.phrases_ladder import CELLS, NOT_STATED
from core.plugin.api import Occasion, Standard, SubjectKind

OWN_STANDARD = "Tiêu chuẩn do Sở đặt thêm"


class Cell(msgspec.Struct, frozen=True, kw_only=True):
    """One award on one occasion.

    `state`: department | unit | either (who decides here) | up | unknown | '' (not on the ladder).
    """

    occasion: str
    state: str = ""
    words: str = ""
    limits: str = ""
    is_chosen: bool = False
    rung_key: str = ""


class Line(msgspec.Struct, frozen=True, kw_only=True):
    """One award for one kind of subject, over all occasions.

    `waits`: the plan names no occasion and the department has chosen none.
    `asks_signer`: neither plan nor department says who decides; the law does.
    """

    award: str
    award_kind: str
    level: str
    decider: Competence | None
    law_decider: Competence | None
    proposer: Competence | None
    cells: tuple[Cell, ...]
    waits: bool
    asks_signer: bool
    limits: str
    legal_basis: str
    source_line: int | None


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The awards for one kind of subject, and the standards in the plan's words."""

    subject_kind: str
    lines: tuple[Line, ...]
    standards: tuple[Standard, ...]
    own_standards: tuple[Standard, ...]


class LadderView(msgspec.Struct, frozen=True, kw_only=True):
    """The ladder of the edition in force; without one, `edition_id` is None and all is empty.

    `waiting`: how many rungs have no occasion yet. `may_choose`: this person may set them.
    """

    edition_id: UUID | None
    edition_number: int
    author: str
    on: date
    tables: tuple[Table, ...]
    waiting: int
    has_choices: bool
    may_choose: bool


async def get_ladder(*, actor: Actor) -> LadderView:
    """Return the ladder of the edition in force; everybody who is signed in may read it.

    Raises:
        LawParameterError: the law has no row for today.
    """
    edition = await movements.latest_edition()
    may_choose = await draft.may_edit(actor, "rungs")
    return view_of(edition, clock.today(), may_choose=may_choose)


def view_of(edition: Edition | None, on: date, *, may_choose: bool = False) -> LadderView:
    """Return the matrix of an edition on a day (errors as `get_ladder`)."""
    if edition is None:
        return LadderView(
            edition_id=None, edition_number=0, author="", on=on, tables=(), waiting=0,
            has_choices=False, may_choose=may_choose,
        )  # fmt: skip
    listed = rungs(edition, on)
    return LadderView(
        edition_id=edition.id,
        edition_number=edition.number,
        author=edition.plan.author,
        on=on,
        tables=tuple(_table(kind, listed, edition) for kind in SubjectKind),
        waiting=sum(not rung.is_open for rung in listed),
        has_choices=any(is_open(rung) for rung in edition.plan.ladder),
        may_choose=may_choose,
    )


def _table(kind: SubjectKind, listed: Sequence[Rung], edition: Edition) -> Table:
    groups: dict[tuple[str, str, int | None], list[Rung]] = {}
    for rung in listed:
        if rung.subject_kind is kind:
            name = (rung.award, rung.issuer or "", rung.source_line)
            groups.setdefault(name, []).append(rung)
    lines = sorted(map(_line, groups.values()), key=_height)
    own = tuple(each for each in _own(edition) if each.subject_kind is kind)
    return Table(
        subject_kind=kind.value,
        lines=tuple(lines),
        standards=tuple(each for each in edition.plan.standards if each.subject_kind is kind),
        own_standards=own,
    )


def _own(edition: Edition) -> Iterable[Standard]:
    return edition.content.standards[len(edition.plan.standards) :]


def _height(line: Line) -> tuple[int, int]:
    """Lowest award first; what has no name stands first within its level."""
    levels = ("base", "province", "state", "unknown")
    kinds = list(AwardKind)
    unnamed = line.award_kind == AwardKind.UNNAMED
    place = -1 if unnamed else kinds.index(AwardKind(line.award_kind))
    return levels.index(line.level), place


def _line(group: list[Rung]) -> Line:
    first = group[0]
    on = {rung.occasion: rung for rung in group}
    limits = {_limits(rung) for rung in group}
    same = limits.pop() if len(limits) == 1 else ""
    return Line(
        award=first.award,
        award_kind=first.award_kind.value,
        level=first.level.value,
        decider=first.decider,
        law_decider=first.law_decider,
        proposer=first.proposer,
        cells=tuple(_cell(occasion, on.get(occasion), same) for occasion in Occasion),
        waits=any(not rung.is_open for rung in group),
        asks_signer=first.action_origin is Origin.LAW,
        limits=same,
        legal_basis=first.legal_basis,
        source_line=first.source_line,
    )


def _cell(occasion: Occasion, rung: Rung | None, same: str) -> Cell:
    if rung is None:
        return Cell(occasion=occasion.value, words=NOT_STATED)
    state = rung.signer.value if rung.signer else "up" if rung.action else "unknown"
    limits = _limits(rung)
    return Cell(
        occasion=occasion.value,
        state=state,
        words=CELLS[state][2],
        limits="" if limits == same else limits,
        is_chosen=rung.is_occasion_chosen,
        rung_key=rung.rung_key,
    )


def _limits(rung: Rung) -> str:
    return quota_words(rung.quota) if rung.quota else ""
