"""Serves the sample pages with the site's own security headers, and plays the saving server."""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from core.web.build import DIST
from core.web.headers import CSP
from tests.browser import gallery


class Saves:
    """What the saving server answers next, and what it was sent."""

    def __init__(self) -> None:
        self.answers: list[tuple[int, dict[str, Any]]] = []
        self.received: list[dict[str, Any]] = []
        self.version = 3

    def take(self, sent: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Return the planned answer, else the usual one."""
        self.received.append(sent)
        if self.answers:
            return self.answers.pop(0)
        self.version = sent["version"] + 1
        return 200, {"version": self.version, "saved_at_text": "10:43:00", "parts_done": 6}


class Handler(BaseHTTPRequestHandler):
    """GET: a sample page or a built file; PUT and POST: the saving server."""

    saves: Saves

    def _send(self, status: int, content: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Security-Policy", CSP)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/"):
            content = (DIST / path.removeprefix("/static/")).read_bytes()
            self._send(200, content, mimetypes.guess_type(path)[0] or "font/woff2")
        elif path.strip("/") in gallery.PAGES:
            self._send(200, gallery.html(path.strip("/")).encode(), "text/html; charset=utf-8")
        else:
            self._send(404, b"", "text/plain")

    def _answer(self) -> None:
        sent = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path == "/dang-nhap-lai":
            right = sent["password"] == "Đúng-mật-khẩu-1"
            status, told = (200, {}) if right else (401, {"detail": "Mật khẩu chưa đúng."})
        else:
            status, told = self.saves.take(sent)
        self._send(status, json.dumps(told).encode(), "application/json")

    do_PUT = do_POST = _answer

    def log_message(self, *_: Any) -> None:
        """Keep the test's output clean."""


@contextmanager
def serving() -> Iterator[tuple[str, Saves]]:
    """Yield the address of the gallery and its saving server."""
    saves = Saves()
    handler = type("GalleryHandler", (Handler,), {"saves": saves})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", saves
    finally:
        server.shutdown()
        server.server_close()
