"""The QR of a printed certificate, read back from the page as a telephone does."""

from __future__ import annotations

from urllib.parse import urlsplit

import pypdfium2
import pytest
import zxingcpp

from core.certificates import checking
from core.errors import NotFoundError
from core.kit import db
from tests.integration.certificates.grants import (
    NUMBER,
    SITE,
    codes_of,
    content_of,
    decided,
    finished,
    run_of,
)
from tests.integration.reports.house import House, make_house

DOTS = 150  # per inch: what a telephone sees of an A4 sheet at arm's length
pytestmark = pytest.mark.usefixtures("app_db")


def read(content: bytes) -> list[str]:
    """Return what the one QR of every page says."""
    with pypdfium2.PdfDocument(content) as pages:
        pictures = [page.render(scale=DOTS / 72).to_pil() for page in pages]
    return [zxingcpp.read_barcode(picture).text for picture in pictures]


async def checked(house: House, address: str) -> str:
    """Open the address of a QR as somebody without an account; return the name that is shown."""
    async with house.at():
        found = await checking.check(code=address.rpartition("/")[2], address="192.0.2.1")
    assert found.decision_number == NUMBER
    return found.name


async def test_every_qr_leads_to_the_public_page_of_its_own_certificate() -> None:
    house = await make_house()
    decision_id, _ = await decided(house, size=3, names=("Đỗ Thị Lan", "Lò Văn Pâng", "Vừ A Dế"))
    run = await finished(house, (await run_of(house, decision_id)).id)
    addresses = read(await content_of(house, run.id))
    codes = await codes_of(house, decision_id)
    assert addresses == [f"{SITE}/xac-minh/{code}" for code in codes]
    assert {urlsplit(each).scheme for each in addresses} == {"https"}
    names = [await checked(house, each) for each in addresses]
    assert names == ["Đỗ Thị Lan", "Lò Văn Pâng", "Vừ A Dế"]


async def test_a_qr_with_one_letter_changed_or_of_another_department_shows_nothing() -> None:
    house, other = await make_house(), await make_house()
    decision_id, _ = await decided(house, size=1)
    run = await finished(house, (await run_of(house, decision_id)).id)
    [address] = read(await content_of(house, run.id))
    forged = address[:-1] + ("3" if address[-1] != "3" else "4")
    for where, wrong in ((house, forged), (other, address)):
        with pytest.raises(NotFoundError) as refused:
            await checked(where, wrong)
        assert refused.value.code == "unknown_certificate"
    async with house.at():
        assert await db.fetchval("SELECT count(*) FROM certificate") == 1
