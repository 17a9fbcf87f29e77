"""A plugin that misbehaves costs its own department an error, and no other anything."""

import time
from pathlib import Path

import pytest

from core.plugin.api import (
    ContentRequest,
    EligibilityRequest,
    PluginError,
    ScoreRequest,
    SubjectKind,
)
from core.plugin.manager import PluginManager
from core.plugin.rules import Province
from tests.unit.plugin.bad_plugins import plugin_module, point

ASK = EligibilityRequest(award="Giấy khen", subject_kind=SubjectKind.COLLECTIVE, year=2026)

AT_LOAD = {
    "misspelt hook": (
        "@hookimpl\ndef criterion(request):\n    return ()",
        "criterion",
    ),
    "second argument": (
        "@hookimpl\ndef criteria(request, tenant):\n    return ()",
        "tenant",
    ),
    "too new an API": ('API = ApiRange(minimum="2.0", below="3.0")', "needs API >= 2.0"),
    "too old an API": ('API = ApiRange(minimum="0.1", below="1.0")', "needs API >= 0.1"),
    "unreadable API": ('API = ApiRange(minimum="one", below="2")', "unreadable API range"),
    "no API": ("@hookimpl\ndef province_info(request):\n    return None", "junk answer"),
    "another slug": ('SLUG = "someone_else"', "says slug"),
    "raises at import": ("raise RuntimeError('no licence')", "no licence"),
    "exits at import": ("raise SystemExit(3)", "SystemExit"),
    "syntax error": ("def (", "SyntaxError"),
}
IN_A_HOOK = {
    "raises": ("raise ValueError('broken rule')", "broken rule"),
    "exits": ("raise SystemExit(1)", "SystemExit"),
    "dies": ("import os\n    os._exit(9)", "helper process ended"),
    "answers a string": ("return 'yes'", "junk answer"),
    "answers junk deep inside": (
        "return (Criterion(id=1, subject_kind='x', order='one', text=None, title='',"
        " reference=''),)",
        "junk answer",
    ),
    "answers what JSON cannot hold": ("return object()", "TypeError"),
    "prints and answers nothing": ("print('hello')\n    return 7", "junk answer"),
}


def managed(*points: object, strict: bool = False) -> PluginManager:
    """A manager that has loaded these entry points."""
    manager = PluginManager(strict=strict, load_seconds=2.0)
    manager.load(points)  # type: ignore[arg-type]
    return manager


@pytest.mark.parametrize("name", AT_LOAD)
def test_safe_mode_skips_and_warns(tmp_path: Path, name: str) -> None:
    extra, reason = AT_LOAD[name]
    with (
        plugin_module(tmp_path, "bad", extra) as bad,
        plugin_module(tmp_path, "good") as good,
    ):
        manager = managed(bad, good)

        assert list(manager.plugins) == ["good"]
        assert [(each.plugin, reason in each.reason) for each in manager.warnings] == [
            ("bad", True)
        ]
        with pytest.raises(PluginError, match="bad"):
            Province("bad", manager)
        with Province("good", manager) as province:
            assert province.content().movement.name == "Thi đua"


@pytest.mark.parametrize("name", AT_LOAD)
def test_strict_mode_raises(tmp_path: Path, name: str) -> None:
    extra, _ = AT_LOAD[name]
    with plugin_module(tmp_path, "bad", extra) as bad, pytest.raises(PluginError) as caught:
        managed(bad, strict=True)
    assert caught.value.plugin == "bad"


def test_a_plugin_that_hangs_at_load_is_skipped(tmp_path: Path) -> None:
    extra = "import time\n@hookimpl\ndef province_info(request):\n    time.sleep(10)"
    with plugin_module(tmp_path, "bad", extra) as bad:
        manager = PluginManager(load_seconds=0.2)
        manager.load([bad])
    assert "no answer within 0.2 s" in manager.warnings[0].reason


@pytest.mark.parametrize("name", IN_A_HOOK)
def test_a_content_hook_that_misbehaves(tmp_path: Path, name: str) -> None:
    body, reason = IN_A_HOOK[name]
    extra = f"@hookimpl\ndef criteria(request):\n    {body}"
    with (
        plugin_module(tmp_path, "bad", extra) as bad,
        plugin_module(tmp_path, "good") as good,
    ):
        manager = managed(bad, good, strict=True)
        with Province("bad", manager) as broken, Province("good", manager) as sound:
            with pytest.raises(PluginError) as caught:
                broken.content()
            assert (caught.value.plugin, caught.value.hook) == ("bad", "criteria")
            assert reason in caught.value.reason
            assert sound.content().criteria[0].text == "Đoàn kết."


