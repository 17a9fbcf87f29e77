"""The API from the first token to the paper, and how it refuses."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import uuid4

import httpx
import pytest

from core.accounts import service as accounts
from core.accounts.schemas import SYSTEM
from core.kit import db
from core.kit.scope import tenant_scope
from tenants.service import forget_hosts
from tests.application import application
from tests.integration.reports import house as houses
from tests.isolation.world import PDF, _tokens

OPERATIONS = {
    "create_token", "list_my_work", "open_round", "list_obligations", "get_report",
    "save_report_draft", "upload_evidence", "request_sign_off", "submit_report",
    "withdraw_report", "start_review", "return_criteria", "accept_criteria",
    "consolidate_round", "get_consolidation", "create_document", "get_document",
    "upload_round_attachment", "upload_decision_file",
}  # fmt: skip


class Caller:
    """Programs of several people on one department's API."""

    def __init__(self, client: httpx.AsyncClient, tokens: dict[str, str]) -> None:
        self.client = client
        self.tokens = tokens

    async def __call__(
        self, who: str, method: str, path: str, body: Any = None, *, status: int = 200, **more: Any
    ) -> Any:
        answer = await self.client.request(
            method, f"/api/v1{path}", json=body,
            headers={"authorization": f"Bearer {self.tokens[who]}"}, **more,
        )  # fmt: skip
        assert answer.status_code == status, (answer.status_code, answer.text)
        return (
            answer.json() if answer.content and "json" in answer.headers["content-type"] else None
        )


@pytest.fixture
async def client(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    forget_hosts()
    async with httpx.AsyncClient(transport=httpx.ASGITransport(application())) as made:  # type: ignore[arg-type]
        yield made


@pytest.fixture
async def house(client: httpx.AsyncClient, request: pytest.FixtureRequest) -> houses.House:
    made = await houses.make_house(two_levels=getattr(request, "param", False))
    with tenant_scope(made.tenant_id):
        async with db.transaction():
            slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", made.tenant_id)
    client.base_url = httpx.URL(f"http://{slug}.localhost")
    return made


@pytest.fixture
async def call(house: houses.House, client: httpx.AsyncClient) -> Caller:
    tokens = {n: (await _tokens(house.tenant_id, p))["api"] for n, p in house.people.items()}
    return Caller(client, tokens)


async def test_description_is_openapi_3_1_with_the_promised_operations(
    house: houses.House, client: httpx.AsyncClient
) -> None:
    answer = (await client.get("/api/v1/openapi.json")).json()
    named = {o["operationId"] for path in answer["paths"].values() for o in path.values()}
    assert answer["openapi"].startswith("3.1")
    assert OPERATIONS - named == set()
    assert {path.split("/")[1] for path in answer["paths"]} == {"api"}


async def test_every_operation_describes_its_errors_as_problem_documents(
    house: houses.House, client: httpx.AsyncClient
) -> None:
    answer = (await client.get("/api/v1/openapi.json")).json()
    for path in answer["paths"].values():
        for operation in path.values():
            assert set(operation["responses"]["default"]["content"]) == {"application/problem+json"}
            assert "400" not in operation["responses"]
    refused = (await client.get("/api/v1/my-work")).json()
    assert set(answer["components"]["schemas"]["Problem"]["required"]) <= set(refused)


@pytest.mark.parametrize(
    ("body", "field", "message"),
    [
        ({"account": "a"}, "data", "Thiếu trường “password”."),
        ({"account": 1, "password": "b"}, "account", "Cần kiểu “str”, nhận được kiểu “int”."),
        ({"account": "a", "password": "b", "x": 1}, "data", "Không có trường “x”."),
    ],
)
async def test_a_body_of_another_shape_is_told_in_vietnamese(
    house: houses.House, client: httpx.AsyncClient, body: Any, field: str, message: str
) -> None:
    refused = await client.post("/api/v1/tokens", json=body)
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"field": field, "message": message}]


async def test_an_odd_address_is_told_in_vietnamese(call: Caller) -> None:
    refused = await call("officer", "GET", f"/rounds/{uuid4()}/obligations?after=x", status=422)
    assert refused["errors"] == [{"field": "after", "message": "Giá trị không đúng dạng."}]


