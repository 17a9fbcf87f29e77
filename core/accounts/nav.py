"""What the page's frame says of the person: name, unit, menu by roles."""

from __future__ import annotations

from typing import Any

from core.accounts.guards import Connection, session_of
from core.accounts.schemas import Actor, Stage

DEPARTMENT_SIDE = ("officer", "department_head", "records_clerk", "auditor")
UNIT_SIDE = ("unit_clerk", "unit_head")
AWARD_SIDE = (*DEPARTMENT_SIDE, *UNIT_SIDE, "council_member", "council_secretary")
AWARD_ROOMS = ("/de-nghi", "/hoi-dong", "/hop", "/quyet-dinh", "/quy-khen-thuong", "/giay-khen",
               "/so-khen-thuong", "/cong-khai", "/khieu-nai")  # fmt: skip
CONFIGURATION = ("tenant_admin", "department_head", "auditor")
PANEL = "/admin"  # shows the whole department: for roles that hold there
# (address, label, icon, roles that see it; () = everybody)
MENU: list[tuple[str, str, str, tuple[str, ...]]] = [
    ("/viec-cua-toi", "Việc của tôi", "checklist", (*UNIT_SIDE, "officer")),
    ("/ky-bao-cao", "Kỳ báo cáo", "calendar-event", DEPARTMENT_SIDE),
    ("/khen-thuong", "Khen thưởng", "award", AWARD_SIDE),
    ("/hop", "Cuộc họp", "users-group", ("council_member", "council_secretary")),
    ("/quan-tri/nhan-su", "Nhân sự", "users", UNIT_SIDE),
    ("/phong-trao", "Phong trào", "flag", ()),
    ("/don-vi", "Đơn vị", "building-hospital", ()),
    ("/quan-tri", "Quản trị", "settings", CONFIGURATION),
    (PANEL, "Tra cứu dữ liệu", "search", ("officer", "records_clerk")),
    ("/huong-dan", "Hướng dẫn", "help-circle", ()),
]


def menu_of(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the menu's entries for this person; `active` marks the one we are in."""
    at_department = {
        grant.role for grant in actor.roles if grant.unit_path.strip("/").count("/") == 0
    }
    return [
        {"href": href, "label": label, "icon": icon, "active": _is_in(path, href)}
        for href, label, icon, roles in MENU
        if not roles or (bool(at_department & set(roles)) if href == PANEL else actor.has(roles))
    ]


def _is_in(path: str, href: str) -> bool:
    rooms = ("/khen-thuong", *AWARD_ROOMS) if href == "/khen-thuong" else (href,)
    return any(path == room or path.startswith(f"{room}/") for room in rooms)


def viewer_of(connection: Connection) -> dict[str, Any] | None:
    """Return the viewer for the templates; None when nobody is fully signed in."""
    view = session_of(connection)
    if view is None or view.stage is not Stage.FULL:
        return None
    return {
        "display_name": view.actor.display_name,
        "unit_name": view.actor.unit_name,
        "roles": sorted({grant.role for grant in view.actor.roles}),
        "nav": menu_of(view.actor, connection.url.path),
        "unread": view.unread,
        "account_id": view.actor.account_id,
    }
