"""The hash of a version is that of canonical JSON, which anybody can compute again."""

from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest

from core.reports.filing import content_hash

TEXT = 'Đơn vị “A” nói: "được"\n\tgạch \\ chéo / và 😀 \x7f \u2028'


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"b": 1, "a": [None, True, False, -3, 95.5, 0.125, 1234567.0], "đ": {"z": "", "ă": TEXT}},
        {"parts": [{"key": "criterion:c1", "fields": {"narrative": TEXT * 200}}] * 8},
    ],
)
def test_hash_is_of_sorted_json_without_spaces_in_utf_8(content: dict[str, Any]) -> None:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    assert content_hash(content) == hashlib.sha256(text.encode()).hexdigest()
