"""Codes that stand in columns, in the words that the screens use for them."""

from __future__ import annotations

from core.accounts.phrases import ROLE_NAMES
from core.accounts.phrases import STATE_NAMES as ACCOUNT_STATES
from core.eligibility.phrases import HOLD_KINDS, OTHER_KINDS, OUTCOMES, RATINGS, SCOPES
from core.eligibility.phrases import LEVELS as INITIATIVE_LEVELS
from core.identity.phrases import SIGNING
from core.movements.phrases import REPORT_KINDS
from core.notifications.phrases import MAIL_STATES
from core.organisation.phrases import CHANGE_NAMES, KINDS, LEVELS, MOVE_STATES
from core.reports.phrases import ACTION_NAMES, SELF_ASSESSMENT_NAMES
from core.reports.phrases import STATE_NAMES as REPORT_STATES
from core.reports.phrases_department import DUE_SOURCES, TIMINGS
from core.statistics.phrases import STATES as CONSOLIDATION_STATES

STATES: dict[str, str] = {
    **ACCOUNT_STATES,
    **MAIL_STATES,
    **CONSOLIDATION_STATES,
    "open": "Đang mở",
    "closed": "Đã đóng",
    "queued": "Đang chờ",
    "rendering": "Đang dựng",
    "rows": "Đang ghi dữ liệu",
    "files": "Đang chép tệp",
    "storing": "Đang cất vào kho",
    "done": "Xong",
    "failed": "Không làm được",
    "expired": "Đã hết thời gian giữ",
    "staged": "Đang xem trước",
    "applied": "Đã nhập",
    "discarded": "Đã bỏ",
    **{str(key): name for key, name in REPORT_STATES.items()},
}
PER_TABLE: dict[tuple[str, str], dict[str, str]] = {
    ("person_move", "state"): MOVE_STATES,
    ("reporting_round", "kind"): REPORT_KINDS,
    ("law_override", "kind"): {"confirm": "Sở xác nhận", "replace": "Sở thay bằng"},
    ("unit_succession", "kind"): CHANGE_NAMES,
    ("planned_change", "kind"): CHANGE_NAMES,
    ("document", "kind"): {
        "unit_report": "Báo cáo của đơn vị",
        "consolidated_report": "Báo cáo tổng hợp",
        "receipt": "Giấy xác nhận đã nhận",
    },
    ("official_rating", "state"): {"official": "Chính thức", "provisional": "Tạm thời"},
    ("subject_hold", "kind"): HOLD_KINDS,
    ("other_subject", "kind"): OTHER_KINDS,
    ("initiative", "level"): INITIATIVE_LEVELS,
    ("password_reset", "purpose"): {"reset": "Đặt lại mật khẩu", "invitation": "Lời mời"},
}
PER_COLUMN: dict[str, dict[str, str]] = {
    "state": STATES,
    "from_state": STATES,
    "to_state": STATES,
    "role": {str(key): name for key, name in ROLE_NAMES.items()},
    "kind": {
        **REPORT_KINDS,
        **KINDS,
        "web": "Trình duyệt",
        "api": "Khóa truy cập của chương trình",
    },
    "level": LEVELS,
    "review": {"open": "Chưa duyệt", "accepted": "Đã tiếp nhận", "returned": "Trả lại"},
    "action": ACTION_NAMES,
    "timing": TIMINGS,
    "due_source": DUE_SOURCES,
    "self_assessment": SELF_ASSESSMENT_NAMES,
    "signing_kind": SIGNING,
    "scan_state": {"not_scanned": "Chưa quét", "clean": "Sạch"},
    "rating": RATINGS,
    "scope": SCOPES,
    "outcome": OUTCOMES,
    "eligibility": OUTCOMES,
    "asked_side": {"from": "Bên chuyển đi", "to": "Bên nhận"},
    "cause": {"request": "Theo đề nghị", "reorganisation": "Do sắp xếp lại đơn vị"},
    "purpose": {
        "evidence": "Minh chứng",
        "attachment": "Tệp kèm",
        "decision": "Quyết định",
        "paper": "Văn bản dựng ra",
        "signed_scan": "Bản ký quét",
        "logo": "Biểu trưng",
        "confidential": "Giấy tờ tạm dừng xét khen thưởng",
    },
    "media_type": {
        "application/pdf": "Tệp PDF",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Tệp Word",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Tệp Excel",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": (
            "Tệp PowerPoint"
        ),
        "image/png": "Ảnh PNG",
        "image/jpeg": "Ảnh JPEG",
        "application/zip": "Tệp ZIP",
        "text/plain": "Tệp văn bản",
        "text/csv": "Tệp CSV",
    },
}


def code_words(table: str, column: str, code: str) -> str:
    """Return what a code means in a table's column; '' where the value is no known code."""
    special = PER_TABLE.get((table, column), {})
    return special.get(code) or PER_COLUMN.get(column, {}).get(code, "")
