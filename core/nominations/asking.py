"""What was typed into the simulator's form, read as a question."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from core.eligibility.catalogue import RATING_WORDS
from core.errors import InvalidInputError
from core.kit.i18n import parse_vn_number
from core.movements.resolved import years_of
from core.nominations import phrases_ladder as phrases
from core.plugin.api import Occasion, PlanContent, Rating, SubjectKind

KIND, OCCASION, YEAR = "doi-tuong", "dip", "nam"
RATINGS = ("rating", "leadership_rating")
RANK = "dti_rank"
RATING_OPTIONS = (
    ("", "Chưa có"),
    *((each.value, RATING_WORDS[each]) for each in reversed(Rating)),
)


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Whom, when, and what is known of them."""

    subject_kind: SubjectKind
    occasion: Occasion
    year: int
    facts: dict[str, object]


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One fact as the form asks for it; `options` empty: a number is typed."""

    key: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


def question_of(typed: Mapping[str, str], plan: PlanContent) -> Question:
    """Read a question.

    Raises:
        InvalidInputError: with a sentence for each field that is wrong.
    """
    errors: dict[str, str] = {}
    kind, occasion, year = typed.get(KIND, ""), typed.get(OCCASION, ""), typed.get(YEAR, "")
    if kind not in set(SubjectKind):
        errors[KIND] = phrases.BAD_KIND
    if occasion not in set(Occasion):
        errors[OCCASION] = phrases.BAD_OCCASION
    if year not in set(map(str, years_of(plan))):
        errors[YEAR] = phrases.BAD_YEAR
    facts: dict[str, object] = {}
    for key, (_, kinds) in phrases.QUESTIONS.items():
        text = typed.get(key, "").strip()
        if text and kind in kinds:
            _read_fact(key, text, facts, errors)
    if errors:
        raise InvalidInputError(fields=errors)
    return Question(
        subject_kind=SubjectKind(kind), occasion=Occasion(occasion), year=int(year), facts=facts
    )


def _read_fact(key: str, text: str, facts: dict[str, object], errors: dict[str, str]) -> None:
    if key == RANK:
        try:
            rank = parse_vn_number(text)
        except ValueError:
            rank = Decimal(0)
        if rank < 1:
            errors[key] = phrases.BAD_RANK
        else:
            facts[key] = float(rank)
    elif key in RATINGS and text in set(Rating):
        facts[key] = Rating(text)
    elif key not in RATINGS and text in ("co", "khong"):
        facts[key] = text == "co"
    else:
        errors[key] = phrases.BAD_FACT


def fields_of(keys: tuple[str, ...], typed: Mapping[str, str]) -> list[Field]:
    """Return the facts to ask for, as they were typed."""
    return [
        Field(
            key=key,
            label=phrases.QUESTIONS[key][0],
            value=typed.get(key, ""),
            options=() if key == RANK else RATING_OPTIONS if key in RATINGS else phrases.YES_NO,
        )
        for key in keys
    ]
