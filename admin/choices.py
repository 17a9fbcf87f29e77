"""Codes of the database as people read them: every list of values that the panel shows."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, cast

from piccolo.columns.choices import Choice

from admin.catalogue import SHOWN
from core.accounts import phrases as accounts
from core.notifications import phrases as notifications
from core.organisation import phrases as organisation
from core.reports import phrases as reports
from core.reports import phrases_department as department
from core.statistics import phrases as statistics


def choices(name: str, words: Mapping[str, str]) -> type[Enum]:
    """Return an enumeration of codes with their Vietnamese words, as piccolo-admin wants it."""
    members = {f"v{n}": Choice(str(code), word) for n, (code, word) in enumerate(words.items())}
    made: Any = Enum
    return cast(type[Enum], made(name, members))


UnitKind = choices("UnitKind", organisation.KINDS)
UnitLevel = choices("UnitLevel", organisation.LEVELS)
AccountState = choices("AccountState", accounts.STATE_NAMES)
RoleName = choices("RoleName", {role.value: name for role, name in accounts.ROLE_NAMES.items()})
SettingKey = choices("SettingKey", {"totp_for_all": "Xác thực hai lớp cho mọi vai trò"})
ReportKind = choices("ReportKind", reports.KIND_NAMES)
RoundState = choices("RoundState", {"open": "Đang mở", "closed": "Đã đóng"})
DueSource = choices("DueSource", department.DUE_SOURCES)
ReportState = choices(
    "ReportState", {state.value: name for state, name in reports.STATE_NAMES.items()}
)
Timing = choices("Timing", {"": "–", **department.TIMINGS})
Review = choices(
    "Review", {"open": "Chưa duyệt", "accepted": "Đã tiếp nhận", "returned": "Trả lại"}
)
ReportAction = choices("ReportAction", {str(k): v for k, v in reports.ACTION_NAMES.items()})
ConsolidationState = choices("ConsolidationState", statistics.STATES)
DocumentKind = choices(
    "DocumentKind",
    {
        "unit_report": "Báo cáo của đơn vị",
        "receipt": "Giấy xác nhận",
        "consolidated_report": "Báo cáo tổng hợp",
    },
)
DocumentState = choices(
    "DocumentState",
    {"queued": "Đang chờ", "rendering": "Đang dựng", "done": "Đã xong", "failed": "Chưa dựng được"},
)
MailState = choices("MailState", notifications.MAIL_STATES)
FilePurpose = choices(
    "FilePurpose",
    {
        "evidence": "Minh chứng",
        "attachment": "Tệp kèm kỳ báo cáo",
        "decision": "Quyết định",
        "paper": "Văn bản do hệ thống dựng",
        "signed_scan": "Bản ký đã quét",
        "confidential": "Giấy tờ tạm dừng xét khen thưởng",
    },
)
ScanState = choices(
    "ScanState",
    {"not_scanned": "Chưa quét", "clean": "Không có mã độc", "infected": "Có mã độc"},
)
AuditAction = choices("AuditAction", {"insert": "Thêm", "update": "Sửa", "delete": "Xóa"})
TableName = choices("TableName", {shown.table: shown.title for shown in SHOWN})
SuccessionKind = choices(
    "SuccessionKind",
    {
        "rename": "Đổi tên",
        "move": "Chuyển",
        "merge": "Sáp nhập",
        "split": "Chia tách",
        "close": "Giải thể",
    },
)
MoveState = choices("MoveState", organisation.MOVE_STATES)
MoveCause = choices("MoveCause", {"request": "Theo đề nghị", "reorganisation": "Do sắp xếp đơn vị"})
