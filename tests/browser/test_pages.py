"""Every page of the application, as its right reader sees it, on a desktop and on a phone.

The pages are read off the application: a new GET route is looked at here at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from core.guide.pages import all_pages
from tests.browser.decided import make_decisions
from tests.browser.faults import DESKTOP, faults_in_both_sizes, set_size
from tests.browser.printed import print_certificates
from tests.browser.site import Site
from tests.isolation.test_routes import CASES, PARAMETER, Case

pytestmark = pytest.mark.browser
SLUG = "lai_chau"
NOT_PAGES = {
    "home",  # leads elsewhere
    "evidence.open",  # a file
    "reports.round_export",  # a workbook
    "audit.export",  # a file
    "documents.progress",  # a piece of a page
    "certificates.progress",  # a piece of a page
    "certificates.file",  # a file
    "decisions.file",  # a file
    "decisions.edit",  # needs a state of its own: below
    "certificates.test_print",  # a file
    "certificates.emblem",  # a picture
    "invitation_page",  # needs a link by mail: tested with its state below
    "life.progress",  # a piece of a page
    "identity.logo",  # a picture
    "setup.import_template",  # a workbook
    "setup.import_errors",  # a workbook
    "eligibility.import_template",  # a workbook
    "eligibility.import_errors",  # a workbook
    "reset_page",  # needs a link by mail: tested with its state below
    "nominations.export",  # a workbook
    "honours.export",  # a workbook
    "honours.export_figures",  # a workbook
    "honours.import_form",  # a workbook
    "nominations.step_page",  # leads elsewhere without a step
    "reports.withdraw_page",  # needs a state of its own: below
}
READERS = {
    "anonymous": "",
    "signed_in": "soan.donvi",
    "officer": "chuyenvien",
    "department_head": "lanhdao",
    "tenant_admin": "quantri",
    "unit_head": "thutruong.donvi",
    "unit_clerk": "soan.donvi",
    "council_secretary": "thukyhoidong",
}
QUERIES = {
    "accounts": "?tim=soan",  # fifty rows say no more than five
    "law.parameter": "?khoa=session_idle",
}
SPECIAL_READERS = {
    "notifications.mailbox": "quantri",
    "documents.view": "chuyenvien",
    "nominations.of_round": "chuyenvien",
    "councils.mine": "hoidong",
    "councils.sit": "hoidong",
}
THINGS = """
SELECT asked.id AS round_id, report.id AS report_id, report.obligation_id, unit.id AS unit_id,
  (SELECT id FROM report AS other WHERE other.round_id = asked.id
     AND other.receiver_unit_id <> unit.id AND other.state = 'in_review' LIMIT 1) AS in_review,
  (SELECT obligation_id FROM report AS other WHERE other.round_id = asked.id
     AND other.receiver_unit_id <> unit.id AND other.state = 'excused' LIMIT 1) AS excused,
  (SELECT id FROM report AS other WHERE other.round_id = asked.id
     AND other.receiver_unit_id <> unit.id AND other.state = 'submitted' LIMIT 1) AS submitted,
  (SELECT id FROM report AS other WHERE other.tenant_id = tenant.id AND other.unit_id = unit.id
     AND other.state = 'accepted' LIMIT 1) AS accepted,
  (SELECT id FROM document WHERE tenant_id = tenant.id LIMIT 1) AS document_id,
  (SELECT id FROM consolidation WHERE tenant_id = tenant.id AND state = 'issued' LIMIT 1)
    AS consolidation_id,
  (SELECT id FROM consolidation WHERE tenant_id = tenant.id AND round_id = asked.id LIMIT 1)
    AS provisional,
  (SELECT id FROM reporting_round AS closed WHERE tenant_id = tenant.id AND closed.state = 'closed'
     LIMIT 1) AS closed,
  account.id AS account_id,
  (SELECT id FROM council WHERE council.tenant_id = tenant.id LIMIT 1) AS council_id,
  (SELECT id FROM council_member AS c WHERE c.tenant_id = tenant.id LIMIT 1) AS member_id,
  (SELECT id FROM council_meeting AS m WHERE m.tenant_id = tenant.id LIMIT 1) AS meeting_id,
  (SELECT id FROM meeting_case AS k WHERE k.tenant_id = tenant.id ORDER BY id LIMIT 1) AS case_id,
  (SELECT person.id FROM person WHERE person.tenant_id = tenant.id LIMIT 1) AS person_id,
  (SELECT emulation_block.id FROM emulation_block WHERE tenant_id = tenant.id LIMIT 1) AS block_id,
  'sap-nhap' AS act,
  (SELECT n.round_id FROM nomination AS n WHERE n.unit_id = unit.id LIMIT 1) AS award_round_id,
  (SELECT n.list_id FROM nomination AS n WHERE n.unit_id = unit.id LIMIT 1) AS list_id,
  (SELECT n.id FROM nomination AS n WHERE n.unit_id = unit.id AND n.state = 'returned' LIMIT 1)
    AS nomination_id
