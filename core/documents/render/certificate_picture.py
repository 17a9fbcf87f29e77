"""The emblem as an image of the PDF, with its transparency."""

import io
import zlib
from functools import lru_cache

import pydyf
from PIL import Image


def picture_objects(pdf: pydyf.PDF, content: bytes) -> tuple[pydyf.Stream, float]:
    """Add a picture to the file; return it and its width by its height."""
    width, height, colours, mask = _pixels(content)
    extra: dict[str, object] = {}
    if mask:
        soft = _image(width, height, "/DeviceGray", mask, {})
        pdf.add_object(soft)
        extra["SMask"] = soft.reference
    picture = _image(width, height, "/DeviceRGB", colours, extra)
    pdf.add_object(picture)
    return picture, width / height


def _image(
    width: int, height: int, space: str, packed: bytes, extra: dict[str, object]
) -> pydyf.Stream:
    return pydyf.Stream([packed], {
        "Type": "/XObject", "Subtype": "/Image", "Width": width, "Height": height,
        "ColorSpace": space, "BitsPerComponent": 8, "Filter": "/FlateDecode", **extra,
    })  # fmt: skip


@lru_cache(maxsize=4)
def _pixels(content: bytes) -> tuple[int, int, bytes, bytes]:
    """Size, packed colours, and packed mask (b"" when nothing is transparent)."""
    with Image.open(io.BytesIO(content)) as opened:
        picture = opened.convert("RGBA")
    alpha = picture.getchannel("A")
    clear = alpha.getextrema() != (255, 255)
    colours = picture.convert("RGB").tobytes()
    return (picture.width, picture.height, zlib.compress(colours, 9),
            zlib.compress(alpha.tobytes(), 9) if clear else b"")  # fmt: skip
