"""Pages: one Jinja environment, compiled once; `page()` renders a template into a response.

The composition root adds globals (assets, icons' sprite) and a function that describes the viewer.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from litestar.connection import ASGIConnection
from litestar.enums import MediaType
from litestar.response import Redirect, Response
from litestar.utils.scope.state import ScopeState

from core.kit import clock, i18n
from core.settings import settings

ROOT = Path(__file__).parents[2]
FLASH_COOKIE = "thidua_flash"
Connection = ASGIConnection[Any, Any, Any, Any]
ContextMaker = Callable[[Connection], Mapping[str, Any]]

_context_makers: list[ContextMaker] = []  # none, or the one of the application made last


def add_global(name: str, value: Any) -> None:
    """Make a function known to every template (a room does so when it is imported)."""
    environment().globals[name] = value


def use_context(maker: ContextMaker) -> None:
    """Set the function that adds variables to every page (composition root only)."""
    _context_makers[:] = [maker]


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Return the environment: each room's `templates/` folder, the web base first."""
    folders = [ROOT / "core/web/templates", *sorted(ROOT.glob("core/*/templates"))]
    folders.append(ROOT / "tenants/templates")
    env = Environment(
        loader=FileSystemLoader([str(folder) for folder in dict.fromkeys(folders)]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    env.filters.update(i18n.FILTERS)
    env.globals["now"] = clock.now
    return env


def _flash(connection: Connection) -> list[dict[str, str]]:
    raw = connection.cookies.get(FLASH_COOKIE)
    if not raw:
        return []
    try:
        value = json.loads(unquote(raw))
    except ValueError:
        return []
    if not isinstance(value, list):
        return []
    return [item for item in value if isinstance(item, dict) and {"kind", "text"} <= item.keys()]


def render(connection: Connection, template: str, context: Mapping[str, Any]) -> str:
    """Render a template to text with the variables that every page has."""
    token = ScopeState.from_scope(connection.scope).csrf_token  # absent before the application ran
    common: dict[str, Any] = {
        "request": connection,
        "csrf_token": token if isinstance(token, str) else "",
        "request_id": connection.scope.get("state", {}).get("request_id", ""),
        "flash": _flash(connection),
    }
    for maker in _context_makers:
        common.update(maker(connection))
    return environment().get_template(template).render({**common, **context})


def page(
    connection: Connection, template: str, *, status_code: int = 200, **context: Any
) -> Response[str]:
    """Return a page; a flash message that it shows is taken away."""
    response = Response(
        render(connection, template, context),
        status_code=status_code,
        media_type=MediaType.HTML,
    )
    if FLASH_COOKIE in connection.cookies:
        response.delete_cookie(FLASH_COOKIE)
    return response


def redirect(path: str, *, flash: str = "", kind: str = "success") -> Redirect:
    """Return a 303 to a page of this site, with a message to be shown there once."""
    headers = {}
    if flash:
        value = quote(json.dumps([{"kind": kind, "text": flash}], ensure_ascii=False))
        # Written out: Litestar's Cookie takes a tenth of the time of a whole request.
        headers["set-cookie"] = (
            f"{FLASH_COOKIE}={value}; Path=/; Max-Age=60; HttpOnly; SameSite=lax"
            + ("; Secure" if settings().secure_cookies else "")
        )
    return Redirect(path, status_code=303, headers=headers)
