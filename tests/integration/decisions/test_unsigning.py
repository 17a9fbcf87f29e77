"""Digital signatures that do not hold: thrown away with a reason, made again."""

from __future__ import annotations

import asyncio

import pytest

from core.decisions import issuing, reading, signing, unsigning
from core.decisions.schemas import DecisionView, SignMode, State
from core.documents.signing.schemas import Key, Party
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import db
from core.kit.storage import storage
from tests.integration.decisions.house import (
    NOW,
    TODAY,
    Awards,
    make_awards,
    numbered,
    run_paper,
)
from tests.integration.decisions.site import browser
from tests.integration.decisions.test_pages import slug_of
from tests.signing import PASSWORD, authority, blue, key_file, red

WHY = "Tệp bị hỏng khi lưu"


async def sign_both(awards: Awards, found: DecisionView) -> DecisionView:
    house, people, root = awards.house, awards.house.people, authority()
    for party, who, name, image in (
        (Party.PERSON, "department_head", "Nguyễn Văn An", blue()),
        (Party.AGENCY, "records_clerk", "Sở Y tế", red()),
    ):
        async with house.at(NOW, who):
            found = await signing.sign(
                found.id, party, Key(PASSWORD, key_file(root, name)), image, actor=people[who]
            )
    return found


async def signed(awards: Awards) -> DecisionView:
    found = await numbered(awards)
    assert found.document_id is not None
    await run_paper(awards.house, found.document_id)
    return await sign_both(awards, found)


async def spoil(awards: Awards, found: DecisionView, *, whole: bool = False) -> None:
    async with awards.house.at(NOW):
        key = await db.fetchval(
            "SELECT storage_key FROM stored_file WHERE id = $1", found.signed_file_id
        )
    pdf = await storage().get(key)
    await storage().put(key, b"no paper" if whole else pdf.replace(b"%\xf0", b"%\xf1", 1))


async def discard(
    awards: Awards, found: DecisionView, reason: str = WHY, who: str = "records_clerk"
) -> DecisionView:
    async with awards.house.at(NOW, who):
        return await unsigning.discard_signatures(found.id, reason, actor=awards.house.people[who])


@pytest.mark.parametrize("whole", [False, True])
async def test_broken_signatures_are_made_again_with_the_same_number_and_day(
    app_db: db.TenantEngine, whole: bool
) -> None:
    awards = await make_awards()
    found = await signed(awards)
    await spoil(awards, found, whole=whole)
    clerk = awards.house.people["records_clerk"]
    with pytest.raises(ConflictError) as refused:
        async with awards.house.at(NOW, "records_clerk"):
            await issuing.issue(found.id, actor=clerk, accept_short=True)
    assert refused.value.code == "signature_broken"
    bare = await discard(awards, found)
    assert (bare.sign_mode, bare.signed_file_id) == (SignMode.NONE, None)
    assert [(each.reason, each.on) for each in bare.body.discarded] == [(WHY, TODAY)]
    again = await sign_both(awards, bare)
    async with awards.house.at(NOW, "records_clerk"):
        out = await issuing.issue(again.id, actor=clerk, accept_short=True)
    assert (out.state, out.number_text, out.decided_on) == (
        State.ISSUED, found.number_text, found.decided_on,
    )  # fmt: skip


async def test_signatures_that_hold_or_are_not_there_are_not_thrown_away(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await numbered(awards)
    with pytest.raises(ConflictError) as none:
        await discard(awards, found)
    assert found.document_id is not None
    await run_paper(awards.house, found.document_id)
    await sign_both(awards, found)
    with pytest.raises(ConflictError) as good:
        await discard(awards, found)
    assert (none.value.code, good.value.code) == ("not_signed", "signature_good")


async def test_who_does_not_sign_and_who_gives_no_reason_is_refused(
    app_db: db.TenantEngine,
) -> None:
    awards, other = await make_awards(), await make_awards()
    found = await signed(awards)
    await spoil(awards, found)
    for reason in (" ", "x" * 1001):
        with pytest.raises(InvalidInputError) as refused:
            await discard(awards, found, reason)
        assert list(refused.value.fields) == ["unsign_reason"]
    with pytest.raises(PermissionDeniedError):
        await discard(awards, found, who="officer")
    with pytest.raises(NotFoundError):
        await discard(other, found)
    told = await asyncio.gather(
        discard(awards, found), discard(awards, found, who="department_head"),
        return_exceptions=True,
    )  # fmt: skip
    assert sorted(type(each).__name__ for each in told) == ["ConflictError", "DecisionView"]


async def test_the_page_offers_it_keeps_the_reason_and_the_trail_knows(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await signed(awards)
    people, slug = awards.house.people, await slug_of(awards)
    address = f"/quyet-dinh/{found.id}"
    async with browser(people["records_clerk"], slug) as client:
        good = await client.get(address)
        await spoil(awards, found, whole=True)
        shown = await client.get(address)
        bare = await client.post(f"{address}/bo-chu-ky", data={"unsign_reason": ""})
        done = await client.post(f"{address}/bo-chu-ky", data={"unsign_reason": WHY})
        after = await client.get(address)
    button = "Bỏ chữ ký để ký lại</button>"
    assert [button in each.text for each in (good, shown, after)] == [False, True, False]
    assert (bare.status_code, "Xin ghi lý do bỏ chữ ký" in bare.text) == (422, True)
    assert (done.status_code, WHY in after.text) == (303, True)
    async with awards.house.at(NOW):
        seen = await reading.get_decision(found.id, actor=people["officer"])
        traces = await db.fetchval(
            "SELECT count(*) FROM audit_event WHERE table_name = 'award_decision'"
            " AND row_id = $1 AND changes::text LIKE '%discarded%'", found.id,
        )  # fmt: skip
    assert (seen.sign_mode, traces) == (SignMode.NONE, 1)
