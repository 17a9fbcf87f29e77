"""Pages of notices and of the readable mailbox."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from litestar import Request, get, post
from litestar.params import FromPath, FromQuery
from litestar.response import Response

from core.accounts.guards import actor_of
from core.kit.templates import page, redirect
from core.notifications import phrases, reading

AnyRequest = Request[Any, Any, Any]
SIGNED_IN = {"access": "signed_in"}


@get("/thong-bao", name="notifications.list", opt=SIGNED_IN, include_in_schema=False)
async def list_notifications(
    request: AnyRequest, sau: FromQuery[UUID | None] = None
) -> Response[str]:
    """Show the person's notices, newest first; `sau` is the cursor."""
    found = await reading.list_notifications(actor=actor_of(request), after=sau)
    return page(request, "notifications/list.html", notices=found, first=sau is None)


@post(
    "/thong-bao/{notice_id:uuid}/mo",
    name="notifications.open",
    opt=SIGNED_IN,
    include_in_schema=False,
)
async def open_notification(request: AnyRequest, notice_id: FromPath[UUID]) -> Response[Any]:
    """Mark a notice as read and go where it leads."""
    href = await reading.open_notification(actor=actor_of(request), notice_id=notice_id)
    return redirect(href if href.startswith("/") else "/thong-bao")


@post("/thong-bao/da-doc", name="notifications.read_all", opt=SIGNED_IN, include_in_schema=False)
async def read_all(request: AnyRequest) -> Response[Any]:
    """Mark all notices as read."""
    await reading.mark_all_read(actor=actor_of(request))
    return redirect("/thong-bao", flash=phrases.ALL_READ)


@get("/hop-thu", name="notifications.mailbox", opt=SIGNED_IN, include_in_schema=False)
async def mailbox(request: AnyRequest, sau: FromQuery[UUID | None] = None) -> Response[str]:
    """Show the mails of the department (demo, or tenant_admin without SMTP)."""
    found = await reading.read_mailbox(actor=actor_of(request), after=sau)
    return page(
        request, "notifications/mailbox.html", mails=found, states=phrases.MAIL_STATES,
        first=sau is None,
    )  # fmt: skip


route_handlers = [list_notifications, open_notification, read_all, mailbox]
