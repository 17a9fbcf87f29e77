"""The pictures that a signature shows: blue for a person, red for the seal, on nothing."""

from __future__ import annotations

import io

from PIL import Image, UnidentifiedImageError

from core.documents.signing import phrases
from core.documents.signing.schemas import Party, Stamp
from core.errors import InvalidInputError

MAX_PIXELS = 4_000_000
MAX_BYTES = 5_000_000
OPAQUE = 128
MARGIN = 25  # how far a colour must stand out, of 255


def stamp_of(content: bytes, party: Party) -> Stamp:
    """Return a picture as it may be put on a paper: cut to what is drawn.

    Raises:
        InvalidInputError: not a PNG, a ground that is not transparent, the wrong colour.
    """
    picture = _open(content)
    box = picture.getchannel("A").point(lambda value: 255 * (value >= OPAQUE)).getbbox()
    if box is None:
        raise _refused(phrases.NOT_A_PICTURE)
    opaque = sum(picture.getchannel("A").histogram()[OPAQUE:])
    if opaque > 0.9 * picture.width * picture.height:
        raise _refused(phrases.NOT_TRANSPARENT)
    _check_colour(picture, party)
    out = io.BytesIO()
    picture.crop(box).save(out, "PNG")
    return Stamp(out.getvalue())


def _open(content: bytes) -> Image.Image:
    if len(content) > MAX_BYTES:
        raise _refused(phrases.NOT_A_PICTURE)
    try:
        with Image.open(io.BytesIO(content), formats=["PNG"]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise _refused(phrases.NOT_A_PICTURE)
            return picture.convert("RGBA")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise _refused(phrases.NOT_A_PICTURE) from error


def _check_colour(picture: Image.Image, party: Party) -> None:
    """Hold the mean colour of what is drawn against the decree's."""
    mask = picture.getchannel("A").point(lambda value: 255 * (value >= OPAQUE))
    red, green, blue = (_mean(picture.getchannel(band).histogram(mask)) for band in ("R", "G", "B"))
    if party is Party.PERSON and blue < max(red, green) + MARGIN:
        raise _refused(phrases.NOT_BLUE)
    if party is Party.AGENCY and red < max(green, blue) + MARGIN:
        raise _refused(phrases.NOT_RED)


def _mean(histogram: list[int]) -> float:
    return sum(value * count for value, count in enumerate(histogram)) / sum(histogram)


def _refused(sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, code="stamp_refused", fields={"image": sentence})
