"""Forms of the panel: each change of state calls the same service as the pages."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
from pydantic import BaseModel

from admin import forms_accounts as accounts
from admin import forms_papers as papers
from admin import forms_plan as plan
from admin import forms_rounds as rounds
from admin import forms_units as units
from admin.rights import ADMIN, AUDITOR, HEAD, OFFICER, RECORDS, roles_of
from core.accounts.schemas import Actor, Role

ACCOUNTS = "Tài khoản"
ROUNDS = "Kỳ báo cáo"
PAPERS = "Tổng hợp và kế hoạch"
UNITS = "Cây đơn vị"
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
        "dung-lai-tai-khoan", "Dùng lại tài khoản", ACCOUNTS,
        "Dùng lại một tài khoản đã ngừng. Sau đó cấp phiếu mật khẩu tạm ở trang Tài khoản, vì phiếu"
        " chỉ hiện một lần để in.",
        accounts.OneAccount, accounts.reactivate,
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
        "cham-dut-uy-quyen", "Chấm dứt ủy quyền", ACCOUNTS,
        "Chấm dứt trước ngày cuối một ủy quyền do bạn giao, hoặc trong phạm vi bạn quản trị.",
        accounts.OneDelegation, accounts.end_delegation, accounts.delegation_options,
        (ADMIN, OFFICER, HEAD),
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
    PanelForm(
        "gia-han-bao-cao", "Gia hạn cho một đơn vị", ROUNDS,
        "Cho một đơn vị hạn muộn hơn. Hạn do kế hoạch hoặc quyết định đặt thì cần tệp quyết định,"
        " làm ở trang của kỳ báo cáo.",
        rounds.Extend, rounds.extend, rounds.open_rounds_and_units, (OFFICER,),
    ),
    PanelForm(
        "doi-han-ky-bao-cao", "Đổi hạn của kỳ báo cáo", ROUNDS,
        "Đổi hạn cho mọi đơn vị của kỳ, trừ đơn vị đã được gia hạn. Kế hoạch có nêu hạn thì cần"
        " tệp quyết định, làm ở trang của kỳ báo cáo.",
        rounds.ChangeDue, rounds.change_due, rounds.open_rounds, (OFFICER,),
    ),
    PanelForm(
        "duyet-tong-hop", "Duyệt bản tổng hợp", PAPERS,
        "Duyệt bản tổng hợp của kỳ đã đóng, sau khi đọc ở trang Tổng hợp. Nếu bản đó vừa được sửa"
        " thì phải mở lại biểu mẫu.",
        papers.OneConsolidation, papers.approve, papers.drafts, (HEAD,),
    ),
    PanelForm(
        "ban-hanh-tong-hop", "Cấp số bản tổng hợp", PAPERS,
        "Cấp số tiếp theo và ghi ngày văn bản cho bản tổng hợp đã duyệt. Bản ký số hóa đính kèm ở"
        " trang Tổng hợp.",
        papers.Issue, papers.issue, papers.approved, (RECORDS,),
    ),
    PanelForm(
        "cong-bo-ke-hoach", "Công bố bản kế hoạch", PAPERS,
        "Công bố kế hoạch và các giá trị Sở đặt như lúc mở biểu mẫu này. Đọc từng chỗ khác ở trang"
        " Kế hoạch, mục “Xem trước và công bố”. Bản đã công bố không sửa, không xóa được.",
        papers.Publish, papers.publish, papers.next_edition, (ADMIN, HEAD),
    ),
    PanelForm(
        "dat-han-bao-cao", "Đặt hạn báo cáo của Sở", PAPERS,
        "Ghi một hạn vào bản nháp kế hoạch. Kế hoạch đã nêu ngày thì cần số và tệp quyết định: chọn"
        " tệp đã tải lên, hoặc tải tệp mới ở trang Kế hoạch, mục Hạn báo cáo.",
        plan.SetDay, plan.set_day, plan.day_options,
    ),
    PanelForm(
        "dat-muc-khen-thuong", "Đặt số lượng, mức điểm khen thưởng", PAPERS,
        "Ghi số lượng, tỷ lệ, mức điểm của một hình thức khen thưởng vào bản nháp kế hoạch.",
        plan.SetQuota, plan.set_quota, plan.quota_options,
    ),
    PanelForm(
        "doi-ten-don-vi", "Đổi tên đơn vị", UNITS,
        "Đổi tên, tên ngắn, mã. Tên cũ còn trong lịch sử và trên báo cáo đã nộp. Muốn xem trước"
        " việc sẽ xảy ra thì làm ở trang của đơn vị; các biểu mẫu dưới đây cũng vậy.",
        units.Rename, units.rename, units.rename_options,
    ),
    PanelForm(
        "chuyen-don-vi", "Chuyển đơn vị cấp trên", UNITS,
        "Đưa một đơn vị cùng mọi đơn vị bên trong về trực thuộc đơn vị khác.",
        units.Move, units.move, units.move_options,
    ),
    PanelForm(
        "sap-nhap-don-vi", "Sáp nhập đơn vị", UNITS,
        "Nhập một đơn vị vào đơn vị khác: người, tài khoản, đơn vị trực thuộc và báo cáo đang soạn"
        " chuyển theo. Không hoàn tác được.",
        units.Merge, units.merge, units.merge_options,
    ),
    PanelForm(
        "chia-tach-don-vi", "Chia tách đơn vị", UNITS,
        "Lập tối đa ba đơn vị mới từ một đơn vị; nhiều hơn thì làm ở trang của đơn vị.",
        units.Split, units.split, units.split_options,
    ),
    PanelForm(
        "giai-the-don-vi", "Giải thể đơn vị", UNITS,
        "Đơn vị thôi hoạt động, không có đơn vị kế tục. Không hoàn tác được.",
        units.Close, units.close, units.close_options,
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
