"""The front-end build: what comes out, how small, and that nothing is lost or done twice."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from core.web import assets, build

ROOT = Path(build.__file__).parents[2]


def _built(name: str) -> str:
    manifest = json.loads((build.DIST / "manifest.json").read_text())
    return (build.DIST / manifest[name].removeprefix("/static/")).read_text()


def test_second_build_does_nothing_and_is_quick() -> None:
    subprocess.run([sys.executable, "-m", "core.web.build"], cwd=ROOT, check=True)
    before = (build.DIST / "manifest.json").stat().st_mtime_ns
    started = time.perf_counter()
    build.main()
    assert (build.DIST / "manifest.json").stat().st_mtime_ns == before
    assert time.perf_counter() - started < 2


def test_every_address_of_the_manifest_is_a_file_named_by_its_content() -> None:
    manifest = json.loads((build.DIST / "manifest.json").read_text())
    assert {"app.css", "app.js", "htmx.js", "icons.svg", "favicon.svg"} <= set(manifest)
    for name, address in manifest.items():
        path = build.DIST / address.removeprefix("/static/")
        assert path.is_file(), name
        assert re.fullmatch(r"/static/[\w-]+\.[0-9a-f]{10}\.\w+", address)


def test_a_rebuild_keeps_the_files_of_one_build_before(tmp_path: Path) -> None:
    folders = [tmp_path / str(number) for number in range(3)]
    for number, folder in enumerate(folders):
        folder.mkdir()
        output = build.Output(folder)
        output.write("app.css", f"body{{order:{number}}}".encode())
        output.write("same.svg", b"<svg/>")
        if number:
            build.keep_previous(folders[number - 1], folder)
        (folder / "manifest.json").write_text(json.dumps(output.names))
    kept = sorted(path.read_text() for path in folders[2].glob("app.*.css"))
    assert kept == ["body{order:1}", "body{order:2}"]
    assert len(list(folders[2].glob("same.*.svg"))) == 1


def test_a_first_build_has_nothing_to_keep(tmp_path: Path) -> None:
    build.keep_previous(tmp_path / "none", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_asset_returns_the_address_and_refuses_what_is_not_built() -> None:
    assert assets.asset("app.css").startswith("/static/app.")
    with pytest.raises(RuntimeError, match="make assets"):
        assets.asset("khong-co.css")


def test_css_loads_nothing_from_elsewhere() -> None:
    css = _built("app.css")
    addresses = re.findall(r"url\(([^)]+)\)", css)
    assert all(each.strip("\"'").startswith(("/static/", "data:")) for each in addresses)
    assert "@import" not in css


def test_cut_css_keeps_the_classes_that_templates_use() -> None:
    css = _built("app.css")
    for name in ("btn-primary", "form-control", "form-select", "card", "table", "container-xl"):
        assert f".{name}" in css


def test_typeface_has_both_subsets_in_two_weights_and_swaps() -> None:
    faces = re.findall(r"@font-face\{[^}]+\}", _built("app.css"))
    assert len(faces) == 4
    assert all("font-display:swap" in face and "woff2" in face for face in faces)


def test_every_icon_that_a_template_names_is_in_the_sprite() -> None:
    sprite = set(re.findall(r'<symbol id="([\w-]+)"', _built("icons.svg")))
    named = set()
    for path in ROOT.glob("core/*/templates/**/*.html"):
        named |= set(re.findall(r'icon\("([\w-]+)"', path.read_text()))
    assert named
    assert named - sprite == set()


def test_scripts_name_no_other_host_and_evaluate_nothing() -> None:
    script = _built("app.js")
    assert "http://" not in script
    assert "https://" not in script
    assert "eval(" not in script
    assert "innerHTML" not in script


def test_fonts_of_papers_are_there() -> None:
    names = sorted(path.name for path in build.PAPER_FONTS.glob("*.ttf"))
    assert len(names) == 4
    assert all(name.startswith("Tinos") for name in names)