FROM tenant
JOIN account ON account.tenant_id = tenant.id AND account.username = 'soan.donvi'
JOIN role_grant ON role_grant.account_id = account.id
JOIN unit ON unit.id = role_grant.unit_id
JOIN reporting_round AS asked ON asked.tenant_id = tenant.id AND asked.kind = 'annual'
  AND asked.state = 'open'
JOIN report ON report.round_id = asked.id AND report.unit_id = unit.id
WHERE tenant.slug = $1
"""
PAGES = [case for case in CASES if case.method == "GET" and not case.path.startswith("/api/")]
STATES = {
    "report, second part": ("soan.donvi", "/bao-cao/{report_id}?phan=criterion%3A1"),
    "report, accepted": ("soan.donvi", "/bao-cao/{accepted}"),
    "report, from the department": ("chuyenvien", "/bao-cao/{report_id}"),
    "review, in course": ("chuyenvien", "/bao-cao/{in_review}/duyet"),
    "review, to be started": ("chuyenvien", "/bao-cao/{submitted}/duyet"),
    "round as a unit reads it": ("soan.donvi", "/ky-bao-cao/{round_id}"),
    "round filtered to nothing": ("chuyenvien", "/ky-bao-cao/{round_id}?tim=khong+co+ai"),
    "round, one state": ("chuyenvien", "/ky-bao-cao/{round_id}?trang-thai=accepted"),
    "round, closed": ("chuyenvien", "/ky-bao-cao/{closed}"),
    "round, inner": ("duyet.donvi", "/ky-bao-cao/{round_id}"),
    "rounds of the auditor": ("kiemtra", "/ky-bao-cao"),
    "consolidation, provisional": ("chuyenvien", "/tong-hop/{provisional}"),
    "consolidation, one text": ("chuyenvien", "/tong-hop/{provisional}?phan=conclusion"),
    "work of an officer": ("chuyenvien", "/viec-cua-toi"),
    "work of a head": ("thutruong.benhvien", "/viec-cua-toi"),
    "work of somebody without reports": ("hoidong", "/viec-cua-toi"),
    "mails that are there": ("quantri", "/hop-thu"),
    "notices of an officer": ("chuyenvien", "/thong-bao"),
    "own account with codes": ("quantri", "/tai-khoan"),
    "not for this role": ("soan.donvi", "/quan-tri/tai-khoan"),
    "no such page": ("soan.donvi", "/khong-co-trang-nay"),
    **{
        f"unit, {act}": ("quantri", f"/quan-tri/don-vi/{{unit_id}}/doi/{act}")
        for act in ("doi-ten", "chuyen", "chia-tach", "giai-the")
    },
    "council as the auditor reads it": ("kiemtra", "/hoi-dong/{council_id}"),
    "meeting as the auditor reads it": ("kiemtra", "/hoi-dong/hop/{meeting_id}"),
    "units that are closed": ("quantri", "/quan-tri/don-vi?ngung=1"),
    "one branch of the tree": ("quantri", "/quan-tri/don-vi?tu={unit_id}"),
    "people of a unit": ("thutruong.donvi", "/quan-tri/nhan-su?don_vi={unit_id}"),
    "moves of a unit's people": ("thutruong.donvi", "/quan-tri/nhan-su/dieu-chuyen"),
    "delegation by a head": ("thutruong.donvi", "/quan-tri/uy-quyen/moi"),
    "accounts soon to be closed": ("quantri", "/quan-tri/tai-khoan-khong-dung?xem=sap-dong"),
    "closed accounts": ("quantri", "/quan-tri/tai-khoan-khong-dung?xem=da-dong"),
    "link by mail that is not good": ("", "/dat-lai-mat-khau/khong-co"),
    "law, form of a new value": (
        "quantri",
        "/quan-tri/phap-ly/tham-so?khoa=session_idle&viec=thay",
    ),
    "law, many confirmed at once": (
        "quantri",
        "/quan-tri/phap-ly/xac-nhan-nhieu?khoa=council_quorum",
    ),
    "law, many confirmed on a day that is none": (
        "quantri",
        "/quan-tri/phap-ly/xac-nhan-nhieu?khoa=council_quorum&ngay=hom-qua",
    ),
    "law, what is not confirmed": ("kiemtra", "/quan-tri/phap-ly?loc=chua-xac-nhan"),
    "invitation that is not good": ("", "/loi-moi/khong-co"),
    "accounts as the auditor reads them": ("kiemtra", "/quan-tri/tai-khoan?tim=soan"),
    "account as the auditor reads it": ("kiemtra", "/quan-tri/tai-khoan/{account_id}"),
    "trail of one table": ("kiemtra", "/nhat-ky?bang=account&viec=insert"),
    "trail, nothing found": ("quantri", "/nhat-ky?nguoi=khong+co+ai"),
    "trail, wrong days": ("quantri", "/nhat-ky?tu=2026-11-20&den=2026-11-01"),
    "plan, days": ("quantri", "/quan-tri/ke-hoach/muc?ten=han-bao-cao"),
    "plan, own criteria": ("quantri", "/quan-tri/ke-hoach/muc?ten=tieu-chi"),
    "plan, limits of awards": ("quantri", "/quan-tri/ke-hoach/muc?ten=so-luong-khen-thuong"),
    "plan, wording of mails": ("quantri", "/quan-tri/ke-hoach/muc?ten=loi-thu"),
    "plan, to read only": ("kiemtra", "/quan-tri/ke-hoach/muc?ten=dau-moi"),
    "plan as a clerk sees it": ("chuyenvien", "/quan-tri/ke-hoach/xem-truoc?loai=plan&phan=5"),
    "ladder, a question": (
        "soan.donvi",
        "/khen-thuong/thang?doi-tuong=collective&dip=final_review&nam=2030&rating=completed",
    ),
    "ladder, a question that is none": ("chuyenvien", "/khen-thuong/thang?doi-tuong=x&nam=1"),
    "ladder, choices": ("chuyenvien", "/khen-thuong/thang/chon"),
    "decision, draft": ("chuyenvien", "/quyet-dinh/{decision_draft}"),
    "decision, its text": ("chuyenvien", "/quyet-dinh/{decision_draft}/sua"),
    "decision, to be approved": ("lanhdao", "/quyet-dinh/{decision_review}"),
    "decision, to be numbered": ("vanthu", "/quyet-dinh/{decision_approved}"),
    "decision, to be signed": ("vanthu", "/quyet-dinh/{decision_numbered}"),
    "letter that went up": ("chuyenvien", "/quyet-dinh/{decision_issued}"),
    "decisions, one step": ("vanthu", "/quyet-dinh?loai=award&buoc=approved"),
    "fund as the auditor reads it": ("kiemtra", "/quy-khen-thuong/{award_round_id}"),
    "certificates of a title": (
        "chuyenvien",
        "/giay-khen/quyet-dinh/{decision_id}?loai=good_worker",
    ),
    "certificates as the auditor reads them": ("kiemtra", "/giay-khen/quyet-dinh/{decision_id}"),
    "layout as the auditor reads it": ("kiemtra", "/giay-khen/mau/{layout_unit_id}/base_title"),
    "log of prints, nothing found": ("chuyenvien", "/giay-khen/so-in?tim=khong+co+ai"),
    "certificate that was never issued": ("", "/xac-minh/khong-co"),
    "ratings, narrowed": ("kiemtra", "/khen-thuong/xep-loai?nam=2026&loai=official&cho=unit"),
    "holds that are over": ("kiemtra", "/khen-thuong/tam-dung?het=1"),
    "facts of an own unit": ("thutruong.donvi", "/khen-thuong/thong-tin/{unit_id}"),
    "excused unit": ("chuyenvien", "/nghia-vu/{excused}/bo-mien"),
}
REGISTERS = {
    "other_id": "INSERT INTO other_subject (tenant_id, id, name, kind, unit_id, created_at) SELECT"
    " id, gen_random_uuid(), 'Hộ ông Lò Văn Pâng', 'household', id, now() FROM tenant",
    "consultation_id": "INSERT INTO consultation (tenant_id, id, round_id, unit_id, code, title,"
    " opens_on, closes_on, working_days, published_at) SELECT id, gen_random_uuid(), (SELECT r.id"
    " FROM award_round AS r WHERE r.tenant_id = tenant.id LIMIT 1), id, 'abcdefghjkmnpqrstuvw',"
    " 'Danh sách đề nghị khen thưởng', current_date - 1, current_date + 9, 7, now() FROM tenant",
    "entry_id": "INSERT INTO consultation_entry (tenant_id, id, consultation_id, nomination_id,"
    " position, subject_name, subject_unit_name, award) SELECT n.tenant_id, gen_random_uuid(),"
    " c.id, n.id, 1, n.subject_name, n.subject_unit_name, n.award FROM tenant JOIN consultation"
    " AS c ON c.tenant_id = tenant.id JOIN (SELECT DISTINCT ON (tenant_id) * FROM nomination"
    " ORDER BY tenant_id, id) AS n ON n.tenant_id = tenant.id",
    "complaint_id": "INSERT INTO complaint (tenant_id, id, unit_id, grant_id, subject_name, body,"
    " received_on, recorded_at) SELECT id, gen_random_uuid(), id, (SELECT g.id FROM award_grant"
    " AS g WHERE g.tenant_id = tenant.id LIMIT 1), 'Lò Văn Pâng', 'Thành tích không đúng thực tế.',"
    " current_date, now() FROM tenant",
    "initiative_id": "INSERT INTO initiative (tenant_id, id, name, unit_id, year, level,"
    " created_at) SELECT id, gen_random_uuid(), 'Bệnh án điện tử', id, 2026, 'unit', now()"
    " FROM tenant",
    "hold_id": "INSERT INTO subject_hold (tenant_id, id, subject_id, unit_id, kind, reason,"
    " from_on, made_at) SELECT id, gen_random_uuid(), id, id, 'complaint', 'Đơn thư.',"
    " '2026-11-01', now() FROM tenant",
}
REFUSALS = {
    "law, many confirmed on a day that is none": 422,
    "trail, wrong days": 422,
    "ladder, a question that is none": 422,
    "not for this role": 403,
    "no such page": 404,
    "certificate that was never issued": 404,
    "link by mail that is not good": 404,
    "invitation that is not good": 404,
}


@dataclass
class Windows:
    """One window for each reader, used for all of the pages; what the browser complained of."""

    browser: Browser
    site: Site
    things: dict[str, str]
    pages: dict[str, Page] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)

    def of(self, who: str) -> Page:
        """Return a reader's window; "" is somebody who is not signed in."""
        if who not in self.pages:
            context = (
                self.site.context(self.browser, SLUG, who)
                if who
                else self.browser.new_context(base_url=self.site.url(SLUG))
            )
            page = self.pages[who] = context.new_page()
            page.on(
                "console",
                lambda line: self.told.append(line.text) if line.type == "error" else None,
            )
            page.on("pageerror", lambda error: self.told.append(str(error)))
        return self.pages[who]

    def _heard(self, line: ConsoleMessage) -> None:
        if line.type == "error":
            self.told.append(line.text)


