"""The picture at the top of a certificate: the department's own, checked and made anew."""

from __future__ import annotations

import asyncio
import io

from PIL import Image

from core.certificates import phrases
from core.errors import InvalidInputError
from core.evidence import checks

EXTENSIONS = ("png", "jpg", "jpeg")
MAX_BYTES = 5 * 1024 * 1024
LEAST_SIDE = 250  # pixels; 22 mm at 300 dots an inch
LARGEST_SIDE = 1000


async def prepared(name: str, content: bytes) -> tuple[str, bytes]:
    """Return name and content of the picture as it will be kept.

    Raises:
        InvalidInputError: not a PNG or JPEG picture, broken, too small; an SVG in any case.
        PayloadTooLargeError: more than 5 MB.
    """
    name = checks.safe_name(name)
    if name.rpartition(".")[2] not in EXTENSIONS:
        raise _refused(phrases.EMBLEM_KIND.format(name=name))
    try:
        checked = await checks.check(name, content, MAX_BYTES)
    except InvalidInputError as error:
        raise _refused(error.detail) from error
    return name, await asyncio.to_thread(_sized, checked.content)


def _sized(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content)) as picture:
        width, height = picture.size
        if min(width, height) < LEAST_SIDE:
            raise _refused(
                phrases.EMBLEM_SMALL.format(width=width, height=height, least=LEAST_SIDE)
            )
        kind = picture.format or "PNG"
        made = picture.convert("RGB" if kind == "JPEG" else "RGBA")
        made.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
        out = io.BytesIO()
        made.save(out, kind)
        return out.getvalue()


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, code="emblem_refused", fields={"file": sentence})
