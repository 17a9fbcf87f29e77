"""What the form of a report gets: clashes, too much text, figures that are none, bad requests."""

import html
from uuid import UUID

import pytest
from litestar.types import ASGIApp

from core.reports.schemas import NARRATIVE_MAX, PartView
from tests.application import application
from tests.integration.bad_input.visitor import client_of, host_of, visitor
from tests.integration.reports.house import House, make_house, opened, report_of, view

pytestmark = pytest.mark.usefixtures("app_db")
PART = "criterion:c1"
Shared = tuple[House, UUID]


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return application()


async def a_report() -> Shared:
    house = await make_house(units=1)
    report_id = await report_of(house, house.units[0], await opened(house))
    return house, report_id


def part_path(report_id: UUID, part: str = PART) -> str:
    return f"/bao-cao/{report_id}/phan/{part}"


async def stored(house: House, report_id: UUID, part: str = PART) -> PartView:
    seen = await view(house, report_id)
    return next(item for item in seen.parts if item.key == part)


async def test_an_unknown_host_is_a_page_that_says_so(app: ASGIApp, app_db: object) -> None:
    async with client_of(app, "khong-co-so-nay.localhost") as client:
        answer = await client.get("/viec-cua-toi", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "khong-co-so-nay.localhost" in answer.text
    assert "không thuộc Sở Y tế nào" in answer.text
    assert answer.headers["x-request-id"] in answer.text


async def test_a_stale_autosave_shows_the_other_text(app: ASGIApp) -> None:
    house, report_id = await a_report()
    async with visitor(app, house, "clerk0") as first, visitor(app, house, "head0") as second:
        done = await first.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": "Bản thứ nhất."}}
        )
        assert done.status_code == 200, done.text
        clash = await second.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": "Bản thứ hai."}}
        )
    assert clash.status_code == 409
    assert clash.json()["code"] == "stale_part"
    assert clash.json()["current"]["fields"]["narrative"] == "Bản thứ nhất."
    assert clash.json()["current"]["version"] == 1
    assert (await stored(house, report_id)).fields["narrative"] == "Bản thứ nhất."


async def test_a_stale_form_without_script_shows_both_texts(app: ASGIApp) -> None:
    house, report_id = await a_report()
    async with visitor(app, house, "clerk0") as first, visitor(app, house, "head0") as second:
        await first.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": "Bản thứ nhất."}}
        )
        clash = await second.post(
            part_path(report_id), {"_version": "0", "narrative": "Bản thứ hai."}
        )
        assert clash.status_code == 409
        assert "Bản thứ nhất." in clash.text
        assert "Bản thứ hai." in clash.text
        again = await second.post(
            part_path(report_id), {"_version": "1", "narrative": "Bản thứ hai."}
        )
    assert again.status_code == 303
    assert (await stored(house, report_id)).fields["narrative"] == "Bản thứ hai."


async def test_a_narrative_over_the_limit_is_refused_and_kept_in_the_form(app: ASGIApp) -> None:
    house, report_id = await a_report()
    text = "Nội dung " * 11_112  # 100,008 characters
    limit = f"{NARRATIVE_MAX:,}".replace(",", ".")
    async with visitor(app, house, "clerk0") as clerk:
        form = await clerk.post(part_path(report_id), {"_version": "0", "narrative": text})
        script = await clerk.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": text}}
        )
        assert form.status_code == 422
        assert f"tối đa là {limit} ký tự" in form.text
        assert text.strip() in form.text
        assert script.status_code == 422
        assert f"tối đa là {limit} ký tự" in script.json()["errors"][0]["message"]
        longest = "ă" * NARRATIVE_MAX
        taken = await clerk.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": longest}}
        )
    assert taken.status_code == 200
    assert (await stored(house, report_id)).fields["narrative"] == longest


@pytest.mark.parametrize("typed", ["12,5", "12.5", " 12,5 ", "12,5%"])
async def test_a_figure_is_understood_with_comma_and_with_point(app: ASGIApp, typed: str) -> None:
    house, report_id = await a_report()
    async with visitor(app, house, "clerk0") as clerk:
        answer = await clerk.post(
            part_path(report_id, "indicators"), {"_version": "0", "figures.rate.value": typed}
        )
    assert answer.status_code == 303, answer.text[-2000:]
    figures = (await stored(house, report_id, "indicators")).fields["figures"]
    assert figures["rate"]["value"] == "12.5"


