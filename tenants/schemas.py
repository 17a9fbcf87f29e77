"""A department as the edge and the operator see it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec


class TenantView(msgspec.Struct, frozen=True):
    """A department of the catalogue. `status`: preparing | active | suspended.

    Name, logo (hash of its content) and privacy officer are what the department says of itself.
    `delete_after`: from when on it may be removed; None while no deletion was asked for.
    """

    id: UUID
    slug: str
    name: str
    short_name: str
    plugin_slug: str
    official_code: str
    status: str
    is_demo: bool
    settings: dict[str, Any]
    logo: str = ""
    privacy_name: str = ""
    privacy_phone: str = ""
    privacy_email: str = ""
    delete_after: datetime | None = None

    @property
    def is_suspended(self) -> bool:
        """Whether the operator has suspended the department (its host answers 403)."""
        return self.status == "suspended"


class NewTenant(msgspec.Struct, frozen=True, kw_only=True):
    """A department to be provisioned.

    Attributes:
        hosts: full host names without port, lower case.
        notation: letters in the numbers of the department's papers.
        place: place name on the date line of its papers.
    """

    slug: str
    name: str
    short_name: str
    hosts: tuple[str, ...]
    plugin_slug: str
    official_code: str
    notation: str = "SYT"
    place: str = ""
    is_demo: bool = False
