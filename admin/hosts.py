"""From which host a request may come: the one that it was sent to, which the edge has checked."""

from __future__ import annotations

from collections.abc import Sequence
from contextvars import ContextVar
from typing import Any

_host: ContextVar[str] = ContextVar("panel_host", default="")


def remember(host: str) -> None:
    """Note the host of the present request (without its port)."""
    _host.set(host)


class OwnHost(Sequence[str]):
    """The library's list of allowed hosts, answered for the present request.

    Under HTTPS the library asks whether the page that sends stands on an allowed host. The edge
    has found the host in the catalogue of departments; here only that very host is good, so that
    the page of one department cannot write in another.
    """

    def __contains__(self, host: object) -> bool:
        return bool(host) and host == _host.get()

    def __len__(self) -> int:
        return 1

    def __getitem__(self, index: Any) -> Any:
        return [_host.get()][index]
