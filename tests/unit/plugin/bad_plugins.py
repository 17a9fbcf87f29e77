"""Writes plugins that misbehave, one at a time, as real modules on the import path."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import EntryPoint
from pathlib import Path

GROUP = "thidua.province"

GOOD = """
from core.plugin.api import (
    ApiRange, AwardRung, ContentRequest, Criterion, EligibilityRequest, EligibilityResult,
    EligibilityFinding, FindingState, Level, Movement, Phase, PlanOrigin, PlanSource,
    ProvinceInfo, ReportKind, ScheduleRow, ScoreRequest, ScoreResult, SubjectKind, hookimpl,
)

API = ApiRange(minimum="1.0", below="2.0")

@hookimpl
def province_info(request):
    return ProvinceInfo(
        slug=SLUG, name="Tỉnh Mẫu", official_code="99", official_code_confirmed=False,
        department="Sở Y tế Mẫu", people_committee="Ủy ban nhân dân tỉnh Mẫu", place="Mẫu",
        api=API, legal_basis=(), offices=(), stated_gaps=(),
        plan=PlanOrigin(source=PlanSource.DEPARTMENT, author="Sở Y tế Mẫu", title="Kế hoạch"),
    )

@hookimpl
def movement(request):
    phase = Phase(id="phase_1", start=2025, end=2030, review_year=2030, review_text="2030")
    return Movement(name="Thi đua", phases=(phase,), occasions=())

@hookimpl
def criteria(request):
    return (
        Criterion(id="collective_1", subject_kind=SubjectKind.COLLECTIVE, order=1,
                  text="Đoàn kết.", title="Đoàn kết", reference="Kế hoạch, mục 1"),
    )

@hookimpl
def reporting_schedule(request):
    return tuple(
        ScheduleRow(report_kind=kind, from_level=Level.UNIT, to_level=Level.DEPARTMENT,
                    stated=False, rule="Không nêu.")
        for kind in ReportKind
    )

@hookimpl
def award_ladder(request):
    return (
        AwardRung(id="rung_1", award="Giấy khen", issuer=None, occasion=None, action=None,
                  subject_kind=SubjectKind.COLLECTIVE, legal_basis="Kế hoạch"),
    )
"""


def point(name: str, module: str) -> EntryPoint:
    """An entry point as a distribution would declare it."""
    return EntryPoint(name=name, value=module, group=GROUP)


@contextmanager
def plugin_module(folder: Path, slug: str, extra: str = "") -> Iterator[EntryPoint]:
    """A sound plugin plus ``extra`` code, importable while the context lasts."""
    module = f"thidua_{slug}"
    (folder / f"{module}.py").write_text(f"SLUG = {slug!r}\n{GOOD}\n{extra}\n", encoding="utf-8")
    path = str(folder)
    if path not in sys.path:
        sys.path.insert(0, path)
    try:
        yield point(slug, module)
    finally:
        sys.modules.pop(module, None)
        if path in sys.path:
            sys.path.remove(path)
