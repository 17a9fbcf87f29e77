"""The law's rows of one day, and findings that rest on them."""

from __future__ import annotations

from datetime import date

from core.eligibility.schemas import Finding
from core.law import service as law
from core.law.schemas import Parameter
from core.plugin.api import FindingState

OFF, WARN, BLOCK = 0, 1, 2
NOT_BINDING = "Quy định này chưa được Sở xác nhận nên chưa loại ai; Hội đồng xem xét."


class LawDay:
    """Rows in force on a day (procedure: the day of reception), read once each."""

    def __init__(self, on: date) -> None:
        self.on = on
        self._rows: dict[str, Parameter | None] = {}

    def row(self, key: str) -> Parameter | None:
        """Return the row in force, or None where the law says nothing on this day."""
        if key not in self._rows:
            try:
                self._rows[key] = law.parameter(key, self.on)
            except law.LawParameterError:
                self._rows[key] = None
        return self._rows[key]

    def figure(self, key: str) -> int | None:
        """Return the figure in force, or None."""
        row = self.row(key)
        return row.value if row and isinstance(row.value, int) else None

    def names(self, key: str) -> tuple[str, ...]:
        """Return the list in force, () where there is none."""
        row = self.row(key)
        return row.value if row and isinstance(row.value, tuple) else ()

    def finding(
        self,
        key: str,
        state: FindingState,
        text: str,
        *,
        rule: str = "",
        fact: str = "",
        source: str = "",
        reason: str = "",
        is_blocking: bool = True,
    ) -> Finding:
        """Return a finding with the article and the confidence of its row.

        A rule that nobody has confirmed shuts nobody out: what would block wants a judgement.
        """
        row = self.row(key)
        if row and not row.is_confirmed and state is FindingState.NOT_MET and is_blocking:
            state, is_blocking = FindingState.NEEDS_JUDGEMENT, False
            reason = f"{reason} {NOT_BINDING}".strip()
        return Finding(
            rule=rule or key,
            state=state,
            text=text,
            fact=fact,
            source=source,
            reference=row.legal_basis if row else "",
            reason=reason,
            is_blocking=is_blocking,
            is_confirmed=row.is_confirmed if row else False,
        )

    def hit(
        self, key: str, text: str, *, fact: str = "", source: str = "", reason: str = ""
    ) -> Finding | None:
        """Return the finding of a rule that was broken: a warning, a block, or None (off)."""
        level = self.figure(key) or OFF
        if level == OFF:
            return None
        blocks = level >= BLOCK
        state = FindingState.NOT_MET if blocks else FindingState.NEEDS_JUDGEMENT
        return self.finding(
            key, state, text, fact=fact, source=source, reason=reason, is_blocking=blocks
        )
