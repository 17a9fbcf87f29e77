"""`thidua plugin list` and `show`: the published object, its schema, its example."""

import argparse
import json
from pathlib import Path

import jsonschema
import pytest

from core import cli_plugin
from core.plugin.manager import PluginManager
from core.plugin.show import json_schema
from tests.unit.plugin.bad_plugins import plugin_module, point

DOCS = Path(__file__).parents[2] / "docs/vendors"
SLUGS = ("dien_bien", "ha_noi", "lai_chau", "quang_ngai", "vinh_long")
KEYS = {
    "": "slug official_code department movement criteria indicators schedule ladder standards"
    " offices legal_basis stated_gaps",
    "movement": "name phases",
    "criteria": "id phase subject_kind order text applicability requires",
    "indicators": "id text comparison target unit by_year",
    "schedule": "report_kind from_level to_level stated rule due_at",
    "ladder": "award issuer subject_kind occasion action legal_basis",
    "standards": "subject_kind order text",
    "offices": "name duty",
    "legal_basis": "number date issuer title",
}


def run(*words: str) -> int:
    """Run the command line with these words."""
    parser = argparse.ArgumentParser()
    cli_plugin.register(parser.add_subparsers(required=True))
    given = parser.parse_args(words)
    return int(given.run(given))


@pytest.fixture(scope="module")
def shown() -> dict[str, str]:
    """What `plugin show` prints for each of the five, by slug."""
    return {}


@pytest.fixture(params=SLUGS)
def output(
    request: pytest.FixtureRequest, shown: dict[str, str], capsys: pytest.CaptureFixture[str]
) -> str:
    """Output of `plugin show SLUG --json`, asked for once."""
    slug = request.param
    if slug not in shown:
        assert run("plugin", "show", slug, "--json") == 0
        shown[slug] = capsys.readouterr().out
    return shown[slug]


def test_the_schema_in_the_repository_is_the_real_one() -> None:
    stored = json.loads((DOCS / "plugin-show.schema.json").read_text(encoding="utf-8"))
    assert stored == json_schema()
    jsonschema.Draft202012Validator.check_schema(stored)


def test_every_output_fits_the_schema(output: str) -> None:
    schema = json.loads((DOCS / "plugin-show.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(json.loads(output))


def test_the_schema_refuses_a_foreign_key(output: str) -> None:
    report = json.loads(output) | {"score": 1}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(report)


def test_the_example_is_real_output(output: str) -> None:
    example = (DOCS / "plugin-show.example.json").read_text(encoding="utf-8")
    slug = json.loads(output)["slug"]
    assert (example == output) == (slug == json.loads(example)["slug"])


def test_keys_are_exactly_the_published_ones(output: str) -> None:
    report = json.loads(output)
    assert list(report) == KEYS[""].split()
    assert list(report["movement"]) == KEYS["movement"].split()
    assert list(report["movement"]["phases"][0]) == ["id", "from", "to", "review_year"]
    for name in ("criteria", "indicators", "schedule", "ladder", "standards", "offices"):
        for row in report[name]:
            assert list(row) == KEYS[name].split()
    for row in report["legal_basis"]:
        assert list(row) == KEYS["legal_basis"].split()
    assert report["stated_gaps"]
    assert isinstance(report["official_code"], str)


def test_due_instants_are_printed_in_local_time(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plugin", "show", "ha_noi", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    row = next(each for each in report["schedule"] if each["due_at"])
    assert row["due_at"] == {
        str(year): f"{year}-11-30T00:00:00+07:00" for year in range(2025, 2031)
    }


def test_list_names_all_five(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plugin", "list", "--json") == 0
    report = json.loads(capsys.readouterr().out)
    assert [row["slug"] for row in report["plugins"]] == list(SLUGS)
    assert report["warnings"] == []
    assert run("plugin", "list") == 0
    assert "Sở Y tế tỉnh Điện Biên" in capsys.readouterr().out


def test_plain_show_holds_the_criteria(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plugin", "show", "vinh_long") == 0
    assert "collective 8. Có sáng kiến, mô hình mới hiệu quả" in capsys.readouterr().out


def test_an_unknown_slug_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("plugin", "show", "nowhere", "--json") == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "no such plugin is installed" in printed.err


def test_a_skipped_plugin_is_visible(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    manager = PluginManager()
    with plugin_module(tmp_path, "good") as good:
        manager.load([good, point("bad", "thidua_missing_module")])
        assert cli_plugin.plugin_list(json=True, manager=manager) == 1
        report = json.loads(capsys.readouterr().out)
        assert [row["slug"] for row in report["plugins"]] == ["good"]
        assert "thidua_missing_module" in report["warnings"][0]
        assert cli_plugin.plugin_list(json=False, manager=manager) == 1
        assert "SKIPPED: plugin bad" in capsys.readouterr().err
