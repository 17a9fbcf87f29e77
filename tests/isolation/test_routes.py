"""Every route × who must be turned away, enumerated from the application itself.

A new route is in the matrix at once: its path parameters need an example in `world.py`, and if it
is open to everybody who is signed in it must be named below.
"""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx
import pytest
from litestar.routes import HTTPRoute

from core.accounts.guards import COOKIE
from core.app import create_litestar
from core.kit import db
from tenants.service import forget_hosts
from tests.application import application
from tests.isolation.bodies import body_of
from tests.isolation.world import World, make_world

TURNED_AWAY = {403, 404}
PARAMETER = re.compile(r"\{(\w+)(?::\w+)?\}")
CSRF = re.compile(r'name="csrf-token" content="([^"]+)"')

# Open to everybody who is signed in, whatever the role: own things, and what all may read.
EVERYBODY = {
    "home", "reports.my_work", "reports.rounds", "movements.plan", "organisation.list",
    "organisation.unit", "notifications.list", "notifications.read_all", "own_account",
    "change_password_page", "change_password", "enrolment_page", "enrolment",
    "second_factor_page", "second_factor", "renew_recovery_codes", "revoke_other_sessions",
    "api.list_my_work", "api.list_rounds", "guide.list", "guide.page", "nominations.hub",
    "honours.opinion_form", "honours.send_opinion", "api.send_opinion",
    "councils.mine", "nominations.brief",
    "api.list_my_meetings",
    "nominations.ladder", "api.get_ladder", "api.simulate_award",
    "api.list_award_work",
}  # fmt: skip
# A round is of all units that owe a report in it.
SHARED_BY_UNITS = {
    "api.get_round", "reports.round", "nominations.round", "api.get_award_round",
    "nominations.suggestions", "api.list_suggestions", "nominations.take_suggestion",
}  # fmt: skip
# Made by the framework: options, static files, the API's description and its 404.
TECHNICAL = {"static", "static/head", "health"}


@dataclass(frozen=True)
class Case:
    """One handler: method, path with parameters, name, declared access."""

    method: str
    path: str
    name: str
    access: Any

    @property
    def parameters(self) -> list[str]:
        return PARAMETER.findall(self.path)

    def address(self, world: World) -> str:
        """Return the path with the department's examples in it."""
        return PARAMETER.sub(lambda m: quote(world.examples[m.group(1)], safe=""), self.path)


def cases() -> list[Case]:
    """Return every route of the application that is ours."""
    found = []
    for route in create_litestar().routes:
        if not isinstance(route, HTTPRoute):
            continue
        for handler in route.route_handlers:
            methods = set(handler.http_methods) - {"OPTIONS", "HEAD"}
            if not methods or (handler.name or "") in TECHNICAL or "litestar" in str(handler.name):
                continue
            if route.path.startswith("/api/v1") and handler.name is None:
                continue
            for method in sorted(methods):
                found.append(
                    Case(method, route.path, handler.name or "", handler.opt.get("access"))
                )
    return sorted(found, key=lambda case: (case.path, case.method))


CASES = cases()
BEHIND_SIGN_IN = [case for case in CASES if case.access != "anonymous"]
# The thing stands in the body, not in the path.
NAMED_IN_BODY = {"api.create_document", "documents.request"}
# A plugin, a key of the law: no department has them for itself.
NOBODYS = {"slug", "law_key"}
WITH_THINGS = [
    case
    for case in BEHIND_SIGN_IN
    if case.name in NAMED_IN_BODY or (case.parameters and not NOBODYS & set(case.parameters))
]


def name_of(case: Case) -> str:
    return f"{case.method} {case.name}"


@pytest.fixture(scope="module")
async def worlds(app_db: db.TenantEngine) -> tuple[World, World]:
    forget_hosts()
    return await make_world(), await make_world()


@pytest.fixture(scope="module")
async def site(app_db: db.TenantEngine) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(application(), raise_app_exceptions=False)  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=transport, follow_redirects=False) as client:
        yield client


async def ask(
    site: httpx.AsyncClient, case: Case, world: World, *, host: World, tokens: dict[str, str] | None
) -> httpx.Response:
    """Send one request for `world`'s thing to `host`'s site with somebody's tokens."""
    base = f"http://{host.slug}.localhost"
    site.cookies.clear()
    headers = {"accept": "text/html"}
    if case.path.startswith("/api/"):
        headers = {"accept": "application/json"}
        if tokens:
            headers["authorization"] = f"Bearer {tokens['api']}"
    else:
        token, cookies = await _csrf(site, base)
        site.cookies.update(cookies)
        headers["x-csrf-token"] = token
        if tokens:
            site.cookies.set(COOKIE, tokens["web"], domain=f"{host.slug}.localhost")
    return await site.request(
        case.method, base + case.address(world), headers=headers,
        **body_of(case.name, case.method, world),
    )  # fmt: skip


