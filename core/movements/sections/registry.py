"""All sections by their names in the draft, in the order of the page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from core.movements.sections import lists, mails, plan_values, rungs, scores
from core.movements.sections.inputs import Context, Group, Typed
from core.movements.values import DepartmentValues


class Section(msgspec.Struct, frozen=True):
    """A section: `address` stands in the page's address; `is_list`: rows can be added."""

    key: str
    address: str
    intro: str
    typed: Callable[[DepartmentValues], dict[str, str]]
    show: Callable[[Context, Mapping[str, str]], list[Group]]
    read: Callable[[Context, Typed], Any]
    is_list: bool = False


ALL = (
    Section(
        "plan_paper", "ke-hoach-cua-so",
        "Văn bản kế hoạch mà Sở đã ban hành: số, ngày, trích yếu và tệp.",
        plan_values.typed_paper, plan_values.show_paper, plan_values.read_paper,
    ),
    Section(
        "settings", "diem-de-ngo",
        "Những điểm kế hoạch để Sở quyết định. Chưa đặt thì ghi rõ là chưa đặt, không suy đoán.",
        plan_values.typed_settings, plan_values.show_settings, plan_values.read_settings,
    ),
    Section(
        "days", "han-bao-cao",
        "Thứ tự ưu tiên: ngày đặt riêng cho kỳ, rồi ngày Sở đặt ở đây, rồi ngày của kế hoạch.",
        plan_values.typed_days, plan_values.show_days, plan_values.read_days,
    ),
    Section(
        "reminders", "nhac-han",
        "Hệ thống tự nhắc đơn vị chưa nộp, mỗi mốc một lần.",
        plan_values.typed_reminders, plan_values.show_reminders, plan_values.read_reminders,
    ),
    Section(
        "criteria", "tieu-chi",
        "Tiêu chí Sở hỏi thêm ngoài kế hoạch. Tiêu chí đối với tập thể thành một phần của báo cáo.",
        lists.typed_criteria, lists.show_criteria, lists.read_criteria, is_list=True,
    ),
    Section(
        "weights", "diem-toi-da",
        "Chỉ đặt khi Sở chấm điểm. Kế hoạch không đặt điểm tối đa. Hệ thống không tự chấm: Hội đồng"
        " đối chiếu với mức điểm của từng hình thức khi xét.",
        scores.typed_weights, scores.show_weights, scores.read_weights,
    ),
    Section(
        "standards", "tieu-chuan",
        "Tiêu chuẩn khen thưởng Sở đặt thêm, bên cạnh tiêu chuẩn của kế hoạch.",
        lists.typed_standards, lists.show_standards, lists.read_standards, is_list=True,
    ),
    Section(
        "quotas", "so-luong-khen-thuong",
        "Số lượng, tỷ lệ và mức điểm của từng hình thức khen thưởng; hiện ở trang Thang khen"
        " thưởng và dùng khi xét.",
        scores.typed_quotas, scores.show_quotas, scores.read_quotas,
    ),
    Section(
        "rungs", "dip-khen-thuong",
        "Những bậc khen thưởng mà kế hoạch không nêu dịp, hoặc không nêu ai quyết định: Sở chọn.",
        rungs.typed_rungs, rungs.show_rungs, rungs.read_rungs,
    ),
    Section(
        "offices", "dau-moi",
        "Ai phụ trách để đơn vị hỏi; hiện ở trang Phong trào.",
        lists.typed_offices, lists.show_offices, lists.read_offices, is_list=True,
    ),
    Section(
        "mails", "loi-thu",
        "Lời thư của Sở thay lời của nền tảng. Để trống cả hai ô: dùng lời của nền tảng.",
        mails.typed_mails, mails.show_mails, mails.read_mails,
    ),
    Section(
        "filings", "bao-cao-giay",
        "Báo cáo đã nộp bằng giấy trước khi dùng hệ thống, để lịch sử của đơn vị không thiếu.",
        lists.typed_filings, lists.show_filings, lists.read_filings, is_list=True,
    ),
)  # fmt: skip
BY_KEY = {section.key: section for section in ALL}
BY_ADDRESS = {section.address: section for section in ALL}