async def test_from_the_call_to_the_paper(house: houses.House, call: Caller) -> None:
    opened = await call("officer", "POST", "/rounds", {"kind": "annual", "year": 2026}, status=201)
    work = await call("clerk0", "GET", "/my-work")
    report = f"/reports/{work['due'][0]['report_id']}"
    for part in (await call("clerk0", "GET", report))["parts"]:
        if part["is_asked"]:
            body = {"version": part["version"], "fields": houses.FILLED[part["key"]]}
            saved = await call("clerk0", "PUT", f"{report}/parts/{part['key']}", body)
            assert saved["version"] == part["version"] + 1
    await call(
        "clerk0", "POST", f"{report}/parts/criterion:c1/evidence", status=201,
        files={"file": ("minh chứng.pdf", PDF, "application/pdf")},
    )  # fmt: skip
    assert await call("clerk0", "GET", f"{report}/check") == []
    asked = await call("clerk0", "POST", f"{report}/sign-off", {"note": ""})
    assert asked["state"] == "awaiting_sign_off"
    receipt = await call("head0", "POST", f"{report}/submission")
    assert (receipt["number"], len(receipt["content_hash"])) == (1, 64)
    await call("head0", "POST", f"{report}/withdrawal")
    await call("head0", "POST", f"{report}/submission")
    await call("officer", "POST", f"{report}/review")
    returned = await call(
        "officer", "POST", f"{report}/returns",
        {"parts": [{"part_key": "criterion:c1", "reason": "Thiếu số liệu.",
                    "due_at": "2099-12-06T00:00:00+07:00"}]},
    )  # fmt: skip
    assert (returned["state"], returned["parts_returned"]) == ("returned", 1)
    part = next(p for p in returned["parts"] if p["key"] == "criterion:c1")
    body = {"version": part["version"], "fields": {"narrative": "Có số liệu: 12,5%.",
                                                   "self_assessment": "dat"}}  # fmt: skip
    await call("clerk0", "PUT", f"{report}/parts/criterion:c1", body)
    await call("head0", "POST", f"{report}/submission")
    changed = [d for d in await call("officer", "GET", f"{report}/difference") if d["is_changed"]]
    assert [d["key"] for d in changed] == ["criterion:c1"]
    await call("officer", "POST", f"{report}/review")
    accepted = await call(
        "officer", "POST", f"{report}/acceptances", {"part_keys": list(houses.FILLED)}
    )
    assert accepted["state"] == "accepted"
    rows = await call("officer", "GET", f"/rounds/{opened['id']}/obligations?state=accepted")
    assert [row["unit_name"] for row in rows["items"]] == ["Bệnh viện số 0"]
    await call("officer", "POST", f"/rounds/{opened['id']}/close")
    final = await call("officer", "POST", f"/rounds/{opened['id']}/consolidations", status=201)
    assert final["is_provisional"] is False
    paper = await call(
        "officer", "POST", "/documents",
        {"kind": "consolidated_report", "subject_id": final["id"]}, status=202,
    )  # fmt: skip
    assert (await call("officer", "GET", f"/documents/{paper['id']}"))["state"] == "queued"


async def test_a_round_is_opened_with_files_and_another_day_by_a_decision(
    house: houses.House, call: Caller
) -> None:
    files = {"tep": ("công văn.pdf", PDF, "application/pdf")}
    letter = await call("officer", "POST", "/round-attachments", status=201, files=files)
    scan = await call("officer", "POST", "/decision-files", status=201, files=files)
    assert (letter["purpose"], scan["purpose"]) == ("attachment", "decision")
    opened = await call(
        "officer", "POST", "/rounds",
        {"kind": "annual", "year": 2026, "attachment_ids": [letter["id"]],
         "due_at": "2026-12-20T00:00:00+07:00", "decision_number": "125/QĐ-SYT",
         "decision_file_id": scan["id"]},
        status=201,
    )  # fmt: skip
    assert [file["name"] for file in opened["attachments"]] == ["công văn.pdf"]
    assert (opened["decision_number"], opened["due_source"]) == ("125/QĐ-SYT", "decision")


