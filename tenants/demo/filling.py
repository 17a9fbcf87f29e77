"""Fields of a demo report's part, the same for the same unit, part and year."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Any

from core.kit.i18n import fold
from core.plugin.api import Comparison, Indicator
from core.reports.schemas import PartView
from tenants.demo import texts


def dice(*parts: object) -> Random:
    """Return a source of choices that depends on nothing but its arguments."""
    return Random("|".join(map(str, parts)))  # noqa: S311 -- demo texts, no secrets


def fields_of(part: PartView, random: Random, author: str) -> dict[str, Any]:
    """Return believable fields for one part of a report."""
    match part.kind:
        case "criterion":
            return {
                "narrative": narrative(part.title, random),
                "self_assessment": random.choices(("dat", "vuot", "chua_dat"), (70, 22, 8))[0],
            }
        case "indicators":
            return {"figures": figures(part.indicators, random)}
        case "initiatives":
            return {"items": initiatives(random, author), "none": False}
        case _:
            return {
                "difficulties": filled(random.choice(texts.DIFFICULTIES), random),
                "proposals": filled(random.choice(texts.PROPOSALS), random),
                "none": False,
            }


def narrative(title: str, random: Random) -> str:
    """Return three paragraphs on the subject of a criterion."""
    folded = fold(title)
    theme = next(
        theme
        for theme in texts.THEMES
        if not theme.words or any(word in folded for word in theme.words)
    )
    lists = (theme.openings, theme.middles, theme.endings)
    return "\n\n".join(filled(random.choice(sentences), random) for sentences in lists)


def initiatives(random: Random, author: str) -> list[dict[str, str]]:
    """Return one or two initiatives."""
    return [
        {
            "name": name,
            "author": author,
            "result": filled(result, random),
            "recognised_by": "Hội đồng sáng kiến của đơn vị",
        }
        for name, result in random.sample(texts.INITIATIVES, random.choice((1, 1, 2)))
    ]


def figures(indicators: Sequence[Indicator], random: Random) -> dict[str, dict[str, str]]:
    """Return a figure for each indicator, near its target."""
    return {each.id: {"value": _near(each, random), "note": ""} for each in indicators}


def filled(sentence: str, random: Random) -> str:
    """Return a sentence with its figures."""
    before = random.randint(35, 70)
    return sentence.format(
        n=random.randint(8, 26),
        n2=random.randint(40, 260),
        n3=f"{random.randint(1, 9)}.{random.randint(100, 999)}",
        k=random.randint(2, 6),
        p=str(random.randint(860, 995) / 10).replace(".", ","),
        p2=random.randint(9, 34),
        a=before,
        b=before - random.randint(12, 25),
        m=random.randint(45, 380),
    )


def _near(indicator: Indicator, random: Random) -> str:
    if isinstance(indicator.target, tuple):
        return str(random.randint(1, indicator.target[1] * 2))
    target = float(indicator.target)
    if indicator.comparison is Comparison.EQUAL:
        value = target if random.random() < 0.6 else target - random.randint(1, 80) / 10
    else:
        value = min(99.8, target + random.randint(-60, 60) / 10)
    return f"{value:.1f}".rstrip("0").rstrip(".").replace(".", ",")
