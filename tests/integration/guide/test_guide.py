"""The guide inside the application: who sees which list, every page, no stranger."""

from __future__ import annotations

import re

import pytest
from litestar.types import ASGIApp

from core.accounts import service
from core.accounts.schemas import SYSTEM
from core.guide.pages import SECTIONS, all_pages
from core.kit import db
from core.kit.scope import tenant_scope
from tenants.service import forget_hosts
from tests.application import application
from tests.factories import make_tenant
from tests.integration.accounts.helpers import PASSWORD
from tests.integration.accounts.site import Browser, browser

pytestmark = pytest.mark.usefixtures("app_db")
SLUGS = [f"{prefix}-{name}" for _folder, prefix, _title, names in SECTIONS for name in names]


@pytest.fixture(scope="module")
async def app(app_db: db.TenantEngine) -> ASGIApp:
    tenant = await make_tenant(slug="so-huong-dan")
    with tenant_scope(tenant):
        async with db.transaction():
            for username, role in (("soan", "unit_clerk"), ("hoidong", "council_member")):
                await service.create_account(
                    actor=SYSTEM,
                    username=username,
                    display_name=f"Người {username}",
                    unit_id=tenant,
                    roles=[(role, tenant)],
                    password=PASSWORD,
                )
    forget_hosts()
    return application()


async def signed_in(b: Browser, username: str) -> None:
    await b.get("/dang-nhap")
    answer = await b.post("/dang-nhap", username=username, password=PASSWORD)
    assert answer.status_code == 303, answer.text[:500]


@pytest.mark.parametrize("slug", SLUGS)
async def test_every_page_opens_and_its_links_lead_to_pages(app: ASGIApp, slug: str) -> None:
    async with browser(app, "so-huong-dan") as b:
        await signed_in(b, "soan")
        answer = await b.get(f"/huong-dan/{slug}")
        assert answer.status_code == 200
        page = all_pages()[slug]
        assert f"<h1>{page.title}</h1>" in answer.text
        for heading in page.headings:
            assert f'<h2 id="{heading.anchor}">' in answer.text
            assert f'href="#{heading.anchor}"' in answer.text
        linked = set(re.findall(r'href="/huong-dan/([^"#]+)', answer.text))
        assert linked <= set(SLUGS)
        assert "style=" not in page.html, "the content security policy forbids inline style"


async def test_a_stranger_is_led_to_the_sign_in(app: ASGIApp) -> None:
    async with browser(app, "so-huong-dan") as b:
        for path in ("/huong-dan", *(f"/huong-dan/{slug}" for slug in SLUGS)):
            answer = await b.get(path)
            assert answer.status_code == 303, path
            assert answer.headers["location"] == f"/dang-nhap?tiep={path}"


async def test_an_unknown_page_is_not_found(app: ASGIApp) -> None:
    async with browser(app, "so-huong-dan") as b:
        await signed_in(b, "soan")
        for slug in ("khong-co", "bat-dau", "%2e%2e%2fREADME.md"):
            assert (await b.get(f"/huong-dan/{slug}")).status_code == 404, slug


@pytest.mark.parametrize(
    ("username", "first", "folded"),
    [("soan", "Dành cho đơn vị", "Dành cho Sở"), ("hoidong", "Dành cho Sở", "Dành cho đơn vị")],
)
async def test_the_list_opens_with_the_pages_of_the_roles(
    app: ASGIApp, username: str, first: str, folded: str
) -> None:
    async with browser(app, "so-huong-dan") as b:
        await signed_in(b, username)
        text = (await b.get("/huong-dan")).text
        assert f'<section class="card" aria-label="{first}">' in text
        assert f'<section class="card" aria-label="{folded}">' not in text
        assert all(f'href="/huong-dan/{slug}"' in text for slug in SLUGS)
