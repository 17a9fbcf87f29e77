"""Files of reports: who may attach, take off and open them, and when."""

from uuid import UUID

import pytest

from core.errors import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PayloadTooLargeError,
    PermissionDeniedError,
)
from core.evidence import service
from core.evidence.schemas import EvidenceView
from core.kit import db
from core.reports import drafting
from tests.integration.reports.house import (
    House,
    accept,
    brought_to,
    make_house,
    opened,
    report_of,
    submit,
    view,
)

PART = "criterion:c1"
PDF = b"%PDF-1.7 noi dung"
pytestmark = pytest.mark.usefixtures("app_db")


async def with_report() -> tuple[House, UUID]:
    house = await make_house()
    return house, await report_of(house, house.units[0], await opened(house))


async def upload(
    house: House, report_id: UUID, who: str = "clerk0", name: str = "Minh chứng.pdf",
    content: bytes = PDF, part: str = PART,
) -> EvidenceView:  # fmt: skip
    async with house.at(who=who):
        return await service.upload_evidence(
            actor=house.people[who], report_id=report_id, part_key=part, name=name, content=content
        )


async def read(house: House, file_id: UUID, who: str) -> bytes:
    async with house.at(who=who):
        return (await service.open_file(actor=house.people[who], file_id=file_id))[1]


async def test_the_unit_and_the_receiver_open_what_the_clerk_attached() -> None:
    house, report_id = await with_report()
    made = await upload(house, report_id)
    assert made.name == "Minh chứng.pdf"
    assert made.href == f"/tep/{made.file_id}"
    for who in ("clerk0", "head0", "officer", "department_head", "auditor"):
        assert await read(house, made.file_id, who) == PDF


@pytest.mark.parametrize("who", ["clerk1", "head1", "council_member", "tenant_admin"])
async def test_for_others_the_file_does_not_exist(who: str) -> None:
    house, report_id = await with_report()
    made = await upload(house, report_id)
    with pytest.raises(NotFoundError):
        await read(house, made.file_id, who)


async def test_another_department_does_not_reach_it() -> None:
    house, report_id = await with_report()
    made = await upload(house, report_id)
    other = await make_house(units=1)
    with pytest.raises(NotFoundError):
        await read(other, made.file_id, "officer")


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("clerk1", NotFoundError),
        ("council_secretary", NotFoundError),
        ("auditor", PermissionDeniedError),
        ("department_head", PermissionDeniedError),
    ],
)
async def test_only_writers_attach(who: str, error: type[Exception]) -> None:
    house, report_id = await with_report()
    with pytest.raises(error):
        await upload(house, report_id, who)


async def test_an_officer_attaches_on_behalf_of_the_unit() -> None:
    house, report_id = await with_report()
    made = await upload(house, report_id, "officer")
    assert await read(house, made.file_id, "clerk0") == PDF


async def test_a_file_that_was_taken_off_stays_readable_for_versions_that_hold_it() -> None:
    house, report_id = await with_report()
    made = await upload(house, report_id)
    async with house.at(who="clerk0"):
        await service.detach(
            actor=house.people["clerk0"], report_id=report_id, part_key=PART, evidence_id=made.id
        )
        left = await db.fetchval("SELECT count(*) FROM evidence WHERE removed_at IS NULL")
    assert left == 0
    assert await read(house, made.file_id, "officer") == PDF
    with pytest.raises(NotFoundError):
        async with house.at(who="clerk0"):
            await service.detach(
                actor=house.people["clerk0"], report_id=report_id, part_key=PART,
                evidence_id=made.id,
            )  # fmt: skip
    async with house.at(who="clerk0"):
        again = await service.attach(
            actor=house.people["clerk0"], report_id=report_id, part_key=PART,
            file_id=made.file_id,
        )  # fmt: skip
    assert again.id == made.id


async def test_a_file_of_another_unit_cannot_be_attached() -> None:
    house, report_id = await with_report()
    async with house.at():
        theirs = await db.fetchval("SELECT id FROM report WHERE unit_id = $1", house.units[1])
    made = await upload(house, theirs, "clerk1")
    with pytest.raises(NotFoundError):
        async with house.at(who="clerk0"):
            await service.attach(
                actor=house.people["clerk0"], report_id=report_id, part_key=PART,
                file_id=made.file_id,
            )  # fmt: skip


