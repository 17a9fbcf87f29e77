"""Every reason that the program itself gives has Vietnamese words in the trail."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any, cast

import pytest

from core import worker
from core.audit.reasons import GIVEN, JOBS, SCANS, reason_words

ROOT = Path(__file__).parents[3]
GIVERS = {"tenant_scope", "unscoped", "_in_department", "_as_platform"}
IN_SQL = re.compile(r"'app\.reason', '([^']+)'")


def given(source: str) -> set[str]:
    """Return the reasons that stand as plain text in a module."""
    found = set(IN_SQL.findall(source))
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or getattr(node.func, "id", "") not in GIVERS:
            continue
        texts = [key.value for key in node.keywords if key.arg == "reason"]
        if getattr(node.func, "id", "").startswith("_"):
            texts += node.args
        found |= {
            text.value
            for text in texts
            if isinstance(text, ast.Constant) and isinstance(text.value, str)
        }
    return found


def test_every_scan_has_words() -> None:
    assert {work.__name__.strip("_") for work in worker.SCANS} == set(SCANS)


def test_every_job_has_words() -> None:
    assert set(worker.registry(cast("Any", None))) == set(JOBS)


def test_every_english_reason_of_the_program_has_words() -> None:
    sources = [
        path.read_text(encoding="utf-8")
        for package in ("core", "tenants", "admin")
        for path in (ROOT / package).rglob("*.py")
    ]
    english = {text for source in sources for text in given(source) if text.isascii()}
    assert english == set(GIVEN)


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        ("scan notify_due_soon", "Việc định kỳ: nhắc báo cáo sắp đến hạn"),
        ("job documents.render", "Việc nền: dựng văn bản"),
        ("import of the department", "Nhập toàn bộ dữ liệu của Sở"),
        ("DELETE /api/v1/x", "Trên trang /api/v1/x"),
        ("Sửa theo đơn", "Sửa theo đơn"),
    ],
)
def test_reasons_in_words(reason: str, told: str) -> None:
    assert reason_words(reason) == told
