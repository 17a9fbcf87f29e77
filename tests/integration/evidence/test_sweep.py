"""Uploads that nothing uses go after a day; what is used, shared or young stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from core.evidence import service
from core.evidence.schemas import Purpose, StoredFileView
from core.evidence.sweep import sweep_unattached
from core.kit import db
from core.kit.storage import MissingContentError, key_of, storage
from tests.integration.reports.house import House, make_house, opened, report_of

pytestmark = pytest.mark.usefixtures("app_db")
START = datetime(2026, 11, 20, 1, tzinfo=UTC)
LATER = (START + timedelta(hours=25)).isoformat()


def pdf(word: str) -> bytes:
    return b"%PDF-1.7 " + word.encode()


async def stored(
    house: House, content: bytes, purpose: Purpose = Purpose.ATTACHMENT, at: datetime = START
) -> StoredFileView:
    async with house.at(at.isoformat()):
        return await service.store_file(
            actor=house.people["officer"], name="cong-van.pdf", content=content,
            purpose=purpose, unit_id=house.tenant_id,
        )  # fmt: skip


async def sweep(house: House, now: str = LATER) -> int:
    async with house.at(now):
        return await sweep_unattached()


async def known(house: House) -> set[UUID]:
    async with house.at():
        return {row["id"] for row in await db.fetch("SELECT id FROM stored_file")}


async def test_an_upload_that_was_never_used_goes_with_its_content_after_a_day() -> None:
    house, other = await make_house(units=1), await make_house(units=1)
    file = await stored(house, pdf("bo-quen"))
    abroad = await stored(other, pdf("bo-quen"))
    assert await sweep(house, (START + timedelta(hours=23)).isoformat()) == 0
    assert await sweep(house) == 1
    assert await sweep(house) == 0
    assert await known(house) == set()
    assert await known(other) == {abroad.id}
    with pytest.raises(MissingContentError):
        await storage().get(key_of(house.tenant_id, file.sha256))
    assert await storage().get(key_of(other.tenant_id, abroad.sha256)) == pdf("bo-quen")


async def test_what_a_round_or_a_report_uses_stays() -> None:
    house = await make_house(units=1)
    letter = await stored(house, pdf("cong-van"))
    round_id = await opened(house, now=START.isoformat(), attachment_ids=[letter.id])
    report_id = await report_of(house, house.units[0], round_id)
    async with house.at(START.isoformat(), who="clerk0"):
        proof = await service.upload_evidence(
            actor=house.people["clerk0"], report_id=report_id, part_key="criterion:c1",
            name="minh-chung.pdf", content=pdf("minh-chung"),
        )  # fmt: skip
        await service.detach(
            actor=house.people["clerk0"], report_id=report_id, part_key="criterion:c1",
            evidence_id=proof.id,
        )  # fmt: skip
    assert await sweep(house) == 0
    assert await known(house) == {letter.id, proof.file_id}


async def test_a_content_that_another_file_shares_stays() -> None:
    house = await make_house(units=1)
    old = await stored(house, pdf("chung"))
    young = await stored(house, pdf("chung"), at=START + timedelta(hours=20))
    assert await sweep(house) == 1
    assert await known(house) == {young.id}
    assert await storage().get(key_of(house.tenant_id, old.sha256)) == pdf("chung")


async def test_a_file_that_is_just_being_attached_is_left_alone(superuser: Any) -> None:
    house = await make_house(units=1)
    letter = await stored(house, pdf("dang-gan"))
    async with superuser.transaction():
        await superuser.execute("SELECT FROM stored_file WHERE id = $1 FOR KEY SHARE", letter.id)
        assert await sweep(house) == 0
    assert await sweep(house) == 1
