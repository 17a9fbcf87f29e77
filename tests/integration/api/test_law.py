"""Legal parameters by programs: the same acts, refusals and locks as on the pages."""

from __future__ import annotations

from typing import Any

import httpx

from tenants.service import forget_hosts
from tests.integration.api.test_api import Caller
from tests.integration.api.test_awards import caller_of
from tests.integration.law.test_decisions import PDF
from tests.integration.reports.house import make_house

KEY = "session_idle"
PAPER = {"number": "12/QĐ-SYT", "dated": "2025-11-02", "note": "Theo quy chế"}


async def send(call: Caller, path: str, status: int = 201, **fields: Any) -> Any:
    """Send a decision with its scan as the administrator."""
    return await call(
        "tenant_admin", "POST", path, status=status, data=PAPER | fields,
        files={"file": ("qd.pdf", PDF, "application/pdf")},
    )  # fmt: skip


def waiting(found: dict[str, Any]) -> list[str]:
    """Return the keys that wait."""
    return [row["key"] for rows in found.values() for row in rows]


async def test_what_waits_is_confirmed_by_one_decision_for_this_department_alone(
    client: httpx.AsyncClient,
) -> None:
    call = await caller_of(await make_house(units=1), client)
    first = waiting(await call("tenant_admin", "GET", "/legal-confirmations"))
    chosen = first[:2]
    assert await send(call, "/legal-confirmations", keys=chosen) == {"count": 2}
    left = waiting(await call("tenant_admin", "GET", "/legal-confirmations"))
    assert left == [key for key in first if key not in chosen]
    view = await call("auditor", "GET", f"/legal-parameters/{chosen[0]}")
    assert [each["decision"]["number"] for each in view["decisions"]] == ["12/QĐ-SYT"]
    forget_hosts()
    other = await caller_of(await make_house(units=1), client)
    assert waiting(await other("tenant_admin", "GET", "/legal-confirmations")) == first


async def test_one_wrong_key_confirms_nothing(client: httpx.AsyncClient) -> None:
    call = await caller_of(await make_house(units=1), client)
    first = waiting(await call("tenant_admin", "GET", "/legal-confirmations"))
    wrong = await send(call, "/legal-confirmations", 422, keys=[first[0], "khong_co"])
    assert [each["field"] for each in wrong["errors"]] == ["keys"]
    assert waiting(await call("tenant_admin", "GET", "/legal-confirmations")) == first


async def test_a_row_is_confirmed_once(client: httpx.AsyncClient) -> None:
    call = await caller_of(await make_house(units=1), client)
    key = waiting(await call("tenant_admin", "GET", "/legal-confirmations"))[0]
    view = await send(call, f"/legal-parameters/{key}/confirmation")
    assert len(view["decisions"]) == 1
    await send(call, f"/legal-parameters/{key}/confirmation", 422)
    await send(call, "/legal-parameters/khong_co/confirmation", 404)


async def test_a_value_is_replaced_and_the_decision_ended(client: httpx.AsyncClient) -> None:
    call = await caller_of(await make_house(units=1), client)
    path = f"/legal-parameters/{KEY}/replacements"
    wrong = await send(call, path, 422, value="mười", valid_from="", dated="")
    assert sorted(each["field"] for each in wrong["errors"]) == ["dated", "valid_from", "value"]
    made = await send(call, path, value="10", valid_from="2126-01-01")
    assert (made["value"], made["valid_from"]) == (10, "2126-01-01")
    said = await call(
        "tenant_admin", "POST", f"/legal-decisions/{made['id']}/end",
        {"day": "2126-01-01", "reason": "Nhập nhầm"},
    )  # fmt: skip
    assert said["detail"]
    view = await call("tenant_admin", "GET", f"/legal-parameters/{KEY}")
    assert [each["revoke_reason"] for each in view["decisions"]] == ["Nhập nhầm"]


async def test_the_list_is_read_with_its_theme_and_decided_by_the_administrator_only(
    client: httpx.AsyncClient,
) -> None:
    call = await caller_of(await make_house(units=1), client)
    themes = await call("auditor", "GET", "/legal-parameters?unconfirmed=true")
    rows = [line["row"] for theme in themes for line in theme["lines"]]
    assert rows
    assert {row["confidence"] for row in rows}.isdisjoint({"C"})
    await call("auditor", "POST", f"/legal-parameters/{KEY}/confirmation", status=403,
               files={"file": ("qd.pdf", PDF, "application/pdf")})  # fmt: skip
    await call("clerk0", "GET", "/legal-parameters", status=403)