@pytest.mark.parametrize("name", ["raises", "exits", "dies", "answers a string"])
def test_a_judging_hook_that_misbehaves(tmp_path: Path, name: str) -> None:
    body, reason = IN_A_HOOK[name]
    extra = f"@hookimpl\ndef eligibility(request):\n    {body}"
    with plugin_module(tmp_path, "bad", extra) as bad, Province("bad", managed(bad)) as province:
        with pytest.raises(PluginError) as caught:
            province.eligibility(ASK)
        assert caught.value.hook == "eligibility"
        assert reason in caught.value.reason
        score = ScoreRequest(subject_kind=SubjectKind.COLLECTIVE, year=2026, parts=())
        assert province.score(score).total is None


@pytest.mark.parametrize("body", ["import time\n    time.sleep(10)", "while True: pass"])
def test_a_judging_hook_that_hangs_is_killed(tmp_path: Path, body: str) -> None:
    extra = f"@hookimpl\ndef eligibility(request):\n    {body}"
    with plugin_module(tmp_path, "bad", extra) as bad:
        province = Province("bad", managed(bad), judging_seconds=0.3)
        with province:
            province.criteria(ContentRequest())  # starts the process
            process = province._process._process
            assert process is not None
            begun = time.monotonic()
            with pytest.raises(PluginError, match=r"no answer within 0\.3 s"):
                province.eligibility(ASK)
            assert time.monotonic() - begun < 3
            assert process.returncode is not None  # gone, not left behind
            assert province.criteria(ContentRequest())[0].order == 1  # a new one answers


def test_a_content_hook_that_hangs_ends_in_time(tmp_path: Path) -> None:
    extra = "import time\n@hookimpl\ndef award_ladder(request):\n    time.sleep(10)"
    with plugin_module(tmp_path, "bad", extra) as bad:
        begun = time.monotonic()
        with (
            Province("bad", managed(bad), content_seconds=0.3) as province,
            pytest.raises(PluginError) as caught,
        ):
            province.content()
    assert caught.value.hook == "award_ladder"
    assert time.monotonic() - begun < 8


def test_content_that_contradicts_itself_is_refused(tmp_path: Path) -> None:
    extra = (
        "_one = criteria\n@hookimpl\ndef criteria(request):\n    return _one(request) * 2\n"
        "@hookimpl\ndef reporting_schedule(request):\n    return ()"
    )
    with (
        plugin_module(tmp_path, "bad", extra) as bad,
        Province("bad", managed(bad)) as province,
        pytest.raises(PluginError) as caught,
    ):
        province.content()
    assert "collective_1 stands 2 times" in caught.value.reason
    assert "no row for annual" in caught.value.reason


def test_a_plugin_sees_none_of_the_platforms_secrets(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret")
    extra = (
        "import os\n@hookimpl\ndef score(request):\n"
        "    return ScoreResult(total=None, maximum=None, note=os.environ.get('DATABASE_URL', '-'))"
    )
    with plugin_module(tmp_path, "good", extra) as good, Province("good", managed(good)) as asked:
        request = ScoreRequest(subject_kind=SubjectKind.COLLECTIVE, year=2026, parts=())
        assert asked.score(request).note == "-"


def test_two_plugins_of_one_slug(tmp_path: Path) -> None:
    with plugin_module(tmp_path, "twin") as twin:
        manager = managed(twin, point("twin", twin.value))
    assert [each.reason for each in manager.warnings] == ["two plugins have this slug"]


def test_a_plugin_that_is_not_installed() -> None:
    with pytest.raises(PluginError, match="no such plugin"):
        Province("nowhere", PluginManager())


def test_a_caller_sees_one_plugin_only(tmp_path: Path) -> None:
    with (
        plugin_module(tmp_path, "first") as first,
        plugin_module(tmp_path, "second") as second,
    ):
        manager = managed(first, second, strict=True)
        for slug in ("first", "second"):
            info = manager.caller(slug, "province_info")(request=ContentRequest())
            assert info.slug == slug
