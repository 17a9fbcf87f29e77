"""The whole API by its own description: whatever is sent, a clear answer and never a 5xx."""

import random
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar.types import ASGIApp

from tests.application import application
from tests.integration.bad_input.visitor import client_of, host_of, program
from tests.integration.reports.house import House, make_house, opened, report_of

pytestmark = pytest.mark.usefixtures("app_db")
NOWHERE = "00000000-0000-0000-0000-000000000000"
LATIN = "\ud800".encode("utf-8", "surrogatepass").decode("latin-1")
ODD: list[Any] = [
    None, True, 0, -1, 2**63, 2**70, 1.5, 1e308, "", " ", "abc", "\x00", LATIN, "' OR 1=1 --",
    "ă" * 3000, "2026-13-45", "2026-11-29T00:00:00", "9999-12-31T23:59:59+00:00",
    "0001-01-01T00:00:00+14:00", NOWHERE, [], [None], [[]], {}, {"a": 1}, ["criterion:c1"],
    "annual", "unit_report", 2026, 99999, "x" * 100_000, "a\u202eb", "%", "_",
]  # fmt: skip
TRIES = 6  # the first ones of the many in the slow suite: the seed is the same
MANY = 25


@pytest.fixture(scope="module")
def app() -> ASGIApp:
    return application()


@pytest.fixture(scope="module")
async def shared(app_db: object) -> tuple[House, UUID, UUID]:
    house = await make_house(units=2)
    round_id = await opened(house)
    return house, round_id, await report_of(house, house.units[0], round_id)


class Maker:
    """Makes values for a schema: mostly fitting ones, sometimes odd ones."""

    def __init__(self, document: dict[str, Any], seed: str) -> None:
        self.document = document
        self.random = random.Random(seed)

    def value(self, schema: dict[str, Any], depth: int = 0) -> Any:
        if "$ref" in schema:
            name = schema["$ref"].rpartition("/")[2]
            schema = self.document["components"]["schemas"][name]
        if self.random.random() < 0.2 or depth > 4:
            return self.random.choice(ODD)
        for key in ("oneOf", "anyOf"):
            if key in schema:
                return self.value(self.random.choice(schema[key]), depth + 1)
        kind = schema.get("type")
        if kind == "object":
            return {
                name: self.value(inner, depth + 1)
                for name, inner in schema.get("properties", {}).items()
                if self.random.random() < 0.9
            }
        if kind == "array":
            count = self.random.randrange(4)
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(count)]
        plain = {"integer": 1, "number": 1.5, "boolean": True, "null": None}
        if kind in plain:
            return plain[kind]
        return self.random.choice(
            ["annual", "2026-12-01T00:00:00+07:00", "2026-12-01", NOWHERE, "x"]
        )


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method.upper(), path, operation)
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
        if path.startswith("/api/v1") and isinstance(operation, dict) and "responses" in operation
    ]


async def attack(
    client: httpx.AsyncClient, maker: Maker, operation: tuple[str, str, dict[str, Any]],
    known: dict[str, Any],
) -> httpx.Response:  # fmt: skip
    method, path, described = operation
    query: dict[str, Any] = {}
    for parameter in described.get("parameters", []):
        name = parameter["name"]
        if parameter["in"] == "path":
            value = known.get(name, NOWHERE)
            if maker.random.random() < 0.3:
                value = maker.random.choice(
                    [NOWHERE, "abc", "%00", "%ff", "a" * 300, "criterion:c2"]
                )
            path = path.replace("{" + name + "}", str(value))
        elif maker.random.random() < 0.7:
            value = maker.value(parameter.get("schema", {}))
            query[name] = value if isinstance(value, str | int | float | None) else str(value)
    content = described.get("requestBody", {}).get("content", {})
    body = {}
    if schema := content.get("application/json", {}).get("schema"):
        body = {"json": maker.value(schema)}
    try:
        return await client.request(method, path, params=query, **body)
    except (httpx.InvalidURL, UnicodeEncodeError):
        return httpx.Response(400, json={"detail": "not sent", "code": "not_sent"})


async def test_the_description_is_complete(app: ASGIApp, shared: tuple[House, UUID, UUID]) -> None:
    async with program(app, shared[0], "officer") as client:
        document = (await client.get("/api/v1/openapi.json")).json()
    assert document["openapi"].startswith("3.1")
    assert len(operations(document)) >= 16


@pytest.mark.parametrize("tries", [TRIES, pytest.param(MANY, marks=pytest.mark.slow)])
@pytest.mark.parametrize("who", ["officer", "clerk0", "head0", "department_head"])
async def test_no_operation_ends_in_a_server_error(
    app: ASGIApp, shared: tuple[House, UUID, UUID], who: str, tries: int
) -> None:
    house, round_id, report_id = shared
    known = {"round_id": round_id, "report_id": report_id, "part_key": "criterion:c1"}
    async with program(app, house, who) as client:
        document = (await client.get("/api/v1/openapi.json")).json()
        for operation in operations(document):
            if operation[1].endswith("/tokens"):
                continue  # slow on purpose; see below
            maker = Maker(document, f"{who} {operation[:2]}")
            for _ in range(tries):
                answer = await attack(client, maker, operation, known)
                sent = f"{operation[:2]} {answer.request.url if answer._request else ''}"
                if answer.status_code == 503:  # no plugin stands behind this department
                    assert answer.json()["code"] == "plugin_failed", sent
                assert answer.status_code in {*range(500), 503}, f"{sent}\n{answer.text[:800]}"
                if answer.status_code >= 400:
                    problem = answer.json()
                    assert problem["detail"], sent
                    assert problem["code"], sent


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b"[]", b'{"account": 1, "password": 2}', b'{"account": "\\u0000", "password": ""}',
     b'{"account": "\\ud800", "password": "x"}', b'{"account": "a", "password": "' + b"x" * 70_000,
     b'{"account": "a", "password": "b", "code": [1]}', b"\xff"],
)  # fmt: skip
async def test_bad_requests_for_a_token_are_refused(
    app: ASGIApp, shared: tuple[House, UUID, UUID], body: bytes
) -> None:
    async with client_of(app, await host_of(shared[0].tenant_id)) as client:
        answer = await client.post(
            "/api/v1/tokens", content=body, headers={"content-type": "application/json"}
        )
    assert 400 <= answer.status_code < 500, answer.text[:500]


@pytest.mark.parametrize("token", ["", "x", "\xff", "a" * 50_000, "Bearer", "\x00"])
async def test_bad_tokens_are_told_to_sign_in(
    app: ASGIApp, shared: tuple[House, UUID, UUID], token: str
) -> None:
    async with client_of(app, await host_of(shared[0].tenant_id)) as client:
        answer = await client.get(
            "/api/v1/my-work", headers={b"authorization": b"Bearer " + token.encode("latin-1")}
        )
    assert answer.status_code == 401
    assert answer.headers["content-type"].startswith("application/problem+json")
