"""Pages of the guide: a list for the person's roles, and each page."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.params import FromPath
from litestar.response import Response

from core.accounts.guards import actor_of
from core.accounts.schemas import Actor
from core.guide.pages import SECTIONS, GuidePage, all_pages, find_page
from core.kit.templates import page

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}
UNIT_ROLES = ("unit_clerk", "unit_head")


def sections_for(actor: Actor) -> list[str]:
    """Return the sections of the guide that serve this person's roles, the nearest first."""
    writes = actor.has(UNIT_ROLES)
    receives = any(grant.role not in UNIT_ROLES for grant in actor.roles)
    return [*(["units"] if writes or not receives else []), *(["departments"] if receives else [])]


def _listed(sections: list[str]) -> list[tuple[str, list[GuidePage]]]:
    titles = {folder: title for folder, _prefix, title, _names in SECTIONS}
    pages = all_pages().values()
    return [(titles[name], [each for each in pages if each.section == name]) for name in sections]


@get("/huong-dan", name="guide.list", opt=SIGNED_IN, include_in_schema=False)
async def list_pages(request: AnyRequest) -> Response[str]:
    """Show the pages for the person's roles, then those for the others."""
    own = sections_for(actor_of(request))
    others = [folder for folder, *_rest in SECTIONS if folder not in own]
    return page(request, "guide/list.html", own=_listed(own), others=_listed(others))


@get("/huong-dan/{slug:str}", name="guide.page", opt=SIGNED_IN, include_in_schema=False)
async def show_page(request: AnyRequest, slug: FromPath[str]) -> Response[str]:
    """Show one page with its contents and its neighbours."""
    actor_of(request)
    found = find_page(slug)
    [(section, beside)] = _listed([found.section])
    return page(request, "guide/page.html", found=found, section=section, beside=beside)


route_handlers = [list_pages, show_page]
