"""Sample pages with invented data, rendered by the real templates: the face without a database."""

from __future__ import annotations

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from core.kit.clock import VIETNAM
from core.kit.templates import environment
from core.organisation.phrases import KINDS
from core.plugin.api import Comparison, Indicator
from core.reports import phrases_department as words
from core.reports.listing import Filters, cards
from core.reports.phrases import ACTION_NAMES, SELF_ASSESSMENT_NAMES, STATE_NAMES
from core.reports.receiving import Standing
from core.reports.schemas import (
    Counters,
    EventView,
    FileRef,
    InnerPart,
    InnerReport,
    MyWork,
    ObligationRow,
    PartView,
    ReportView,
    RoundView,
    WorkItem,
)
from core.web.assets import asset

NOW = datetime(2026, 11, 23, 10, 42, 7, tzinfo=VIETNAM)
DUE = datetime(2026, 11, 30, tzinfo=VIETNAM)
ID = UUID(int=7)
QUOTE = (
    "Tổ chức Phong trào thi đua thiết thực, hiệu quả; có nhiều sáng kiến, giải pháp trong lãnh "
    "đạo, chỉ đạo thực hiện công tác phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển "
    "đổi số và nguồn nhân lực chất lượng cao."
)
NARRATIVE = (
    "Trong năm 2026, Trung tâm đã công nhận 14 sáng kiến cấp cơ sở, trong đó 9 sáng kiến về "
    "chuyển đổi số đã áp dụng tại 11/12 trạm y tế; thời gian tiếp đón người bệnh giảm từ 18 phút "
    "còn 7 phút."
)
DEPARTMENT = SimpleNamespace(
    name="Sở Y tế tỉnh Mẫu",
    short_name="Sở Y tế tỉnh Mẫu",
    logo="",
    privacy_name="",
    privacy_phone="",
    privacy_email="",
    delete_after=None,
    movement_name="Thi đua đổi mới sáng tạo và chuyển đổi số trong ngành y tế, giai đoạn 2025–2030",
)


def _nav(*items: tuple[str, str, str]) -> list[SimpleNamespace]:
    return [
        SimpleNamespace(href=href, label=label, icon=icon, active=place == 0)
        for place, (href, label, icon) in enumerate(items)
    ]


UNIT_SIDE = SimpleNamespace(
    display_name="Nguyễn Thị Thu Hà",
    unit_name="Trung tâm Y tế Thanh Sơn",
    roles=("unit_clerk",),
    unread=3,
    nav=_nav(
        ("/viec-cua-toi", "Việc của tôi", "checklist"),
        ("/bao-cao", "Báo cáo", "file-text"),
        ("/phong-trao", "Phong trào", "flag"),
        ("/don-vi", "Đơn vị", "building-hospital"),
        ("/huong-dan", "Hướng dẫn", "help-circle"),
    ),
)
DEPARTMENT_SIDE = SimpleNamespace(
    display_name="Lê Quốc Anh",
    unit_name="Phòng Tổ chức cán bộ",
    roles=("officer",),
    unread=0,
    nav=_nav(
        ("/ky-bao-cao", "Kỳ báo cáo", "calendar-event"),
        ("/viec-cua-toi", "Việc của tôi", "checklist"),
        ("/phong-trao", "Phong trào", "flag"),
        ("/don-vi", "Đơn vị", "building-hospital"),
        ("/tong-hop", "Tổng hợp", "report-analytics"),
        ("/huong-dan", "Hướng dẫn", "help-circle"),
    ),
)


def _item(number: int, **changes: Any) -> WorkItem:
    values: dict[str, Any] = {
        "report_id": UUID(int=number),
        "round_id": ID,
        "round_title": "Báo cáo hằng năm 2026",
        "kind": "annual",
        "year": 2026,
        "unit_id": ID,
        "unit_name": "Trung tâm Y tế Thanh Sơn",
        "receiver_name": "Sở Y tế tỉnh Mẫu",
        "level": "unit",
        "state": "drafting",
        "round_state": "open",
        "timing": "",
        "due_at": DUE,
        "days_left": 6,
        "is_overdue": False,
        "parts_done": 5,
        "parts_total": 7,
        "parts_returned": 0,
        "submitted_at": None,
        "late_seconds": None,
        "activity_at": NOW,
        "verb": "Soạn tiếp",
    }
    return WorkItem(**{**values, **changes})


