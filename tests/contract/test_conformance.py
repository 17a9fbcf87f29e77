"""The five plugins and the vendors' template pass the kit that vendors get; the kit can fail."""

import tomllib
from pathlib import Path

import pytest

from core.plugin import testing
from core.plugin.api import DemoTree, PlanContent, TomlPlan, UnitKind
from core.plugin.manager import PluginManager
from core.plugin.rules import Province
from tests.unit.plugin.bad_plugins import plugin_module

ROOT = Path(__file__).parents[2]
FIRST_PARTY = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "entry-points"
]["thidua.province"]


@pytest.mark.parametrize(("slug", "reference"), [*FIRST_PARTY.items()])
def test_a_first_party_plugin_conforms(slug: str, reference: str) -> None:
    content = testing.assert_conforms(slug, reference)
    assert isinstance(content, PlanContent)
    assert content.plugin == slug


def test_the_template_conforms() -> None:
    content = testing.assert_conforms("tinh_mau", "plugins._template")
    assert len(content.criteria) == 1


@pytest.mark.parametrize(
    ("extra", "complaint"),
    [
        ("@hookimpl\ndef criteria(request):\n    return ()", "no criteria for collectives"),
        ("@hookimpl\ndef reporting_schedule(request):\n    return ()", "no row for annual"),
        ("@hookimpl\ndef eligibility(request):\n    raise ValueError('no')", "ValueError"),
        (
            "@hookimpl\ndef eligibility(request):\n    return EligibilityResult(findings=())",
            "no finding",
        ),
        ("@hookimpl\ndef score(request):\n    return ()", "junk answer"),
        ("@hookimpl\ndef scores(request):\n    return ()", "scores"),
    ],
)
def test_the_kit_refuses(tmp_path: Path, extra: str, complaint: str) -> None:
    with (
        plugin_module(tmp_path, "vendor", extra) as vendor,
        pytest.raises(AssertionError, match=complaint),
    ):
        testing.assert_conforms("vendor", vendor.value)


def test_the_kit_refuses_an_unsound_tree() -> None:
    tree = TomlPlan(ROOT / "plugins/_template/plan.toml").demo(None)  # type: ignore[arg-type]
    testing.assert_sound_tree(tree)
    with pytest.raises(AssertionError, match="unknown parent"):
        testing.assert_sound_tree(DemoTree(units=tree.units[::-1]))
    with pytest.raises(AssertionError, match="stands twice"):
        testing.assert_sound_tree(DemoTree(units=tree.units[:1] * 2))


@pytest.mark.parametrize("slug", FIRST_PARTY)
def test_demo_trees_are_large_and_mixed(slug: str) -> None:
    manager = PluginManager(strict=True)
    manager.add(slug, "0", FIRST_PARTY[slug])
    with Province(slug, manager) as province:
        tree = province.demo()
        source = province.plugin.info.plan
    assert len(tree.units) >= 40
    assert len({unit.name for unit in tree.units}) == len(tree.units)
    assert {unit.kind for unit in tree.units} >= set(UnitKind) - {UnitKind.SUBUNIT}
    assert len(tree.people) >= 12
    titles = {person.title for person in tree.people if person.unit is None}
    assert titles == {"Giám đốc Sở", "Phó Giám đốc Sở"}
    authors = [unit for unit in tree.units if unit.wrote_plan]
    if source.source == "unit plan":
        assert [unit.name for unit in authors] == [source.author]
        inner = [unit for unit in tree.units if unit.parent == authors[0].code]
        assert len(inner) >= 8
    else:
        assert authors == []
