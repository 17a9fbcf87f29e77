"""What `thidua up` says while it works: one line per step, and a table at the end."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import TextIO


class Progress:
    """Writes plain lines; each step is closed with its seconds."""

    def __init__(self, out: TextIO | None = None) -> None:
        self.out = out or sys.stdout
        self.began = time.monotonic()

    def say(self, text: str) -> None:
        """Write one line at once."""
        self.out.write(text + "\n")
        self.out.flush()

    def warn(self, text: str) -> None:
        """Write a line that should not be overlooked."""
        self.say(f"  ! {text}")

    @contextmanager
    def step(self, title: str) -> Iterator[None]:
        """Announce a step, and its seconds when it is done."""
        self.say(f"• {title} …")
        start = time.monotonic()
        yield
        self.say(f"  done in {time.monotonic() - start:.1f} s")

    @property
    def elapsed(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self.began


def table(rows: Sequence[Sequence[str]], header: Sequence[str]) -> str:
    """Return the rows as aligned columns under the header."""
    lines = [list(header), *(list(row) for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(header))]
    lines.insert(1, ["─" * width for width in widths])
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def accounts_text(accounts: Sequence[Mapping[str, str | None]], port: int) -> str:
    """Return the demo accounts as tables, one per host.

    Args:
        accounts: what `thidua demo accounts --json` prints.
        port: where the web server listens.
    """
    hosts = dict.fromkeys(account.get("host") or "" for account in accounts)
    parts = []
    for host in hosts:
        name = host.split(":")[0]
        rows = [
            [account.get(key) or "" for key in ("account", "role", "password", "totp_secret")]
            + [account.get("unit") or ""]
            for account in accounts
            if (account.get("host") or "") == host
        ]
        head = ("account", "role", "password", "TOTP secret", "unit")
        parts.append(f"http://{name}:{port}/\n{table(rows, head)}")
    return "\n\n".join(parts)
