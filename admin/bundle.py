"""The panel's page: the library's script and style, with exact replacements for our words.

The library ships one compiled script with English sentences that its translations do not reach, a
sign-in page of its own and buttons without regard to rights. Each replacement names the exact text
and how often it stands there; a test holds that against the version that is installed.
"""

from __future__ import annotations

import gzip
import hashlib
from functools import lru_cache
from pathlib import Path

import msgspec
from piccolo_admin.endpoints import ASSET_PATH
from starlette.requests import Request
from starlette.responses import Response

from admin.bundle_access import ACCESS
from admin.bundle_rights import RIGHTS
from admin.bundle_words import WORDS
from core.errors import NotFoundError

STYLE = Path(__file__).with_name("panel.css")
KINDS = {"js": "text/javascript; charset=utf-8", "css": "text/css; charset=utf-8"}
PAGE = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1.0">
<title>Bảng quản trị</title>
<link rel="icon" href="data:,">
<script type="module" src="./assets/{js}"></script>
<link rel="stylesheet" href="./assets/{css}">
</head>
<body>
<noscript><p>Bảng quản trị cần JavaScript. Mọi việc hằng ngày đều làm được ở
<a href="/">các trang làm việc</a>, không cần JavaScript.</p></noscript>
<div id="app"></div>
</body>
</html>
"""


class Asset(msgspec.Struct, frozen=True):
    """A file of the page under a name that changes with its content."""

    name: str
    kind: str
    content: bytes
    packed: bytes


def original(ending: str) -> str:
    """Return the library's own file."""
    return next((Path(ASSET_PATH) / "assets").glob(f"*.{ending}")).read_text(encoding="utf-8")


def adapted(script: str) -> str:
    """Return the script with our words and rights in it.

    Raises:
        ValueError: a text is not there as often as it should be (another version is installed).
    """
    for old, new, count in (*WORDS, *RIGHTS, *ACCESS):
        if script.count(old) != count:
            raise ValueError(f"{script.count(old)} instead of {count}: {old[:80]}")
        script = script.replace(old, new)
    return script


@lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Return script and style by their ending."""
    return {
        "js": _asset("js", adapted(original("js"))),
        "css": _asset("css", original("css") + STYLE.read_text(encoding="utf-8")),
    }


def _asset(ending: str, text: str) -> Asset:
    content = text.encode()
    name = f"panel-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
    return Asset(name, KINDS[ending], content, gzip.compress(content, 6))


def index() -> str:
    """Return the page that loads script and style."""
    return PAGE.format(js=assets()["js"].name, css=assets()["css"].name)


async def serve(request: Request) -> Response:
    """Send one of the two files.

    Raises:
        NotFoundError: there is no such file.
    """
    for asset in assets().values():
        if asset.name == request.path_params["name"]:
            packed = "gzip" in request.headers.get("accept-encoding", "")
            headers = {"vary": "accept-encoding"} | ({"content-encoding": "gzip"} if packed else {})
            content = asset.packed if packed else asset.content
            return Response(content, headers=headers, media_type=asset.kind)
    raise NotFoundError
