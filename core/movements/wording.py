"""The department's wording of mails: placeholders, and the wording in force for an event."""

from __future__ import annotations

import re
from collections.abc import Mapping

from core.movements import repository
from core.movements.values import MailWording

PLACEHOLDERS = {
    "tieu_de": "tiêu đề của thông báo",
    "noi_dung": "nội dung của thông báo, có hạn nộp",
    "nguoi_nhan": "họ tên người nhận",
    "ten_so": "tên Sở",
    "duong_dan": "địa chỉ mở trên hệ thống",
}
LINK = "{duong_dan}"
_HOLE = re.compile(r"\{([^{}\n]*)\}")


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and is no placeholder."""
    return [name for name in _HOLE.findall(text) if name not in PLACEHOLDERS]


def fill(text: str, facts: Mapping[str, str]) -> str:
    """Put facts in the place of placeholders; nothing else in the text is touched."""
    return _HOLE.sub(lambda found: facts.get(found[1], found[0]), text)


async def wording_of(event: str) -> MailWording | None:
    """Return the wording of the edition in force, or None for the platform's own (one query)."""
    found = await repository.mail_wording(event)
    return MailWording(**found) if found else None
