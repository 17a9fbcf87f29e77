"""Who may do what in the panel: one table of roles by view and verb, enforced on the server.

A role counts when it is granted at the department itself: the panel shows the whole department, so
whoever administers or receives for one branch only works on the pages.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from admin.catalogue import SHOWN, Shown
from core.accounts.schemas import Actor, Role
from core.errors import PermissionDeniedError

ADMIN = Role.TENANT_ADMIN
OFFICER = Role.OFFICER
HEAD = Role.DEPARTMENT_HEAD
RECORDS = Role.RECORDS_CLERK
AUDITOR = Role.AUDITOR
PANEL_ROLES = (ADMIN, OFFICER, HEAD, RECORDS, AUDITOR)
ROUNDS = (OFFICER, HEAD, RECORDS, AUDITOR)
REPORTS = (OFFICER, HEAD, AUDITOR)
KEEPERS = (ADMIN, AUDITOR)

VERBS = {"GET": "read", "POST": "create", "PUT": "update", "PATCH": "update", "DELETE": "delete"}
VERB_NAMES = {"read": "xem", "create": "thêm", "update": "sửa", "delete": "xóa"}

NO_PANEL = "Bảng quản trị dành cho quản trị, chuyên viên, lãnh đạo, văn thư và kiểm tra của cả Sở."
NOT_ALLOWED = "Vai trò của bạn không được {verb} ở bảng “{title}”."
NOT_HERE = "Cột “{column}” của bảng “{title}” không sửa ở đây."


class Rights(msgspec.Struct, frozen=True):
    """Roles by verb for one view; `columns` are the only ones that an update may change."""

    read: tuple[Role, ...]
    update: tuple[Role, ...] = ()
    columns: tuple[str, ...] = ()
    create: tuple[Role, ...] = ()
    delete: tuple[Role, ...] = ()


RIGHTS: dict[str, Rights] = {
    "đơn_vị": Rights(PANEL_ROLES, update=(ADMIN,), columns=("short_name", "notation", "place")),
    "người": Rights((ADMIN, OFFICER, HEAD, AUDITOR), update=(ADMIN,), columns=("job_title",)),
    "lịch_sử_đơn_vị": Rights(PANEL_ROLES),
    "chuyển_công_tác": Rights((ADMIN, OFFICER, HEAD, AUDITOR)),
    "khối_thi_đua": Rights(
        PANEL_ROLES, update=(ADMIN,), columns=("name", "note"), create=(ADMIN,), delete=(ADMIN,)
    ),
    "đơn_vị_trong_khối": Rights(PANEL_ROLES),
    "mã_chính_thức": Rights(PANEL_ROLES),
    "tài_khoản": Rights(KEEPERS),
    "vai_trò": Rights(KEEPERS),
    "thiết_lập": Rights(KEEPERS),
    "bản_kế_hoạch": Rights(PANEL_ROLES),
    "kỳ_báo_cáo": Rights(ROUNDS),
    "tệp_kèm_kỳ": Rights(ROUNDS),
    "nghĩa_vụ_báo_cáo": Rights(REPORTS),
    "gia_hạn": Rights(REPORTS),
    "báo_cáo": Rights(REPORTS),
    "phần_báo_cáo": Rights(REPORTS),
    "minh_chứng": Rights(REPORTS),
    "bản_nộp": Rights(REPORTS),
    "bước_xử_lý": Rights(REPORTS),
    "tổng_hợp": Rights(ROUNDS),
    "văn_bản": Rights(ROUNDS),
    "sổ_số_văn_bản": Rights(ROUNDS),
    "tệp": Rights(ROUNDS),
    "nhật_ký": Rights(KEEPERS),
    "thư": Rights(KEEPERS),
}


def roles_of(actor: Actor) -> set[str]:
    """Return the roles that the person holds at the department itself."""
    return {grant.role for grant in actor.roles if grant.unit_path.strip("/").count("/") == 0}


def may(actor: Actor, view: str, verb: str) -> bool:
    """Tell whether the person may `read`, `create`, `update` or `delete` in a view."""
    granted: tuple[Role, ...] = getattr(RIGHTS[view], verb)
    return bool(roles_of(actor) & set(granted))


def require(actor: Actor, shown: Shown, verb: str) -> None:
    """Refuse unless `may`.

    Raises:
        PermissionDeniedError: none of the person's roles allows the verb there.
    """
    if not may(actor, shown.view, verb):
        raise PermissionDeniedError(
            NOT_ALLOWED.format(verb=VERB_NAMES[verb], title=shown.title), code="panel_denied"
        )


def require_panel(actor: Actor) -> None:
    """Refuse whoever has no role for the panel.

    Raises:
        PermissionDeniedError: no role of the panel at the department itself.
    """
    if not roles_of(actor) & set(PANEL_ROLES):
        raise PermissionDeniedError(NO_PANEL)


def readable(actor: Actor) -> list[Shown]:
    """Return the tables that the person finds in the side bar."""
    return [shown for shown in SHOWN if may(actor, shown.view, "read")]


def matrix() -> Iterator[tuple[str, Role, str, bool]]:
    """Return every (view, role, verb, allowed): what the tests walk through and the guide shows."""
    for shown in SHOWN:
        for role in PANEL_ROLES:
            for verb in VERB_NAMES:
                yield shown.view, role, verb, role in getattr(RIGHTS[shown.view], verb)
