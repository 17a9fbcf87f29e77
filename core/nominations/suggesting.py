"""Who could be proposed: people and units of the register with the reasons that data give.

Nobody is proposed automatically, and who is not named here may be proposed all the same.
"""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.errors import NotFoundError, PermissionDeniedError
from core.kit import db
from core.nominations import access, rounds

SHOWN = 60
RATINGS = {"completed_excellently": "hoàn thành xuất sắc", "completed_well": "hoàn thành tốt"}
_UNITS = """
SELECT u.id, u.name, '' AS title, u.name AS unit_name, u.sort_key AS key,
    coalesce(r.exceeded, 0) AS exceeded, coalesce(r.title, '') AS report,
    (SELECT count(*) FROM initiative i WHERE i.tenant_id = u.tenant_id AND i.unit_id = u.id
        AND i.year BETWEEN $2 AND $3) AS initiatives,
    (SELECT o.rating FROM official_rating o WHERE o.tenant_id = u.tenant_id
        AND o.subject_id = u.id AND o.scope = 'unit' AND o.year BETWEEN $2 AND $3
        ORDER BY o.year DESC, o.state LIMIT 1) AS rating,
    EXISTS (SELECT FROM award_grant g WHERE g.tenant_id = u.tenant_id AND g.subject_id = u.id
        AND g.state = 'in_force') AS awarded
FROM unit u
LEFT JOIN LATERAL (SELECT x.title, (SELECT count(*) FROM report_part p
        WHERE p.tenant_id = x.tenant_id AND p.report_id = x.id
          AND p.fields ->> 'self_assessment' = 'vuot') AS exceeded
    FROM (SELECT r.tenant_id, r.id, o.year::text AS title, r.submitted_at FROM report r
          JOIN reporting_round o ON o.tenant_id = r.tenant_id AND o.id = r.round_id
          WHERE r.tenant_id = u.tenant_id AND r.unit_id = u.id AND r.state = 'accepted'
            AND o.year BETWEEN $2 AND $3 ORDER BY r.submitted_at DESC LIMIT 1) AS x) AS r ON true
WHERE u.is_active AND u.path LIKE ANY ($1)
  AND NOT EXISTS (SELECT FROM nomination n WHERE n.tenant_id = u.tenant_id
      AND n.subject_id = u.id AND n.round_id = $4)
"""
_PEOPLE = """
SELECT p.id, p.full_name AS name, p.job_title AS title, u.name AS unit_name, p.roster_key AS key,
    0::bigint AS exceeded, '' AS report,
    (SELECT count(*) FROM initiative_author a
        JOIN initiative i ON i.tenant_id = a.tenant_id AND i.id = a.initiative_id
        WHERE a.tenant_id = p.tenant_id AND a.person_id = p.id
          AND i.year BETWEEN $2 AND $3) AS initiatives,
    (SELECT o.rating FROM official_rating o WHERE o.tenant_id = p.tenant_id
        AND o.subject_id = p.id AND o.scope = 'person' AND o.year BETWEEN $2 AND $3
        ORDER BY o.year DESC, o.state LIMIT 1) AS rating,
    EXISTS (SELECT FROM award_grant g WHERE g.tenant_id = p.tenant_id AND g.subject_id = p.id
        AND g.state = 'in_force') AS awarded
FROM person p JOIN unit u ON u.tenant_id = p.tenant_id AND u.id = p.unit_id
WHERE u.path LIKE ANY ($1)
  AND NOT EXISTS (SELECT FROM nomination n WHERE n.tenant_id = p.tenant_id
      AND n.subject_id = p.id AND n.round_id = $4)
"""
_FOUND = """
WITH found AS ({source})
SELECT *, exceeded * 2 + initiatives * 3 + CASE rating WHEN 'completed_excellently' THEN 4
    WHEN 'completed_well' THEN 2 ELSE 0 END + CASE WHEN awarded THEN 0 ELSE 1 END AS weight
FROM found WHERE exceeded > 0 OR initiatives > 0
    OR rating IN ('completed_excellently', 'completed_well')
ORDER BY weight DESC, key, id LIMIT $5
"""


class Suggestion(msgspec.Struct, frozen=True):
    """Somebody who could be proposed, and why, in words."""

    id: UUID
    name: str
    title: str
    unit_name: str
    reasons: tuple[str, ...]


async def suggestions(round_id: UUID, kind: str, *, actor: Actor) -> list[Suggestion]:
    """Return who of this person's units could be proposed in a round, strongest reasons first.

    `kind`: collective | individual. One statement after the round's.

    Raises:
        NotFoundError: no such round for this person, or another kind.
        PermissionDeniedError: the person proposes for no unit.
    """
    view = await rounds.get_round(round_id, actor=actor)
    if kind not in ("collective", "individual"):
        raise NotFoundError
    paths = actor.paths((*access.PROPOSERS, *access.HANDLERS))
    if not paths:
        raise PermissionDeniedError
    source = _UNITS if kind == "collective" else _PEOPLE
    rows = await db.fetch(
        _FOUND.format(source=source), [f"{path}%" for path in paths], view.period_from.year,
        view.period_to.year, round_id, SHOWN,
    )  # fmt: skip
    return [
        Suggestion(row["id"], row["name"], row["title"], row["unit_name"], _reasons(row))
        for row in rows
    ]


def _reasons(row: dict[str, object]) -> tuple[str, ...]:
    said = []
    if row["exceeded"]:
        said.append(
            f"Báo cáo năm {row['report']} đã được tiếp nhận, tự đánh giá vượt {row['exceeded']}"
            " tiêu chí."
        )
    if row["initiatives"]:
        said.append(f"Có {row['initiatives']} sáng kiến trong thời gian tính thành tích.")
    if row["rating"] in RATINGS:
        said.append(f"Xếp loại chất lượng: {RATINGS[str(row['rating'])]} nhiệm vụ.")
    if not row["awarded"]:
        said.append("Chưa được khen lần nào trên hệ thống.")
    return tuple(said)
