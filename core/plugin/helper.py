"""The helper process: loads one plugin and answers one line per request.

Run as ``python -m core.plugin.helper SLUG VERSION REFERENCE``. It is started without the
platform's environment, so a plugin sees no password, and is killed when it takes too long.
"""

import os
import resource
import sys
from typing import BinaryIO

import msgspec

from core.plugin.contract import HOOKS, encode
from core.plugin.manager import PluginManager

MEMORY_LIMIT = 2 * 1024**3


class Request(msgspec.Struct, frozen=True):
    """One call: the hook and its argument as JSON."""

    hook: str
    argument: msgspec.Raw


class Reply(msgspec.Struct, frozen=True):
    """Outcome of one call: the answer as JSON, or why there is none."""

    answer: msgspec.Raw = msgspec.Raw(b"null")
    error: str | None = None


def answer(manager: PluginManager, slug: str, line: bytes) -> Reply:
    """Call the hook that a request names; every failure becomes an error reply."""
    try:
        request = msgspec.json.decode(line, type=Request)
        argument: object = msgspec.json.decode(request.argument, type=HOOKS[request.hook].argument)
        result = manager.caller(slug, request.hook)(request=argument)
        return Reply(answer=msgspec.Raw(encode(result)))
    except (Exception, SystemExit) as error:
        return Reply(error=f"{type(error).__name__}: {error}")


def _send(channel: BinaryIO, reply: Reply) -> None:
    channel.write(msgspec.json.encode(reply) + b"\n")
    channel.flush()


def main(arguments: list[str]) -> int:
    """Serve until standard input ends; the first line sent says that the plugin is loaded."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    with os.fdopen(os.dup(1), "wb") as channel:
        os.dup2(2, 1)  # what a plugin prints must not reach the channel
        slug, version, reference = arguments
        manager = PluginManager(strict=True)
        try:
            manager.add(slug, version, reference)
        except Exception as error:
            _send(channel, Reply(error=str(error)))
            return 1
        _send(channel, Reply())
        for line in sys.stdin.buffer:
            _send(channel, answer(manager, slug, line))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
