"""What holds: the plan alone, then with the department's values on top, each with its source."""

from __future__ import annotations

import datetime as dt
from uuid import UUID

import msgspec
import pytest

from core.movements.difference import differences
from core.movements.readiness import lacks
from core.movements.resolved import (
    Source,
    day_source,
    effective,
    instants_after,
    is_own,
    reminder_days,
    rung_key,
)
from core.movements.values import (
    NOTHING,
    DayRule,
    DepartmentValues,
    OwnCriterion,
    OwnStandard,
    plain,
    values_of,
)
from core.plugin.api import (
    AwardRung,
    ConfigSchema,
    ConfigSetting,
    Level,
    PlanContent,
    ReportKind,
    SettingKind,
    SubjectKind,
)
from core.reports.form import form_of
from tests.integration.reports.house import VN, plan

STEP = (ReportKind.ANNUAL, Level.UNIT, Level.DEPARTMENT)
KEY = "annual.unit.department"
OWN = OwnCriterion(
    id="own_0123456789", subject_kind=SubjectKind.COLLECTIVE, title="Tiêu chí riêng",
    text="Đơn vị có tổ công nghệ.", evidence=True,
)  # fmt: skip


def with_switch() -> PlanContent:
    switch = ConfigSetting(
        key="guided", kind=SettingKind.BOOLEAN, label="Đã có hướng dẫn", help="", default=False,
        brings_into_force=("c3",),
    )  # fmt: skip
    return msgspec.structs.replace(plan(), config_schema=ConfigSchema(settings=(switch,)))


def test_without_values_the_plan_itself_holds() -> None:
    source = plan()
    assert effective(source, NOTHING) is source


def test_the_departments_day_stands_over_the_plans() -> None:
    values = DepartmentValues(days={KEY: DayRule(last_day="05/12")})
    held = effective(plan(), values)
    assert held.due_at(STEP[0], 2026, STEP[1], STEP[2]) == dt.datetime(2026, 12, 6, tzinfo=VN)
    assert held.due_at(STEP[0], 2029, STEP[1], STEP[2]) == dt.datetime(2029, 12, 6, tzinfo=VN)
    assert day_source(plan(), values, STEP, 2026) is Source.DEPARTMENT
    assert day_source(plan(), NOTHING, STEP, 2026) is Source.PLAN
    assert day_source(plan(due=None), NOTHING, STEP, 2026) is Source.NOT_STATED


def test_a_day_of_a_step_that_the_plan_does_not_name() -> None:
    key = "final_review.unit.department"
    held = effective(plan(), DepartmentValues(days={key: DayRule(last_day="31/12")}))
    due = held.due_at(ReportKind.FINAL_REVIEW, 2030, Level.UNIT, Level.DEPARTMENT)
    assert due == dt.datetime(2031, 1, 1, tzinfo=VN)
    assert len(held.schedule) == len(plan().schedule) + 1


@pytest.mark.parametrize("bad", ["29/02", "31/04", "5/12", "", "aa/bb", "00/01", "٠١/٠١"])
def test_a_day_that_not_every_year_has_is_none(bad: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        instants_after(bad, range(2026, 2027))


def test_an_own_criterion_becomes_a_marked_part_behind_the_plans() -> None:
    held = effective(plan(), DepartmentValues(criteria=(OWN,)))
    form = form_of(held, "annual", 2026)
    assert [part.key for part in form.parts] == [
        "criterion:c1", "criterion:c2", "criterion:c3", "criterion:own_0123456789",
        "indicators", "initiatives", "difficulties_proposals",
    ]  # fmt: skip
    part = form.parts[3]
    assert part.reference == "Tiêu chí do Sở đặt thêm, không có trong kế hoạch"
    assert (part.part.evidence, part.part.self_assessment) == (True, False)
    assert [is_own(each.id) for each in held.criteria] == [False, False, False, True]
    assert held.criteria[3].order == 4


def test_an_own_criterion_for_persons_asks_no_unit() -> None:
    own = msgspec.structs.replace(OWN, subject_kind=SubjectKind.INDIVIDUAL)
    held = effective(plan(), DepartmentValues(criteria=(own,)))
    assert len(form_of(held, "annual", 2026).parts) == len(form_of(plan(), "annual", 2026).parts)
    assert held.criteria[-1].order == 1


def test_a_switch_brings_a_waiting_criterion_into_force() -> None:
    before = form_of(effective(with_switch(), NOTHING), "annual", 2026).part("criterion:c3")
    values = DepartmentValues(settings={"guided": True})
    after = form_of(effective(with_switch(), values), "annual", 2026).part("criterion:c3")
    assert before is not None
    assert after is not None
    assert (before.is_asked, before.not_asked_reason) == (False, "Chờ hướng dẫn.")
    assert (after.is_asked, after.part.self_assessment, after.part.evidence) == (True, True, True)


def test_reminders_fall_back_to_the_platforms() -> None:
    assert reminder_days(NOTHING) == (7, 3, 1)
    assert reminder_days(DepartmentValues(reminders=(10, 2))) == (10, 2)


def test_a_rung_keeps_its_name_when_the_list_is_numbered_anew() -> None:
    rung = AwardRung(
        id="rung_1", award="Giấy khen", issuer=None, subject_kind=SubjectKind.COLLECTIVE,
        occasion=None, action=None, legal_basis="",
    )  # fmt: skip
    assert rung_key(rung) == "Giấy khen||collective|"
    assert rung_key(msgspec.structs.replace(rung, id="rung_9")) == rung_key(rung)


def test_values_survive_their_json_form() -> None:
    values = DepartmentValues(
        settings={"a": True, "b": 3, "c": 1.5, "d": "chữ"},
        days={KEY: DayRule(last_day="05/12", decision_date=dt.date(2026, 1, 2),
                           file_id=UUID(int=7), file_name="qd.pdf")},
        criteria=(OWN,),
        standards=(OwnStandard(subject_kind=SubjectKind.OTHER, text="Có đóng góp."),),
        reminders=(5,),
    )  # fmt: skip
    assert values_of(plain(values)) == values
    assert plain(NOTHING) == {}
    assert values.file_ids() == {UUID(int=7)}


def test_a_change_of_each_kind_is_a_sentence() -> None:
    values = DepartmentValues(
        days={KEY: DayRule(last_day="05/12", decision_number="12/QĐ-SYT")},
        criteria=(OWN,),
        reminders=(10, 5),
    )
    found = differences(plan(), plan(), NOTHING, values)
    assert [(each.title, each.added, each.removed) for each in found] == [
        ("Hạn báo cáo", ("Báo cáo hằng năm: đơn vị gửi Sở Y tế: hết ngày 05/12 (12/QĐ-SYT)",), ()),
        ("Nhắc trước hạn", ("Nhắc trước hạn 10, 5 ngày",), ()),
        (
            "Tiêu chí của Sở",
            ("Tập thể: Tiêu chí riêng. Đơn vị có tổ công nghệ. (có minh chứng)",),
            (),
        ),
    ]
    assert differences(plan(), plan(), values, values) == []


def test_what_is_missing_is_said_and_only_the_own_paper_blocks() -> None:
    found = lacks(plan(two_levels=True), NOTHING)
    assert [(each.section, each.is_blocking) for each in found] == [
        ("plan_paper", True), ("days", False), ("days", False), ("days", False),
    ]  # fmt: skip
    assert [each for each in lacks(plan(), NOTHING) if each.is_blocking] == []
