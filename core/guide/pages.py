"""Pages of the guide: read from Markdown once per process, made into HTML with a contents list."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

import msgspec
from markdown_it import MarkdownIt
from markdown_it.token import Token

from core.errors import NotFoundError
from core.kit.i18n import fold

PACKAGED = Path(__file__).parent / "content"  # in an installed wheel
CHECKOUT = Path(__file__).parents[2] / "docs"
# (folder, beginning of the address, title, file names in reading order)
SECTIONS: tuple[tuple[str, str, str, tuple[str, ...]], ...] = (
    (
        "units",
        "don-vi",
        "Dành cho đơn vị",
        (
            "bat-dau",
            "soan-bao-cao",
            "ky-duyet-nop",
            "bo-sung",
            "khoa-phong",
            "de-nghi-khen-thuong",
            "cau-hoi",
        ),
    ),
    (
        "departments",
        "so",
        "Dành cho Sở",
        (
            "bat-dau",
            "thiet-lap",
            "ke-hoach",
            "mo-ky-bao-cao",
            "duyet-bao-cao",
            "tong-hop",
            "quyet-dinh-khen-thuong",
            "hoi-dong",
            "in-giay-khen",
            "thang-khen-thuong",
            "xet-khen-thuong",
            "dieu-kien-khen-thuong",
            "so-khen-thuong",
            "cong-khai",
            "to-chuc",
            "tai-khoan",
            "du-lieu",
            "bang-quan-tri",
            "phap-ly",
            "nhat-ky",
            "ho-tro",
            "cau-hoi",
        ),
    ),
)


class Heading(msgspec.Struct, frozen=True):
    """An entry of a page's contents list."""

    anchor: str
    text: str


class GuidePage(msgspec.Struct, frozen=True):
    """One page, ready to be shown.

    Attributes:
        slug: last part of its address.
        section: folder in `docs/`.
        summary: plain text of the first paragraph.
        html: everything below the title; made from our own files, with raw HTML switched off.
    """

    slug: str
    section: str
    title: str
    summary: str
    headings: tuple[Heading, ...]
    html: str


def source_folder() -> Path:
    """Return the folder with the Markdown: the wheel's copy, else the checkout's `docs/`."""
    return PACKAGED if PACKAGED.is_dir() else CHECKOUT


def anchor_of(text: str) -> str:
    """Return the id of a heading: its letters without diacritics, joined by hyphens."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


def _address(section: str, href: str) -> str:
    """Return where a link of a page leads inside the application."""
    path, _, fragment = href.partition("#")
    if "://" in href or not path:
        return href
    folder, name = (PurePosixPath(section) / path).parts[-2:]
    prefixes = {folder: prefix for folder, prefix, _title, _names in SECTIONS}
    slug = f"{prefixes[folder]}-{name.removesuffix('.md')}"
    return f"/huong-dan/{slug}" + (f"#{fragment}" if fragment else "")


def _table_open(_self: Any, _tokens: Sequence[Token], _place: int, *_rest: Any) -> str:
    return '<div class="table-scroll mb-3"><table class="table">\n'


def _table_close(_self: Any, _tokens: Sequence[Token], _place: int, *_rest: Any) -> str:
    return "</table></div>\n"


def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False}).enable("table")
    reader.add_render_rule("table_open", _table_open)
    reader.add_render_rule("table_close", _table_close)
    return reader


def read_page(text: str, *, section: str, slug: str) -> GuidePage:
    """Make one page from its Markdown: a title, a first paragraph, then headings of level 2.

    Raises:
        ValueError: the text does not begin with a title and a paragraph.
    """
    reader = _reader()
    tokens = reader.parse(text)
    if [token.type for token in tokens[:4]] != [
        *("heading_open", "inline", "heading_close"),
        "paragraph_open",
    ]:
        raise ValueError(f"{section}/{slug}: a title and a paragraph must come first")
    title, summary, body = tokens[1].content, tokens[4].content, tokens[3:]
    headings = []
    for opening, inline in pairwise(body):
        if opening.type == "heading_open" and opening.tag == "h2":
            heading = Heading(anchor_of(inline.content), inline.content)
            opening.attrSet("id", heading.anchor)
            headings.append(heading)
        for child in inline.children or []:
            if child.type == "link_open":
                child.attrSet("href", _address(section, str(child.attrGet("href"))))
    html = reader.renderer.render(body, reader.options, {})
    return GuidePage(slug, section, title, re.sub(r"[*`]", "", summary), tuple(headings), html)


@lru_cache(maxsize=1)
def all_pages() -> dict[str, GuidePage]:
    """Return every page by its slug, in reading order; read once per process."""
    pages = {}
    for section, prefix, _title, names in SECTIONS:
        for name in names:
            text = (source_folder() / section / f"{name}.md").read_text(encoding="utf-8")
            page = read_page(text, section=section, slug=f"{prefix}-{name}")
            pages[page.slug] = page
    return pages


def find_page(slug: str) -> GuidePage:
    """Return one page.

    Raises:
        NotFoundError: there is no such page.
    """
    page = all_pages().get(slug)
    if page is None:
        raise NotFoundError("Trang hướng dẫn này không có.")
    return page