@pytest.fixture(scope="module")
def windows(chromium: Browser, site: Site) -> Iterator[Windows]:
    row = site.sql(THINGS, SLUG)[0]
    things = {key: str(value) for key, value in row.items()}
    things |= print_certificates(site, SLUG)
    things |= make_decisions(site, SLUG)
    for name, sql in REGISTERS.items():
        things[name] = str(site.sql(f"{sql} WHERE slug = $1 RETURNING id", SLUG)[0]["id"])
    things["subject_id"] = things["person_id"]
    things["consultation_code"] = "abcdefghjkmnpqrstuvw"
    grant = "SELECT id FROM award_grant WHERE tenant_id = (SELECT id FROM tenant WHERE slug = $1)"
    things["award_grant_id"] = str(site.sql(grant, SLUG)[0]["id"])
    made = Windows(chromium, site, things | {"slug": next(iter(all_pages()))})
    yield made
    for page in made.pages.values():
        page.context.close()


def look_at(windows: Windows, who: str, path: str, status: int = 200) -> None:
    """Open a page, look at it in both sizes and complain of everything at once."""
    page = windows.of(who)
    windows.told.clear()
    set_size(page, DESKTOP)
    answer = page.goto(path)
    assert answer
    assert answer.status == status, (path, answer.status)
    faults = faults_in_both_sizes(page)
    if status >= 400:  # Chromium itself writes the status of such a page to its console
        windows.told[:] = [line for line in windows.told if "status of" not in line]
    if windows.told:
        faults["console"] = list(windows.told)
    assert faults == {}, json.dumps(faults, ensure_ascii=False, indent=1)