async def _csrf(site: httpx.AsyncClient, base: str) -> tuple[str, httpx.Cookies]:
    """Return a host's token with its cookie, asked for once."""
    if base not in _TOKENS:
        first = await site.get(f"{base}/quen-mat-khau")
        found = CSRF.search(first.text)
        assert found, first.text[:300]
        _TOKENS[base] = found.group(1), httpx.Cookies(site.cookies)
    return _TOKENS[base]


_TOKENS: dict[str, tuple[str, httpx.Cookies]] = {}


def test_every_route_has_a_name_and_says_who_may_use_it() -> None:
    assert [case for case in CASES if not case.name or case.access is None] == []


def test_every_path_parameter_has_an_example() -> None:
    known = set(World.__dataclass_fields__) and {
        "round_id", "report_id", "part_key", "obligation_id", "evidence_id", "file_id",
        "document_id", "consolidation_id", "notice_id", "account_id", "unit_id", "key", "token",
        "slug", "session_id", "grant_id", "support_grant_id", "export_id",
        "law_decision_id", "decision_id", "run_id", "layout_unit_id", "award_kind", "code",
        "block_id", "change_id", "move_id", "person_id", "act", "award_round_id", "list_id",
        "nomination_id", "nomination_part", "nomination_evidence_id",
        "dossier_item", "dossier_paper_id",
        "council_id", "member_id", "meeting_id", "case_id", "step",
        "subject_id", "hold_id", "initiative_id", "other_id",
        "entry_id", "which",
        "award_grant_id", "consultation_id", "consultation_code", "complaint_id",
        "revocation_id", "law_key",
    }  # fmt: skip
    assert {name for case in CASES for name in case.parameters} <= known


@pytest.mark.parametrize("case", BEHIND_SIGN_IN, ids=name_of)
async def test_anonymous_is_asked_to_sign_in(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case
) -> None:
    answer = await ask(site, case, worlds[0], host=worlds[0], tokens=None)
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/dang-nhap")
    else:
        assert answer.status_code == 401, answer.text[:300]


@pytest.mark.parametrize("case", BEHIND_SIGN_IN, ids=name_of)
async def test_session_of_another_department_is_worth_nothing(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case
) -> None:
    one, two = worlds
    answer = await ask(site, case, one, host=one, tokens=two.tokens["tenant_admin"])
    if answer.status_code == 303:
        assert answer.headers["location"].startswith("/dang-nhap")
    else:
        assert answer.status_code == 401, answer.text[:300]


@pytest.mark.parametrize("case", WITH_THINGS, ids=name_of)
@pytest.mark.parametrize("who", ["officer", "tenant_admin", "head0", "records_clerk"])
async def test_things_of_another_department_do_not_exist(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case, who: str
) -> None:
    one, two = worlds
    answer = await ask(site, case, one, host=two, tokens=two.tokens[who])
    assert answer.status_code in TURNED_AWAY, (
        answer.status_code,
        answer.headers,
        answer.text[:300],
    )


@pytest.mark.parametrize(
    "case", [case for case in BEHIND_SIGN_IN if case.name not in EVERYBODY], ids=name_of
)
async def test_wrong_role_is_turned_away(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case
) -> None:
    one, _ = worlds
    answer = await ask(site, case, one, host=one, tokens=one.tokens["council_member"])
    assert answer.status_code in TURNED_AWAY, (
        answer.status_code,
        answer.headers,
        answer.text[:300],
    )


@pytest.mark.parametrize(
    "case",
    [case for case in WITH_THINGS if case.name not in EVERYBODY | SHARED_BY_UNITS],
    ids=name_of,
)
@pytest.mark.parametrize("who", ["clerk1", "head1"])
async def test_wrong_unit_is_turned_away(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case, who: str
) -> None:
    one, _ = worlds
    answer = await ask(site, case, one, host=one, tokens=one.tokens[who])
    assert answer.status_code in TURNED_AWAY, (
        answer.status_code,
        answer.headers,
        answer.text[:300],
    )


@pytest.mark.parametrize(
    "case", [case for case in WITH_THINGS if case.method == "GET"], ids=name_of
)
async def test_the_right_person_gets_in(
    site: httpx.AsyncClient, worlds: tuple[World, World], case: Case
) -> None:
    """Without this, the refusals above could be answers to addresses that nobody can use."""
    one, _ = worlds
    people = ("officer", "clerk0", "tenant_admin", "records_clerk", "m0")
    answers = [
        (await ask(site, case, one, host=one, tokens=one.tokens[who])).status_code for who in people
    ]
    assert min(answers) < 400, answers
