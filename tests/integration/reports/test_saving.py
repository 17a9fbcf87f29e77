"""Saving parts: limits at the field, stale saves, two people and two requests at once."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from core.errors import ConflictError, InvalidInputError, StalePartError
from core.kit import db
from core.reports.schemas import SavedPart
from tests.integration.reports.house import (
    ASKED,
    FILLED,
    House,
    fill,
    make_house,
    opened,
    report_of,
    save,
    submit,
    view,
)

C1, C2 = "criterion:c1", "criterion:c2"


@pytest.fixture
async def house(app_db: db.TenantEngine) -> AsyncIterator[House]:
    return await make_house()


@pytest.fixture
async def report_id(house: House) -> UUID:
    return await report_of(house, house.units[0], await opened(house))


async def test_figures_and_limits_at_the_field(house: House, report_id: UUID) -> None:
    saved = await save(house, report_id, "indicators", 0, figures={"rate": {"value": "12.5"}})
    saved = await save(house, report_id, "indicators", saved.version, figures={"rate": "12,5"})
    figure = (await view(house, report_id)).parts[3].fields["figures"]["rate"]
    assert (figure["value"], figure["typed"]) == ("12.5", "12,5")
    with pytest.raises(InvalidInputError) as caught:
        await save(house, report_id, "indicators", saved.version, figures={"rate": "abc"})
    assert set(caught.value.fields) == {"figures.rate"}
    with pytest.raises(InvalidInputError) as caught:
        await save(house, report_id, C1, 0, narrative="x" * 100_000)
    assert "100.000" in caught.value.fields["narrative"]
    assert "20.000" in caught.value.fields["narrative"]
    await save(house, report_id, C1, 0, narrative="ệ" * 20_000)


async def test_texts_are_stored_in_nfc(house: House, report_id: UUID) -> None:
    typed = unicodedata.normalize("NFD", "Chuyển đổi số\x00")
    await save(house, report_id, C1, 0, narrative=typed)
    kept = (await view(house, report_id)).parts[0].fields["narrative"]
    assert kept == "Chuyển đổi số"
    assert unicodedata.is_normalized("NFC", kept)


async def test_a_stale_save_shows_both_texts(house: House, report_id: UUID) -> None:
    await save(house, report_id, C1, 0, narrative="Bản của người soạn.")
    with pytest.raises(StalePartError) as caught:
        await save(house, report_id, C1, 0, who="head0", narrative="Bản của thủ trưởng.")
    current = caught.value.extra["current"]
    assert current["version"] == 1
    assert current["fields"]["narrative"] == "Bản của người soạn."
    assert current["saved_by"].startswith("Người dùng")
    assert current["saved_at_text"] == "08:00:00"
    assert current["text"] == "Bản của người soạn."
    yours = caught.value.extra["yours"]
    assert (yours["version"], yours["text"]) == (0, "Bản của thủ trưởng.")
    assert yours["fields"]["narrative"] == "Bản của thủ trưởng."
    assert (await view(house, report_id)).parts[0].fields["narrative"] == "Bản của người soạn."


async def test_two_people_on_two_parts_never_collide(house: House, report_id: UUID) -> None:
    results = await asyncio.gather(
        *(
            save(house, report_id, key, 0, who=who, **FILLED[key])
            for key, who in zip(
                ASKED, ["clerk0", "head0", "clerk0", "head0", "officer"], strict=True
            )
        )
    )
    assert [saved.version for saved in results] == [1] * 5
    seen = await view(house, report_id)
    assert (seen.parts_done, seen.parts_total) == (5, 5)


async def test_two_people_on_one_part_one_wins_the_other_gets_both_texts(
    house: House, report_id: UUID
) -> None:
    results = await asyncio.gather(
        save(house, report_id, C1, 0, narrative="Bản A"),
        save(house, report_id, C1, 0, who="head0", narrative="Bản B"),
        return_exceptions=True,
    )
    (stale,) = [result for result in results if isinstance(result, StalePartError)]
    (saved,) = [result for result in results if isinstance(result, SavedPart)]
    kept = (await view(house, report_id)).parts[0].fields["narrative"]
    assert stale.extra["current"]["fields"]["narrative"] == kept
    assert saved.version == 1


async def test_two_submissions_at_once_make_one_version(house: House, report_id: UUID) -> None:
    await fill(house, report_id)
    results = await asyncio.gather(
        *(submit(house, report_id, who) for who in ("head0", "officer", "head0")),
        return_exceptions=True,
    )
    refused = [result for result in results if isinstance(result, ConflictError)]
    assert [error.code for error in refused] == ["wrong_state", "wrong_state"]
    async with house.at():
        assert (
            await db.fetchval("SELECT count(*) FROM report_version WHERE report_id = $1", report_id)
            == 1
        )


async def test_a_save_beside_a_submission_is_in_the_version_or_refused(
    house: House, report_id: UUID
) -> None:
    await fill(house, report_id)
    results = await asyncio.gather(
        submit(house, report_id),
        save(house, report_id, C1, 1, **{**FILLED[C1], "narrative": "Câu cuối cùng."}),
        return_exceptions=True,
    )
    async with house.at():
        content = await db.fetchval(
            "SELECT content FROM report_version WHERE report_id = $1", report_id
        )
    inside = content["parts"][0]["fields"]["narrative"]
    stored = (await view(house, report_id)).parts[0].fields["narrative"]
    assert inside == stored
    assert isinstance(results[1], ConflictError) == (inside != "Câu cuối cùng.")
