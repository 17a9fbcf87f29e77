"""The face by itself: accessible, no wider than the phone, nothing typed is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from core.web.build import DIST
from tests.browser import gallery
from tests.browser.faults import SIZES, faults_of_axe, is_too_wide, set_size
from tests.browser.gallery_server import Saves, serving

pytestmark = pytest.mark.browser
NARRATIVE = "textarea[name=narrative]"


@pytest.fixture(scope="module")
def browser(chromium: Browser) -> Browser:
    return chromium


@pytest.fixture(scope="module")
def site() -> Iterator[tuple[str, Saves]]:
    with serving() as running:
        yield running


@pytest.fixture
def saves(site: tuple[str, Saves]) -> Saves:
    site[1].answers.clear()
    site[1].received.clear()
    return site[1]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", gallery.PAGES)
def test_page_is_accessible_and_fits(browser: Browser, site: tuple[str, Saves], name: str) -> None:
    """All of axe's rules in both sizes, each opened anew: what other pages have in common."""
    faults: dict[str, Any] = {}
    context = browser.new_context()
    page = context.new_page()
    told: list[str] = []
    page.on("console", lambda line: told.append(line.text) if line.type == "error" else None)
    page.on("pageerror", lambda error: told.append(str(error)))
    for size in SIZES:
        set_size(page, SIZES[size])
        page.goto(f"{site[0]}/{name}")
        faults |= {f"{size} {fault['rule']}": fault["where"] for fault in faults_of_axe(page)}
        if is_too_wide(page):
            faults[size] = "wider than the window"
    context.close()
    assert told == []
    assert faults == {}, json.dumps(faults, ensure_ascii=False, indent=1)


def test_first_page_is_small(browser: Browser, site: tuple[str, Saves]) -> None:
    import gzip

    files = [path for path in DIST.iterdir() if path.suffix in {".css", ".js", ".svg"}]
    texts = sum(len(gzip.compress(path.read_bytes())) for path in files)
    fonts = sum(path.stat().st_size for path in DIST.glob("*.woff2"))
    html = max(len(gzip.compress(gallery.html(name).encode())) for name in gallery.PAGES)
    assert texts + fonts + html < 200_000


def test_typing_is_saved_and_said(page: Page, site: tuple[str, Saves], saves: Saves) -> None:
    page.goto(f"{site[0]}/report-form")
    page.fill(NARRATIVE, "Đã áp dụng 9 sáng kiến.")
    expect(page.locator("[data-saving]")).to_have_text("Đã lưu 10:43:00", timeout=6000)
    sent = saves.received[0]
    assert sent["version"] == 3
    assert sent["fields"] == {"narrative": "Đã áp dụng 9 sáng kiến.", "self_assessment": "dat"}
    assert page.evaluate("Object.keys(localStorage)") == []


def test_lost_connection_keeps_the_typing_over_a_reload(
    page: Page, site: tuple[str, Saves], saves: Saves
) -> None:
    page.goto(f"{site[0]}/report-form")
    page.route("**/phan/**", lambda route: route.abort())
    page.fill(NARRATIVE, "Chữ gõ khi mất mạng.")
    expect(page.locator("[data-saving]")).to_contain_text("Mất kết nối", timeout=6000)
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(page.locator(NARRATIVE)).to_have_value("Chữ gõ khi mất mạng.")
    page.unroute("**/phan/**")
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=9000)
    assert saves.received[-1]["fields"]["narrative"] == "Chữ gõ khi mất mạng."


def _clash() -> tuple[int, dict[str, Any]]:
    current: dict[str, Any] = {
        "version": 8,
        "fields": {"narrative": "Bản của chị Hà.", "self_assessment": "vuot"},
        "saved_by": "Chị Hà",
        "saved_at_text": "10:41:00",
    }
    current["text"] = "Bản của chị Hà.\n\nTự đánh giá: Vượt"
    yours = {"version": 7, "fields": {"narrative": "Bản của tôi."}, "text": "Bản của tôi."}
    return 409, {
        "code": "stale_part",
        "detail": "Người khác vừa lưu.",
        "current": current,
        "yours": yours,
    }


def test_a_clash_shows_both_texts_and_mine_can_win(
    page: Page, site: tuple[str, Saves], saves: Saves
) -> None:
    saves.answers.append(_clash())
    page.goto(f"{site[0]}/report-form")
    page.fill(NARRATIVE, "Bản của tôi.")
    expect(page.locator("[data-clash]")).to_be_visible(timeout=6000)
    expect(page.locator("[data-clash-mine]")).to_contain_text("Bản của tôi.")
    expect(page.locator("[data-clash-theirs]")).to_contain_text("Bản của chị Hà.")
    expect(page.locator("[data-clash-who]")).to_contain_text("Chị Hà")
    page.click("[data-keep-mine]")
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=6000)
    assert saves.received[-1] == {
        "version": 8,
        "fields": {"narrative": "Bản của tôi.", "self_assessment": "dat"},
    }


def test_a_clash_can_take_theirs(page: Page, site: tuple[str, Saves], saves: Saves) -> None:
    saves.answers.append(_clash())
    page.goto(f"{site[0]}/report-form")
    page.fill(NARRATIVE, "Bản của tôi.")
    page.click("[data-take-theirs]", timeout=6000)
    expect(page.locator(NARRATIVE)).to_have_value("Bản của chị Hà.")
    expect(page.locator("input[name=self_assessment][value=vuot]")).to_be_checked()
    assert len(saves.received) == 1


