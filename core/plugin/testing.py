"""Conformance kit: what a vendor's own tests call. Each function raises AssertionError.

from core.plugin import testing

def test_conformance() -> None:
    testing.assert_conforms("my_province", "thidua_my_province")
"""

from core.plugin.checks import problems
from core.plugin.content import PlanContent
from core.plugin.demo import DemoTree
from core.plugin.enums import Occasion, ReportKind, SubjectKind
from core.plugin.errors import PluginError
from core.plugin.forms import DossierRequest
from core.plugin.judging import EligibilityRequest, ScoredPart, ScoreRequest
from core.plugin.manager import PluginManager
from core.plugin.rules import Province


def load(slug: str, reference: str, version: str = "0") -> PluginManager:
    """Load one plugin strictly, by its import reference; raises AssertionError with the reason."""
    manager = PluginManager(strict=True)
    try:
        manager.add(slug, version, reference)
    except PluginError as error:
        raise AssertionError(str(error)) from error
    return manager


def assert_conforms(slug: str, reference: str) -> PlanContent:
    """Call every hook as the platform does and check what comes back; returns the content."""
    manager = load(slug, reference)
    try:
        with Province(slug, manager) as province:
            content = province.content()
            assert_sound_tree(province.demo())
            _assert_judges(province, content)
    except PluginError as error:
        raise AssertionError(str(error)) from error
    assert_complete(content)
    return content


def assert_complete(content: PlanContent) -> None:
    """Check what an edition needs: no problems, criteria for collectives, a form per report."""
    found = problems(content)
    _require(not found, "; ".join(found))
    _require(content.criteria_for(SubjectKind.COLLECTIVE), "no criteria for collectives")
    kinds = {form.report_kind for form in content.report_forms}
    _require(kinds == set(ReportKind), "a kind of report has no form")
    for form in content.report_forms:
        keys = [part.id for part in form.parts]
        _require(len(keys) == len(set(keys)), f"form {form.report_kind} repeats a part")


def assert_sound_tree(tree: DemoTree) -> None:
    """Check a demo tree: codes once only, parents before children, people in known units."""
    known: set[str] = set()
    for unit in tree.units:
        _require(unit.code not in known, f"unit code {unit.code} stands twice")
        _require(unit.parent is None or unit.parent in known, f"{unit.code}: unknown parent")
        known.add(unit.code)
    for person in tree.people:
        _require(person.unit is None or person.unit in known, f"{person.name}: unknown unit")


def _assert_judges(province: Province, content: PlanContent) -> None:
    """Every rung can be judged knowing nothing, and says something with a reference."""
    for rung in content.ladder:
        occasion = rung.occasion or Occasion.ANNUAL
        result = province.eligibility(
            EligibilityRequest(
                award=rung.award, subject_kind=rung.subject_kind, year=2026, occasion=occasion
            )
        )
        _require(result.findings, f"no finding for {rung.award}")
        _require(all(row.reference for row in result.findings), "a finding without a reference")
        dossier = DossierRequest(
            award=rung.award, subject_kind=rung.subject_kind, occasion=occasion
        )
        _require(province.dossier_requirements(dossier).items, f"no dossier for {rung.award}")
    parts = tuple(ScoredPart(criterion_id=row.id) for row in content.criteria)
    request = ScoreRequest(subject_kind=SubjectKind.COLLECTIVE, year=2026, parts=parts)
    _require(province.score(request).note, "a score without a note")


def _require(condition: object, message: str) -> None:
    if not condition:
        raise AssertionError(message)