@pytest.mark.parametrize("typed", ["abc", "12,5,1", "1e9", "NaN", "１２", "--1", "12 phần"])
async def test_what_is_no_figure_is_refused_at_its_field(app: ASGIApp, typed: str) -> None:
    house, report_id = await a_report()
    path = part_path(report_id, "indicators")
    async with visitor(app, house, "clerk0") as clerk:
        form = await clerk.post(path, {"_version": "0", "figures.rate.value": typed})
        script = await clerk.put(
            path, {"version": 0, "fields": {"figures": {"rate": {"value": typed}}}}
        )
    assert form.status_code == 422
    assert "Chỉ nhập số, ví dụ 12,5" in form.text
    assert f'value="{html.escape(typed)}"' in form.text
    assert 'aria-invalid="true"' in form.text
    assert script.status_code == 422
    assert script.json()["errors"][0]["field"] == "figures.rate"
    assert (await stored(house, report_id, "indicators")).version == 0


async def test_a_form_without_its_token_is_refused_and_gives_the_typing_back(app: ASGIApp) -> None:
    house, report_id = await a_report()
    async with visitor(app, house, "clerk0") as clerk:
        clerk.token = "0" * 64
        answer = await clerk.post(
            part_path(report_id), {"_version": "0", "narrative": "Câu này không được mất."}
        )
        script = await clerk.put(part_path(report_id), {"version": 0, "fields": {}})
    assert answer.status_code == 403
    assert "Xin tải lại trang rồi gửi lại" in answer.text
    assert "Câu này không được mất." in answer.text
    assert script.status_code == 403
    assert script.json()["code"] == "csrf_failed"
    assert (await stored(house, report_id)).version == 0


async def test_nul_bytes_and_control_characters_are_taken_out(app: ASGIApp) -> None:
    house, report_id = await a_report()
    async with visitor(app, house, "clerk0") as clerk:
        answer = await clerk.put(
            part_path(report_id), {"version": 0, "fields": {"narrative": "Một\x00hai\x1b[31m"}}
        )
        form = await clerk.post(part_path(report_id), {"_version": "1", "narrative": "Một\x00ba"})
    assert answer.status_code == 200, answer.text
    assert form.status_code == 303, form.text[-2000:]
    assert (await stored(house, report_id)).fields["narrative"] == "Mộtba"


@pytest.mark.parametrize(
    "body",
    [
        b'{"version": 0, "fields": {"narrative": "\\ud800"}}',
        b'{"version": 0, "fields": {"narrative": "\\udfff\\ud800x"}}',
        b'{"version": 0, "fields": {"narrative": "\xff\xfe"}}',
        b'{"version": 0, "fields": {"self_assessment": "\\ud800"}}',
        b'{"version": 0, "fields": {"\\ud800": "x"}}',
        b'{"version": 0, "fields": {"narrative": ["x"]}}',
        b'{"version": 0, "fields": {"narrative": {"a": {"b": null}}}}',
        b'{"version": 0, "fields": []}',
        b'{"version": 0, "fields": {"narrative": "x", "sources": 5, "x": 1}}',
        b'{"version": 99999999999999999999999, "fields": {}}',
        b'{"version": 1.5, "fields": {}}',
        b'{"version": true, "fields": {"narrative": "x", "y": []}}',
        b'{"version": null}',
        b"{",
        b"",
        b"null",
        b"[]",
        b'"x"',
        b"[" * 100_000,
        b'{"fields": {"a": ' + b'{"a":' * 5_000 + b"1" + b"}" * 5_000 + b'}, "version": 0}',
        b'{"version": 0, "fields": {"narrative": "' + b"x" * 3_000_000 + b'"}}',
    ],
    ids=lambda body: repr(body[:48]),
)
@pytest.mark.parametrize("kind", ["application/json", "text/plain", "application/x-msgpack", ""])
async def test_a_bad_body_is_a_clear_refusal(
    app: ASGIApp, body: bytes, kind: str, shared: Shared
) -> None:
    house, report_id = shared
    async with visitor(app, house, "clerk0") as clerk:
        answer = await clerk.client.put(
            part_path(report_id),
            content=body,
            headers={
                "x-csrf-token": clerk.token,
                "content-type": kind,
                "accept": "application/json",
            },
        )
    assert 400 <= answer.status_code < 500, answer.text[:500]
    problem = answer.json()
    assert problem["detail"]
    assert problem["code"] != "internal_error"
    assert (await stored(house, report_id)).version == 0


