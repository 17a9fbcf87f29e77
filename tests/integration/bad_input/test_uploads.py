"""Files that are not taken: a plain sentence, and nothing else is lost."""

import io
import zipfile
from uuid import UUID

import httpx
import pytest
from litestar.types import ASGIApp

from core.kit.templates import FLASH_COOKIE
from tests.application import application
from tests.integration.bad_input.visitor import Visitor, program, visitor
from tests.integration.reports.house import House, make_house, opened, report_of, view

pytestmark = pytest.mark.usefixtures("app_db")
PART = "criterion:c1"
MB = 1024 * 1024


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"\0" * (80 * MB))
    return out.getvalue()


def with_macro() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        archive.writestr("word/vbaProject.bin", "x")
    return out.getvalue()


REFUSED = {
    "chuong-trinh.exe": (lambda: b"MZ", "không thuộc loại được nhận"),
    "gia-mao.pdf": (lambda: b"MZ", "không đúng với đuôi tệp"),
    "phinh.docx": (bomb, "phình to bất thường"),
    "macro.docx": (with_macro, "có chứa macro"),
    "macro.docm": (with_macro, "có chứa macro"),
    "rong.pdf": (lambda: b"", "không có nội dung"),
    "nang.pdf": (lambda: b"%PDF-1.7\n" + b"x" * (25 * MB + 1), "25,0 MB, vượt mức 25 MB"),
}


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return application()


@pytest.fixture(scope="module")
async def shared(app_db: object) -> tuple[House, UUID]:
    house = await make_house(units=1)
    return house, await report_of(house, house.units[0], await opened(house))


def path(report_id: UUID) -> str:
    return f"/bao-cao/{report_id}/phan/{PART}/tep"


async def send(person: Visitor, report_id: UUID, name: str, content: bytes) -> httpx.Response:
    return await person.client.post(
        path(report_id), data={"_csrf_token": person.token}, files={"file": (name, content)},
        headers={"accept": "application/json", "x-csrf-token": person.token},
    )  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
async def test_a_refused_file_leaves_the_rest_alone(
    app: ASGIApp, shared: tuple[House, UUID], name: str
) -> None:
    house, report_id = shared
    make, sentence = REFUSED[name]
    content = make()
    async with visitor(app, house, "clerk0") as clerk:
        before = next(p for p in (await view(house, report_id)).parts if p.key == PART)
        saved = await clerk.put(
            f"/bao-cao/{report_id}/phan/{PART}",
            {"version": before.version, "fields": {"narrative": f"Đã lưu trước {name}."}},
        )
        assert saved.status_code == 200, saved.text
        good = await send(clerk, report_id, "tot.pdf", b"%PDF-1.7\nx")
        assert good.status_code == 201, good.text
        script = await send(clerk, report_id, name, content)
        form = await clerk.client.post(
            path(report_id), data={"_csrf_token": clerk.token}, files={"file": (name, content)},
            headers={"accept": "text/html"},
        )  # fmt: skip
        shown = await clerk.get(f"/bao-cao/{report_id}?phan={PART}")
    assert script.status_code in (413, 422), script.text
    assert sentence in script.json()["detail"]
    assert name in script.json()["detail"]
    assert form.status_code == 303
    assert FLASH_COOKIE in form.headers["set-cookie"]
    assert sentence in shown.text
    assert f"Đã lưu trước {name}." in shown.text
    after = next(p for p in (await view(house, report_id)).parts if p.key == PART)
    assert len(after.evidence) == len(before.evidence) + 1
    assert after.fields["narrative"] == f"Đã lưu trước {name}."


async def test_a_body_over_all_limits_is_refused_before_it_is_kept(
    app: ASGIApp, shared: tuple[House, UUID]
) -> None:
    house, report_id = shared
    async with visitor(app, house, "clerk0") as clerk:
        script = await send(clerk, report_id, "qua-nang.pdf", b"%PDF-1.7\n" + b"x" * (27 * MB))
        text = await clerk.post(f"/bao-cao/{report_id}/phan/{PART}", {"narrative": "x" * 5 * MB})
    assert script.status_code == 413
    assert script.json()["code"] == "payload_too_large"
    assert "vượt quá 26 MB" in script.json()["detail"]
    assert text.status_code == 413
    assert "vượt quá 4 MB" in text.text


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "multipart/form-data"),
        (b"", "multipart/form-data; boundary="),
        (b"--x\r\n\r\n", "multipart/form-data; boundary=x"),
        (b"--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--",
         "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\nx\r\n--x--',
         "multipart/form-data; boundary=x"),
        (b'--x\r\nContent-Disposition: form-data; name="file"; filename="\xff.pdf"\r\n\r\n%PDF',
         "multipart/form-data; boundary=x"),
        (b"--x\r\n" * 5_000, "multipart/form-data; boundary=x"),
        (b"file=x", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"\xff", "text/plain; charset=utf-8"),
    ],
)  # fmt: skip
async def test_a_broken_upload_is_a_clear_refusal(
    app: ASGIApp, shared: tuple[House, UUID], content: bytes, kind: str
) -> None:
    house, report_id = shared
    async with visitor(app, house, "clerk0") as clerk, program(app, house, "clerk0") as api:
        page = await clerk.client.post(
            path(report_id), content=content,
            headers={"accept": "application/json", "content-type": kind,
                     "x-csrf-token": clerk.token},
        )  # fmt: skip
        call = await api.post(
            f"/api/v1/reports/{report_id}/parts/{PART}/evidence", content=content,
            headers={"content-type": kind},
        )  # fmt: skip
    for answer in (page, call):
        assert 400 <= answer.status_code < 500, answer.text[:600]
        assert answer.json()["detail"]
