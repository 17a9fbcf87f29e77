"""What is not confirmed says so where it acts; what nothing reads yet says that."""

from __future__ import annotations

import pytest

from core.law import service as law
from tests.integration.setup.site import make_place, visit

pytestmark = pytest.mark.usefixtures("app_db")
ONE = "/quan-tri/phap-ly/tham-so"


@pytest.mark.parametrize(
    ("path", "keys"),
    [
        ("/quan-tri/loi-moi", ["invitation_lifetime"]),
        ("/tai-khoan", ["admin_roles", "session_idle_admin", "api_token_lifetime"]),
    ],
)
async def test_the_administrators_pages_name_what_is_not_confirmed(
    path: str, keys: list[str]
) -> None:
    place = await make_place()
    async with visit(place) as admin:
        await admin.get(path)
        shown = {key: law.today(key).label in admin.page for key in keys}
    assert shown == dict.fromkeys(keys, True)


async def test_the_link_of_a_forgotten_password_names_its_minutes() -> None:
    place = await make_place()
    async with visit(None, place.slug) as person:
        await person.get("/quen-mat-khau")
        await person.post("/quen-mat-khau", identifier="khong-co")
        assert "dùng được 60 phút" in person.page
        assert law.today("reset_link_lifetime").label in person.page


async def test_a_refused_sign_in_names_the_wait_of_an_address() -> None:
    place = await make_place()
    async with visit(None, place.slug) as person:
        await person.get("/dang-nhap")
        await person.post("/dang-nhap", username="khong-co", password="sai")
        assert "Sai quá 10 lần từ cùng một địa chỉ mạng" in person.page
        assert law.today("address_delay_longest").label in person.page


async def test_replacing_what_nothing_reads_yet_promises_no_effect() -> None:
    place = await make_place()
    async with visit(place) as admin:
        await admin.get(f"{ONE}?khoa=session_idle&viec=thay")
        used = admin.page
        await admin.get(f"{ONE}?khoa=log_retention&viec=thay")
        unused = admin.page
    assert ("trong vài giây" in used, "chưa có tác dụng" in used) == (True, False)
    assert ("trong vài giây" in unused, "chưa có tác dụng" in unused) == (False, True)