@pytest.fixture(scope="module")
async def shared(app_db: object) -> Shared:
    return await a_report()


@pytest.mark.parametrize(
    "name",
    [
        "narrative.a.b.c.d.e", "figures", "figures.rate", "figures.rate.value.x",
        "figures.rate.note.0", "items.9999999999999999999999.name", "items.-1.name", "items.x",
        "items.0", "figures.\ud7ff.value", ".", "..", "narrative.", "items.²", "items.².name",
    ],
)  # fmt: skip
@pytest.mark.parametrize("part", [PART, "indicators", "initiatives", "khong:co"])
async def test_strange_names_in_a_form_are_refused(
    app: ASGIApp, shared: Shared, name: str, part: str
) -> None:
    house, report_id = shared
    async with visitor(app, house, "clerk0") as clerk:
        answer = await clerk.post(
            part_path(report_id, part), {"_version": "0", name: "x", "narrative.": "y"}
        )
    assert 400 <= answer.status_code < 500, answer.text[-800:]
    assert (await stored(house, report_id)).version == 0


@pytest.mark.parametrize("version", ["²", "-1", "", "1" * 400, "abc", "١"])
async def test_strange_versions_are_a_clash(app: ASGIApp, shared: Shared, version: str) -> None:
    house, report_id = shared
    async with visitor(app, house, "clerk0") as clerk:
        answer = await clerk.post(
            part_path(report_id), {"_version": version, "narrative": "Chữ của tôi."}
        )
    assert answer.status_code == 409, answer.text[-800:]
    assert "Chữ của tôi." in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/bao-cao/khong-phai-ma", "/bao-cao/00000000-0000-0000-0000-000000000000",
        "/bao-cao/%00", "/bao-cao/%ff%fe", "/tep/x", "/tai-lieu/1", "/ky-bao-cao/..%2f..",
        "/phong-trao?ban=abc", "/don-vi?tim=%00", "/don-vi?tim=%ed%a0%80", "/%00", "/\u0085",
        "/viec-cua-toi/" + "a" * 5000, "/thong-bao?sau=%00",
    ],
)  # fmt: skip
async def test_strange_addresses_are_a_page_below_500(
    app: ASGIApp, shared: Shared, path: str
) -> None:
    house, _ = shared
    async with visitor(app, house, "officer") as officer:
        answer = await officer.get(path)
    assert answer.status_code < 500, answer.text[-800:]
    assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "thidua_session=" + "a" * 60_000},
        {"cookie": "thidua_session=\xff; thidua_csrf=\xfe; thidua_flash=%5B1%5D"},
        {"cookie": "thidua_flash=%7B%7D"},
        {"cookie": "thidua_flash=%5B%7B%22a%22%3A1%7D%5D"},
        {"cookie": "thidua_flash=%5B1%2C2%5D"},
        {"host": "[::1"},
        {"host": "\xff"},
        {"accept-language": "x" * 60_000},
        {"accept-encoding": "\xff", "accept": "\xff"},
        {"content-type": "application/json; charset=\xff"},
        {"content-type": "multipart/form-data"},
    ],
    ids=lambda headers: str(headers)[:40],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_strange_headers_are_answered_below_500(
    app: ASGIApp, shared: Shared, headers: dict[str, str], method: str
) -> None:
    house, _ = shared
    raw = {key: value.encode("latin-1") for key, value in headers.items()}
    async with client_of(app, await host_of(house.tenant_id)) as client:
        answer = await client.request(method, "/dang-nhap", headers=raw)
    assert answer.status_code < 500, answer.text[-800:]
