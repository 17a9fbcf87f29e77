"""What is known already: a new draft begins with it, and says where each thing comes from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from core.kit import db
from core.kit.i18n import vn_date
from core.nominations import parts, repository
from core.nominations import repository_parts as store
from core.nominations.schemas import NominationRow, RoundView

NARRATIVE = 12_000
_REPORTS = """
SELECT DISTINCT ON (r.unit_id) r.unit_id, v.content, v.number
FROM report r
JOIN reporting_round o ON o.tenant_id = r.tenant_id AND o.id = r.round_id
JOIN LATERAL (SELECT x.content, x.number FROM report_version x
    WHERE x.tenant_id = r.tenant_id AND x.report_id = r.id ORDER BY x.number DESC LIMIT 1)
    AS v ON true
WHERE r.unit_id = ANY ($1) AND r.state = 'accepted' AND o.year BETWEEN $2 AND $3
  AND o.kind <> 'plan'
ORDER BY r.unit_id, o.year DESC, r.submitted_at DESC
"""
_INITIATIVES = """
SELECT n.id AS nomination_id, i.id FROM nomination n
JOIN initiative i ON i.tenant_id = n.tenant_id AND i.year BETWEEN $2 AND $3
WHERE n.id = ANY ($1) AND (i.unit_id = n.subject_unit_id OR EXISTS (
    SELECT FROM initiative_author a WHERE a.tenant_id = i.tenant_id AND a.initiative_id = i.id
      AND a.person_id = n.subject_person_id))
  AND NOT EXISTS (SELECT FROM nomination_initiative x
    JOIN nomination m ON m.tenant_id = x.tenant_id AND m.id = x.nomination_id
    WHERE x.tenant_id = i.tenant_id AND x.initiative_id = i.id
      AND m.state NOT IN ('draft', 'withdrawn', 'not_awarded'))
"""
_AWARDS = """
SELECT subject_id, award, decision_number, decided_on FROM award_grant
WHERE subject_id = ANY ($1) AND state = 'in_force'
ORDER BY subject_id, decided_on DESC, id LIMIT 5000
"""


async def fill(
    nomination_ids: Sequence[UUID], round_view: RoundView, *, account_id: UUID | None
) -> None:
    """Write the first bodies of all parts of new drafts (a fixed number of statements)."""
    rows = [NominationRow(**row) for row in await repository.many(nomination_ids)]
    first, last = round_view.period_from.year, round_view.period_to.year
    reports = await _reports([row for row in rows if row.subject_kind == "collective"], first, last)
    await store.add_initiatives(
        [(r["nomination_id"], r["id"]) for r in await db.fetch(
            _INITIATIVES, list(nomination_ids), first, last)]
    )  # fmt: skip
    awards = await _awards([row.subject_id for row in rows])
    bodies = []
    for row in rows:
        known = {
            "profile": _profile(row),
            parts.ACHIEVEMENTS: reports.get(row.subject_id, {}),
            "previous_awards": {"items": awards.get(row.subject_id, [])},
        }
        for part in parts.parts_for(row.subject_kind):
            body, _ = parts.clean(part, known.get(part.key, {}))
            bodies.append((row.id, part.key, body))
    await store.insert_parts(bodies, account_id)


def _profile(row: NominationRow) -> dict[str, str]:
    if row.subject_kind == "individual":
        return {"job_title": row.subject_title, "workplace": row.subject_unit_name}
    return {"address": row.subject_title}


async def _reports(
    rows: Sequence[NominationRow], first: int, last: int
) -> dict[UUID, dict[str, Any]]:
    """Return what the units' newest accepted reports of the period say, as an achievements part."""
    found = await db.fetch(_REPORTS, [row.subject_id for row in rows], first, last)
    return {row["unit_id"]: from_report(row["content"], row["number"]) for row in found}


def from_report(content: dict[str, Any], number: int) -> dict[str, Any]:
    """Return narrative, figures and source out of one submitted report."""
    texts, items = [], []
    for part in content["parts"]:
        fields = part.get("fields", {})
        if fields.get("narrative"):
            texts.append(f"{part['title'] or part['text']}: {fields['narrative']}")
        for figure in part.get("indicators", ()):
            if figure["value"]:
                value = f"{figure['value']} {figure['unit'] or ''}".strip().replace(".", ",")
                items.append({"what": figure["text"][: parts.LINE], "value": value,
                              "when": str(content["report"]["year"])})  # fmt: skip
    head = content["report"]
    return {
        "narrative": "\n\n".join(texts)[:NARRATIVE],
        "items": items[: parts.ROWS],
        "source": f"{head['title']} của {head['unit']}, lần nộp {number}"[: parts.LINE],
    }


async def _awards(subject_ids: Sequence[UUID]) -> dict[UUID, list[dict[str, str]]]:
    found: dict[UUID, list[dict[str, str]]] = defaultdict(list)
    for row in await db.fetch(_AWARDS, list(subject_ids)):
        found[row["subject_id"]].append(
            {"award": row["award"], "number": row["decision_number"],
             "day": vn_date(row["decided_on"])}
        )  # fmt: skip
    return found
