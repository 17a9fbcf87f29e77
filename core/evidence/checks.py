"""What may come in: by extension and by content; pictures are made anew."""

from __future__ import annotations

import asyncio
import io
import re
import unicodedata
import zipfile
import zlib

import filetype
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import phrases
from core.evidence.schemas import CheckedFile

PDF = "application/pdf"
_OFFICE = "application/vnd.openxmlformats-officedocument."
# extension -> (media type, the part that an Office file of this kind must have)
OFFICE = {
    "docx": (f"{_OFFICE}wordprocessingml.document", "word/document.xml"),
    "xlsx": (f"{_OFFICE}spreadsheetml.sheet", "xl/workbook.xml"),
    "pptx": (f"{_OFFICE}presentationml.presentation", "ppt/presentation.xml"),
}
IMAGES = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
MACRO = {"docm", "xlsm", "pptm", "dotm", "xltm", "potm", "xlsb", "xlam", "ppam"}
OLD_OFFICE = {"doc", "xls", "ppt", "rtf"}
MAX_PIXELS = 40_000_000
MAX_NAME = 150
MAX_ENTRIES = 5_000
MAX_INFLATED = 200_000_000
MAX_RATIO = 200
RATIO_FROM = 1_000_000
CHUNK = 1 << 20


def refuse(sentence: str, code: str) -> InvalidInputError:
    """Return the error for a file that is not taken."""
    return InvalidInputError(sentence, code=code, fields={"file": sentence})


def safe_name(name: str) -> str:
    """Return a file name in NFC without folders and control characters, at most 150 letters."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    stem, dot, extension = kept.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    return f"{stem[: MAX_NAME - len(extension) - 1] or 'tep'}{dot}{extension[:10].lower()}"


async def check(name: str, content: bytes, limit: int) -> CheckedFile:
    """Return the file as it may be kept; slow looks run in a thread.

    Raises:
        PayloadTooLargeError: more than `limit` bytes.
        InvalidInputError: another reason; the sentence says which and what to do.
    """
    name = safe_name(name)
    if len(content) > limit:
        raise PayloadTooLargeError(
            phrases.too_large(name, len(content), limit), code="file_too_large"
        )
    if not content:
        raise refuse(phrases.empty(name), "file_empty")
    return await asyncio.to_thread(_look, name, content)


def _look(name: str, content: bytes) -> CheckedFile:
    extension = name.rpartition(".")[2]
    if extension in MACRO:
        raise refuse(phrases.macro(name), "file_macro")
    if extension in OLD_OFFICE:
        raise refuse(phrases.old_office(name), "file_kind")
    if extension == "pdf":
        return _pdf(name, content)
    if extension in IMAGES:
        return _image(name, content, IMAGES[extension])
    if extension in OFFICE:
        return _office(name, content, extension)
    raise refuse(phrases.kind_refused(name), "file_kind")


def _pdf(name: str, content: bytes) -> CheckedFile:
    if not content.startswith(b"%PDF-"):
        raise refuse(phrases.mismatch(name), "file_mismatch")
    return CheckedFile(name, PDF, content)


def _image(name: str, content: bytes, wanted: str) -> CheckedFile:
    """Make the picture anew: no EXIF, no hidden tail, orientation applied."""
    guess = filetype.guess(content)
    media_type = f"image/{wanted.lower()}"
    if guess is None or guess.mime != media_type:
        raise refuse(phrases.mismatch(name), "file_mismatch")
    ImageFile.LOAD_TRUNCATED_IMAGES = False  # the PDF library turns it on for the whole process
    try:
        with Image.open(io.BytesIO(content), formats=[wanted]) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise refuse(phrases.pixels(name, MAX_PIXELS), "file_pixels")
            upright = ImageOps.exif_transpose(picture)
            return CheckedFile(name, media_type, _encode(upright, wanted))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise refuse(phrases.pixels(name, MAX_PIXELS), "file_pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, zlib.error) as error:
        raise refuse(phrases.broken(name), "file_broken") from error


def _encode(picture: Image.Image, wanted: str) -> bytes:
    allowed = {"JPEG": ("RGB", "L"), "PNG": ("RGB", "RGBA", "L", "LA", "P", "1")}
    if picture.mode not in allowed.get(wanted, ("RGB", "RGBA")):
        picture = picture.convert("RGBA" if "A" in picture.mode and wanted != "JPEG" else "RGB")
    clean = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "P" and (palette := picture.getpalette()):
        clean.putpalette(palette)
    out = io.BytesIO()
    options = {"JPEG": {"quality": 88}, "WEBP": {"quality": 88}, "PNG": {"compress_level": 6}}
    clean.save(out, wanted, **options[wanted])
    return out.getvalue()


def _office(name: str, content: bytes, extension: str) -> CheckedFile:
    if content.startswith(b"\xd0\xcf\x11\xe0"):  # the old container: an encrypted .docx is one
        raise refuse(phrases.locked(name), "file_locked")
    media_type, main_part = OFFICE[extension]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_archive(name, archive)
            names = {entry.filename for entry in archive.infolist()}
            if any(part.lower().endswith("vbaproject.bin") for part in names):
                raise refuse(phrases.macro(name), "file_macro")
            if not {"[Content_Types].xml", main_part} <= names:
                raise refuse(phrases.mismatch(name), "file_mismatch")
            if b"macroEnabled" in archive.read("[Content_Types].xml"):
                raise refuse(phrases.macro(name), "file_macro")
    except zipfile.BadZipFile as error:
        raise refuse(phrases.mismatch(name), "file_mismatch") from error
    except (OSError, EOFError, zlib.error, NotImplementedError, RuntimeError) as error:
        raise refuse(phrases.broken(name), "file_broken") from error
    return CheckedFile(name, media_type, content)


def _check_archive(name: str, archive: zipfile.ZipFile) -> None:
    """Refuse an archive that swells; headers may lie, so the bytes are counted too."""
    entries = archive.infolist()
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_INFLATED:
        raise refuse(phrases.bomb(name), "file_bomb")
    for entry in entries:
        if entry.flag_bits & 1:
            raise refuse(phrases.locked(name), "file_locked")
        if entry.file_size > RATIO_FROM and entry.file_size > MAX_RATIO * entry.compress_size:
            raise refuse(phrases.bomb(name), "file_bomb")
    inflated = 0
    for entry in entries:
        with archive.open(entry) as part:
            while chunk := part.read(CHUNK):
                inflated += len(chunk)
                if inflated > MAX_INFLATED:
                    raise refuse(phrases.bomb(name), "file_bomb")