@pytest.mark.parametrize("path", ["/round-attachments", "/decision-files"])
async def test_what_is_no_file_and_whoever_opens_no_rounds_is_refused(
    house: houses.House, call: Caller, path: str
) -> None:
    files = {"tep": ("a.pdf", PDF, "application/pdf")}
    assert (await call("clerk0", "POST", path, status=403, files=files))["code"]
    program = {"tep": ("a.exe", b"MZ" + bytes(100), "application/pdf")}
    assert (await call("officer", "POST", path, status=422, files=program))["code"]
    empty = await call("officer", "POST", path, status=422, data={"x": "y"})
    assert empty["status"] == 422


@pytest.mark.parametrize("house", [True], indirect=True)
async def test_a_unit_gathers_its_inner_reports(house: houses.House, call: Caller) -> None:
    opened = await call("officer", "POST", "/rounds", {"kind": "annual", "year": 2026}, status=201)
    path = f"/rounds/{opened['id']}"
    rows = await call("inner_officer", "GET", f"{path}/obligations")
    assert [row["unit_name"] for row in rows["items"]] == ["Khoa 0", "Khoa 1"]
    await call("inner_officer", "POST", f"{path}/consolidations", status=403)
    inner = f"{path}/consolidations?receiver_unit_id={house.units[0]}"
    made = await call("inner_officer", "POST", inner, status=201)
    assert (made["receiver_unit_id"], made["figures"]["obliged"]) == (str(house.units[0]), 2)


async def test_stale_save_carries_both_texts(house: houses.House, call: Caller) -> None:
    await call("officer", "POST", "/rounds", {"kind": "annual", "year": 2026}, status=201)
    report = f"/reports/{(await call('clerk0', 'GET', '/my-work'))['due'][0]['report_id']}"
    path = f"{report}/parts/criterion:c1"
    await call("clerk0", "PUT", path, {"version": 0, "fields": {"narrative": "Một"}})
    refused = await call(
        "head0", "PUT", path, {"version": 0, "fields": {"narrative": "Hai"}}, status=409
    )
    assert refused["code"] == "stale_part"
    assert refused["current"]["fields"]["narrative"] == "Một"
    assert refused["current"]["version"] == 1


async def test_refusals_are_problem_documents_in_vietnamese(
    house: houses.House, call: Caller, client: httpx.AsyncClient
) -> None:
    anonymous = await client.get("/api/v1/my-work")
    assert anonymous.headers["content-type"] == "application/problem+json"
    assert {"type", "title", "status", "detail", "code", "request_id"} <= set(anonymous.json())
    assert (anonymous.status_code, anonymous.json()["code"]) == (401, "sign_in_required")
    unknown = await call("clerk0", "POST", "/rounds", {"kind": "x", "nothing": 1}, status=422)
    assert (unknown["code"], unknown["status"]) == ("invalid_input", 422)
    denied = await call("clerk0", "POST", "/rounds", {"kind": "annual", "year": 2026}, status=403)
    assert denied["detail"] == "Tài khoản của bạn không có quyền làm việc này"
    missing = await client.get("/api/v1/khong-co")
    assert (missing.status_code, missing.json()["code"]) == (404, "http_404")


async def test_token_for_account_and_password(
    house: houses.House, client: httpx.AsyncClient
) -> None:
    password = "Một câu đủ dài 2026!"
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            await accounts.create_account(
                username="chuong-trinh", display_name="Chương trình", unit_id=house.units[0],
                roles=[("unit_clerk", house.units[0])], password=password, actor=SYSTEM,
            )  # fmt: skip
    given = {"account": "chuong-trinh", "password": password}
    answer = await client.post("/api/v1/tokens", json=given)
    assert answer.status_code == 201, answer.text
    token = answer.json()["token"]
    mine = await client.get("/api/v1/my-work", headers={"authorization": f"Bearer {token}"})
    assert mine.status_code == 200
    wrong = await client.post("/api/v1/tokens", json={**given, "password": "sai"})
    assert wrong.status_code == 422