def my_work() -> dict[str, Any]:
    """Return the context of "Việc của tôi" with something in every list."""
    past = NOW - timedelta(days=3)
    return {
        "awards": [],
        "work": MyWork(
            returned=(_item(1, state="returned", parts_returned=2, verb="Bổ sung"),),
            overdue=(
                _item(
                    2,
                    round_title="Kế hoạch thực hiện phong trào thi đua 2026",
                    due_at=past,
                    is_overdue=True,
                    verb="Soạn tiếp",
                ),
            ),
            sign_offs=(),
            due=(
                _item(3, unit_name="Khoa Nội tổng hợp", receiver_name="Phòng Tổ chức hành chính"),
            ),
            waiting=(
                _item(4, state="submitted", submitted_at=past, late_seconds=115_200, verb="Xem"),
            ),
            done=(
                _item(
                    5,
                    round_title="Báo cáo hằng năm 2025",
                    state="accepted",
                    submitted_at=past - timedelta(days=360),
                    verb="Xem",
                ),
            ),
            to_review=(),
            to_review_total=0,
        ),
        "unit_name": UNIT_SIDE.unit_name,
        "viewer": UNIT_SIDE,
    }


def _part(number: int, title: str, kind: str = "criterion", **changes: Any) -> PartView:
    values: dict[str, Any] = {
        "id": UUID(int=number),
        "key": f"criterion:tap-the-{number}" if kind == "criterion" else kind,
        "kind": kind,
        "position": number,
        "title": title,
        "text": QUOTE if kind == "criterion" else "",
        "reference": "Mục IV.1 của Kế hoạch",
        "source_line": 214,
        "help": "Nêu việc đã làm, con số, thời gian.",
        "is_asked": True,
        "not_asked_reason": "",
        "has_self_assessment": kind == "criterion",
        "has_evidence": kind == "criterion",
        "words_from": 150,
        "words_to": 400,
        "indicators": (),
        "fields": {},
        "version": 3,
        "is_done": True,
        "review": "open",
        "return_reason": "",
        "return_due_at": None,
        "saved_by": "Nguyễn Thị Thu Hà",
        "saved_at": NOW,
        "evidence": (),
        "is_editable": True,
    }
    return PartView(**{**values, **changes})


FILE = FileRef(ID, ID, "Quyết định công nhận sáng kiến 2026.pdf", "application/pdf", 1_258_291, "")
INITIATIVE = {
    "name": "Hẹn giờ khám qua tin nhắn",
    "author": "Khoa Khám bệnh",
    "result": "Giảm 11 phút chờ",
    "recognised_by": "Cơ sở",
}
INDICATORS = (
    Indicator(
        "ho-so", "Tỷ lệ hồ sơ xử lý trên môi trường mạng", Comparison.AT_LEAST, 90, "%", 2027
    ),
    Indicator(
        "xep-hang", "Xếp hạng chuyển đổi số của ngành", Comparison.RANK_BETWEEN, (5, 10), "", 2030
    ),
)
EVENTS = (
    EventView("submit", "drafting", "submitted", (), "", "Trần Văn Bình", NOW - timedelta(days=2)),
    EventView(
        "return_parts",
        "in_review",
        "returned",
        ("criterion:tap-the-2",),
        "Bổ sung số liệu quý III.",
        "Lê Quốc Anh",
        NOW - timedelta(days=1),
    ),
)
PARTS = (
    _part(1, "Hoàn thành mục tiêu, nhiệm vụ", review="accepted", is_editable=False),
    _part(
        2,
        "Tổ chức phong trào, sáng kiến",
        review="returned",
        return_reason="Bổ sung số liệu minh chứng quý III, nêu rõ số sáng kiến đã áp dụng.",
        return_due_at=datetime(2026, 11, 27, tzinfo=VIETNAM),
        evidence=(FILE,),
        fields={"narrative": NARRATIVE, "self_assessment": "dat"},
    ),
    _part(3, "Cơ sở dữ liệu, nền tảng số", is_done=False),
    _part(4, "Kiểm tra, giám sát", is_asked=False, not_asked_reason="Chờ hướng dẫn của Bộ Y tế."),
    _part(5, "Chỉ tiêu số liệu", "indicators", indicators=INDICATORS, is_done=False),
    _part(6, "Sáng kiến, mô hình", "initiatives", fields={"items": [INITIATIVE]}),
    _part(7, "Khó khăn, kiến nghị", "difficulties_proposals"),
)


