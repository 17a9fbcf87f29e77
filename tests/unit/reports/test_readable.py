"""Both texts of a clash as people read them: labels and Vietnamese words, no codes."""

from __future__ import annotations

from typing import Any

import pytest

from core.plugin.api import ReportKind
from core.reports.form import form_of
from core.reports.readable import readable
from tests.integration.reports.house import plan

CASES: list[tuple[str, dict[str, Any], str]] = [
    (
        "criterion:c1",
        {"narrative": "Đã làm.", "self_assessment": "vuot", "sources": [{"report_id": "x"}]},
        "Đã làm.\n\nTự đánh giá: Vượt",
    ),
    (
        "indicators",
        {"figures": {"rate": {"value": "92.5", "typed": "92,5", "note": "Sổ theo dõi"}}},
        "Tỷ lệ hồ sơ điện tử: 92,5 %; Sổ theo dõi",
    ),
    (
        "initiatives",
        {"items": [{"name": "Mô hình A", "author": "Khoa Khám"}, {"name": ""}], "none": False},
        "Mô hình A · Khoa Khám",
    ),
    ("initiatives", {"items": [], "none": True}, "Không có nội dung để báo cáo."),
    (
        "difficulties_proposals",
        {"difficulties": "Thiếu máy.", "proposals": "Cấp máy."},
        "Khó khăn, vướng mắc: Thiếu máy.\n\nKiến nghị, đề xuất: Cấp máy.",
    ),
    ("criterion:c1", {"narrative": ["?"], "self_assessment": 3, "items": "x", "figures": 1}, ""),
]


@pytest.mark.parametrize(("key", "fields", "text"), CASES)
def test_fields_as_people_read_them(key: str, fields: dict[str, Any], text: str) -> None:
    definition = form_of(plan(), ReportKind.ANNUAL, 2026).part(key)
    assert definition is not None
    assert readable(definition, fields) == text
