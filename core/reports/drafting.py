"""Every verb of the unit's side, so that pages and the API need one module."""

from __future__ import annotations

from core.reports.filing import give_back, request_sign_off, submit_report, withdraw_report
from core.reports.inner import inner_reports, take_over_part
from core.reports.reading import check_report, get_report, get_version, list_versions
from core.reports.work import list_my_work
from core.reports.writing import evidence_changed, lock_editable, save_part

__all__ = [
    "check_report",
    "evidence_changed",
    "get_report",
    "get_version",
    "give_back",
    "inner_reports",
    "list_my_work",
    "list_versions",
    "lock_editable",
    "request_sign_off",
    "save_part",
    "submit_report",
    "take_over_part",
    "withdraw_report",
]