def _report() -> ReportView:
    return ReportView(
        id=ID,
        obligation_id=ID,
        round_id=ID,
        round_title="Báo cáo hằng năm 2026",
        round_state="open",
        kind="annual",
        year=2026,
        unit_id=ID,
        unit_name="Trung tâm Y tế Thanh Sơn",
        receiver_unit_id=ID,
        receiver_name="Sở Y tế tỉnh Mẫu",
        level="unit",
        edition_id=ID,
        state="returned",
        version=4,
        due_at=DUE,
        returned_due_at=datetime(2026, 11, 27, tzinfo=VIETNAM),
        submitted_at=NOW,
        timing="on_time",
        late_seconds=None,
        parts_done=5,
        parts_total=7,
        parts_returned=1,
        on_behalf_by=None,
        excused_reason="",
        merge_allowed=False,
        merge_note="",
        parts=PARTS,
        events=EVENTS,
        actions=("save_part", "submit"),
        last_version_id=ID,
        last_version_number=1,
        receipt_code="TD-2026-0007",
    )


def report_form(
    place: int = 1, errors: dict[str, str] | None = None, **changes: Any
) -> dict[str, Any]:
    """Return the context of one part of a returned report."""
    part = PARTS[place]
    inner = InnerReport(
        ID,
        UUID(int=9),
        "Khoa Khám bệnh",
        "accepted",
        (InnerPart(part.key, part.title, {"narrative": NARRATIVE}, False),),
    )
    context = {
        "report": _report(),
        "part": part,
        "place": place,
        "following": PARTS[place + 1] if place + 1 < len(PARTS) else None,
        "inner": [(inner, inner.parts[0])] if part.kind == "criterion" else [],
        "missing": [],
        "fields": part.fields,
        "version": part.version,
        "errors": errors or {},
        "clash": None,
        "actions": ACTION_NAMES,
        "assessments": SELF_ASSESSMENT_NAMES,
        "blank_rows": 1,
        "on_behalf": False,
        "viewer": UNIT_SIDE,
    }
    return {**context, **changes}


def _row(number: int, name: str, kind: str, state: str, **changes: Any) -> ObligationRow:
    values: dict[str, Any] = {
        "obligation_id": UUID(int=number),
        "report_id": UUID(int=number),
        "unit_id": UUID(int=number),
        "unit_name": name,
        "unit_kind": kind,
        "level": "unit",
        "state": state,
        "timing": "",
        "due_at": DUE,
        "is_overdue": False,
        "submitted_at": None,
        "late_seconds": None,
        "activity_at": NOW - timedelta(hours=number),
        "parts_done": 7,
        "parts_total": 7,
        "parts_returned": 0,
        "returned_due_at": None,
        "reminder_count": 0,
        "reminded_at": None,
        "excused_reason": "",
        "is_extended": False,
    }
    return ObligationRow(**{**values, **changes})


COUNTERS = Counters(
    total=312,
    by_state={
        "accepted": 198,
        "submitted": 40,
        "in_review": 12,
        "returned": 21,
        "drafting": 20,
        "awaiting_sign_off": 9,
        "not_started": 12,
    },
    on_time=259,
    late=12,
    silent=41,
    overdue=3,
)


