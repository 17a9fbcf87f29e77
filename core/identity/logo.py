"""The department's logo: a picture that is checked, made anew and made small."""

from __future__ import annotations

import asyncio
import io

from PIL import Image

from core.errors import InvalidInputError
from core.evidence import checks
from core.identity import phrases

EXTENSIONS = ("png", "jpg", "jpeg", "webp")
MAX_BYTES = 2 * 1024 * 1024
LEAST_SIDE = 64  # pixels
SHOWN_SIDE = 320  # pixels; four times the height of the page's head


async def prepared(name: str, content: bytes) -> tuple[str, bytes]:
    """Return name and content of the picture as it will be kept (at most 320 pixels a side).

    Raises:
        InvalidInputError: not a PNG, JPEG or WebP picture, broken, too small; an SVG in any case.
        PayloadTooLargeError: more than 2 MB.
    """
    name = checks.safe_name(name)
    extension = name.rpartition(".")[2]
    if extension in ("svg", "svgz") or _looks_like_svg(content):
        raise _refused(phrases.LOGO_SVG.format(name=name))
    if extension not in EXTENSIONS:
        raise _refused(phrases.LOGO_KIND.format(name=name))
    try:
        checked = await checks.check(name, content, MAX_BYTES)
    except InvalidInputError as error:
        raise _refused(error.detail) from error
    return name, await asyncio.to_thread(_small, checked.content)


def _looks_like_svg(content: bytes) -> bool:
    head = content[:2048].lower()
    return b"<svg" in head or b"<!doctype svg" in head


def _small(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        if min(picture.size) < LEAST_SIDE:
            width, height = picture.size
            sentence = phrases.LOGO_SMALL.format(width=width, height=height, least=LEAST_SIDE)
            raise _refused(sentence)
        kind = picture.format or "PNG"
        opaque = kind == "JPEG" or picture.mode == "L"
        made = picture.convert("RGB" if opaque else "RGBA")
        made.thumbnail((SHOWN_SIDE, SHOWN_SIDE))
        out = io.BytesIO()
        made.save(out, kind)
        return out.getvalue()


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, code="logo_refused", fields={"file": sentence})
