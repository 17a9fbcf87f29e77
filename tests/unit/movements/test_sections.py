"""Every section: what is set comes back as typed; bad input gets a sentence at its field."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any
from uuid import UUID

import msgspec
import pytest

from core.errors import InvalidInputError
from core.movements.sections.inputs import Context, Typed
from core.movements.sections.registry import ALL, BY_KEY
from core.movements.value_words import LINES
from core.movements.values import (
    SECTIONS,
    DayRule,
    DepartmentValues,
    Filing,
    MailWording,
    OfficeContact,
    OwnCriterion,
    OwnStandard,
    PlanPaper,
    Quota,
    RungChoice,
    Signer,
)
from core.plugin.api import (
    AwardRung,
    ConfigSchema,
    ConfigSetting,
    Occasion,
    PlanContent,
    ReportKind,
    SettingKind,
    SubjectKind,
)
from tests.integration.reports.house import plan

UNIT, FILE = UUID(int=5), UUID(int=9)
KEY = "annual.unit.department"


def setting(key: str, kind: SettingKind, **more: Any) -> ConfigSetting:
    return ConfigSetting(key=key, kind=kind, label=f"Nhãn {key}", help="", **more)


def full_plan() -> PlanContent:
    rung = AwardRung(
        id="rung_1", award="Giấy khen", issuer="Giám đốc Sở", subject_kind=SubjectKind.COLLECTIVE,
        occasion=None, action=None, legal_basis="",
    )  # fmt: skip
    settings = (
        setting("flag", SettingKind.BOOLEAN),
        setting("count", SettingKind.INTEGER, minimum=0, maximum=50),
        setting("share", SettingKind.DECIMAL),
        setting("words", SettingKind.TEXT),
        setting("day", SettingKind.DAY_OF_YEAR),
    )
    return msgspec.structs.replace(
        plan(), ladder=(rung,), config_schema=ConfigSchema(settings=settings)
    )


CONTEXT = Context(plan=full_plan(), units={UNIT: "Bệnh viện Đa khoa"}, blank_rows=1)
VALUES = DepartmentValues(
    settings={"flag": False, "count": 12, "share": 1.5, "words": "UBND tỉnh", "day": "01/12"},
    weights={"c1": Decimal("10.5"), "c2": Decimal(20)},
    days={KEY: DayRule(last_day="05/12", decision_number="12/QĐ-SYT",
                       decision_date=dt.date(2026, 1, 2), file_id=FILE, file_name="qd.pdf")},
    reminders=(10, 5, 1),
    quotas={"Giấy khen|Giám đốc Sở|collective|": Quota(count=5, percent=Decimal("12.5"))},
    rungs={
        "Giấy khen|Giám đốc Sở|collective|": RungChoice(
            occasions=(Occasion.ANNUAL, Occasion.FINAL_REVIEW), signer=Signer.EITHER
        )
    },
    criteria=(
        OwnCriterion(id="own_0123456789", subject_kind=SubjectKind.OTHER, title="Tên",
                     text="Nội dung.", evidence=True),
    ),
    standards=(OwnStandard(subject_kind=SubjectKind.INDIVIDUAL, text="Có sáng kiến."),),
    plan_paper=PlanPaper(number="1/KH-SYT", date=dt.date(2025, 9, 1), title="Kế hoạch",
                         file_id=FILE, file_name="kh.pdf"),
    filings=(
        Filing(unit_id=UNIT, unit_name="Bệnh viện Đa khoa", report_kind=ReportKind.ANNUAL,
               year=2025, filed_on=dt.date(2025, 11, 20), note="bản giấy"),
    ),
    mails={"returned": MailWording(subject="{tieu_de}", body="Kính gửi {nguoi_nhan}")},
    offices=(OfficeContact(office="Văn phòng", phone="0213 3876 543", email="vp@example.vn"),),
)  # fmt: skip


def read(key: str, typed: dict[str, str]) -> Any:
    reader = Typed(typed)
    value = BY_KEY[key].read(CONTEXT, reader)
    reader.finish()
    return value


def test_the_sections_are_the_fields_of_the_values() -> None:
    assert sorted(section.key for section in ALL) == sorted(SECTIONS)


@pytest.mark.parametrize("section", ALL, ids=lambda section: section.key)
def test_what_is_set_is_typed_and_read_back_alike(section: Any) -> None:
    typed = section.typed(VALUES)
    assert read(section.key, typed) == getattr(VALUES, section.key)


@pytest.mark.parametrize("section", ALL, ids=lambda section: section.key)
def test_nothing_typed_is_nothing_set(section: Any) -> None:
    assert read(section.key, {}) == getattr(DepartmentValues(), section.key)


@pytest.mark.parametrize("section", ALL, ids=lambda section: section.key)
def test_every_typed_field_is_shown_and_said(section: Any) -> None:
    typed = section.typed(VALUES)
    shown = {
        each.name: each.value for group in section.show(CONTEXT, typed) for each in group.inputs
    }
    assert {
        name: value for name, value in typed.items() if not name.startswith("name.")
    }.items() <= (shown.items())
    assert list(LINES[section.key](CONTEXT.plan, VALUES)) != []


BAD: list[tuple[str, dict[str, str], dict[str, str]]] = [
    ("settings", {"set.count": "51"}, {"set.count": "Nhập số từ 0 đến 50."}),
    ("settings", {"set.count": "1,5"}, {"set.count": "Chỉ nhập số nguyên, ví dụ 12."}),
    ("settings", {"set.count": "mười"}, {"set.count": "Chỉ nhập số, ví dụ 12,5 hoặc 1.234."}),
    ("settings", {"set.flag": "maybe"}, {"set.flag": "Xin chọn một trong các mục có sẵn."}),
    ("settings", {"set.day": "31/02"}, {"set.day": "Không có ngày 31/02 trong mọi năm."}),
    ("weights", {"max.c1": "-1"}, {"max.c1": "Nhập số từ 0 đến 1.000."}),
    (
        "days",
        {f"day.{KEY}.last": "5/12"},
        {
            f"day.{KEY}.number": "Kế hoạch đã nêu ngày; đổi hạn cần số quyết định.",
            f"day.{KEY}.file": "Kế hoạch đã nêu ngày; đổi hạn cần tệp quyết định.",
        },
    ),
    (
        "days",
        {"day.plan.unit.department.last": "thứ hai"},
        {"day.plan.unit.department.last": "Nhập ngày và tháng, ví dụ 29/11."},
    ),
    (
        "days",
        {"day.plan.unit.department.number": "1/QĐ"},
        {"day.plan.unit.department.last": "Chưa nhập ngày cuối được nộp."},
    ),
    (
        "reminders",
        {"reminders": "7, 0"},
        {"reminders": "Nhập các số ngày từ 1 đến 60, ví dụ 10, 5, 1."},
    ),
    ("reminders", {"reminders": "7 6 5 4 3 2 1"}, {"reminders": "Tối đa 6 lần nhắc."}),
    (
        "quotas",
        {"quota.Giấy khen|Giám đốc Sở|collective|.percent": "101"},
        {"quota.Giấy khen|Giám đốc Sở|collective|.percent": "Nhập số từ 0 đến 100."},
    ),
    (
        "rungs",
        {"rung.Giấy khen|Giám đốc Sở|collective|.signer": "ai đó"},
        {
            "rung.Giấy khen|Giám đốc Sở|collective|.signer": "Xin chọn một trong các mục có sẵn."
        },
    ),
    (
        "criteria",
        {"criteria.0.title": "x" * 61, "criteria.0.subject": "collective"},
        {
            "criteria.0.title": "Dài 61 ký tự; tối đa 60 ký tự.",
            "criteria.0.text": "Chưa nhập nội dung tiêu chí.",
        },
    ),
    (
        "standards",
        {"standards.0.text": "Tốt.", "standards.0.subject": "ai"},
        {"standards.0.subject": "Xin chọn một trong các mục có sẵn."},
    ),
    (
        "plan_paper",
        {"paper.number": "1/KH", "paper.date": "2999-01-01"},
        {
            "paper.date": "Ngày này chưa tới.",
            "paper.title": "Chưa nhập trích yếu.",
            "paper.file": "Chưa chọn tệp kế hoạch.",
        },
    ),
    (
        "filings",
        {"filings.0.unit": "Không có", "filings.0.kind": "annual", "filings.0.year": "2025",
         "filings.0.on": "2025-13-01"},
        {
            "filings.0.unit": "Không có đơn vị tên như vậy; xin chọn trong danh sách gợi ý.",
            "filings.0.on": "Ngày không đúng. Xin chọn lại.",
        },
    ),
    (
        "mails",
        {"mail.returned.subject": "Trả lại", "mail.returned.body": "Xin xem {lien_ket}."},
        {
            "mail.returned.body": "Không có ô điền {lien_ket}. Dùng được: {tieu_de}, {noi_dung},"
            " {nguoi_nhan}, {ten_so}, {duong_dan}."
        },
    ),
    (
        "mails",
        {"mail.returned.subject": "Trả lại"},
        {"mail.returned.body": "Có tiêu đề mà chưa có nội dung thư."},
    ),
    (
        "offices",
        {"offices.0.office": "Văn phòng", "offices.0.email": "khong phai thu"},
        {"offices.0.email": "Địa chỉ thư chưa đúng, ví dụ vanphong@example.vn."},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("key", "typed", "wanted"), BAD, ids=lambda each: str(each)[:40])
def test_bad_input_gets_a_sentence_at_its_field(
    key: str, typed: dict[str, str], wanted: dict[str, str]
) -> None:
    with pytest.raises(InvalidInputError) as caught:
        read(key, typed)
    assert caught.value.fields == wanted


def test_a_dropped_row_is_gone_and_a_new_one_gets_an_id_of_its_own() -> None:
    typed = BY_KEY["criteria"].typed(VALUES) | {
        "criteria.0.drop": "1",
        "criteria.4.subject": "collective",
        "criteria.4.title": "Mới",
        "criteria.4.text": "Nội dung mới.",
        "criteria.4.id": "c1",
    }
    (made,) = read("criteria", typed)
    assert made.title == "Mới"
    assert made.id.startswith("own_")
    assert made.id != "own_0123456789"
