"""All pages of award rounds and nominations."""

from __future__ import annotations

from typing import Any

from core.nominations import (
    routes_brief,
    routes_dossier,
    routes_handling,
    routes_import,
    routes_ladder,
    routes_lists,
    routes_meeting,
    routes_nomination,
    routes_rounds,
)

route_handlers: list[Any] = [
    *routes_rounds.route_handlers,
    *routes_lists.route_handlers,
    *routes_nomination.route_handlers,
    *routes_handling.route_handlers,
    *routes_ladder.route_handlers,
    *routes_brief.route_handlers,
    *routes_import.route_handlers,
    *routes_meeting.route_handlers,
    *routes_dossier.route_handlers,
]