def test_an_ended_session_asks_on_the_page_and_saves_afterwards(
    page: Page, site: tuple[str, Saves], saves: Saves
) -> None:
    saves.answers.append((401, {"code": "session_expired", "detail": "Phiên đã hết."}))
    page.goto(f"{site[0]}/report-form")
    page.fill(NARRATIVE, "Gõ khi phiên đã hết.")
    dialog = page.locator("#hoi-mat-khau")
    expect(dialog).to_be_visible(timeout=6000)
    page.fill("#hoi-mk", "sai")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Mật khẩu chưa đúng.")
    page.fill("#hoi-mk", "Đúng-mật-khẩu-1")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=6000)
    assert saves.received[-1]["fields"]["narrative"] == "Gõ khi phiên đã hết."


def test_a_refused_figure_is_said_at_the_field(
    page: Page, site: tuple[str, Saves], saves: Saves
) -> None:
    sentence = "Chỉ nhập số, ví dụ 12,5 hoặc 1.234."
    saves.answers.append((422, {"errors": [{"field": "figures.ho-so", "message": sentence}]}))
    page.goto(f"{site[0]}/report-figures")
    figure = page.locator('[name="figures.ho-so.value"]')
    figure.fill("abc")
    expect(page.locator("[data-live-error]")).to_have_text(sentence, timeout=6000)
    expect(figure).to_have_attribute("aria-invalid", "true")
    figure.fill("12,5")
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=6000)
    expect(page.locator("[data-live-error]")).to_have_count(0)


def test_initiatives_are_sent_as_a_list(page: Page, site: tuple[str, Saves], saves: Saves) -> None:
    page.goto(f"{site[0]}/report-initiatives")
    page.fill('[name="items.1.name"]', "Bệnh án điện tử")
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=6000)
    items = saves.received[-1]["fields"]["items"]
    assert [item["name"] for item in items] == ["Hẹn giờ khám qua tin nhắn", "Bệnh án điện tử"]


def test_adding_a_file_loses_no_typing(page: Page, site: tuple[str, Saves], saves: Saves) -> None:
    asked: list[str] = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.route("**/tep", lambda route: route.fulfill(status=201, json={"name": "a.pdf"}))
    page.goto(f"{site[0]}/report-form")
    page.locator(NARRATIVE).press_sequentially("Mới. ")
    typed = page.input_value(NARRATIVE)
    with page.expect_navigation():
        page.set_input_files("#f-file", {"name": "a.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    expect(page.locator(NARRATIVE)).to_have_value(typed)
    expect(page.locator("[data-saving]")).to_contain_text("Đã lưu 10:43:00", timeout=6000)
    assert saves.received[-1]["fields"]["narrative"] == typed
    assert asked == []


def test_a_file_too_large_is_refused_in_words(page: Page, site: tuple[str, Saves]) -> None:
    page.goto(f"{site[0]}/report-form")
    page.eval_on_selector("form[data-upload]", "form => { form.dataset.maxBytes = '1048576'; }")
    large = {"name": "anh.png", "mimeType": "image/png", "buffer": b"0" * 1_048_577}
    page.set_input_files("#f-file", large)
    told = page.locator("[data-upload-state]")
    expect(told).to_have_text("Tệp “anh.png” quá lớn (tối đa 1 MB). Xin chọn tệp nhỏ hơn.")


def test_error_summary_takes_the_focus_and_leads_to_the_field(
    page: Page, site: tuple[str, Saves]
) -> None:
    page.goto(f"{site[0]}/report-errors")
    expect(page.locator(".errors")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator('[name="figures.ho-so.value"]')).to_be_focused()


def test_keyboard_reaches_the_content_first_and_closes_the_menu(
    page: Page, site: tuple[str, Saves]
) -> None:
    page.goto(f"{site[0]}/my-work")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.locator(".who summary").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".who .menu-card")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".who .menu-card")).to_be_hidden()
    expect(page.locator(".who summary")).to_be_focused()


def test_everything_is_there_without_script(browser: Browser, site: tuple[str, Saves]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{site[0]}/report-form")
    form = page.locator("form#bieu-mau")
    expect(form).to_have_attribute("method", "post")
    expect(page.locator('button[form="bieu-mau"]')).to_be_visible()
    expect(page.locator(".upload button[type=submit]")).to_be_visible()
    page.locator(".tabbar summary").click()
    expect(page.locator(".tabbar .menu-card")).to_be_visible()
    context.close()


def test_print_leaves_the_furniture_out(page: Page, site: tuple[str, Saves]) -> None:
    page.goto(f"{site[0]}/report-form")
    page.emulate_media(media="print")
    for furniture in (".site-nav", ".tabbar", ".bottom-bar", ".bell"):
        expect(page.locator(furniture).first).to_be_hidden()
    expect(page.locator(".quote")).to_be_visible()


def test_templates_have_no_inline_style_or_script() -> None:
    root = Path(gallery.__file__).parents[2]
    files = [*root.glob("core/*/templates/**/*.html"), *root.glob("tenants/templates/**/*.html")]
    pages = [path for path in files if "render" not in path.parts and "documents" not in path.parts]
    assert pages
    for path in pages:
        text = path.read_text()
        assert " style=" not in text, path
        assert "<style" not in text, path
        assert " onclick=" not in text, path
        assert "<script>" not in text, path
