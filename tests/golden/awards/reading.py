"""The typed tables of awards as values: `ladder/<slug>.toml`, `eligibility/<slug>.txt`."""

import tomllib
from pathlib import Path
from typing import NamedTuple

from core.plugin.api import EligibilityRequest, Occasion, Rating, SubjectKind

HERE = Path(__file__).parent
SLUGS = ("dien_bien", "ha_noi", "lai_chau", "quang_ngai", "vinh_long")
STATES = {"+": "met", "-": "not_met", "~": "pending", "?": "needs_judgement"}
FACTS = {
    "obeys": "obeys_law",
    "unity": "internal_unity",
    "organised": "movement_organised",
    "change": "clear_change",
    "initiative": "has_initiative",
    "contributions": "has_contributions",
    "skills": "digital_skills_certificate",
    "ranked": "ranked_by_dti",
    "guidance": "dti_guidance_issued",
    "quota": "within_quota",
}
RATINGS = {
    "not_completed": Rating.NOT_COMPLETED,
    "completed": Rating.COMPLETED,
    "well": Rating.COMPLETED_WELL,
    "excellent": Rating.COMPLETED_EXCELLENTLY,
}
UNSTATED = "unstated"


class Award(NamedTuple):
    """One award in a cell; None where the plan does not say."""

    words: str
    issuer: str | None
    action: str | None
    line: int


class Cell(NamedTuple):
    """One cell of a ladder's table; `occasion` None: the plan names none."""

    occasion: str | None
    subject: str
    awards: tuple[Award, ...]
    withheld: tuple[tuple[str, int, str], ...]
    empty: str
    lines: tuple[int, ...]


class Case(NamedTuple):
    """One typed judgement: what is known, and the state of each rule by its key."""

    where: str
    request: EligibilityRequest
    states: dict[str, str]


def cells(slug: str) -> list[Cell]:
    """Return the cells of one plan's ladder in the order of the file."""
    text = (HERE / "ladder" / f"{slug}.toml").read_text(encoding="utf-8")
    return [
        Cell(
            occasion=None if occasion == UNSTATED else occasion,
            subject=subject,
            awards=tuple(
                Award(words, issuer or None, action or None, line)
                for words, issuer, action, line in cell.get("awards", ())
            ),
            withheld=tuple(map(tuple, cell.get("withheld", ()))),
            empty=cell.get("empty", ""),
            lines=tuple(cell.get("lines", ())),
        )
        for occasion, row in tomllib.loads(text).items()
        for subject, cell in row.items()
    ]


def cases(slug: str, year: int = 2026) -> list[Case]:
    """Return the typed judgements of one plan."""
    awards: dict[str, str] = {}
    found = []
    lines = (HERE / "eligibility" / f"{slug}.txt").read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.startswith("@award"):
            short, _, words = line.removeprefix("@award ").partition(" = ")
            awards[short] = words
        elif line and line[0] not in "#@":
            found.append(_case(f"{slug}.txt:{number}", line, awards, year))
    return found


def rules(slug: str) -> set[str]:
    """Return the keys of the rules that a file declares with their source."""
    text = (HERE / "eligibility" / f"{slug}.txt").read_text(encoding="utf-8")
    return {line.split()[1] for line in text.splitlines() if line.startswith("@rule")}


def _case(where: str, line: str, awards: dict[str, str], year: int) -> Case:
    occasion, subject, award, facts, states = (part.strip() for part in line.split("|"))
    given: dict[str, object] = {}
    for pair in facts.split() if facts != "-" else ():
        name, _, value = pair.partition("=")
        if name in ("rating", "leadership"):
            given["rating" if name == "rating" else "leadership_rating"] = RATINGS[value]
        elif name == "rank":
            given["dti_rank"] = float(value)
        else:
            given[FACTS[name]] = {"y": True, "n": False}[value]
    request = EligibilityRequest(
        award=awards[award],
        subject_kind=SubjectKind(subject),
        occasion=Occasion(occasion),
        year=year,
        **given,  # type: ignore[arg-type]
    )
    return Case(where, request, {word[:-1]: STATES[word[-1]] for word in states.split()})
