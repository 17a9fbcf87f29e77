"""A page that is rendered can reach the shipped fonts and nothing else."""

from __future__ import annotations

import contextlib
import io
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pikepdf
import pytest
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from core.documents.render import engine
from core.documents.render.errors import RenderingError
from core.documents.render.fetcher import FONT_SCHEME, AssetFetcher
from core.documents.render.fonts import BOLD, FONTS_DIR
from core.documents.render.model import Paragraph
from core.documents.render.pdf import render_pdf
from core.documents.render.template_versions import DECREE_30
from tests.golden.papers.reading import read
from tests.golden.papers.samples import report


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    hits: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hits.append(self.path)
            self.send_response(404)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", hits
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_fonts_are_served() -> None:
    response = AssetFetcher().fetch(FONT_SCHEME + BOLD)

    assert response.read() == (FONTS_DIR / BOLD).read_bytes()


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/x",
        "https://example.org/x.css",
        "ftp://127.0.0.1/x",
        "file:///etc/passwd",
        "data:text/css,p{}",
        "app://fonts/../render/engine.py",
        "app://fonts/",
        "app://other/x",
        "//127.0.0.1/x",
    ],
)
def test_every_other_address_is_refused(url: str) -> None:
    with pytest.raises(FatalURLFetchingError):
        AssetFetcher().fetch(url)


HOSTILE = {
    "import": "<style>@import url({url}/a.css)</style>",
    "stylesheet": '<link rel="stylesheet" href="{url}/b.css">',
    "font": "<style>@font-face {{ font-family: x; src: url({url}/c.ttf) }}</style>",
    "background": '<p style="background: url({url}/d.png)">x</p>',
    "image": '<img src="{url}/e.png">',
    "object": '<object data="{url}/f.svg"></object>',
    "embed": '<embed src="{url}/g.svg">',
    "svg": '<svg width="9" height="9"><image href="{url}/h.png" width="9" height="9"/></svg>',
    "attachment": '<link rel="attachment" href="{url}/i">',
}


@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_hostile_pages_reach_nothing(html: str, listener: tuple[str, list[str]]) -> None:
    url, hits = listener
    page = f"<html lang=vi><title>x</title><body>{html.format(url=url)}<p>x</p></html>"
    with contextlib.suppress(RenderingError):
        engine.html_to_pdf(page, DECREE_30)

    assert hits == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("html", HOSTILE.values(), ids=HOSTILE)
def test_the_same_pages_do_reach_out_without_the_fetcher(
    html: str, listener: tuple[str, list[str]]
) -> None:
    url, hits = listener
    HTML(string=f"<title>x</title>{html.format(url=url)}<p>x</p>").write_pdf()

    assert hits


def test_a_file_is_never_attached(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu")
    page = f'<html><title>x</title><link rel="attachment" href="{secret.as_uri()}"><p>x</p></html>'
    try:
        pdf = engine.html_to_pdf(page, DECREE_30)
    except RenderingError:
        return
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert not document.attachments
    assert "mật khẩu".encode() not in pdf


def test_markup_in_a_text_is_printed_not_obeyed(listener: tuple[str, list[str]]) -> None:
    url, hits = listener
    typed = f'</p><img src="{url}/x"><script>alert(1)</script>'
    pages = read(render_pdf(report(body=(Paragraph(typed),), abstract=typed, notice=typed)))

    assert hits == []
    assert "<img src=" in "".join(piece.text for piece in pages[0].pieces)
