"""Corrections of units and people in bulk, and of the department's own names."""

from __future__ import annotations

from core.accounts.schemas import Actor, Role
from core.kit import db
from core.kit.i18n import fold, nfc, sort_key
from core.organisation.service import department


def cleaned(text: str) -> str:
    """Return a text in NFC with single spaces."""
    return nfc(" ".join(text.split()))


async def edit_department(
    *, actor: Actor, name: str, short_name: str, notation: str, place: str
) -> None:
    """Change the names of the department's own unit; papers made from now on show them.

    Raises:
        PermissionDeniedError: not the administrator of the whole department.
    """
    root = await department()
    actor.require(Role.TENANT_ADMIN, root.path)
    name, short_name = cleaned(name), cleaned(short_name)
    await db.execute(
        "UPDATE unit SET name = $2, short_name = $3, search_name = $4, sort_key = $5,"
        " notation = $6, place = $7 WHERE id = $1",
        root.id, name, short_name, fold(f"{name} {short_name} {root.code}"), sort_key(name),
        notation.strip(), cleaned(place),
    )  # fmt: skip
