"""Sections that are lists of rows: own criteria, standards, offices, filings on paper."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.kit import clock
from core.kit.ids import new_id
from core.movements import phrases
from core.movements.resolved import OWN_PREFIX, is_own
from core.movements.sections.inputs import TEXT, Context, Group, Input, Typed, shown_rows
from core.movements.values import (
    DepartmentValues,
    Filing,
    OfficeContact,
    OwnCriterion,
    OwnStandard,
)
from core.plugin.api import ReportKind, SubjectKind

TITLE = 60  # characters, as in core.plugin.checks
SUBJECTS = tuple(phrases.SUBJECTS.items())
CHOOSE = ("", "Chọn…")
DROP = "Bỏ dòng này"
UNITS = "don-vi"  # name of the list of suggestions


def _drop(row: str, typed: Mapping[str, str], *, is_new: bool) -> tuple[Input, ...]:
    if is_new:
        return ()
    drop = typed.get(f"{row}.drop", "")
    return (Input(name=f"{row}.drop", label=DROP, kind="tick", value=drop),)


def _title(noun: str, row: str, *, is_new: bool) -> str:
    return f"Thêm {noun}" if is_new else f"{noun.capitalize()} {int(row.rpartition('.')[2]) + 1}"


def typed_criteria(values: DepartmentValues) -> dict[str, str]:
    """Return the own criteria as they are typed."""
    found: dict[str, str] = {}
    for number, each in enumerate(values.criteria):
        row = f"criteria.{number}"
        found |= {
            f"{row}.id": each.id,
            f"{row}.subject": each.subject_kind.value,
            f"{row}.title": each.title,
            f"{row}.text": each.text,
            f"{row}.evidence": "1" if each.evidence else "",
            f"{row}.assessed": "1" if each.self_assessment else "",
        }
    return found


def show_criteria(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each own criterion, and empty ones."""
    groups = []
    for row, is_new in shown_rows(typed, "criteria", context.blank_rows):
        given = {
            each: typed.get(f"{row}.{each}", "")
            for each in ("id", "subject", "title", "text", "evidence", "assessed")
        }
        groups.append(
            Group(
                title=_title("tiêu chí", row, is_new=is_new),
                source="" if is_new else "department",
                inputs=(
                    Input(name=f"{row}.id", label="", kind="hidden", value=given["id"]),
                    Input(name=f"{row}.subject", label="Đối tượng", kind="select", width=4,
                          value=given["subject"] or "collective", options=SUBJECTS),
                    Input(name=f"{row}.title", label="Tên ngắn", value=given["title"], width=8,
                          help=f"Tối đa {TITLE} ký tự, hiện trong danh sách phần của báo cáo."),
                    Input(name=f"{row}.text", label="Nội dung tiêu chí", kind="text",
                          value=given["text"]),
                    Input(name=f"{row}.assessed", label="Đơn vị tự đánh giá", kind="tick",
                          value=given["assessed"], width=6),
                    Input(name=f"{row}.evidence", label="Nhận minh chứng", kind="tick",
                          value=given["evidence"], width=6),
                    *_drop(row, typed, is_new=is_new),
                ),
            )
        )  # fmt: skip
    return groups


def read_criteria(context: Context, typed: Typed) -> tuple[OwnCriterion, ...]:  # noqa: ARG001
    """Read the own criteria; a new one gets an id that never changes."""
    found = []
    for row in typed.rows("criteria", ("title", "text")):
        kept = typed.raw(f"{row}.id")
        made = OWN_PREFIX + new_id().hex[-10:]
        found.append(
            OwnCriterion(
                id=kept if is_own(kept) and len(kept) == len(made) else made,
                subject_kind=_subject(typed, row),
                title=typed.text(f"{row}.title", limit=TITLE, need="Chưa nhập tên ngắn."),
                text=typed.text(f"{row}.text", limit=TEXT, need="Chưa nhập nội dung tiêu chí."),
                evidence=typed.tick(f"{row}.evidence"),
                self_assessment=typed.tick(f"{row}.assessed"),
            )
        )
    return tuple(found)


def _subject(typed: Typed, row: str) -> SubjectKind:
    chosen = typed.choice(f"{row}.subject", phrases.SUBJECTS, need="Chưa chọn đối tượng.")
    return SubjectKind(chosen) if chosen else SubjectKind.COLLECTIVE


def typed_standards(values: DepartmentValues) -> dict[str, str]:
    """Return the own standards as they are typed."""
    found: dict[str, str] = {}
    for number, each in enumerate(values.standards):
        row = f"standards.{number}"
        found |= {f"{row}.subject": each.subject_kind.value, f"{row}.text": each.text}
    return found


