"""Sections that answer what the plan leaves open: settings, days, reminders, the own paper."""

from __future__ import annotations

from collections.abc import Mapping

from core.kit import clock
from core.kit.i18n import vn_date, vn_number
from core.movements.readiness import own_settings
from core.movements.resolved import LONGEST_REMINDER, platform_reminder_days, steps_of
from core.movements.sections.inputs import LINE, Context, Group, Input, Typed
from core.movements.value_words import setting_words, step_words
from core.movements.values import (
    DayRule,
    DepartmentValues,
    PlanPaper,
    Setting,
    day_key,
)
from core.plugin.api import ConfigSetting, PlanSource, ScheduleRow, SettingKind

YES_NO = (("", "Chưa đặt"), ("yes", "Có"), ("no", "Không"))
MAX_REMINDERS = 6
RECORDED = "Ghi nhận trong bản kế hoạch, chưa dùng để tính ở trang nào."
USED = {"digital_skills_required": "Chọn “Có” thì hệ thống kiểm tra khi xét khen thưởng cá nhân."}
NUMBERS = (SettingKind.INTEGER, SettingKind.DECIMAL)


def typed_settings(values: DepartmentValues) -> dict[str, str]:
    """Return the set values as they are typed."""
    return {f"set.{key}": _typed(value) for key, value in values.settings.items()}


def _typed(value: Setting) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return vn_number(value) if isinstance(value, int | float) else value


