"""The whole application, made once in a process: putting its routes together takes a second."""

from __future__ import annotations

from functools import cache

from litestar.types import ASGIApp

from core.app import create_app, dress_pages


@cache
def _made() -> ASGIApp:
    return create_app()


def application() -> ASGIApp:
    """Return the application as uvicorn serves it.

    A room's own little site may have dressed the pages otherwise since: they are dressed anew.
    """
    made = _made()
    dress_pages()
    return made
