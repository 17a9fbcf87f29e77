"""What every request asks about support access: is it told, and is this a session of support."""

from __future__ import annotations

import msgspec
from litestar.types import HTTPScope

from core.accounts.guards import Connection
from core.accounts.schemas import SessionView
from core.errors import PermissionDeniedError
from tenants.support import phrases, service
from tenants.support.schemas import Banner

STATE_KEY = "support"
SAFE = {"GET", "HEAD", "OPTIONS"}
SIGN_OUT = "/dang-xuat"


async def watch_support(scope: HTTPScope, view: SessionView | None) -> None:
    """Put the grant in force into the request's state; hold a session of support to looking.

    Somebody who is signed in costs no query: the grant comes with the session.

    Raises:
        PermissionDeniedError: a session of support tries to change something.
    """
    if view is None:
        scope["state"][STATE_KEY] = await service.banner()
        return
    scope["state"][STATE_KEY] = (
        msgspec.json.decode(view.support, type=Banner) if view.support else None
    )
    if view.kind != service.KIND or view.idle_expired:
        return
    if scope["method"] in SAFE:
        await service.note_visit(view.session_id, scope["path"])
    elif scope["path"] != SIGN_OUT:
        raise PermissionDeniedError(phrases.READ_ONLY, code="support_reads_only")


def support_of(connection: Connection) -> Banner | None:
    """Return the grant in force for the frame of a page, or None."""
    found: Banner | None = connection.scope.get("state", {}).get(STATE_KEY)
    return found
