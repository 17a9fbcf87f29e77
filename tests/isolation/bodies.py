"""Bodies that decode, so that an answer is about the right and not about the form."""

from __future__ import annotations

from typing import Any

from tests.isolation.world import World

DAY, TEXT = "2026-12-20", "Lý do."
INSTANT = f"{DAY}T00:00:00+07:00"
UPLOADS = {
    "api.upload_council_file",
    "api.upload_evidence", "api.upload_round_attachment", "api.upload_decision_file",
    "evidence.upload", "statistics.attach_signed", "api.attach_nomination_file",
    "api.upload_ratings",
    "api.upload_dossier_file",
    "api.preview_nomination_import",
    "api.upload_earlier_awards",
    "api.upload_certificate_emblem",
    "certificates.save_emblem",
    "honours.upload",
    "api.confirm_legal_parameters", "api.confirm_legal_parameter", "api.replace_legal_parameter",
}  # fmt: skip


def _reports(world: World) -> dict[str, Any]:
    """Return bodies about reports, rounds and papers."""
    things = world.examples
    return {
        "api.open_round": {"kind": "annual", "year": 2026},
        "api.save_report_draft": {"version": 1, "fields": {"narrative": TEXT}},
        "reports.autosave": {"version": 1, "fields": {"narrative": TEXT}},
        "api.request_sign_off": {"note": TEXT},
        "api.give_back": {"note": TEXT},
        "api.return_criteria": {
            "parts": [{"part_key": "criterion:c1", "reason": TEXT, "due_at": INSTANT}]
        },
        "api.accept_criteria": {"part_keys": ["criterion:c1"]},
        "api.change_due": {"due_at": INSTANT},
        "api.excuse_unit": {"reason": TEXT},
        "api.extend_due": {"due_at": INSTANT, "reason": TEXT},
        "api.edit_consolidation": {"version": 1, "texts": {}},
        "api.approve_consolidation": {"version": 1},
        "api.issue_consolidation": {"version": 1, "document_date": DAY},
        "api.create_document": {"kind": "receipt", "subject_id": things["report_id"]},
    }


def _nominations(world: World) -> dict[str, Any]:
    """Return bodies about award rounds, nominations and the ladder."""
    things = world.examples
    return {
        "nominations.autosave": {"version": 1, "fields": {}},
        "api.save_nomination_part": {"version": 1, "fields": {}},
        "api.open_award_round": {
            "unit_id": things["unit_id"],
            "occasion": "annual",
            "year": 2026,
            "period_from": "2026-01-01",
            "period_to": "2026-12-31",
        },
        "api.import_nominations": {"rows": [{"number": 1, "name": TEXT, "award": TEXT}]},
        "api.begin_list": {"unit_id": things["unit_id"]},
        "api.end_legal_decision": {"day": DAY, "reason": TEXT},
        "api.set_letter": {"number": "1/TTr"},
        "api.set_unit_meeting": {
            "starts_at": "2026-01-05T08:00",
            "ends_at": "2026-01-05T09:00",
            "chair": TEXT,
            "secretary": TEXT,
            "summoned": 5,
            "present": 5,
            "discussion": TEXT,
        },
        "api.propose": {
            "kind": "individual",
            "rung": "x",
            "subject_ids": [things["person_id"]],
        },
        "api.send_nominations": {"nomination_ids": [things["nomination_id"]]},
        "api.step_nominations": {
            "nomination_ids": [things["nomination_id"]],
            "step": "receive",
        },
        "api.withdraw_nomination": {"reason": TEXT},
        "api.return_nomination": {
            "parts": [{"part_key": "profile", "reason": TEXT, "due_at": INSTANT}]
        },
        "api.lower_nomination": {"rung": TEXT},
        "api.appraise_nomination": {"recommendation": "agree", "opinion": TEXT},
        "api.save_ladder_choices": {"version": 0, "chosen": {}},
        "api.simulate_award": {"subject_kind": "collective", "occasion": "annual", "year": 2026},
    }


