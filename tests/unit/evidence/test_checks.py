"""What may come in and what may not, each refusal with its own sentence and code."""

import io
import struct
import unicodedata
import zipfile
import zlib

import pytest
from PIL import Image

from core.errors import InvalidInputError, PayloadTooLargeError
from core.evidence import checks
from core.evidence.routes import disposition

LIMIT = 25 * 1024 * 1024


def office(
    main_part: str = "word/document.xml", *, types: bytes = b"<Types/>", **parts: bytes
) -> bytes:
    """Return the bytes of a small Office file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(main_part, b"<document/>")
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def picture(kind: str, **options: object) -> bytes:
    """Return a small picture."""
    out = io.BytesIO()
    Image.new("RGB", (40, 20), (180, 30, 30)).save(out, kind, **options)
    return out.getvalue()


async def refused(name: str, content: bytes) -> InvalidInputError:
    """Return the refusal of a file; its sentence names the file."""
    with pytest.raises(InvalidInputError) as caught:
        await checks.check(name, content, LIMIT)
    assert caught.value.fields["file"] == caught.value.detail
    assert name in caught.value.detail
    return caught.value


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Báo cáo.pdf", b"%PDF-1.7\n%abc", "application/pdf"),
        ("a.docx", office(), checks.OFFICE["docx"][0]),
        ("a.xlsx", office("xl/workbook.xml"), checks.OFFICE["xlsx"][0]),
        ("a.pptx", office("ppt/presentation.xml"), checks.OFFICE["pptx"][0]),
        ("a.JPG", picture("JPEG"), "image/jpeg"),
        ("a.png", picture("PNG"), "image/png"),
        ("a.webp", picture("WEBP"), "image/webp"),
    ],
)
async def test_the_stated_kinds_are_taken(name: str, content: bytes, media_type: str) -> None:
    file = await checks.check(name, content, LIMIT)
    assert file.media_type == media_type
    assert file.content


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "khong-duoi", "a.pdf.js"])
async def test_other_kinds_are_refused(name: str) -> None:
    assert (await refused(name, b"%PDF-1.7")).code == "file_kind"


async def test_old_office_files_are_refused_with_what_to_do() -> None:
    error = await refused("cu.doc", b"\xd0\xcf\x11\xe0")
    assert error.code == "file_kind"
    assert ".docx" in error.detail


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00 a program"),
        ("a.png", picture("JPEG")),
        ("a.jpg", b"<svg onload=alert(1)>"),
        ("a.docx", b"not a zip at all"),
        ("a.docx", office("xl/workbook.xml")),
        ("a.xlsx", office()),
    ],
)
async def test_content_that_is_not_what_the_name_says(name: str, content: bytes) -> None:
    assert (await refused(name, content)).code == "file_mismatch"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docm", office()),
        ("a.xlsm", office("xl/workbook.xml")),
        ("a.docx", office(**{"word/vbaProject.bin": b"x"})),
        ("b.docx", office(types=b'<Override ContentType="application/x.macroEnabled.main+xml"/>')),
    ],
)
async def test_macro_documents_are_refused(name: str, content: bytes) -> None:
    assert (await refused(name, content)).code == "file_macro"


async def test_a_zip_bomb_is_refused_quickly() -> None:
    bomb = office(word__big=b"0" * 60_000_000)
    assert len(bomb) < 200_000
    assert (await refused("bom.docx", bomb)).code == "file_bomb"


async def test_a_zip_that_lies_about_its_sizes_is_refused() -> None:
    content = bytearray(office(word__big=b"0" * 3_000_000))
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    at = content.index(b"PK\x01\x02", at + 1)
    content[at + 24 : at + 28] = struct.pack("<L", 10)
    assert (await refused("doi.docx", bytes(content))).code in {"file_broken", "file_mismatch"}


async def test_too_many_entries_are_refused() -> None:
    many = office(**{f"word/{number}.xml": b"" for number in range(checks.MAX_ENTRIES)})
    assert (await refused("nhieu.docx", many)).code == "file_bomb"


async def test_an_office_file_with_a_password_is_refused() -> None:
    assert (await refused("kin.docx", b"\xd0\xcf\x11\xe0" + b"\0" * 600)).code == "file_locked"


async def test_an_empty_file_is_refused() -> None:
    assert (await refused("rong.pdf", b"")).code == "file_empty"


async def test_one_byte_over_the_limit_is_refused_and_the_limit_is_taken() -> None:
    with pytest.raises(PayloadTooLargeError, match="25 MB"):
        await checks.check("to.pdf", b"%PDF-" + b"x" * (LIMIT - 4), LIMIT)
    assert await checks.check("vua.pdf", b"%PDF-" + b"x" * (LIMIT - 5), LIMIT)


async def test_pictures_lose_place_and_hidden_tail() -> None:
    exif = Image.Exif()
    exif[0x010F] = "Máy ảnh của tôi"
    content = picture("JPEG", exif=exif) + office()
    file = await checks.check("anh.jpg", content, LIMIT)
    with Image.open(io.BytesIO(file.content)) as kept:
        assert kept.size == (40, 20)
        assert not kept.getexif()
    assert b"PK\x03\x04" not in file.content


async def test_a_picture_is_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    file = await checks.check("dung.jpg", picture("JPEG", exif=exif), LIMIT)
    with Image.open(io.BytesIO(file.content)) as kept:
        assert kept.size == (20, 40)


def huge_png(width: int, height: int) -> bytes:
    """Return a few bytes that claim to be a very large picture."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">L", len(content)) + body + struct.pack(">L", zlib.crc32(body))

    head = struct.pack(">LLBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("side", [7_000, 10_000, 30_000])
async def test_a_picture_with_too_many_pixels_is_refused(side: int) -> None:
    assert (await refused("lon.png", huge_png(side, side))).code == "file_pixels"


async def test_a_broken_picture_is_refused() -> None:
    assert (await refused("hong.png", huge_png(400, 400))).code == "file_broken"
    assert (await refused("cut.jpg", picture("JPEG")[:300])).code == "file_broken"


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        (r"C:\Users\Lan\Báo cáo.PDF", "Báo cáo.pdf"),
        (unicodedata.normalize("NFD", "Quyết định.pdf"), "Quyết định.pdf"),
        ('a"b\r\nSet-Cookie: x.pdf', "abSet-Cookie x.pdf"),
        ("  .pdf", "pdf"),
        ("\u202efdp.exe.pdf", "fdp.exe.pdf"),
    ],
)
def test_names_are_made_safe(given: str, kept: str) -> None:
    assert checks.safe_name(given) == kept


def test_long_names_keep_their_extension() -> None:
    name = checks.safe_name("đ" * 400 + ".pdf")
    assert len(name) <= checks.MAX_NAME
    assert name.endswith("đ.pdf")


def test_the_download_name_is_plain_and_real() -> None:
    header = disposition('Báo "cáo".pdf')
    assert header.startswith('attachment; filename="B_o _c_o_.pdf"')
    assert header.endswith("filename*=UTF-8''B%C3%A1o%20%22c%C3%A1o%22.pdf")
