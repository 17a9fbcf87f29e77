"""Layouts on the real database: usual values, saved moves, stale saves, emblem, test print."""

from __future__ import annotations

import io
from uuid import UUID

import pdfplumber
import pytest

from core.certificates import layouts
from core.certificates.schemas import LayoutView, Settings
from core.documents.render.certificate_model import Shift, Spot
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from tests.integration.certificates.grants import picture
from tests.integration.reports.house import House, make_house
from tests.unit.documents.certificates import MM, rows

KIND = "commendation"


@pytest.fixture
async def house(app_db: db.TenantEngine) -> House:
    return await make_house()


async def saved(
    house: House, *, who: str = "officer", version: int = 0, **more: object
) -> LayoutView:
    values = {"stock": "preprinted", "position": "Giám đốc", "settings": Settings(),
              "award_kind": KIND, "unit_id": house.tenant_id, **more}  # fmt: skip
    async with house.at(who=who):
        return await layouts.save_layout(
            actor=house.people[who],
            version=version,
            **values,  # type: ignore[arg-type]
        )


async def sample(house: House, *, guides: bool = False, unit_id: UUID | None = None) -> bytes:
    async with house.at():
        return await layouts.test_print(
            actor=house.people["officer"], unit_id=unit_id or house.tenant_id, award_kind=KIND,
            guides=guides,
        )  # fmt: skip


async def test_moves_are_kept_and_change_the_test_print(house: House) -> None:
    before = {row.text: row for row in rows(await sample(house))}
    settings = Settings(1.5, 0, {Spot.NAME: Shift(0, 2), Spot.MOTTO: Shift(shown=False)})
    made = await saved(house, settings=settings)
    assert (made.version, made.settings, made.stock) == (1, settings, "preprinted")
    after = {row.text: row for row in rows(await sample(house))}
    name = layouts.SAMPLE_NAME
    assert after[name].left - before[name].left == pytest.approx(1.5, abs=0.01)
    assert after[name].baseline - before[name].baseline == pytest.approx(2, abs=0.01)
    assert "Độc lập - Tự do - Hạnh phúc" not in after
    assert "Quốc hiệu (" in " ".join(row.text for row in rows(await sample(house, guides=True)))


async def test_a_stale_save_is_refused(house: House) -> None:
    await saved(house)
    with pytest.raises(ConflictError) as refused:
        await saved(house, version=0)
    assert refused.value.code == "stale_layout"
    assert (await saved(house, version=1)).version == 2


async def test_every_bad_field_is_named(house: House) -> None:
    with pytest.raises(InvalidInputError) as refused:
        await saved(house, stock="giấy", position=" ", settings=Settings(
            999, 0, {Spot.NAME: Shift(0, -151)}))  # fmt: skip
    assert set(refused.value.fields) == {"stock", "position", "dx", "name_dy"}
    with pytest.raises(InvalidInputError) as flags:
        await saved(house, award_kind="base_title", stock="blank")
    assert set(flags.value.fields) == {"stock"}


async def test_who_may_change_and_which_units_have_layouts(house: House) -> None:
    for who in ("auditor", "records_clerk", "department_head"):
        with pytest.raises(PermissionDeniedError):
            await saved(house, who=who)
    for wrong in ({"unit_id": house.units[0]}, {"award_kind": "huan_chuong"}):
        with pytest.raises(NotFoundError):
            await saved(house, **wrong)
    with pytest.raises(NotFoundError):
        await saved(house, who="head0")
    async with house.at():
        await db.execute("UPDATE unit SET has_legal_personality = true WHERE id = $1",
                         house.units[0])  # fmt: skip
        listed = await layouts.list_layouts(actor=house.people["officer"])
    assert (await saved(house, unit_id=house.units[0])).version == 1
    assert {row.unit_id for row in listed} == {house.tenant_id, house.units[0]}
    assert len(listed) == 8


async def test_the_emblem_is_checked_and_printed_in_its_place(house: House) -> None:
    async def upload(name: str, content: bytes) -> None:
        async with house.at(who="tenant_admin"):
            await layouts.save_emblem(
                actor=house.people["tenant_admin"], unit_id=house.tenant_id, award_kind=KIND,
                name=name, content=content,
            )  # fmt: skip

    for name, content in (("a.svg", b"<svg/>"), ("a.png", b"x"), ("a.png", picture(100))):
        with pytest.raises(InvalidInputError) as refused:
            await upload(name, content)
        assert set(refused.value.fields) == {"file"}
    await upload("huy.png", picture())
    with pdfplumber.open(io.BytesIO(await sample(house))) as pdf:
        (image,) = pdf.pages[0].images
    assert image["top"] * MM == pytest.approx(21.5, abs=0.01)
    async with house.at(who="tenant_admin"):
        await layouts.remove_emblem(
            actor=house.people["tenant_admin"], unit_id=house.tenant_id, award_kind=KIND
        )
    with pdfplumber.open(io.BytesIO(await sample(house))) as pdf:
        assert pdf.pages[0].images == []


async def test_layouts_of_another_department_do_not_exist(house: House) -> None:
    other = await make_house()
    with pytest.raises(NotFoundError):
        await saved(other, unit_id=house.tenant_id)