ROWS = (
    _row(1, "Bệnh viện Đa khoa khu vực Thanh Sơn", "hospital", "submitted", timing="on_time"),
    _row(2, "Trung tâm Kiểm soát bệnh tật", "center", "returned", parts_returned=2, parts_done=5),
    _row(3, "Bệnh viện Phụ sản", "hospital", "accepted", timing="on_time"),
    _row(4, "Trạm Y tế phường Minh Tân", "commune_station", "drafting", parts_done=3),
    _row(
        5,
        "Trạm Y tế xã Yên Lạc",
        "commune_station",
        "not_started",
        parts_done=0,
        activity_at=None,
        reminder_count=1,
    ),
    _row(6, "Trung tâm Cấp cứu 115", "center", "accepted", timing="late", late_seconds=115_200),
    _row(7, "Trung tâm Pháp y", "center", "awaiting_sign_off", parts_done=7),
    _row(8, "Trạm Y tế xã Hòa Bình", "commune_station", "drafting", is_overdue=True, parts_done=2),
)
ROUND = RoundView(
    id=ID,
    kind="annual",
    year=2026,
    title="Báo cáo hằng năm 2026",
    message="",
    edition_id=ID,
    due_at=DUE,
    inner_due_at=None,
    due_source="plan",
    rule="trước ngày 30/11",
    decision_number="",
    decision_file_id=None,
    state="open",
    opened_at=NOW,
    closed_at=None,
    receiver_unit_id=ID,
    receiver_name="Sở Y tế tỉnh Mẫu",
    counters=COUNTERS,
)


def round_page() -> dict[str, Any]:
    """Return the context of a department's round with units in every state."""
    return {
        "round": ROUND,
        "rows": ROWS,
        "due_source": words.DUE_SOURCES["plan"],
        "filters": Filters(),
        "cards": cards(COUNTERS, Filters()),
        "finding": words.finding(COUNTERS),
        "filed": words.filed_share(COUNTERS),
        "bar": words.bar_items(COUNTERS),
        "next_query": "?sau=8",
        "states": STATE_NAMES,
        "timings": words.TIMINGS,
        "kinds": KINDS,
        "word": "đơn vị",
        "place": Standing(
            receiver_id=ID,
            is_asked=False,
            is_top=True,
            is_officer=True,
            leads=True,
            reads=True,
            receivers=(),
        ),
        "viewer": DEPARTMENT_SIDE,
    }


def _confirm() -> dict[str, Any]:
    return {
        "title": "Gửi báo cáo hằng năm 2026?",
        "sentences": [
            "Báo cáo được gửi tới Sở Y tế tỉnh Mẫu.",
            "Sau khi gửi, chỉ có thể thu hồi khi Sở chưa bắt đầu duyệt.",
        ],
        "action": "/bao-cao/7/gui",
        "button": "Gửi báo cáo",
        "back": "/bao-cao/7",
        "viewer": UNIT_SIDE,
    }


def _error() -> dict[str, Any]:
    error = SimpleNamespace(
        title="Không tìm thấy trang",
        detail="Trang này không có, hoặc Ông/Bà không được giao việc này.",
        fields={},
        status=404,
    )
    return {"error": error, "typed": (), "viewer": UNIT_SIDE}


SIGN_IN: dict[str, Any] = {"username": "", "error": None, "next": "", "viewer": None}
PAGES: dict[str, tuple[str, dict[str, Any]]] = {
    "my-work": ("reports/my_work.html", my_work()),
    "report-form": ("reports/report.html", report_form()),
    "report-figures": ("reports/report.html", report_form(4)),
    "report-initiatives": ("reports/report.html", report_form(5)),
    "report-locked": ("reports/report.html", report_form(0)),
    "report-errors": (
        "reports/report.html",
        report_form(4, {"figures.ho-so": "Chỉ nhập số, ví dụ 12,5 hoặc 1.234."}),
    ),
    "round": ("reports/round.html", round_page()),
    "sign-in": ("accounts/sign_in.html", SIGN_IN),
    "confirm": ("confirm.html", _confirm()),
    "error": ("error.html", _error()),
}


def html(name: str) -> str:
    """Return one sample page as text."""
    template, context = PAGES[name]
    common = {
        "asset": asset,
        "now": lambda: NOW,
        "request": None,
        "csrf_token": "mau",
        "request_id": "01HX3",
        "flash": [],
        "tenant": DEPARTMENT,
        "movement_name": DEPARTMENT.movement_name,
    }
    return environment().get_template(template).render({**common, **context})
