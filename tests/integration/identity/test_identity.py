"""The department says who it is: pages, heads of papers, logo, codes; and what is refused."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image

from core.documents.heading import issuer_of
from core.identity import service
from core.kit import db
from core.organisation.service import department
from tests.integration.reports.house import plan
from tests.integration.setup.site import another, inside, make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
PAGE = "/quan-tri/thong-tin-so"
SCRIPT = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
FIELDS = {
    "name": "Sở Y tế tỉnh Thử",
    "short_name": "SYT Thử",
    "parent_body": "UBND tỉnh Thử",
    "notation": "SYT",
    "place": "Thử",
    "address": "Số 1 phố Thử",
    "phone": "0200 300 400",
    "email": "soyte@example.vn",
    "privacy_name": "Phòng Tổ chức",
    "privacy_phone": "0200 300 401",
    "privacy_email": "rieng.tu@example.vn",
    "signing_kind": "token",
    "signing_subject": "Sở Y tế tỉnh Thử",
    "signing_provider": "Ban Cơ yếu",
    "signing_serial": "5404",
    "signing_valid_to": "2028-12-31",
}


def picture(kind: str = "PNG", side: int = 400) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (side, side), "teal").save(out, kind)
    return out.getvalue()


async def test_what_is_saved_shows_on_pages_and_on_papers() -> None:
    place = await make_place()
    async with visit(place) as admin:
        assert (await admin.get(PAGE)).status_code == 200
        assert (await admin.post(PAGE, version="0", **FIELDS)).status_code == 303
        await admin.get(PAGE)
        assert 'brand-name d-block">SYT Thử<' in admin.page
        assert 'value="2028-12-31"' in admin.page
    async with visit(None, place.slug) as nobody:
        assert (await nobody.get("/quyen-rieng-tu")).status_code == 200
        assert nobody.page.count("rieng.tu@example.vn") == 4
    async with inside(place):
        issuer = await issuer_of(await department(), plan())
        assert issuer.letterhead.issuing_body == "Sở Y tế tỉnh Thử"
        assert issuer.letterhead.parent_body == "UBND tỉnh Thử"
        assert issuer.notation("BC") == "BC-SYT"
        tables = await db.fetch("SELECT DISTINCT table_name FROM audit_event WHERE actor_id = $1",
                                place.actor.account_id)  # fmt: skip
        assert {"identity", "unit"} <= {row["table_name"] for row in tables}


async def test_without_a_body_above_papers_follow_the_plan() -> None:
    place = await make_place()
    async with inside(place):
        issuer = await issuer_of(await department(), plan())
        assert issuer.letterhead.parent_body == "UBND tỉnh"


async def test_another_department_keeps_its_own_name() -> None:
    one, two = await make_place(), await make_place()
    async with visit(one) as admin:
        await admin.get(PAGE)
        await admin.post(PAGE, version="0", **FIELDS)
    async with visit(two) as admin:
        await admin.get(PAGE)
        assert "SYT Thử" not in admin.page
        assert "rieng.tu" not in admin.page


async def test_bad_fields_are_said_and_everything_typed_stays() -> None:
    place = await make_place()
    bad = {"name": " ", "phone": "gọi tôi", "email": "khong-phai", "notation": "s y t",
           "signing_valid_to": ""}  # fmt: skip
    async with visit(place) as admin:
        await admin.get(PAGE)
        answer = await admin.post(PAGE, version="0", **FIELDS | bad)
        assert answer.status_code == 422
        found = set(re.findall(r'href="#f-(\w+)"', admin.page))
        assert found == {"name", "phone", "email", "notation"}
        assert 'value="gọi tôi"' in admin.page
        assert 'value="Số 1 phố Thử"' in admin.page
    async with inside(place):
        assert (await service.get_identity(actor=place.actor)).version == 0


async def test_a_stale_save_overwrites_nothing() -> None:
    place = await make_place()
    async with visit(place) as admin:
        await admin.get(PAGE)
        await admin.post(PAGE, version="0", **FIELDS)
        answer = await admin.post(PAGE, version="0", **FIELDS | {"address": "Số 2 phố Mới"})
        assert answer.status_code == 409
        assert "Người khác vừa lưu" in admin.page
        assert 'value="Số 2 phố Mới"' in admin.page
    async with inside(place):
        assert (await service.get_identity(actor=place.actor)).address == "Số 1 phố Thử"


async def test_a_logo_is_made_anew_and_shown_to_everybody() -> None:
    place, other = await make_place(), await make_place()
    async with visit(place) as admin:
        await admin.get(PAGE)
        files = {"file": ("logo.png", picture() + b"tail", "image/png")}
        assert (await admin.post(f"{PAGE}/bieu-trung", files=files)).status_code == 303
        await admin.get(PAGE)
        address = re.search(r'src="(/bieu-trung/[0-9a-f]{64})"', admin.page)
        assert address
    async with visit(None, place.slug) as nobody:
        answer = await nobody.client.get(address.group(1))
        assert answer.headers["content-type"] == "image/png"
        assert "immutable" in answer.headers["cache-control"]
        assert Image.open(io.BytesIO(answer.content)).size == (320, 320)
        assert not answer.content.endswith(b"tail")
    async with visit(None, other.slug) as nobody:
        assert (await nobody.client.get(address.group(1))).status_code == 404
    async with visit(place) as admin:
        await admin.get(PAGE)
        await admin.post(f"{PAGE}/bieu-trung/bo")
        assert (await admin.client.get(address.group(1))).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("logo.svg", SCRIPT, "ảnh SVG"),
        ("logo.svg", SCRIPT.replace(b"<script>alert(1)</script>", b""), "ảnh SVG"),
        ("logo.png", SCRIPT, "ảnh SVG"),
        ("logo.gif", picture("GIF"), "không phải ảnh PNG"),
        ("logo.png", picture("JPEG"), "không đúng với đuôi tệp"),
        ("logo.png", picture()[:200], "bị hỏng"),
        ("logo.png", picture(side=20), "20 × 20 điểm"),
        ("logo.png", b"x" * (2 * 1024 * 1024 + 1), "vượt mức 2 MB"),
    ],
    ids=["svg-script", "svg", "svg-as-png", "gif", "jpeg-as-png", "broken", "tiny", "heavy"],
)
async def test_what_is_no_logo_is_refused_in_words(name: str, content: bytes, word: str) -> None:
    place = await make_place()
    async with visit(place) as admin:
        await admin.get(PAGE)
        files = {"file": (name, content, "application/octet-stream")}
        answer = await admin.post(f"{PAGE}/bieu-trung", files=files)
        assert answer.status_code in (413, 422)
        assert word in admin.page
        assert "/bieu-trung/" not in admin.page.replace(f"{PAGE}/bieu-trung", "")
    async with inside(place):
        assert await db.fetchval("SELECT count(*) FROM stored_file") == 0


async def test_codes_have_a_history_without_overlaps() -> None:
    place = await make_place()
    old = {"code": "11", "valid_from": "2004-01-01", "valid_to": "2025-06-30",
           "source": "Quyết định 124/2004", "is_confirmed": "1"}  # fmt: skip
    async with visit(place) as admin:
        await admin.get(PAGE)
        assert (await admin.post(f"{PAGE}/ma", **old)).status_code == 303
        clash = await admin.post(f"{PAGE}/ma", code="12", valid_from="2025-01-01")
        assert clash.status_code == 422
        assert "chồng lên mã 11" in admin.page
        turned = await admin.post(
            f"{PAGE}/ma", code="12", valid_from="2026-01-02", valid_to="2026-01-01"
        )
        assert turned.status_code == 422
        unsure = await admin.post(f"{PAGE}/ma", code="12", valid_from="2025-07-01")
        assert unsure.status_code == 303
    async with inside(place):
        codes = await service.list_codes(actor=place.actor)
    assert [(code.code, code.is_confirmed) for code in codes] == [("12", False), ("11", True)]
    async with visit(place) as admin:
        await admin.get(PAGE)
        later = {"code_id": str(codes[0].id), "code": "12", "valid_from": "2025-07-01"}
        refused = await admin.post(f"{PAGE}/ma", **later, is_confirmed="1")
        assert refused.status_code == 422
        done = await admin.post(f"{PAGE}/ma", **later, is_confirmed="1", source="Thông báo 1")
        assert done.status_code == 303


async def test_others_read_and_only_the_administrator_changes() -> None:
    place = await make_place()
    auditor = await another(place.tenant_id, "auditor")
    async with visit(auditor) as reader:
        assert (await reader.get(PAGE)).status_code == 200
        assert "Lưu thông tin" not in reader.page
        assert (await reader.post(PAGE, version="0", **FIELDS)).status_code == 403
        assert (await reader.post(f"{PAGE}/ma", code="1")).status_code == 403


async def test_what_is_missing_is_listed() -> None:
    place = await make_place()
    async with inside(place):
        assert len(await service.missing(actor=place.actor)) == 8
    async with visit(place) as admin:
        await admin.get(PAGE)
        await admin.post(PAGE, version="0", **FIELDS)
    async with inside(place):
        assert await service.missing(actor=place.actor) == ["mã chính thức của Sở"]


async def test_a_new_name_leaves_the_old_one_in_the_lineage() -> None:
    place = await make_place()
    async with visit(place) as admin:
        await admin.get(PAGE)
        await admin.post(PAGE, version="0", **FIELDS)
        await admin.post(PAGE, version="1", **FIELDS | {"address": "Số 3"})
    async with inside(place):
        rows = await db.fetch("SELECT kind, old_name, new_name FROM unit_succession")
    assert [tuple(row) for row in rows] == [
        ("rename", f"Sở Y tế {place.slug}", "Sở Y tế tỉnh Thử"),
    ]