def show_settings(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each setting of the plugin, with the plan's own value."""
    return [_setting(each, typed) for each in own_settings(context.plan)]


def _setting(each: ConfigSetting, typed: Mapping[str, str]) -> Group:
    name = f"set.{each.key}"
    value = typed.get(name, "")
    options: tuple[tuple[str, str], ...] = ()
    kind = "number" if each.kind in NUMBERS else "line"
    if each.kind is SettingKind.BOOLEAN:
        kind, options = "select", YES_NO
        if each.default is not None:
            options = (("", f"Theo kế hoạch ({setting_words(each, each.default)})"), *YES_NO[1:])
    source = "department" if value else "plan" if each.default is not None else "not_stated"
    label = f"Sở đặt{f' ({each.unit})' if each.unit else ''}"
    use = USED.get(each.key, RECORDED)
    return Group(
        title=each.label,
        plan=f"{setting_words(each, each.default)}" if each.default is not None else "",
        note=each.help if each.brings_into_force else f"{each.help} {use}".strip(),
        source=source,
        inputs=(
            Input(name=name, label=label, kind=kind, value=value, options=options, help=_hint(each),
                  width=6),
        ),
    )  # fmt: skip


def _hint(each: ConfigSetting) -> str:
    said = []
    if each.minimum is not None:
        said.append(f"từ {vn_number(each.minimum)}")
    if each.maximum is not None:
        said.append(f"đến {vn_number(each.maximum)}")
    if each.kind is SettingKind.DAY_OF_YEAR:
        said.append("ngày/tháng, ví dụ 30/11")
    return f"{' '.join(said).capitalize()}. Để trống: chưa đặt." if said else ""


def read_settings(context: Context, typed: Typed) -> dict[str, Setting]:
    """Read each setting by its kind; empty ones are not set."""
    found: dict[str, Setting] = {}
    for each in own_settings(context.plan):
        value = _read_setting(each, typed)
        if value is not None:
            found[each.key] = value
    return found


def _read_setting(each: ConfigSetting, typed: Typed) -> Setting | None:
    name = f"set.{each.key}"
    match each.kind:
        case SettingKind.BOOLEAN:
            return {"yes": True, "no": False}.get(typed.choice(name, dict(YES_NO)))
        case SettingKind.INTEGER:
            return typed.whole(name, least=each.minimum, most=each.maximum)
        case SettingKind.DECIMAL:
            number = typed.number(name, least=each.minimum, most=each.maximum)
            return None if number is None else float(number)
        case SettingKind.DAY_OF_YEAR:
            return typed.last_day(name) or None
        case SettingKind.TEXT:
            return typed.text(name, limit=LINE) or None


def typed_days(values: DepartmentValues) -> dict[str, str]:
    """Return the department's days as they are typed."""
    found: dict[str, str] = {}
    for key, rule in values.days.items():
        found |= {
            f"day.{key}.last": rule.last_day,
            f"day.{key}.number": rule.decision_number,
            f"day.{key}.date": rule.decision_date.isoformat() if rule.decision_date else "",
        }
        if rule.file_id:
            found |= {f"day.{key}.file": str(rule.file_id), f"name.day.{key}.file": rule.file_name}
    return found


def show_days(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each step of the schedule; the plan's own words above the fields."""
    return [_day(row, typed) for row in steps_of(context.plan)]


def _day(row: ScheduleRow, typed: Mapping[str, str]) -> Group:
    key = f"day.{day_key(row.report_kind, row.from_level, row.to_level)}"
    stated = bool(row.due_at)
    value = typed.get(f"{key}.last", "")
    need = " (bắt buộc khi đổi)" if stated else ""
    return Group(
        title=step_words(row),
        plan=row.rule if row.stated else "",
        reference=f"dòng {row.source_line}" if row.stated and row.source_line else "",
        note="Kế hoạch đã nêu ngày: chỉ đổi khi có số và tệp quyết định." if stated
        else "Kế hoạch không nêu ngày cụ thể: Sở đặt được.",
        source="department" if value else "plan" if stated else "not_stated",
        inputs=(
            Input(name=f"{key}.last", label="Ngày cuối được nộp (ngày/tháng)", value=value,
                  help=_example(row), width=6),
            Input(name=f"{key}.number", label=f"Số quyết định, văn bản{need}",
                  value=typed.get(f"{key}.number", ""), width=6),
            Input(name=f"{key}.date", label="Ngày văn bản", kind="date",
                  value=typed.get(f"{key}.date", ""), width=6),
            Input(name=f"{key}.file", label=f"Tệp văn bản{need}", kind="file",
                  value=typed.get(f"{key}.file", ""), width=6,
                  file_name=typed.get(f"name.{key}.file", "")),
        ),
    )  # fmt: skip


def _example(row: ScheduleRow) -> str:
    if row.due_at:
        first = min(row.due_at.values())
        return f"Để trống: theo kế hoạch (trước ngày {first:%d/%m})."
    return "Ví dụ 05/12. Để trống: chưa đặt hạn."


def read_days(context: Context, typed: Typed) -> dict[str, DayRule]:
    """Read the days; where the plan states one, a decision's number and file are needed."""
    found: dict[str, DayRule] = {}
    for row in steps_of(context.plan):
        key = day_key(row.report_kind, row.from_level, row.to_level)
        name = f"day.{key}"
        last = typed.last_day(f"{name}.last")
        number = typed.text(f"{name}.number")
        on = typed.date(f"{name}.date")
        file_id, file_name = typed.file(f"{name}.file")
        if not last:
            if number or on or file_id:
                typed.wrong(f"{name}.last", "Chưa nhập ngày cuối được nộp.")
            continue
        if row.due_at and not number:
            typed.wrong(f"{name}.number", "Kế hoạch đã nêu ngày; đổi hạn cần số quyết định.")
        if row.due_at and not file_id:
            typed.wrong(f"{name}.file", "Kế hoạch đã nêu ngày; đổi hạn cần tệp quyết định.")
        found[key] = DayRule(
            last_day=last, decision_number=number, decision_date=on, file_id=file_id,
            file_name=file_name,
        )  # fmt: skip
    return found


def typed_reminders(values: DepartmentValues) -> dict[str, str]:
    """Return the days before the end as they are typed."""
    return {"reminders": ", ".join(map(str, values.reminders))} if values.reminders else {}


def show_reminders(context: Context, typed: Mapping[str, str]) -> list[Group]:  # noqa: ARG001
    """One field: days before the end, separated by commas."""
    value = typed.get("reminders", "")
    own = ", ".join(map(str, platform_reminder_days()))
    return [
        Group(
            title="Nhắc đơn vị chưa nộp",
            note=f"Nền tảng nhắc trước hạn {own} ngày. Sở đặt khác thì áp dụng cho các kỳ mở "
            "theo bản mới.",
            source="department" if value else "not_stated",
            inputs=(
                Input(name="reminders", label="Số ngày trước hạn", value=value, width=6,
                      help="Các số cách nhau bằng dấu phẩy, ví dụ 10, 5, 1."),
            ),
        )
    ]  # fmt: skip


def read_reminders(context: Context, typed: Typed) -> tuple[int, ...]:  # noqa: ARG001
    """Read whole numbers of days, each once, largest first."""
    text = typed.raw("reminders")
    parts = [part for part in text.replace(";", ",").replace(" ", ",").split(",") if part]
    good = all(part.isascii() and part.isdecimal() and len(part) < 4 for part in parts)
    days = sorted({int(part) for part in parts}, reverse=True) if good else []
    if not good or any(not 1 <= day <= LONGEST_REMINDER for day in days):
        typed.wrong("reminders", f"Nhập các số ngày từ 1 đến {LONGEST_REMINDER}, ví dụ 10, 5, 1.")
    elif len(days) > MAX_REMINDERS:
        typed.wrong("reminders", f"Tối đa {MAX_REMINDERS} lần nhắc.")
    return tuple(days)


def typed_paper(values: DepartmentValues) -> dict[str, str]:
    """Return the department's own plan as it is typed."""
    paper = values.plan_paper
    if paper is None:
        return {}
    return {
        "paper.number": paper.number,
        "paper.date": paper.date.isoformat(),
        "paper.title": paper.title,
        "paper.file": str(paper.file_id),
        "name.paper.file": paper.file_name,
    }


def show_paper(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """Number, date, title and file; obligatory where a unit wrote the plan."""
    origin = context.plan.province_info.plan
    needed = origin.source is PlanSource.UNIT
    said = [origin.title, origin.number or "", vn_date(origin.date)]
    return [
        Group(
            title="Kế hoạch của Sở",
            plan=" · ".join(filter(None, said)),
            reference=f"do {origin.author} ban hành",
            note="Bộ quy tắc lấy từ kế hoạch của một đơn vị: phải có kế hoạch của Sở trước khi "
            "công bố." if needed else "Bộ quy tắc lấy từ kế hoạch của Sở. Nhập thêm số, ngày, tệp "
            "để mọi người mở được bản gốc.",
            source="department" if typed.get("paper.number") else "not_stated" if needed
            else "plan",
            inputs=(
                Input(name="paper.number", label="Số, ký hiệu", value=typed.get("paper.number", ""),
                      help="Ví dụ 125/KH-SYT", is_required=needed, width=6),
                Input(name="paper.date", label="Ngày ban hành", kind="date", width=6,
                      value=typed.get("paper.date", ""), is_required=needed),
                Input(name="paper.title", label="Trích yếu", value=typed.get("paper.title", ""),
                      is_required=needed),
                Input(name="paper.file", label="Tệp kế hoạch", kind="file",
                      value=typed.get("paper.file", ""), is_required=needed,
                      file_name=typed.get("name.paper.file", "")),
            ),
        )
    ]  # fmt: skip


def read_paper(context: Context, typed: Typed) -> PlanPaper | None:  # noqa: ARG001
    """Read the own plan: all four, or nothing."""
    names = ("paper.number", "paper.date", "paper.title", "paper.file")
    if not any(typed.raw(name) for name in names):
        return None
    number = typed.text("paper.number", need="Chưa nhập số, ký hiệu của kế hoạch.")
    on = typed.date("paper.date", need="Chưa chọn ngày ban hành.", latest=clock.today())
    title = typed.text("paper.title", limit=LINE, need="Chưa nhập trích yếu.")
    file_id, file_name = typed.file("paper.file")
    if file_id is None:
        typed.wrong("paper.file", "Chưa chọn tệp kế hoạch.")
    if typed.errors or on is None or file_id is None:
        return None
    return PlanPaper(number=number, date=on, title=title, file_id=file_id, file_name=file_name)
