"""The public check: what the law lets be shown, in the department of the host, and no guessing."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from core.app import create_app
from core.certificates import codes
from core.kit import clock, db
from core.law import service as law
from tenants.service import forget_hosts
from tests.integration.certificates.grants import codes_of, decided, run_of
from tests.integration.reports.house import House, make_house

SECRET = ("Khoa nào khác", "tiền thưởng", "Nguyễn Văn 2")


@pytest.fixture(scope="module")
async def site(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    forget_hosts()
    transport = httpx.ASGITransport(create_app(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        yield client


@pytest.fixture(scope="module")
async def house(app_db: db.TenantEngine) -> House:
    return await make_house()


async def host_of(house: House) -> str:
    async with house.at():
        slug = await db.fetchval("SELECT slug FROM tenant WHERE id = $1", house.tenant_id)
    return f"http://{slug}.localhost"


async def code_of(house: House) -> str:
    decision_id, _ = await decided(house)
    await run_of(house, decision_id)
    return (await codes_of(house, decision_id))[0]


async def test_anybody_sees_what_the_law_lets_be_shown(
    site: httpx.AsyncClient, house: House
) -> None:
    code, host = await code_of(house), await host_of(house)
    answer = await site.get(f"{host}/xac-minh/{code}")
    assert answer.status_code == 200
    for words in ("Nguyễn Văn 1", "Bác sĩ", "Khoa Nội", "Giấy khen của Giám đốc Sở Y tế",
                  "123/QĐ-SYT", "18/11/2026", "Đang có hiệu lực"):  # fmt: skip
        assert words in answer.text
    for words in SECRET:
        assert words not in answer.text
    assert answer.headers["x-robots-tag"] == "noindex"
    told = (await site.get(f"{host}/api/v1/certificate-checks/{code}")).json()
    assert set(told) == {"name", "title", "unit_name", "award", "decided_by", "decision_number",
                         "decided_on", "is_in_force"}  # fmt: skip


async def test_a_code_may_be_typed_in_any_way(site: httpx.AsyncClient, house: House) -> None:
    code, host = await code_of(house), await host_of(house)
    led = await site.get(f"{host}/xac-minh", params={"ma": f" {codes.shown(code).lower()} "})
    assert led.status_code == 303
    assert "Nguyễn Văn 1" in (await site.get(host + led.headers["location"])).text
    assert "Tra cứu" in (await site.get(f"{host}/xac-minh")).text


async def test_a_revoked_award_is_shown_as_revoked(site: httpx.AsyncClient, house: House) -> None:
    code, host = await code_of(house), await host_of(house)
    async with house.at():
        await db.execute(
            "UPDATE award_grant SET state = 'revoked' WHERE id ="
            " (SELECT grant_id FROM certificate WHERE code = $1)",
            code,
        )
    answer = await site.get(f"{host}/xac-minh/{code}")
    assert answer.status_code == 200
    assert "Đã bị hủy bỏ" in answer.text
    assert "Đang có hiệu lực" not in answer.text


@pytest.mark.parametrize("forged", ["K7QX2M9TPD4RW8ZC3F6H", "x", "%3Cscript%3E", "Ặ" * 300])
async def test_a_forged_code_is_told_that_nothing_was_issued(
    site: httpx.AsyncClient, house: House, forged: str
) -> None:
    answer = await site.get(f"{await host_of(house)}/xac-minh/{forged}")
    assert answer.status_code == 404
    assert "Không có Giấy khen nào được cấp với mã này" in answer.text
    assert "<script>" not in answer.text


async def test_a_code_of_another_department_is_unknown(
    site: httpx.AsyncClient, house: House
) -> None:
    other = await make_house()
    code = await code_of(house)
    answer = await site.get(f"{await host_of(other)}/xac-minh/{code}")
    assert answer.status_code == 404
    assert "Nguyễn Văn" not in answer.text


async def test_an_address_that_guesses_is_slowed_down_and_real_codes_do_not_count(
    site: httpx.AsyncClient, house: House
) -> None:
    guessed = await make_house()
    forget_hosts()
    code, host = await code_of(guessed), await host_of(guessed)
    most = law.value("certificate_free_misses", clock.today())
    for _ in range(most + 1):
        assert (await site.get(f"{host}/xac-minh/{code}")).status_code == 200
    for _ in range(most):
        assert (await site.get(f"{host}/xac-minh/{codes.new_code()}")).status_code == 404
    refused = await site.get(f"{host}/xac-minh/{code}")
    assert refused.status_code == 429
    assert "Nguyễn Văn" not in refused.text
    elsewhere = await site.get(f"{await host_of(house)}/xac-minh/{await code_of(house)}")
    assert elsewhere.status_code == 200


def test_codes_are_long_and_forgiving() -> None:
    made = {codes.new_code() for _ in range(1000)}
    assert len(made) == 1000
    assert len(codes.ALPHABET) == 32
    code = made.pop()
    assert codes.typed(codes.shown(code).lower()) == code
    assert codes.typed("oil" + "0" * 17) == "011" + "0" * 17
    assert codes.typed("U" * 20) is None
    assert codes.typed(code[:-1]) is None
