"""The table of rights as the guide for departments shows it (a test holds the guide to it)."""

from __future__ import annotations

from admin.catalogue import BY_VIEW
from admin.rights import PANEL_ROLES, RIGHTS, Rights
from admin.titles import title_of
from core.accounts.phrases import ROLE_NAMES
from core.accounts.schemas import Role


def table() -> str:
    """Return the Markdown table of tables × roles."""
    names = [ROLE_NAMES[role] for role in PANEL_ROLES]
    lines = [f"| Bảng | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    for view, rights in RIGHTS.items():
        cells = [_cell(view, rights, role) for role in PANEL_ROLES]
        lines.append(f"| {BY_VIEW[view].title} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"


def _cell(view: str, rights: Rights, role: Role) -> str:
    words = []
    if role in rights.read:
        words.append("xem")
    if role in rights.create:
        words.append("thêm")
    if role in rights.update:
        words.append("sửa " + ", ".join(title_of(view, name).lower() for name in rights.columns))
    if role in rights.delete:
        words.append("xóa")
    return "; ".join(words) or "–"
