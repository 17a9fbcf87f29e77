"""The plugins against the tables that were typed by hand from the plans."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from core.plugin.api import (
    Applicability,
    Comparison,
    Level,
    PlanContent,
    PlanSource,
    ReportKind,
    Requirement,
    SubjectKind,
)
from tests.golden.due_table import DUE
from tests.golden.ladder_table import LADDER
from tests.golden.normalise import plan_line

LOCAL = ZoneInfo("Asia/Ho_Chi_Minh")


def test_ladder_is_the_typed_one(slug: str, content: PlanContent) -> None:
    expected = {
        (row.award, row.issuer, row.action, occasion, subject, row.line)
        for row in LADDER[slug]
        for occasion in row.occasions
        for subject in row.subjects
    }
    found = [
        (row.award, row.issuer, row.action, row.occasion, row.subject_kind, row.source_line)
        for row in content.ladder
    ]
    assert set(found) == expected
    assert len(found) == len(expected)


def test_ladder_lines_hold_the_award(slug: str) -> None:
    for row in LADDER[slug]:
        words = row.award.split()
        assert any(" ".join(words[:count]) in plan_line(slug, row.line) for count in (2, 3))


def test_flags_are_for_collectives_only(content: PlanContent) -> None:
    flags = [row for row in content.ladder if "Cờ" in row.award]
    assert flags
    assert {row.subject_kind for row in flags} == {SubjectKind.COLLECTIVE}


def test_schedule_is_the_typed_one(slug: str, content: PlanContent) -> None:
    found = [
        (
            row.report_kind,
            row.from_level,
            row.to_level,
            row.stated,
            (row.due_at[2026].day, row.due_at[2026].month) if row.due_at else None,
            row.source_line,
        )
        for row in content.schedule
    ]
    assert found == [tuple(row) for row in DUE[slug]]


@pytest.mark.parametrize(
    ("slug", "from_level", "to_level", "day", "month"),
    [
        ("ha_noi", Level.UNIT, Level.DEPARTMENT, 30, 11),
        ("vinh_long", Level.UNIT, Level.DEPARTMENT, 10, 11),
        ("lai_chau", Level.SUBUNIT, Level.UNIT, 15, 11),
        ("lai_chau", Level.UNIT, Level.DEPARTMENT, 15, 11),
    ],
)
def test_the_instant_is_held_on_both_sides(
    contents: dict[str, PlanContent],
    slug: str,
    from_level: Level,
    to_level: Level,
    day: int,
    month: int,
) -> None:
    for year in range(2025, 2031):
        due = contents[slug].due_at(ReportKind.ANNUAL, year, from_level, to_level)
        assert due is not None
        assert due.isoformat() == f"{year}-{month:02}-{day:02}T00:00:00+07:00"
        first_late = dt.datetime(year, month, day, tzinfo=LOCAL)
        last_good = first_late - dt.timedelta(microseconds=1)
        assert last_good < due <= first_late
        assert (last_good.day, last_good.hour) == (day - 1, 23)


def test_years_are_2025_to_2030(contents: dict[str, PlanContent]) -> None:
    for content in contents.values():
        for row in content.schedule:
            assert sorted(row.due_at) in ([], [2025, 2026, 2027, 2028, 2029, 2030])


def test_2027_belongs_to_phase_1(content: PlanContent) -> None:
    phases = [content.phase_of(year) for year in (2025, 2027, 2028, 2030)]
    assert [phase.id for phase in phases if phase] == ["phase_1", "phase_1", "phase_2", "phase_2"]
    assert content.phase_of(2031) is None


def test_indicators(contents: dict[str, PlanContent]) -> None:
    found = {
        slug: [(row.comparison, row.target, row.unit, row.by_year) for row in content.indicators]
        for slug, content in contents.items()
    }
    assert found == {
        "ha_noi": [(Comparison.RANK_BETWEEN, (1, 5), "thứ hạng", 2030)],
        "vinh_long": [],
        "lai_chau": [],
        "dien_bien": [
            (Comparison.AT_LEAST, 90, "%", 2030),
            (Comparison.MORE_THAN, 95, "%", 2030),
            (Comparison.EQUAL, 100, "%", None),
            (Comparison.EQUAL, 100, "%", None),
        ],
        "quang_ngai": [],
    }


def test_only_the_index_criterion_awaits_guidance(contents: dict[str, PlanContent]) -> None:
    waiting = [
        (slug, row.id)
        for slug, content in contents.items()
        for row in content.criteria
        if row.applicability is not Applicability.ALWAYS
    ]
    assert waiting == [("ha_noi", "collective_4")]
    form = contents["ha_noi"].report_form(ReportKind.ANNUAL)
    part = next(each for each in form.parts if each.criterion_id == "collective_4")
    assert (part.asked, part.self_assessment) == (False, False)
    assert "khi có hướng dẫn" in (part.not_asked_reason or "")


def test_only_one_criterion_requires_a_certificate(contents: dict[str, PlanContent]) -> None:
    asking = [
        (slug, row.id, row.requires)
        for slug, content in contents.items()
        for row in content.criteria
        if row.requires
    ]
    assert asking == [("ha_noi", "individual_3", (Requirement.DIGITAL_SKILLS_CERTIFICATE,))]


def test_who_wrote_the_plan_and_when(contents: dict[str, PlanContent]) -> None:
    sources = {slug: content.source for slug, content in contents.items()}
    assert sources == {
        "ha_noi": PlanSource.DEPARTMENT,
        "vinh_long": PlanSource.DEPARTMENT,
        "lai_chau": PlanSource.UNIT,
        "dien_bien": PlanSource.UNIT,
        "quang_ngai": PlanSource.UNIT,
    }
    dated = {
        slug: (content.province_info.plan.number, content.province_info.plan.date)
        for slug, content in contents.items()
        if content.province_info.plan.number
    }
    assert dated == {"dien_bien": ("252/KH-TTYT", dt.date(2025, 8, 11))}
    assert contents["quang_ngai"].author == (
        "Trung tâm Điều trị và Nuôi dưỡng người bệnh tâm thần Kon Tum"
    )


def test_inner_dates_bind_only_the_author(contents: dict[str, PlanContent]) -> None:
    inner = {
        slug: [row.report_kind for row in content.inner_deadlines()]
        for slug, content in contents.items()
    }
    reviews = [ReportKind.PRELIMINARY_REVIEW, ReportKind.FINAL_REVIEW, ReportKind.ON_REQUEST]
    assert inner == {
        "ha_noi": [],
        "vinh_long": [],
        "lai_chau": [ReportKind.ANNUAL],
        "dien_bien": reviews,
        "quang_ngai": [],
    }


def test_reports_that_may_be_merged(contents: dict[str, PlanContent]) -> None:
    merging = {
        slug
        for slug, content in contents.items()
        if content.report_form(ReportKind.ANNUAL).merge_with_general_report
    }
    assert merging == {"lai_chau", "quang_ngai"}


def test_where_the_result_counts(contents: dict[str, PlanContent]) -> None:
    counted = {
        slug: (content.movement.scored_by_blocks, content.movement.weighs_on_head)
        for slug, content in contents.items()
    }
    assert counted == {
        "ha_noi": (True, True),  # lines 37 and 90
        "vinh_long": (True, True),  # lines 383 and 430-434
        "lai_chau": (None, None),
        "dien_bien": (None, None),
        "quang_ngai": (None, None),
    }


def test_the_second_phase_may_change_the_criteria(contents: dict[str, PlanContent]) -> None:
    adjusting = [
        (slug, phase.id)
        for slug, content in contents.items()
        for phase in content.movement.phases
        if phase.may_adjust_criteria
    ]
    assert adjusting == [("vinh_long", "phase_2")]  # lines 402-404


def test_codes_keep_their_confidence(contents: dict[str, PlanContent]) -> None:
    codes = {
        slug: (content.province_info.official_code, content.province_info.official_code_confirmed)
        for slug, content in contents.items()
    }
    assert codes == {
        "ha_noi": ("01", True),
        "dien_bien": ("11", True),
        "lai_chau": ("12", True),
        "quang_ngai": ("51", False),
        "vinh_long": ("86", False),
    }


@pytest.mark.parametrize(
    ("slug", "numbers"),
    [
        ("ha_noi", {"190/KH-UBND", "923/QĐ-TTg", "3751/HD-BNV", "57-NQ/TW", "71/NQ-CP"}),
        ("ha_noi", {"8602-QĐ/TU", "139/KH-UBND"}),
        ("vinh_long", {"1940/QĐ-UBND", "3751/HD-BNV"}),
        ("lai_chau", {"148/KH-SYT", "63-CTr/TU", "2273/KH-UBND"}),
        ("dien_bien", {"234/KH-SYT", "216-KH/TU", "57-NQ/TW", "13-NQ/TU", "2185/KH-UBND"}),
        ("dien_bien", {"71/NQ-CP"}),
        ("quang_ngai", {"1242/KH-SYT", "359-KH/TU", "327/QĐ-UBND", "368-KH/TU", "125/KH-UBND"}),
    ],
)
def test_legal_basis(contents: dict[str, PlanContent], slug: str, numbers: set[str]) -> None:
    assert numbers <= {row.number for row in contents[slug].province_info.legal_basis}
