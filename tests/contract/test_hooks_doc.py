"""The hooks' page says what the specs say."""

import inspect
import re
from pathlib import Path

import pytest

from core.plugin import spec
from core.plugin.contract import HOOKS, JUDGING
from core.plugin.spec import API_VERSION

ADR = Path(__file__).parents[2] / "docs/decisions/0002-plugin-contract.md"
PAGE = (Path(__file__).parents[2] / "docs/vendors/hooks.md").read_text(encoding="utf-8")


def written(annotation: object) -> str:
    """A type as a reader writes it, without module names."""
    if inspect.isclass(annotation) and not hasattr(annotation, "__args__"):
        return annotation.__name__
    return re.sub(r"core\.plugin\.\w+\.", "", str(annotation))


def signature(hook: str) -> str:
    """Exact signature of one hook."""
    found = inspect.signature(getattr(spec, hook))
    (parameter,) = found.parameters.values()
    return (
        f"{hook}({parameter.name}: {written(parameter.annotation)})"
        f" -> {written(found.return_annotation)}"
    )


@pytest.mark.parametrize("hook", HOOKS)
def test_every_signature_is_a_heading_with_its_version(hook: str) -> None:
    doc = inspect.getdoc(getattr(spec, hook)) or ""
    added = re.search(r"\.\. versionadded:: (\d+\.\d+)$", doc, re.MULTILINE)
    assert added, f"{hook} does not say when it was added"
    assert f"### `{signature(hook)}`\n\nVersion added: {added[1]}. " in PAGE


def test_the_decision_prints_the_same_signatures() -> None:
    printed = re.findall(r"^```\n(.*?)^```", ADR.read_text(encoding="utf-8"), re.M | re.S)[0]
    assert printed.splitlines() == [signature(hook) for hook in HOOKS]


def test_no_heading_without_a_hook() -> None:
    headings = re.findall(r"^### `(\w+)\(", PAGE, re.MULTILINE)
    assert sorted(headings) == sorted(HOOKS)
    assert len(HOOKS) <= 14


def test_judging_hooks_stand_under_their_heading() -> None:
    judging = PAGE[PAGE.index("## Judging hooks") :]
    assert set(re.findall(r"^### `(\w+)\(", judging, re.MULTILINE)) == JUDGING


def test_the_page_names_the_api_version() -> None:
    assert f"API version: {API_VERSION}." in PAGE


@pytest.mark.parametrize("hook", HOOKS)
def test_every_hook_takes_the_first_result_only(hook: str) -> None:
    assert getattr(spec, hook).thidua_spec["firstresult"] is True