def reader_of(case: Case) -> str:
    """Return who looks at a page."""
    if case.name in SPECIAL_READERS:
        return SPECIAL_READERS[case.name]
    first = case.access if isinstance(case.access, str) else case.access[0]
    return READERS[first]


@pytest.mark.parametrize(
    "case", [case for case in PAGES if case.name not in NOT_PAGES], ids=lambda case: case.name
)
def test_page_is_accessible_and_fits(windows: Windows, case: Case) -> None:
    path = PARAMETER.sub(lambda found: windows.things[found.group(1)], case.path)
    look_at(windows, reader_of(case), path + QUERIES.get(case.name, ""))


@pytest.mark.parametrize("state", STATES)
def test_state_of_a_page_is_accessible_and_fits(windows: Windows, state: str) -> None:
    who, path = STATES[state]
    look_at(windows, who, path.format(**windows.things), REFUSALS.get(state, 200))


def test_a_list_whose_lines_are_refused_is_accessible_and_fits(windows: Windows) -> None:
    page = windows.of("soan.donvi")
    set_size(page, DESKTOP)
    page.goto(f"/khen-thuong/danh-sach/{windows.things['list_id']}/nhap-excel")
    lines = "Họ và tên;Hình thức;Chức vụ\nKhông Có Ai;Giấy khen;Bác sĩ\n"
    page.locator("input[type=file]").set_input_files(
        {"name": "ds.csv", "mimeType": "text/csv", "buffer": lines.encode()}
    )
    page.get_by_role("button", name="Xem trước").click()
    expect(page.get_by_text("1 dòng, 1 dòng cần sửa")).to_be_visible()
    assert faults_in_both_sizes(page) == {}


