"""Every text of a plugin stands in its plan, and the plan's criteria all stand in the plugin."""

import re
import unicodedata

import msgspec
import pytest

from core.plugin.api import PlanContent, SubjectKind
from tests.golden.normalise import (
    PLANS,
    RESTORED_RULES,
    RULES,
    folded,
    joined_hyphens,
    normalised,
    plan_line,
    plan_text,
    raw_plan,
)

COUNTS = {
    "ha_noi": (9, 3, 1),
    "vinh_long": (10, 3, 1),
    "lai_chau": (4, 1, 0),
    "dien_bien": (4, 1, 0),
    "quang_ngai": (6, 1, 1),
}
# where the criteria of a plan begin and end, and the headings in between
SECTIONS = {
    "ha_noi": (
        "1. Tiêu chí thi đua a. Đối với tập thể",
        "2. Hình thức và tiêu chuẩn khen thưởng",
        (
            "1. Tiêu chí thi đua",
            "a. Đối với tập thể",
            "b. Đối với công chức, viên chức, người lao động",
            "c. Đối tượng khác:",
        ),
    ),
    "vinh_long": (
        "1. Tiêu chí thi đua a) Đối với tập thể",
        "2. Hình thức và tiêu chuẩn khen thưởng",
        (
            "1. Tiêu chí thi đua",
            "a) Đối với tập thể",
            "b) Đối với công chức, viên chức, người lao động",
            "c) Đối tượng khác",
        ),
    ),
    "lai_chau": (
        "1. Tiêu chí thi đua a. Đối với các tập thể khoa/ phòng",
        "2. Hình thức và tiêu chuẩn khen thưởng",
        ("1. Tiêu chí thi đua", "a. Đối với các tập thể khoa/ phòng", "b) Đối với cá nhân"),
    ),
    "dien_bien": (
        "Tiêu chí thi đua Đối với tập thể",
        "Hình thức khen thưởng Cấp Nhà nước",
        ("Tiêu chí thi đua", "Đối với tập thể", "Đối với cá nhân"),
    ),
    "quang_ngai": (
        "4. Tiêu chí thi đua 4.1. Đối với tập thể",
        "III. HÌNH THỨC, TIÊU CHUẨN KHEN THƯỞNG",
        (
            "4. Tiêu chí thi đua",
            "4.1. Đối với tập thể",
            "4.2. Đối với cá nhân",
            "Đối tượng khác:",
        ),
    ),
}


def criteria_section(slug: str) -> str:
    """The part of a plan that holds its criteria, headings included."""
    text = plan_text(slug)
    start, end, _ = SECTIONS[slug]
    assert text.count(start) == 1
    return text[text.index(start) : text.index(end, text.index(start))]


def test_counts_are_those_of_the_reading(slug: str, content: PlanContent) -> None:
    assert tuple(len(content.criteria_for(kind)) for kind in SubjectKind) == COUNTS[slug]


def test_every_criterion_stands_in_its_plan(slug: str, content: PlanContent) -> None:
    section = criteria_section(slug)
    for row in content.criteria:
        assert section.count(row.text) == 1, row.id


def test_nothing_of_the_criteria_section_is_missing(slug: str, content: PlanContent) -> None:
    rest = criteria_section(slug)
    for row in sorted(content.criteria, key=lambda each: -len(each.text)):
        rest = rest.replace(row.text, " ", 1)
    for heading in SECTIONS[slug][2]:
        assert heading in rest
        rest = rest.replace(heading, " ", 1)
    assert folded(rest) == ""


def test_criteria_stand_in_the_plans_order(slug: str, content: PlanContent) -> None:
    section = criteria_section(slug)
    places = [section.index(row.text) for row in content.criteria]
    assert places == sorted(places)


def test_a_shortened_section_is_noticed(slug: str, content: PlanContent) -> None:
    """The check above can see: without one criterion something is left over."""
    rest = criteria_section(slug)
    for row in content.criteria[1:]:
        rest = rest.replace(row.text, " ", 1)
    assert content.criteria[0].text in folded(rest)


def test_source_lines_hold_the_beginning_of_each_criterion(slug: str, content: PlanContent) -> None:
    for row in content.criteria:
        assert row.source_line is not None
        words = " ".join(row.text.split()[:6])
        assert words in plan_line(slug, row.source_line), row.id


def test_other_texts_stand_in_the_plan(slug: str, content: PlanContent) -> None:
    text = plan_text(slug)
    for standard in content.standards:
        assert standard.text in text
    for indicator in content.indicators:
        assert indicator.text in text
    for rung in content.ladder:
        assert rung.award in text
        assert rung.issuer is None or rung.issuer in text
    for row in content.schedule:
        assert not row.stated or row.rule in text, row.rule
    for phase in content.movement.phases:
        assert phase.review_text in text
    assert content.movement.name in text


def test_offices_and_their_duties_stand_in_the_plan(slug: str, content: PlanContent) -> None:
    text = plan_text(slug)
    for office in content.province_info.offices:
        assert office.name in text
        for duty in office.duty.strip().split("\n"):
            assert duty in text, duty


def test_numbers_and_dates_of_documents_stand_in_the_plan(slug: str, content: PlanContent) -> None:
    text = (
        folded(joined_hyphens(raw_plan(slug)))
        .replace("57-NQ-TW", "57-NQ/TW")
        .replace("63- CTr", "63-CTr")
    )
    text = text.replace("ngày 20 tháng 10 năm 2025", "ngày 20/10/2025")
    for document in content.province_info.legal_basis:
        assert document.number in text, document.number
        if document.date is not None:
            day = document.date
            month = f"{day.month:02}" if day.month in {1, 2} else str(day.month)
            forms = {f"{day:%d}/{month}/{day.year}", f"{day.day}/{month}/{day.year}"}
            forms.add(f"{day:%d/%m/%Y}")
            assert any(form in text for form in forms), document.number


def test_everything_is_nfc(content: PlanContent) -> None:
    assert unicodedata.is_normalized("NFC", msgspec.json.encode(content).decode())


@pytest.mark.parametrize("rule", [*RULES, *RESTORED_RULES], ids=lambda rule: rule.__name__)
def test_every_rule_is_needed(rule: object) -> None:
    """A rule that changes no plan is not a rule."""
    assert any(rule(raw_plan(slug)) != raw_plan(slug) for slug in COUNTS)  # type: ignore[operator]


def test_the_footnote_inside_a_criterion_is_gone() -> None:
    text = plan_text("vinh_long")
    assert "hướng tới cung cấp dịch vụ công trực tuyến toàn trình" in text
    assert "Kế hoạch hành động chiến lược" not in text


def test_a_broken_number_is_joined() -> None:
    assert "125/KH-UBND ngày 02/6/2025" in plan_text("quang_ngai")
    assert normalised("Kế hoạch số 125/KH-\n\nUBND") == "Kế hoạch số 125/KH-UBND"


def test_figures_of_the_restored_text_stand_in_the_scan(
    contents: dict[str, PlanContent],
) -> None:
    """The scan lost its diacritics, not its digits."""
    scan = (PLANS / "001_73ca6eec2a7d6f56.txt").read_text(encoding="utf-8")
    content = contents["dien_bien"]
    texts = [row.text for row in (*content.criteria, *content.indicators)]
    figures = {figure for text in texts for figure in re.findall(r"\d[\d/]*%?", text)}
    assert {"90%", "95%", "100%", "216", "28/4/2025", "2185/", "20/5/2025"} == figures
    for figure in figures:
        assert figure in scan, figure
    for document in content.province_info.legal_basis:
        assert document.number.split("/")[0].split("-")[0] in scan
