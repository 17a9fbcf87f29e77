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
    "councils.mine",
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
WITH_THINGS = [
    case
    for case in BEHIND_SIGN_IN
    if case.name in NAMED_IN_BODY or (case.parameters and "slug" not in case.parameters)
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
        first = await site.get(f"{base}/quen-mat-khau")
        found = CSRF.search(first.text)
        assert found, first.text[:300]
        headers["x-csrf-token"] = found.group(1)
        if tokens:
            site.cookies.set(COOKIE, tokens["web"], domain=f"{host.slug}.localhost")
    return await site.request(
        case.method, base + case.address(world), headers=headers, **body_of(case, world)
    )


UPLOADS = {
    "api.upload_council_file",
    "api.upload_evidence", "api.upload_round_attachment", "api.upload_decision_file",
    "evidence.upload", "statistics.attach_signed", "api.attach_nomination_file",
    "api.upload_ratings",
    "certificates.save_emblem",
    "honours.upload",
}  # fmt: skip


def _facts(world: World) -> dict[str, Any]:
    """Return bodies about ratings, facts, holds, initiatives and others."""
    named = {"name": "Tên", "unit_id": world.examples["unit_id"]}
    idea = {**named, "year": 2026, "level": "unit", "authors": "Nguyễn Văn An"}
    other = {**named, "kind": "person"}
    return {
        "api.declare_facts": {"year": 2026, "source": "Biên bản", "facts": {"obeys_law": True}},
        "api.record_rating": {
            "year": 2026, "scope": "person", "rating": "completed", "basis": "QĐ 1",
        },
        "api.make_hold": {"kind": "complaint", "reason": "Đơn", "from_on": "2026-11-01"},
        "api.release_hold": {"released_on": "2026-11-20", "release_note": "Xong."},
        "api.apply_ratings": {"state": "official"},
        "api.add_initiative": idea,
        "api.save_initiative": idea,
        "api.add_other": other,
        "api.save_other": other,
    }  # fmt: skip


def body_of(case: Case, world: World) -> dict[str, Any]:
    """Return a body that decodes, so that the answer is about the right and not about the form."""
    if case.method == "GET":
        return {}
    day, text = "2026-12-20", "Lý do."
    instant = f"{day}T00:00:00+07:00"
    bodies: dict[str, Any] = {
        "api.open_round": {"kind": "annual", "year": 2026},
        "api.save_report_draft": {"version": 1, "fields": {"narrative": text}},
        "reports.autosave": {"version": 1, "fields": {"narrative": text}},
        "nominations.autosave": {"version": 1, "fields": {}},
        "api.save_nomination_part": {"version": 1, "fields": {}},
        "api.open_award_round": {
            "unit_id": world.examples["unit_id"],
            "occasion": "annual",
            "year": 2026,
            "period_from": "2026-01-01",
            "period_to": "2026-12-31",
        },
        "api.begin_list": {"unit_id": world.examples["unit_id"]},
        "api.set_letter": {"number": "1/TTr"},
        "api.propose": {
            "kind": "individual",
            "rung": "x",
            "subject_ids": [world.examples["person_id"]],
        },
        "api.send_nominations": {"nomination_ids": [world.examples["nomination_id"]]},
        "api.step_nominations": {
            "nomination_ids": [world.examples["nomination_id"]],
            "step": "receive",
        },
        "api.withdraw_nomination": {"reason": text},
        "api.return_nomination": {
            "parts": [{"part_key": "profile", "reason": text, "due_at": instant}]
        },
        "api.appraise_nomination": {"recommendation": "agree", "opinion": text},
        "api.request_sign_off": {"note": text},
        "api.give_back": {"note": text},
        "api.return_criteria": {
            "parts": [{"part_key": "criterion:c1", "reason": text, "due_at": instant}]
        },
        "api.accept_criteria": {"part_keys": ["criterion:c1"]},
        "api.change_due": {"due_at": instant},
        "api.excuse_unit": {"reason": text},
        "api.extend_due": {"due_at": instant, "reason": text},
        "api.edit_consolidation": {"version": 1, "texts": {}},
        "api.approve_consolidation": {"version": 1},
        "api.issue_consolidation": {"version": 1, "document_date": day},
        "api.save_ladder_choices": {"version": 0, "chosen": {}},
        "api.simulate_award": {"subject_kind": "collective", "occasion": "annual", "year": 2026},
        "api.propose_revocation": {"ground": "forged_dossier", "facts": text},
        "api.record_money_back": {"amount": 1, "entered_on": day, "basis": text},
        "api.publish_list": {"round_id": world.examples["award_round_id"]},
        "api.record_opinion": {
            "entry_id": world.examples["entry_id"],
            "stance": "support",
            "body": text,
        },
        "api.send_opinion": {
            "entry_id": world.examples["entry_id"],
            "stance": "support",
            "body": text,
        },
        "api.record_complaint": {
            "complainant": text,
            "body": text,
            "nomination_id": world.examples["nomination_id"],
        },
        "api.conclude_complaint": {"outcome": "dismissed", "conclusion": text},
        "api.print_certificates": {},
        "api.save_certificate_layout": {
            "version": 1,
            "stock": "blank",
            "position": text,
            "settings": {},
        },
        "api.draft_decision": {"nomination_ids": []},
        "api.save_decision_text": {"version": 1, "text": {"title": text}},
        "api.review_decision": {"version": 1},
        "api.approve_decision": {"version": 1},
        "api.give_back_decision": {"version": 1, "reason": text},
        "api.number_decision": {"version": 1, "decided_on": day},
        "api.sign_decision": {"party": "person", "password": "x", "image": "", "key": ""},
        "api.attach_decision_scan": {"name": "a.pdf", "content": "JVBERi0="},
        "api.issue_decision": {"accept_short": True},
        "api.record_outcome": {"awarded": False, "note": text},
        "api.check_signatures": {"name": "a.pdf", "content": "JVBERi0="},
        "api.add_fund": {"kind": "allocation", "amount": 1, "entered_on": day, "basis": text},
        **_facts(world),
        "api.create_council": {"unit_id": world.examples["unit_id"]},
        "api.add_council_member": {},
        "api.create_meeting": {},
        "api.set_presences": {"seats": {}},
        "api.finish_meeting": {},
        "api.add_cases": {"nomination_ids": []},
        "api.declare_interest": {"kind": "relative"},
        "api.decide_interests": {"ways": {}},
        "api.step_ballots": {"case_ids": [world.examples["case_id"]]},
        "api.hand_out_slips": {"seat_ids": []},
        "api.record_vote": {"seat_id": world.examples["case_id"], "choice": "agree"},
        "api.enter_count": {"teller": 1},
        "api.chair_word": {"choice": "agree"},
        "api.cast_votes": {"choices": {}},
        "api.create_document": {"kind": "receipt", "subject_id": world.examples["report_id"]},
    }
    if case.name in bodies:
        return {"json": bodies[case.name]}
    if case.name in UPLOADS:
        return {"files": {"file": ("a.pdf", b"%PDF-1.4", "application/pdf")}}
    return {
        "data": {
            "reason": text, "note": text, "due": day, "version": "1", "kind": "receipt",
            "subject_id": world.examples["report_id"], "role": "officer", "year": "2026",
            "unit_id": world.examples["unit_id"], "inner_report_id": world.examples["report_id"],
            "text": text, "document_date": day, "narrative": text, "_version": "1",
            "username": "moi", "display_name": "Mới", "role_unit_id": world.examples["unit_id"],
        }
    }  # fmt: skip


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
        "revocation_id",
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
