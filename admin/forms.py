"""Forms of the panel: each change of state calls the same service as the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from pydantic import BaseModel

from admin import forms_accounts as accounts
from admin import forms_rounds as rounds
from admin.rights import ADMIN, AUDITOR, OFFICER, roles_of
from core.accounts.schemas import Actor, Role

ACCOUNTS = "Tài khoản"
ROUNDS = "Kỳ báo cáo"
Options = Callable[[Actor], Awaitable[dict[str, dict[str, str]]]]


class PanelForm(msgspec.Struct, frozen=True):
    """One form: who finds it, what it asks, what it does.

    Attributes:
        act: does it for the person and returns the sentence that is shown.
        options: words by code for the fields that are chosen from a list.
    """

    slug: str
    name: str
    group: str
    description: str
    model: type[BaseModel]
    act: Callable[[Actor, Any], Awaitable[str]]
    options: Options | None = None
    roles: tuple[Role, ...] = (ADMIN,)


FORMS: tuple[PanelForm, ...] = (
    PanelForm(
        "khoa-tai-khoan", "Khóa tài khoản", ACCOUNTS,
        "Khóa một tài khoản và kết thúc mọi phiên của tài khoản đó.",
        accounts.OneAccount, accounts.lock,
    ),
    PanelForm(
        "mo-khoa-tai-khoan", "Mở khóa tài khoản", ACCOUNTS,
        "Mở khóa tài khoản bị khóa vì nhập sai nhiều lần hoặc do quản trị khóa. Cần mật khẩu tạm"
        " thì cấp phiếu ở trang Tài khoản.",
        accounts.OneAccount, accounts.unlock,
    ),
    PanelForm(
        "ngung-dung-tai-khoan", "Ngừng dùng tài khoản", ACCOUNTS,
        "Dùng khi một người đã chuyển đi hoặc nghỉ việc; mọi phiên kết thúc ngay.",
        accounts.OneAccount, accounts.deactivate,
    ),
    PanelForm(
        "go-xac-thuc-hai-lop", "Gỡ xác thực hai lớp", ACCOUNTS,
        "Dùng khi một người mất điện thoại; lần đăng nhập tới người đó thiết lập lại.",
        accounts.OneAccount, accounts.reset_second_factor,
    ),
    PanelForm(
        "giao-vai-tro", "Giao vai trò", ACCOUNTS,
        "Vai trò có hiệu lực ở đơn vị được chọn và mọi đơn vị thuộc đơn vị đó.",
        accounts.OneGrant, accounts.grant, accounts.role_options,
    ),
    PanelForm(
        "thu-hoi-vai-tro", "Thu hồi vai trò", ACCOUNTS,
        "Thu hồi một vai trò đã giao ở một đơn vị.",
        accounts.OneGrant, accounts.revoke, accounts.role_options,
    ),
    PanelForm(
        "xac-thuc-hai-lop", "Xác thực hai lớp cho mọi vai trò", ACCOUNTS,
        "Yêu cầu mọi người dùng mã xác thực khi đăng nhập, hoặc chỉ những vai trò bắt buộc.",
        accounts.ForAll, accounts.second_factor_for_all, accounts.for_all_options,
    ),
    PanelForm(
        "nhac-don-vi-chua-nop", "Nhắc đơn vị chưa nộp", ROUNDS,
        "Gửi thông báo và thư tới mọi đơn vị chưa nộp báo cáo của kỳ.",
        rounds.OneRound, rounds.remind, rounds.open_rounds, (OFFICER,),
    ),
    PanelForm(
        "dong-ky-bao-cao", "Đóng kỳ báo cáo", ROUNDS,
        "Sau khi đóng, đơn vị không nộp được nữa; nội dung đã soạn vẫn được giữ.",
        rounds.OneRound, rounds.close, rounds.open_rounds, (OFFICER,),
    ),
    PanelForm(
        "mo-lai-ky-bao-cao", "Mở lại kỳ báo cáo", ROUNDS,
        "Mở lại một kỳ đã đóng để đơn vị nộp tiếp.",
        rounds.OneRound, rounds.reopen, rounds.closed_rounds, (OFFICER,),
    ),
    PanelForm(
        "mien-nop-bao-cao", "Miễn nộp báo cáo", ROUNDS,
        "Miễn cho một đơn vị không phải nộp báo cáo của kỳ này, kèm lý do.",
        rounds.Excuse, rounds.excuse, rounds.open_rounds_and_units, (OFFICER,),
    ),
    PanelForm(
        "bo-mien-nop-bao-cao", "Bỏ miễn nộp báo cáo", ROUNDS,
        "Yêu cầu lại báo cáo của đơn vị đã được miễn; nội dung đã soạn trước đó vẫn còn.",
        rounds.UnitInRound, rounds.unexcuse, rounds.open_rounds_and_units, (OFFICER,),
    ),
)  # fmt: skip
BY_SLUG = {form.slug: form for form in FORMS}

LINKS: tuple[tuple[str, str, tuple[Role, ...]], ...] = (
    ("Về trang làm việc", "/", ()),
    ("Trang Tài khoản (tạo tài khoản, cấp phiếu mật khẩu)", "/quan-tri/tai-khoan", (ADMIN,)),
    ("Trang Đơn vị", "/don-vi", ()),
    ("Trang Kỳ báo cáo", "/ky-bao-cao", (OFFICER, Role.DEPARTMENT_HEAD, AUDITOR)),
)


def forms_for(actor: Actor) -> list[PanelForm]:
    """Return the forms that the person finds (the services decide once more)."""
    held = roles_of(actor)
    return [form for form in FORMS if held & set(form.roles)]


def links_for(actor: Actor) -> dict[str, str]:
    """Return the links of the side bar for this person, by their words."""
    held = roles_of(actor)
    return {word: href for word, href, roles in LINKS if not roles or held & set(roles)}
