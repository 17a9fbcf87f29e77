"""The department's wording of mails: its placeholders and what fills them."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
