"""A rule that shuts a nomination out stops it: named with the person and the finding."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.eligibility import phrases
from core.eligibility.schemas import Finding, Outcome
from core.errors import ConflictError
from core.kit import db

SHOWN = 5
_BLOCKED = """
SELECT n.subject_name, c.findings FROM nomination AS n
CROSS JOIN LATERAL (SELECT k.outcome, k.findings FROM nomination_check AS k
    WHERE k.tenant_id = n.tenant_id AND k.nomination_id = n.id
    ORDER BY k.checked_at DESC, k.id DESC LIMIT 1) AS c
WHERE n.id = ANY ($1::uuid[]) AND c.outcome = $2 ORDER BY n.sort_key, n.id
"""


async def refuse_blocked(nomination_ids: Sequence[UUID]) -> None:
    """Refuse nominations whose newest check found a blocking rule that is not met.

    Raises:
        ConflictError: code `not_eligible`; names who, and which rule is not met and why.
    """
    rows = await db.fetch(_BLOCKED, list(nomination_ids), Outcome.NOT_MET.value)
    if not rows:
        return
    sentences = [
        phrases.BLOCKED.format(
            name=row["subject_name"],
            why="; ".join(_words(msgspec.convert(row["findings"], tuple[Finding, ...]))),
        )
        for row in rows[:SHOWN]
    ]
    if len(rows) > SHOWN:
        sentences.append(phrases.BLOCKED_MORE.format(n=len(rows) - SHOWN))
    raise ConflictError(" ".join(sentences), code="not_eligible")


def _words(findings: Sequence[Finding]) -> list[str]:
    """Return each blocking rule that is not met, with its reason."""
    return [
        f"{each.text.rstrip('.')} ({each.reason.rstrip('.')})"
        if each.reason
        else each.text.rstrip(".")
        for each in findings
        if each.is_blocking and each.state is Outcome.NOT_MET
    ]
