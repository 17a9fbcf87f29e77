"""Markdown becomes a page: no raw HTML, links inside the application, a contents list."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from core.errors import NotFoundError
from core.guide import pages
from core.guide.pages import Heading, all_pages, anchor_of, find_page, read_page

TEXT = """# Tên trang

Một câu **tóm tắt**.

## Đặt hạn & gửi

Xem [trang khác](soan-bao-cao.md#tu-luu), [của Sở](../departments/tong-hop.md),
[ngoài](https://example.vn/). <script>alert(1)</script>

| a | b |
|---|---|
| 1 | 2 |
"""


def test_a_page_from_its_markdown() -> None:
    page = read_page(TEXT, section="units", slug="don-vi-thu")
    assert (page.title, page.summary) == ("Tên trang", "Một câu tóm tắt.")
    assert page.headings == (Heading("dat-han-gui", "Đặt hạn & gửi"),)
    assert '<h2 id="dat-han-gui">Đặt hạn &amp; gửi</h2>' in page.html
    assert 'href="/huong-dan/don-vi-soan-bao-cao#tu-luu"' in page.html
    assert 'href="/huong-dan/so-tong-hop"' in page.html
    assert 'href="https://example.vn/"' in page.html
    assert "<script>" not in page.html
    assert '<div class="table-scroll mb-3"><table class="table">' in page.html


def test_a_page_without_title_or_summary_is_refused() -> None:
    for text in ("chỉ có chữ", "# Tên\n\n## Mục\n"):
        with pytest.raises(ValueError, match="a title and a paragraph"):
            read_page(text, section="units", slug="x")


def test_anchors_are_plain() -> None:
    assert anchor_of("Nộp muộn, 7 ngày?") == "nop-muon-7-ngay"


def test_every_file_of_the_two_folders_is_listed_and_short() -> None:
    listed = {(page.section, slug) for slug, page in all_pages().items()}
    on_disk = {
        (folder, f"{prefix}-{path.stem}")
        for folder, prefix, _title, _names in pages.SECTIONS
        for path in (pages.CHECKOUT / folder).glob("*.md")
    }
    assert listed == on_disk
    assert all(len({h.anchor for h in p.headings}) == len(p.headings) for p in all_pages().values())


def test_the_wheels_copy_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert pages.source_folder() == pages.CHECKOUT
    monkeypatch.setattr(pages, "PACKAGED", tmp_path)
    assert pages.source_folder() == tmp_path


def test_the_wheel_carries_every_section() -> None:
    project = tomllib.loads((pages.CHECKOUT.parent / "pyproject.toml").read_text())
    carried = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    inside = pages.PACKAGED.relative_to(pages.CHECKOUT.parent)
    for folder, *_rest in pages.SECTIONS:
        assert carried[f"docs/{folder}"] == str(inside / folder)


def test_an_unknown_page_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        find_page("khong-co")
