"""Hold an uploaded list against what is there: what would be new, changed, wrong. No SQL here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from core.organisation.phrases import KINDS
from tenants.setup import phrases
from tenants.setup.columns import UNIT_KINDS, YES, heading_of, plain
from tenants.setup.schemas import CHANGED, NEW, SAME, RawRow, RowError, UnitLine

KIND_KEYS = {plain(label): key for label, key in UNIT_KINDS.items()}
TRUE = {plain(YES), "x", "1", "true"}
FALSE = {"khong", "0", "false"}
_LONGEST = {"code": 63, "name": 300, "short_name": 120, "notation": 30, "place": 120}


class Known(msgspec.Struct, frozen=True):
    """The units that are there: by code, and the department's own."""

    by_code: Mapping[str, Any]
    root: Any

    @classmethod
    def of(cls, rows: Sequence[Any]) -> Known:
        """Sort out the rows of `repository.units`."""
        root = next(row for row in rows if row["parent_id"] is None)
        return cls({row["code"]: row for row in rows}, root)


class UnitCheck:
    """Checks the rows of units one after another; `lines` and `errors` are the outcome."""

    def __init__(self, rows: Sequence[RawRow], known: Known) -> None:
        self.known = known
        self.rows = rows
        self.errors: list[RowError] = []
        self.first_rows: dict[str, RawRow] = {}
        self.parents: dict[str, str] = {}
        self.lines: list[UnitLine] = []
        self.bad: set[str] = set()

    def run(self) -> UnitCheck:
        """Check everything; parents stand before their children in `lines`."""
        for row in self.rows:
            self._take(row)
        self._loops()
        placed: dict[str, UnitLine] = {}
        for code in self._in_order():
            line = self._line(self.first_rows[code], placed)
            if line is not None:
                placed[code] = line
                self.lines.append(line)
        self.errors.sort(key=lambda error: error.row)
        return self

    def _wrong(self, row: RawRow, key: str, sentence: str) -> None:
        self.errors.append(RowError("units", row.row, heading_of("units", key), sentence))
        self.bad.add(row.cells.get("code", ""))

    def _take(self, row: RawRow) -> None:
        """Look at what a row says by itself."""
        code = row.cells.get("code", "")
        for key in ("code", "name"):
            if not row.cells.get(key):
                self._wrong(row, key, phrases.MISSING)
        for key, most in _LONGEST.items():
            if len(row.cells.get(key, "")) > most:
                self._wrong(row, key, phrases.TOO_LONG.format(most=most))
        self._words(row)
        if not code:
            return
        if code in self.first_rows:
            first = self.first_rows[code].row
            self._wrong(row, "code", phrases.CODE_TWICE.format(code=code, row=first))
            return
        self.first_rows[code] = row
        parent = row.cells.get("parent", "")
        self.parents[code] = "" if parent == self.known.root["code"] else parent

    def _loops(self) -> None:
        """Find units that stand above themselves; every unit of a loop is told the loop."""
        settled: set[str] = set()
        for start in self.parents:
            path: list[str] = []
            seen: dict[str, int] = {}
            code = start
            while code in self.parents and code not in settled and code not in seen:
                seen[code] = len(path)
                path.append(code)
                code = self.parents[code]
            if code in seen:
                self._loop(path[seen[code] :])
            settled.update(path)

    def _loop(self, codes: list[str]) -> None:
        shown = [*codes[:6], "…"] if len(codes) > 6 else codes
        loop = " → ".join([*shown, codes[0]])
        for code in codes:
            sentence = phrases.OWN_PARENT if len(codes) == 1 else phrases.CYCLE.format(loop=loop)
            self._wrong(self.first_rows[code], "parent", sentence)

    def _in_order(self) -> list[str]:
        """Return the codes with parents first; those of a loop are left out with all below."""
        below: dict[str, list[str]] = {}
        for code, parent in self.parents.items():
            below.setdefault(parent if parent in self.parents else "", []).append(code)
        ordered: list[str] = []
        stack = below.get("", [])[::-1]
        while stack:
            code = stack.pop()
            ordered.append(code)
            stack.extend(reversed(below.get(code, [])))
        return ordered

    def _line(self, row: RawRow, placed: Mapping[str, UnitLine]) -> UnitLine | None:
        code, present = row.cells["code"], self.known.by_code.get(row.cells["code"])
        parent = self.parents[code]
        if present is not None and not self._may_change(row, present, parent):
            return None
        above = placed.get(parent)
        if parent and above is None and parent not in self.known.by_code:
            known = parent in self.parents
            said = phrases.BELOW_BAD if known else phrases.UNKNOWN_PARENT
            self._wrong(row, "parent", said.format(code=parent))
        typed = row.cells.get("kind", "")
        kind = _kind_of(typed) if typed else present["kind"] if present else ""
        if kind == "subunit" and not parent and not present:
            self._wrong(row, "parent", phrases.KIND_NEEDS_PARENT)
        word = plain(row.cells.get("owes", ""))
        owes = word in TRUE if word else present["owes_reports"] if present else not parent
        if code in self.bad:
            return None
        return self._as_it_will_be(row, present, kind, owes, above)

    def _may_change(self, row: RawRow, present: Any, parent: str) -> bool:
        code = row.cells["code"]
        if present["parent_id"] is None:
            self._wrong(row, "code", phrases.CODE_OF_ROOT.format(code=code))
            return False
        if not present["is_active"]:
            sentence = phrases.CODE_CLOSED.format(code=code, name=present["name"])
            self._wrong(row, "code", sentence)
            return False
        now = "" if present["under_root"] else present["parent_code"]
        if "parent" in row.cells and parent != now:
            sentence = phrases.MOVED.format(code=code, parent=now or "Sở")
            self._wrong(row, "parent", sentence)
        name = row.cells.get("name", "")
        if name and name != present["name"] and present["has_reports"]:
            self._wrong(row, "name", phrases.RENAMED.format(code=code, name=present["name"]))
        return True

    def _words(self, row: RawRow) -> None:
        """Look at the columns that know certain words only."""
        kind = row.cells.get("kind", "")
        if not kind and row.cells.get("code", "") not in self.known.by_code:
            self._wrong(row, "kind", phrases.MISSING)
        elif kind and not _kind_of(kind):
            choices = ", ".join(UNIT_KINDS)
            self._wrong(row, "kind", phrases.UNKNOWN_KIND.format(value=kind, choices=choices))
        for key in ("owes", "legal"):
            word = plain(row.cells.get(key, ""))
            if word and word not in TRUE | FALSE:
                self._wrong(row, key, phrases.YES_OR_NO)

    def _as_it_will_be(
        self, row: RawRow, present: Any, kind: str, owes: bool, above: UnitLine | None
    ) -> UnitLine:
        code, parent = row.cells["code"], self.parents[row.cells["code"]]
        if present is not None:
            parent = "" if present["under_root"] else present["parent_code"]
        after: dict[str, Any] = {
            key: row.cells.get(key) or (present[key] if present else "")
            for key in ("name", "short_name", "notation", "place")
        }
        legal = plain(row.cells.get("legal", ""))
        after |= {
            "kind": kind,
            "owes_reports": owes,
            "has_legal_personality": legal in TRUE
            if legal
            else bool(present and present["has_legal_personality"]),
        }
        changed = [key for key in phrases.FIELDS if present and present[key] != after[key]]
        status = NEW if present is None else CHANGED if changed else SAME
        return UnitLine(
            row=row.row,
            code=code,
            parent_code=parent,
            level=present["level"] if present else "subunit" if parent else "unit",
            depth=above.depth + 1 if above else 1 if parent else 0,
            status=status,
            changes=", ".join(_change(key, present[key], after[key]) for key in changed),
            unit_id=present["id"] if present else None,
            **after,
        )


def _kind_of(typed: str) -> str:
    """Return the key of a kind by its label or by itself; '' where there is none."""
    return KIND_KEYS.get(plain(typed), typed if typed in UNIT_KINDS.values() else "")


def _change(key: str, before: Any, after: Any) -> str:
    if key == "owes_reports":
        return "nay phải nộp báo cáo" if after else "nay không phải nộp báo cáo"
    if key == "has_legal_personality":
        return "nay có tư cách pháp nhân" if after else "nay không có tư cách pháp nhân"
    if key == "kind":
        before, after = KINDS.get(before, before), KINDS.get(after, after)
    word = phrases.FIELDS[key]
    return f"{word}: “{before}” thành “{after}”" if before else f"{word}: “{after}”"
