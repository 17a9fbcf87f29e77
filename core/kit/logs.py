"""Log lines: plain tracebacks, never the values of variables (a vote, a password, a person)."""

from __future__ import annotations

import structlog


def configure() -> None:
    """Set up logging for this process (composition roots call it).

    The library's own default shows local variables with every traceback where `rich` is installed.
    """
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            structlog.dev.set_exc_info,
            structlog.processors.TimeStamper(fmt="%Y-%m-%d %H:%M:%S", utc=False),
            structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ]
    )