def show_standards(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each own standard, and empty ones."""
    return [
        Group(
            title=_title("tiêu chuẩn", row, is_new=is_new),
            source="" if is_new else "department",
            inputs=(
                Input(name=f"{row}.subject", label="Đối tượng", kind="select", width=4,
                      value=typed.get(f"{row}.subject", "collective"), options=SUBJECTS),
                Input(name=f"{row}.text", label="Tiêu chuẩn", kind="text",
                      value=typed.get(f"{row}.text", "")),
                *_drop(row, typed, is_new=is_new),
            ),
        )
        for row, is_new in shown_rows(typed, "standards", context.blank_rows)
    ]  # fmt: skip


def read_standards(context: Context, typed: Typed) -> tuple[OwnStandard, ...]:  # noqa: ARG001
    """Read the own standards."""
    return tuple(
        OwnStandard(
            subject_kind=_subject(typed, row),
            text=typed.text(f"{row}.text", limit=TEXT),
        )
        for row in typed.rows("standards", ("text",))
    )


def typed_offices(values: DepartmentValues) -> dict[str, str]:
    """Return the contacts as they are typed."""
    found: dict[str, str] = {}
    for number, each in enumerate(values.offices):
        row = f"offices.{number}"
        found |= {
            f"{row}.office": each.office,
            f"{row}.person": each.person,
            f"{row}.phone": each.phone,
            f"{row}.email": each.email,
        }
    return found


def show_offices(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each office of the plan, then the department's own and empty ones."""
    duties = {each.name: each.duty for each in context.plan.province_info.offices}
    given = dict(typed)
    if not any(name.startswith("offices.") for name in typed):
        given = {f"offices.{place}.office": name for place, name in enumerate(duties)}
    groups = []
    for row, is_new in shown_rows(given, "offices", context.blank_rows):
        name = given.get(f"{row}.office", "")
        filled = any(given.get(f"{row}.{each}") for each in ("person", "phone", "email"))
        groups.append(
            Group(
                title=name or "Thêm đầu mối",
                plan=duties.get(name, ""),
                source="" if is_new else "department" if filled or name not in duties
                else "not_stated",
                inputs=(
                    Input(name=f"{row}.office", label="Phòng, bộ phận", value=name, width=6),
                    Input(name=f"{row}.person", label="Người phụ trách", width=6,
                          value=given.get(f"{row}.person", "")),
                    Input(name=f"{row}.phone", label="Điện thoại", width=6,
                          value=given.get(f"{row}.phone", "")),
                    Input(name=f"{row}.email", label="Thư điện tử", width=6,
                          value=given.get(f"{row}.email", "")),
                    *_drop(row, given, is_new=is_new),
                ),
            )
        )  # fmt: skip
    return groups


def read_offices(context: Context, typed: Typed) -> tuple[OfficeContact, ...]:  # noqa: ARG001
    """Read the contacts; an office alone, without anybody, is left out."""
    return tuple(
        OfficeContact(
            office=typed.text(f"{row}.office", need="Chưa nhập tên phòng, bộ phận."),
            person=typed.text(f"{row}.person"),
            phone=typed.text(f"{row}.phone", limit=40),
            email=typed.email(f"{row}.email"),
        )
        for row in typed.rows("offices", ("person", "phone", "email"))
    )


def typed_filings(values: DepartmentValues) -> dict[str, str]:
    """Return the filings as they are typed."""
    found: dict[str, str] = {}
    for number, each in enumerate(values.filings):
        row = f"filings.{number}"
        found |= {
            f"{row}.unit": each.unit_name,
            f"{row}.kind": each.report_kind.value,
            f"{row}.year": str(each.year),
            f"{row}.on": each.filed_on.isoformat(),
            f"{row}.note": each.note,
        }
    return found


def show_filings(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each report that was filed on paper, and empty ones."""
    kinds = (CHOOSE, *phrases.REPORT_KINDS.items())
    return [
        Group(
            title=_title("báo cáo giấy", row, is_new=is_new),
            source="" if is_new else "department",
            inputs=(
                Input(name=f"{row}.unit", label="Đơn vị", width=6, suggestions=UNITS,
                      value=typed.get(f"{row}.unit", "")),
                Input(name=f"{row}.kind", label="Loại báo cáo", kind="select", width=6,
                      value=typed.get(f"{row}.kind", ""), options=kinds),
                Input(name=f"{row}.year", label="Năm", kind="number", width=6,
                      value=typed.get(f"{row}.year", "")),
                Input(name=f"{row}.on", label="Ngày Sở nhận", kind="date", width=6,
                      value=typed.get(f"{row}.on", "")),
                Input(name=f"{row}.note", label="Ghi chú",
                      value=typed.get(f"{row}.note", ""), help="Ví dụ: số công văn gửi kèm."),
                *_drop(row, typed, is_new=is_new),
            ),
        )
        for row, is_new in shown_rows(typed, "filings", context.blank_rows)
    ]  # fmt: skip


def read_filings(context: Context, typed: Typed) -> tuple[Filing, ...]:
    """Read the filings of years before this one; the unit is named by its full name."""
    found = []
    today = clock.today()
    for row in typed.rows("filings", ("unit", "year", "on", "note")):
        unit = _unit(context, typed, f"{row}.unit")
        kind = typed.choice(f"{row}.kind", phrases.REPORT_KINDS, need="Chưa chọn loại báo cáo.")
        year = typed.whole(f"{row}.year", least=2000, most=today.year)
        if year is None:
            typed.wrong(f"{row}.year", "Chưa nhập năm của báo cáo.")
        on = typed.date(f"{row}.on", need="Chưa chọn ngày Sở nhận.", latest=today)
        note = typed.text(f"{row}.note")
        if unit and kind and year is not None and on is not None:
            found.append(
                Filing(unit_id=unit[0], unit_name=unit[1], report_kind=ReportKind(kind), year=year,
                       filed_on=on, note=note)
            )  # fmt: skip
    return tuple(found)


def _unit(context: Context, typed: Typed, field: str) -> tuple[UUID, str] | None:
    name = typed.raw(field)
    wanted = " ".join(name.split()).casefold()
    matching = [pair for pair in context.units.items() if pair[1].casefold() == wanted]
    if len(matching) == 1:
        return matching[0]
    if not name:
        typed.wrong(field, "Chưa chọn đơn vị.")
    elif matching:
        typed.wrong(field, f"Có {len(matching)} đơn vị cùng tên này, chưa rõ là đơn vị nào.")
    else:
        typed.wrong(field, "Không có đơn vị tên như vậy; xin chọn trong danh sách gợi ý.")
    return None