def _decisions(world: World) -> dict[str, Any]:
    """Return bodies about decisions and certificates."""
    return {
        "api.print_certificates": {},
        "api.save_certificate_layout": {
            "version": 1,
            "stock": "blank",
            "position": TEXT,
            "settings": {},
        },
        "api.draft_decision": {"nomination_ids": []},
        "api.save_decision_text": {"version": 1, "text": {"title": TEXT}},
        "api.review_decision": {"version": 1},
        "api.approve_decision": {"version": 1},
        "api.give_back_decision": {"version": 1, "reason": TEXT},
        "api.annul_decision": {"version": 1, "reason": TEXT},
        "api.number_decision": {"version": 1, "decided_on": DAY},
        "api.sign_decision": {"party": "person", "password": "x", "image": "", "key": ""},
        "api.discard_signatures": {"reason": TEXT},
        "api.attach_decision_scan": {"name": "a.pdf", "content": "JVBERi0="},
        "api.issue_decision": {"accept_short": True},
        "api.record_outcome": {"awarded": False, "note": TEXT},
        "api.check_signatures": {"name": "a.pdf", "content": "JVBERi0="},
        "api.add_fund": {"kind": "allocation", "amount": 1, "entered_on": DAY, "basis": TEXT},
    }


def _councils(world: World) -> dict[str, Any]:
    """Return bodies about councils and meetings."""
    things = world.examples
    return {
        "api.create_council": {"unit_id": things["unit_id"]},
        "api.add_council_member": {},
        "api.tie_council_member": {"person_id": None},
        "api.end_council": {"decision_number": TEXT, "ended_on": DAY},
        "api.create_meeting": {},
        "api.set_presences": {"seats": {}},
        "api.finish_meeting": {},
        "api.add_cases": {"nomination_ids": []},
        "api.declare_interest": {"kind": "relative"},
        "api.decide_interests": {"ways": {}},
        "api.step_ballots": {"case_ids": [things["case_id"]]},
        "api.hand_out_slips": {"seat_ids": []},
        "api.record_vote": {"seat_id": things["case_id"], "choice": "agree"},
        "api.enter_count": {"teller": 1},
        "api.chair_word": {"choice": "agree"},
        "api.cast_votes": {"choices": {}},
    }


def _honours(world: World) -> dict[str, Any]:
    """Return bodies about public lists, complaints, revocations."""
    things = world.examples
    return {
        "api.propose_revocation": {"ground": "forged_dossier", "facts": TEXT},
        "api.record_money_back": {"amount": 1, "entered_on": DAY, "basis": TEXT},
        "api.publish_list": {"round_id": things["award_round_id"]},
        "api.record_opinion": {
            "entry_id": things["entry_id"],
            "stance": "support",
            "body": TEXT,
        },
        "api.send_opinion": {
            "entry_id": things["entry_id"],
            "stance": "support",
            "body": TEXT,
        },
        "api.record_complaint": {
            "complainant": TEXT,
            "body": TEXT,
            "nomination_id": things["nomination_id"],
        },
        "api.conclude_complaint": {"outcome": "dismissed", "conclusion": TEXT},
    }


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


def body_of(name: str, method: str, world: World) -> dict[str, Any]:
    """Return the body of a request: JSON, a file, or a form with something in every field."""
    if method == "GET":
        return {}
    for bodies in (_reports, _nominations, _decisions, _councils, _honours, _facts):
        if name in (known := bodies(world)):
            return {"json": known[name]}
    if name in UPLOADS:
        return {"files": {"file": ("a.pdf", b"%PDF-1.4", "application/pdf")}}
    return {
        "data": {
            "reason": TEXT, "note": TEXT, "due": DAY, "version": "1", "kind": "receipt",
            "subject_id": world.examples["report_id"], "role": "officer", "year": "2026",
            "unit_id": world.examples["unit_id"], "inner_report_id": world.examples["report_id"],
            "text": TEXT, "document_date": DAY, "narrative": TEXT, "_version": "1",
            "username": "moi", "display_name": "Mới", "role_unit_id": world.examples["unit_id"],
        }
    }  # fmt: skip
