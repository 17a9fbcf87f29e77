"""The pages of decisions: what each person finds and sends, and what is said when it is refused."""

from __future__ import annotations

import io
import re

import pytest
from python_calamine import CalamineWorkbook

from core.decisions import fund
from core.kit import clock, db
from tests.integration.decisions.house import (
    NOW,
    PDF,
    TODAY,
    Awards,
    drafted,
    issued,
    make_awards,
    numbered,
    run_paper,
    scanned,
)
from tests.integration.decisions.site import browser
from tests.signing import PASSWORD, authority, blue, key_file, red


@pytest.fixture(autouse=True)
def on_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the pages' clock show the day of the tests."""
    monkeypatch.setattr(clock, "today", lambda: TODAY)


async def slug_of(awards: Awards) -> str:
    async with awards.house.at(NOW):
        slug: str = await db.fetchval(
            "SELECT slug FROM tenant WHERE id = $1", awards.house.tenant_id
        )
    return slug


async def test_from_the_list_to_a_draft_by_clicks(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    people = awards.house.people
    async with browser(people["officer"], await slug_of(awards)) as client:
        overview = await client.get("/quyet-dinh")
        waiting = await client.get(f"/quyet-dinh/dot/{awards.round_id}")
        nobody = await client.post(f"/quyet-dinh/dot/{awards.round_id}")
        made = await client.post(
            f"/quyet-dinh/dot/{awards.round_id}",
            data={"nomination_ids": [str(each) for each in awards.nominations]},
        )
        shown = await client.get(made.headers["location"])
    assert "3 chờ lập văn bản" in overview.text
    assert waiting.text.count('name="nomination_ids"') == 3
    assert (nobody.status_code, "Chưa chọn ai" in nobody.text) == (422, True)
    assert made.status_code == 303
    assert "Trình lãnh đạo duyệt" in shown.text
    assert "3.040.000 đồng" in shown.text
    assert "Mức thưởng chưa xác nhận" not in shown.text


async def test_a_refused_text_comes_back_as_typed(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await drafted(awards)
    async with browser(awards.house.people["officer"], await slug_of(awards)) as client:
        answer = await client.post(
            f"/quyet-dinh/{found.id}/sua",
            data={"version": found.version, "title": "Về việc mới", "articles": "",
                  "signer_name": "Trần B"},
        )  # fmt: skip
        stale = await client.post(
            f"/quyet-dinh/{found.id}/sua",
            data={"version": 99, "title": "Về việc mới", "articles": "Một", "signer_name": "B"},
        )
    assert answer.status_code == 422
    assert "Về việc mới" in answer.text
    assert "Trần B" in answer.text
    assert 'href="#f-articles"' in answer.text
    assert (stale.status_code, "Hai người cùng sửa" in stale.text) == (409, True)


async def test_each_sees_the_own_step_only(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await drafted(awards)
    people, slug = awards.house.people, await slug_of(awards)
    pages = {}
    async with browser(people["officer"], slug) as client:
        await client.post(f"/quyet-dinh/{found.id}/trinh", data={"version": found.version})
    for who in ("officer", "department_head", "records_clerk", "auditor"):
        async with browser(people[who], slug) as client:
            pages[who] = (await client.get(f"/quyet-dinh/{found.id}")).text
    assert {who: "Duyệt văn bản" in text for who, text in pages.items()} == {
        "officer": False, "department_head": True, "records_clerk": False, "auditor": False,
    }  # fmt: skip
    async with browser(people["department_head"], slug) as client:
        bare = await client.post(f"/quyet-dinh/{found.id}/tra-lai", data={"version": 2})
        await client.post(f"/quyet-dinh/{found.id}/duyet", data={"version": 2})
    assert (bare.status_code, "Xin ghi lý do" in bare.text) == (422, True)
    async with browser(people["records_clerk"], slug) as client:
        wrong = await client.post(
            f"/quyet-dinh/{found.id}/cap-so", data={"version": 3, "decided_on": "hôm nay"}
        )
    assert (wrong.status_code, "Ngày chưa đúng" in wrong.text) == (422, True)


async def test_a_number_is_annulled_by_click_and_a_refusal_keeps_the_reason(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await numbered(awards)
    people, slug = awards.house.people, await slug_of(awards)
    address = f"/quyet-dinh/{found.id}"
    async with browser(people["records_clerk"], slug) as client:
        shown = await client.get(address)
        bare = await client.post(f"{address}/huy-so", data={"version": found.version})
        stale = await client.post(
            f"{address}/huy-so", data={"version": 99, "annul_reason": "Sai danh sách"}
        )
        done = await client.post(
            f"{address}/huy-so", data={"version": found.version, "annul_reason": "Sai danh sách"}
        )
        after = await client.get(address)
    assert "Hủy số 01/QĐ" in shown.text
    assert (bare.status_code, "Xin ghi lý do hủy số" in bare.text) == (422, True)
    assert (stale.status_code, "Sai danh sách" in stale.text) == (409, True)
    assert done.status_code == 303
    assert "Sai danh sách" in after.text
    assert ("Đã hủy số" in after.text, "Ban hành</button>" in after.text) == (True, False)


async def test_signing_says_what_is_wrong_at_its_field(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await numbered(awards)
    people, slug = awards.house.people, await slug_of(awards)
    async with browser(people["records_clerk"], slug) as client:
        scan = await client.post(
            f"/quyet-dinh/{found.id}/ban-quet", files={"file": ("a.pdf", b"PK\x03\x04")}
        )
        done = await client.post(f"/quyet-dinh/{found.id}/ban-quet", files={"file": ("a.pdf", PDF)})
        shown = await client.get(f"/quyet-dinh/{found.id}")
        short = await client.post(f"/quyet-dinh/{found.id}/ban-hanh")
        out = await client.post(f"/quyet-dinh/{found.id}/ban-hanh", data={"accept_short": "1"})
    assert (scan.status_code, 'href="#f-file"' in scan.text) == (422, True)
    assert done.status_code == 303
    assert "Tôi biết quỹ sẽ âm" in shown.text
    assert (short.status_code, "sẽ âm 3.040.000 đồng" in short.text) == (422, True)
    assert out.status_code == 303


async def test_each_party_is_offered_its_own_signature_in_turn(app_db: db.TenantEngine) -> None:
    awards = await make_awards(people=1, collectives=0)
    house, people, slug = awards.house, awards.house.people, await slug_of(awards)
    found = await numbered(awards)
    assert found.document_id
    await run_paper(house, found.document_id)
    root, address = authority(), f"/quyet-dinh/{found.id}"
    offered = []
    for who, name, image, party in (
        ("department_head", "Nguyễn Văn An", blue(), "person"),
        ("records_clerk", "Sở Y tế", red(), "agency"),
    ):
        for reader in ("department_head", "records_clerk"):
            async with browser(people[reader], slug) as client:
                text = (await client.get(address)).text
            offered.append(re.findall(r'name="party" value="(\w+)"', text))
        async with browser(people[who], slug) as client:
            answer = await client.post(
                f"{address}/ky", data={"party": party, "password": PASSWORD},
                files={"key": ("a.p12", key_file(root, name)), "image": ("a.png", image)},
            )  # fmt: skip
            assert answer.status_code == 303
    assert offered == [["person"], [], [], ["agency"]]
    async with browser(people["records_clerk"], slug) as client:
        text = (await client.get(address)).text
    assert text.count("Hợp lệ") == 2
    assert "Tôi biết quỹ sẽ âm" in text


async def test_an_issued_decision_is_read_by_the_units_of_its_list_only(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards(people=1, collectives=0)  # of unit 0
    found = await scanned(awards)
    people, slug = awards.house.people, await slug_of(awards)
    seen = {}
    for when in ("before", "after"):
        for who in ("clerk0", "clerk1"):
            async with browser(people[who], slug) as client:
                seen[when, who] = (await client.get(f"/quyet-dinh/{found.id}")).status_code
        if when == "before":
            async with browser(people["records_clerk"], slug) as client:
                await client.post(f"/quyet-dinh/{found.id}/ban-hanh", data={"accept_short": "1"})
    assert seen == {
        ("before", "clerk0"): 404, ("before", "clerk1"): 404,
        ("after", "clerk0"): 200, ("after", "clerk1"): 404,
    }  # fmt: skip


async def test_an_issued_decision_leads_to_its_certificates_for_those_who_read_them(
    app_db: db.TenantEngine,
) -> None:
    awards = await make_awards()
    found = await issued(awards)
    people, slug = awards.house.people, await slug_of(awards)
    link = f'href="/giay-khen/quyet-dinh/{found.id}"'
    led = {}
    for who in ("records_clerk", "auditor", "clerk0"):
        async with browser(people[who], slug) as client:
            led[who] = link in (await client.get(f"/quyet-dinh/{found.id}")).text
    assert led == {"records_clerk": True, "auditor": True, "clerk0": False}


async def test_the_accountants_list_sums_up(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    found = await issued(awards)
    async with browser(awards.house.people["records_clerk"], await slug_of(awards)) as client:
        answer = await client.get(f"/quyet-dinh/{found.id}/tep/chi-thuong")
        missing = await client.get(f"/quyet-dinh/{found.id}/tep/khong-co")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    table = rows.to_python()
    assert [(row[1], row[6]) for row in table[4:7]] == [
        ("Khoa số 0", 1_520_000.0), ("Nguyễn Văn 0", 760_000.0), ("Nguyễn Văn 1", 760_000.0),
    ]  # fmt: skip
    assert table[7][5:7] == ["Cộng", 3_040_000.0]
    assert missing.status_code == 404


async def test_the_fund_page_takes_money_and_keeps_what_was_typed(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    officer = awards.house.people["officer"]
    address = f"/quy-khen-thuong/{awards.round_id}"
    async with browser(officer, await slug_of(awards)) as client:
        wrong = await client.post(
            address, data={"kind": "allocation", "amount": "nhiều", "basis": "QĐ 12"}
        )
        good = await client.post(
            address,
            data={"kind": "allocation", "amount": "50.000.000", "basis": "QĐ 12/QĐ-SYT",
                  "entered_on": TODAY.isoformat()},
        )  # fmt: skip
        negative = await client.post(
            address,
            data={"kind": "correction", "amount": "-60000000", "basis": "Sai",
                  "entered_on": TODAY.isoformat()},
        )  # fmt: skip
        shown = await client.get(address)
    assert wrong.status_code == 422
    assert "nhiều" in wrong.text
    assert 'href="#f-amount"' in wrong.text
    assert good.status_code == 303
    assert (negative.status_code, "sẽ âm 10.000.000 đồng" in negative.text) == (422, True)
    assert "50.000.000" in shown.text
    async with awards.house.at(NOW):
        assert (await fund.get_fund(awards.round_id, actor=officer)).balance == 50_000_000


async def test_pages_ask_the_database_a_fixed_number_of_times(app_db: db.TenantEngine) -> None:
    small, large = await make_awards(people=1), await make_awards(people=12)
    asked = []
    for awards in (small, large):
        found = await drafted(awards, awards.nominations[:-1])
        counts = []
        async with browser(awards.house.people["officer"], await slug_of(awards)) as client:
            for path in (
                "/quyet-dinh", f"/quyet-dinh/dot/{awards.round_id}", f"/quyet-dinh/{found.id}",
                f"/quy-khen-thuong/{awards.round_id}",
            ):  # fmt: skip
                await client.get(path)
                before = db.engine().queries
                answer = await client.get(path)
                assert answer.status_code == 200
                counts.append(db.engine().queries - before)
        asked.append(counts)
    assert asked[0] == asked[1]
    assert max(asked[0]) <= 8, asked


async def test_a_forged_pdf_is_told_apart_on_the_checking_page(app_db: db.TenantEngine) -> None:
    awards = await make_awards()
    async with browser(awards.house.people["auditor"], await slug_of(awards)) as client:
        nothing = await client.post("/quyet-dinh/kiem-tra-chu-ky")
        no_pdf = await client.post(
            "/quyet-dinh/kiem-tra-chu-ky", files={"file": ("a.pdf", b"PK\x03\x04")}
        )
    assert (nothing.status_code, "Chưa chọn tệp" in nothing.text) == (422, True)
    assert (no_pdf.status_code, "Không đọc được" in no_pdf.text) == (422, True)