@pytest.mark.parametrize("state", ["awaiting_sign_off", "submitted", "in_review", "excused"])
async def test_nothing_is_attached_while_the_report_is_out_of_hand(state: str) -> None:
    house, report_id = await with_report()
    await brought_to(house, report_id, state)
    with pytest.raises(ConflictError):
        await upload(house, report_id)


async def test_an_accepted_part_and_one_that_is_not_asked_take_no_files() -> None:
    house, report_id = await with_report()
    with pytest.raises(ConflictError) as not_asked:
        await upload(house, report_id, part="criterion:c3")
    assert not_asked.value.code == "part_not_asked"
    await brought_to(house, report_id, "in_review")
    await accept(house, report_id, PART)
    with pytest.raises(ConflictError):
        await upload(house, report_id)


async def test_a_refused_file_changes_nothing_else() -> None:
    house, report_id = await with_report()
    await upload(house, report_id)
    with pytest.raises(InvalidInputError):
        await upload(house, report_id, name="virus.exe", content=b"MZ")
    with pytest.raises(PayloadTooLargeError):
        await upload(house, report_id, content=b"%PDF-" + b"x" * (26 * 1024 * 1024))
    async with house.at():
        assert await db.fetchval("SELECT count(*) FROM evidence") == 1
        assert await db.fetchval("SELECT count(*) FROM stored_file") == 1


async def test_a_part_takes_a_stated_number_of_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MAX_FILES_PER_PART", 2)
    house, report_id = await with_report()
    for _ in range(2):
        await upload(house, report_id)
    with pytest.raises(ConflictError, match="tối đa 2 tệp"):
        await upload(house, report_id)


async def store(house: House, who: str, purpose: str, unit_id: UUID) -> UUID:
    async with house.at(who=who):
        file = await service.store_file(
            actor=house.people[who], name="Quyết định.pdf", content=PDF, purpose=purpose,
            unit_id=unit_id,
        )  # fmt: skip
    return file.id


async def test_who_may_store_what_for_the_department() -> None:
    house = await make_house(units=1)
    root = house.tenant_id
    for who, purpose in (("officer", "attachment"), ("officer", "decision"),
                         ("records_clerk", "signed_scan")):  # fmt: skip
        assert await store(house, who, purpose, root)
    for who, purpose in (("clerk0", "attachment"), ("head0", "decision"),
                         ("officer", "signed_scan"), ("tenant_admin", "attachment"),
                         ("officer", "paper")):  # fmt: skip
        with pytest.raises(PermissionDeniedError):
            await store(house, who, purpose, root)


async def test_attachments_are_for_all_who_report_and_signed_scans_for_the_department() -> None:
    house = await make_house(units=1)
    attachment = await store(house, "officer", "attachment", house.tenant_id)
    scan = await store(house, "records_clerk", "signed_scan", house.tenant_id)
    for who in ("clerk0", "officer", "auditor"):
        assert await read(house, attachment, who) == PDF
    assert await read(house, scan, "department_head") == PDF
    for who, file_id in (("clerk0", scan), ("council_member", attachment)):
        with pytest.raises(NotFoundError):
            await read(house, file_id, who)


async def test_a_file_mends_a_returned_part_that_lacks_nothing_else() -> None:
    house, report_id = await with_report()
    await brought_to(house, report_id, "returned")
    async with house.at(who="clerk0"):
        clerk = house.people["clerk0"]
        assert await drafting.check_report(actor=clerk, report_id=report_id)
    before = await view(house, report_id)
    await upload(house, report_id)
    async with house.at(who="clerk0"):
        assert await drafting.check_report(actor=clerk, report_id=report_id) == []
    after = await view(house, report_id)
    assert after.parts_done == before.parts_done + 1
    assert after.parts[0].version == before.parts[0].version, "typing on the page is not stale"
    await upload(house, report_id, name="Thêm nữa.pdf")
    assert (await view(house, report_id)).parts_done == after.parts_done
    assert (await submit(house, report_id)).number == 2
