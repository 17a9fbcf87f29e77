"""What the frame of the console's pages says: the site, the operator, the menu."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from core.accounts.guards import Connection
from core.accounts.schemas import Stage
from tenants.platform import phrases
from tenants.platform.guards import session_of
from tenants.schemas import TenantView

# (address, label, icon)
MENU = [
    ("/so", "Sở Y tế", "building-hospital"),
    ("/plugin", "Plugin", "list-check"),
    ("/cong-viec", "Việc nền", "mail"),
    ("/ho-tro", "Hỗ trợ", "eye"),
    ("/suc-khoe", "Sức khỏe", "chart-bar"),
    ("/nhat-ky", "Nhật ký", "history"),
    ("/nguoi-van-hanh", "Người vận hành", "users"),
]


# Stands where a department stands in the frame.
SITE = TenantView(
    id=UUID(int=0),
    slug="",
    name=phrases.SITE_NAME,
    short_name=phrases.SITE_NAME,
    plugin_slug="",
    official_code="",
    status="active",
    is_demo=False,
    settings={},
)


def frame_of(connection: Connection) -> dict[str, Any]:
    """Return the variables of the frame for a page of the console."""
    return {
        "tenant": SITE,
        "console": True,
        "movement_name": phrases.SITE_LINE,
        "viewer": _viewer(connection),
    }


def _viewer(connection: Connection) -> dict[str, Any] | None:
    view = session_of(connection)
    if view is None or view.stage is not Stage.FULL:
        return None
    path = connection.url.path
    return {
        "display_name": view.operator.display_name,
        "unit_name": phrases.ROLE_NAME,
        "roles": [],
        "nav": [
            {"href": href, "label": label, "icon": icon, "active": path.startswith(href)}
            for href, label, icon in MENU
        ],
        "unread": None,
        "account_id": view.operator.id,
    }
