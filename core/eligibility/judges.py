"""Ask the plans' plugins: many nominations at once, each question once, and always an answer.

A helper process per plugin is kept for the next check (the oldest is ended where there are more
than `KEPT`). A plugin that fails gives no findings but a sentence; the page is never held up.
"""

from __future__ import annotations

import asyncio
import atexit
import threading
from collections import OrderedDict
from collections.abc import Iterable

import structlog

from core.plugin.api import EligibilityFinding, EligibilityRequest, PluginError
from core.plugin.rules import Province

log = structlog.get_logger("eligibility")
KEPT = 3
Answers = dict[EligibilityRequest, tuple[EligibilityFinding, ...] | None]
_provinces: OrderedDict[str, Province] = OrderedDict()
_lock = threading.Lock()


async def judge(slug: str, requests: Iterable[EligibilityRequest]) -> Answers:
    """Return the findings for each question; None where the plugin did not answer."""
    asked = set(requests)
    if not asked:
        return {}
    return await asyncio.to_thread(_judge, slug, asked)


def _judge(slug: str, requests: set[EligibilityRequest]) -> Answers:
    """Ask one by one; after the first failure nothing more is asked (each may take seconds)."""
    answers: Answers = dict.fromkeys(requests)
    try:
        province = _province(slug)
        for request in requests:
            answers[request] = province.eligibility(request).findings
    except PluginError as error:
        log.warning("plugin_failed", plugin=error.plugin, hook=error.hook, reason=error.reason)
    return answers


def _province(slug: str) -> Province:
    with _lock:
        found = _provinces.pop(slug, None) or Province(slug)
        _provinces[slug] = found
        ended = [_provinces.popitem(last=False)[1] for _ in range(len(_provinces) - KEPT)]
    for each in ended:
        each.close()
    return found


@atexit.register
def close() -> None:
    """End the helper processes."""
    with _lock:
        ended = list(_provinces.values())
        _provinces.clear()
    for each in ended:
        each.close()