def test_paper_shows_what_the_screen_folds_and_none_of_its_furniture(windows: Windows) -> None:
    page = windows.of("chuyenvien")
    set_size(page, DESKTOP)
    page.goto(f"/bao-cao/{windows.things['in_review']}/duyet")
    folded = page.locator("details.card.fold").first
    assert folded.get_attribute("open") is None
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    expect(folded.locator(".text-block").first).to_be_visible()
    for furniture in (".site-nav", ".tabbar", ".bell", ".decide-bar", ".page-actions"):
        expect(page.locator(furniture).first).to_be_hidden()
    page.emulate_media(media="screen")


def test_steps_of_signing_in_are_accessible(windows: Windows, site: Site) -> None:
    page = windows.browser.new_context(base_url=site.url("vinh_long")).new_page()
    site.sql(
        "UPDATE account SET must_change_password = true WHERE username = 'hoidong' AND tenant_id ="
        " (SELECT id FROM tenant WHERE slug = 'vinh_long')"
    )
    steps = {"chuyenvien": "/xac-thuc", "hoidong": "/doi-mat-khau"}
    for who, expected in steps.items():
        page.context.clear_cookies()
        page.goto("/dang-nhap")
        page.get_by_label("Tên đăng nhập").fill(who)
        page.get_by_label("Mật khẩu").fill(site.accounts["vinh_long", who]["password"])
        page.get_by_role("button", name="Đăng nhập").click()
        page.wait_for_url(f"**{expected}**")
        assert faults_in_both_sizes(page) == {}
    page.context.close()


def test_first_page_travels_in_less_than_200_kilobytes(windows: Windows, site: Site) -> None:
    context = site.context(windows.browser, SLUG, "soan.donvi")
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    travelled: list[float] = []
    network.on("Network.loadingFinished", lambda told: travelled.append(told["encodedDataLength"]))
    page.goto("/viec-cua-toi", wait_until="networkidle")
    context.close()
    assert len(travelled) > 4
    assert sum(travelled) < 200_000
