"""The platform's own answers."""

import pytest

from core.plugin import defaults
from core.plugin.api import (
    Applicability,
    Comparison,
    Criterion,
    DossierRequest,
    Indicator,
    PartKind,
    ReportFormRequest,
    ReportKind,
    ScoredPart,
    ScoreRequest,
    SubjectKind,
)
from core.plugin.contract import parse_version
from core.plugin.toml_plan import instants_before


def criterion(
    order: int, kind: SubjectKind, applicability: Applicability = Applicability.ALWAYS
) -> Criterion:
    """A criterion with a note on why it waits."""
    return Criterion(
        id=f"{kind}_{order}",
        subject_kind=kind,
        order=order,
        text="Bảo đảm an toàn thông tin.",
        title="An toàn thông tin",
        reference="Kế hoạch, mục 1",
        applicability=applicability,
        applicability_note="Chờ hướng dẫn",
    )


def test_the_form_asks_collective_criteria_only() -> None:
    form = defaults.report_form(
        ReportFormRequest(
            report_kind=ReportKind.ANNUAL,
            criteria=(
                criterion(1, SubjectKind.COLLECTIVE),
                criterion(2, SubjectKind.COLLECTIVE, Applicability.AWAITING_GUIDANCE),
                criterion(1, SubjectKind.INDIVIDUAL),
            ),
        )
    )
    assert [(part.id, part.asked) for part in form.parts] == [
        ("collective_1", True),
        ("collective_2", False),
        ("initiatives", True),
        ("difficulties_proposals", True),
    ]
    assert form.parts[1].not_asked_reason == "Chờ hướng dẫn"
    assert not form.merge_with_general_report


def test_indicators_get_a_part_where_there_are_any() -> None:
    indicator = Indicator(id="a", text="x", comparison=Comparison.EQUAL, target=100, unit="%")
    form = defaults.report_form(
        ReportFormRequest(report_kind=ReportKind.ANNUAL, indicators=(indicator,))
    )
    assert [part.kind for part in form.parts] == [
        PartKind.INDICATORS,
        PartKind.INITIATIVES,
        PartKind.DIFFICULTIES_PROPOSALS,
    ]


@pytest.mark.parametrize(
    ("parts", "total", "maximum"),
    [
        ((), None, None),
        (((None, 3.0),), None, None),
        (((10.0, 8.5), (5.0, 5.0)), 13.5, 15.0),
        (((10.0, 8.5), (5.0, None)), None, 15.0),
        (((10.0, 8.5), (None, None)), 8.5, 10.0),
    ],
)
def test_points_are_summed_where_maxima_are_set(
    parts: tuple[tuple[float | None, float | None], ...],
    total: float | None,
    maximum: float | None,
) -> None:
    request = ScoreRequest(
        subject_kind=SubjectKind.COLLECTIVE,
        year=2026,
        parts=tuple(
            ScoredPart(criterion_id=str(number), maximum=limit, points=points)
            for number, (limit, points) in enumerate(parts)
        ),
    )
    result = defaults.score(request)
    assert (result.total, result.maximum) == (total, maximum)


def test_a_dossier_holds_the_papers_of_the_law() -> None:
    request = DossierRequest(award="Giấy khen", subject_kind=SubjectKind.INDIVIDUAL)
    items = defaults.dossier_requirements(request).items
    assert [item.id for item in items] == ["submission_letter", "achievement_report", "minutes"]
    assert all("Điều 84" in item.legal_basis and item.required for item in items)


def test_before_a_day_is_its_first_instant() -> None:
    instants = instants_before("30/11")
    assert list(instants) == [2025, 2026, 2027, 2028, 2029, 2030]
    assert instants[2026].isoformat() == "2026-11-30T00:00:00+07:00"


def test_versions_compare_as_numbers() -> None:
    assert parse_version("1.10") > parse_version("1.9")
    with pytest.raises(ValueError, match="one"):
        parse_version("one")
