"""A department with a plan, units, people: made by plain SQL, so that services are tested alone."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor, Grant
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.movements.values import NOTHING, DepartmentValues
from core.plugin.api import (
    ApiRange,
    Applicability,
    Comparison,
    ConfigSchema,
    Criterion,
    DocumentTemplates,
    Indicator,
    Level,
    Movement,
    Phase,
    PlanContent,
    PlanOrigin,
    PlanSource,
    ProvinceInfo,
    ReportForm,
    ReportFormRequest,
    ReportKind,
    ScheduleRow,
    SubjectKind,
)
from core.plugin.defaults import report_form
from core.reports import drafting, review, rounds
from core.reports.schemas import ReportView, SavedPart
from tests.factories import make_account, make_tenant, make_unit

VN = dt.timezone(dt.timedelta(hours=7))
AUTHOR = "Trung tâm Kiểm soát bệnh tật tỉnh"
NOW = "2026-11-20T08:00:00+07:00"
DUE = dt.datetime(2026, 11, 30, tzinfo=VN)
INNER_DUE = dt.datetime(2026, 11, 15, tzinfo=VN)


def criterion(number: int, **more: Any) -> Criterion:
    return Criterion(
        id=f"c{number}", subject_kind=SubjectKind.COLLECTIVE, order=number,
        text=f"Tiêu chí số {number} của kế hoạch.", title=f"Tiêu chí {number}",
        reference=f"mục II.{number}", source_line=10 + number, **more,
    )  # fmt: skip


def plan(*, two_levels: bool = False, due: dt.datetime | None = DUE) -> PlanContent:
    """Build a plan: two asked criteria, one that waits for guidance, one figure."""
    criteria = (
        criterion(1), criterion(2),
        criterion(3, applicability=Applicability.AWAITING_GUIDANCE,
                  applicability_note="Chờ hướng dẫn."),
    )  # fmt: skip
    indicators = (
        Indicator(id="rate", text="Tỷ lệ hồ sơ điện tử", comparison=Comparison.AT_LEAST,
                  target=90, unit="%"),
    )  # fmt: skip
    schedule = [
        ScheduleRow(
            report_kind=ReportKind.ANNUAL, from_level=Level.UNIT, to_level=Level.DEPARTMENT,
            stated=due is not None, rule="trước ngày 30/11" if due else "không nêu",
            due_at={2026: due} if due else {},
        )
    ]  # fmt: skip
    if two_levels:
        schedule.append(
            ScheduleRow(
                report_kind=ReportKind.ANNUAL, from_level=Level.SUBUNIT, to_level=Level.UNIT,
                stated=True, rule="trước ngày 15/11", due_at={2026: INNER_DUE},
                binds_author_only=True,
            )
        )  # fmt: skip
    return PlanContent(
        plugin="plugin", plugin_version="1.0", api_version="1.0",
        province_info=ProvinceInfo(
            slug="plugin", name="Tỉnh", official_code="00", official_code_confirmed=False,
            department="Sở Y tế", people_committee="UBND tỉnh", place="Tỉnh",
            api=ApiRange(minimum="1.0", below="2.0"),
            plan=PlanOrigin(
                source=PlanSource.UNIT if two_levels else PlanSource.DEPARTMENT,
                author=AUTHOR if two_levels else "Sở Y tế", title="Kế hoạch",
            ),
            legal_basis=(), offices=(), stated_gaps=(),
        ),
        movement=Movement(
            name="Đổi mới sáng tạo và chuyển đổi số", occasions=(),
            phases=(
                Phase(id="p1", start=2025, end=2027, review_year=2027, review_text="Sơ kết"),
                Phase(id="p2", start=2027, end=2030, review_year=2030, review_text="Tổng kết"),
            ),
        ),
        criteria=criteria, standards=(), indicators=indicators, schedule=tuple(schedule),
        ladder=(), report_forms=forms(criteria, indicators),
        document_templates=DocumentTemplates(), config_schema=ConfigSchema(),
    )  # fmt: skip


def forms(
    criteria: tuple[Criterion, ...], indicators: tuple[Indicator, ...]
) -> tuple[ReportForm, ...]:
    """Return the platform's own form for every kind of report."""
    return tuple(
        report_form(ReportFormRequest(report_kind=kind, criteria=criteria, indicators=indicators))
        for kind in ReportKind
    )


@dataclass
class House:
    """A department: its ids, and the people who act in it."""

    tenant_id: UUID
    units: list[UUID] = field(default_factory=list)
    subunits: list[UUID] = field(default_factory=list)
    people: dict[str, Actor] = field(default_factory=dict)

    @asynccontextmanager
    async def at(self, now: str = NOW, who: str = "officer") -> AsyncIterator[None]:
        """Enter the department at an instant and open a transaction."""
        with tenant_scope(self.tenant_id, actor_id=self.people[who].account_id, now=now):
            async with db.transaction():
                yield

    def path(self, *ids: UUID) -> str:
        return f"/{self.tenant_id}/" + "".join(f"{unit_id}/" for unit_id in ids)

    async def person(self, name: str, role: str, unit_id: UUID, path: str) -> Actor:
        """Make an account that holds one role at a unit."""
        account_id = await make_account(
            self.tenant_id, unit_id=unit_id, roles={role: unit_id}, email=f"{name}@example.vn"
        )
        actor = Actor(
            account_id, self.tenant_id, name, unit_id, "", (Grant(role, unit_id, path),), path
        )
        self.people[name] = actor
        return actor


async def make_edition(
    tenant_id: UUID, content: PlanContent, values: DepartmentValues = NOTHING, number: int = 1
) -> UUID:
    """Publish a plan by plain SQL."""
    text = msgspec.json.encode(content)
    edition_id = new_id()
    with tenant_scope(tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO plan_edition (id, number, content, content_hash, plugin_slug,"
                " plugin_version, effective_from, published_at, department)"
                " VALUES ($1, $5, $2, $3, 'plugin', '1.0', '2025-09-01', now(), $4)",
                edition_id, text.decode(), hashlib.sha256(text).hexdigest(),
                msgspec.json.encode(values).decode(), number,
            )  # fmt: skip
    return edition_id


async def make_house(
    *,
    units: int = 2,
    two_levels: bool = False,
    due: dt.datetime | None = DUE,
    values: DepartmentValues = NOTHING,
) -> House:
    """Make a department with people: officer, leader, auditor, and clerk and head of each unit."""
    house = House(await make_tenant())
    await make_edition(house.tenant_id, plan(two_levels=two_levels, due=due), values)
    root = house.tenant_id
    for role in ("officer", "department_head", "auditor", "records_clerk", "tenant_admin",
                 "council_member", "council_secretary"):  # fmt: skip
        await house.person(role, role, root, house.path())
    for number in range(units):
        name = f"{AUTHOR} A" if two_levels and not number else f"Bệnh viện số {number}"
        unit_id = await make_unit(root, name=name, parent_id=root)
        house.units.append(unit_id)
        for role in ("clerk", "head"):
            await house.person(f"{role}{number}", f"unit_{role}", unit_id, house.path(unit_id))
    if two_levels:
        await _add_inner(house)
    return house


async def _add_inner(house: House) -> None:
    author = house.units[0]
    await house.person("inner_officer", "officer", author, house.path(author))
    for number in range(2):
        subunit = await make_unit(
            house.tenant_id, name=f"Khoa {number}", parent_id=author, level="subunit",
            kind="subunit",
        )  # fmt: skip
        house.subunits.append(subunit)
        path = house.path(author, subunit)
        await house.person(f"subclerk{number}", "unit_clerk", subunit, path)
        await house.person(f"subhead{number}", "unit_head", subunit, path)


FILLED: dict[str, dict[str, Any]] = {
    "criterion:c1": {"narrative": "Đã làm tốt việc thứ nhất.", "self_assessment": "dat"},
    "criterion:c2": {"narrative": "Đã làm xong việc thứ hai.", "self_assessment": "vuot"},
    "indicators": {"figures": {"rate": {"value": "92,5"}}},
    "initiatives": {"items": [{"name": "Bệnh án điện tử", "author": "Khoa Dược"}]},
    "difficulties_proposals": {"difficulties": "Thiếu nhân lực.", "proposals": ""},
}


async def opened(house: House, *, now: str = NOW, **more: Any) -> UUID:
    """Open the annual round of 2026 and return its id."""
    async with house.at(now):
        view = await rounds.open_round(
            actor=house.people["officer"], kind="annual", year=2026, **more
        )
    return view.id


async def report_of(house: House, unit_id: UUID, round_id: UUID) -> UUID:
    """Return the report of a unit in a round."""
    async with house.at():
        found: UUID = await db.fetchval(
            "SELECT id FROM report WHERE unit_id = $1 AND round_id = $2", unit_id, round_id
        )
    return found


async def obligation_of(house: House, report_id: UUID) -> UUID:
    """Return the obligation behind a report."""
    async with house.at():
        found: UUID = await db.fetchval("SELECT obligation_id FROM report WHERE id = $1", report_id)
    return found


async def view(house: House, report_id: UUID, who: str = "officer") -> ReportView:
    """Return a report as somebody sees it."""
    async with house.at(who=who):
        return await drafting.get_report(actor=house.people[who], report_id=report_id)


async def fill(house: House, report_id: UUID, who: str = "clerk0", now: str = NOW) -> None:
    """Write every asked part that may be written."""
    async with house.at(now, who):
        seen = await drafting.get_report(actor=house.people[who], report_id=report_id)
        for part in seen.parts:
            if part.is_editable:
                await drafting.save_part(
                    actor=house.people[who], report_id=report_id, part_key=part.key,
                    version=part.version, fields=FILLED[part.key],
                )  # fmt: skip


async def submit(house: House, report_id: UUID, who: str = "head0", now: str = NOW) -> Any:
    """Submit a filled report."""
    async with house.at(now, who):
        return await drafting.submit_report(actor=house.people[who], report_id=report_id)


async def start_review(house: House, report_id: UUID) -> None:
    """Start the review as the department's officer."""
    async with house.at():
        await review.start_review(actor=house.people["officer"], report_id=report_id)


async def return_parts(
    house: House, report_id: UUID, *keys: str, due: dt.datetime | None = None
) -> None:
    """Return parts with a reason."""
    day = due or dt.datetime(2026, 12, 5, tzinfo=VN)
    async with house.at():
        await review.return_parts(
            actor=house.people["officer"], report_id=report_id,
            parts=dict.fromkeys(keys, ("Thiếu số liệu.", day)),
        )  # fmt: skip


async def accept(house: House, report_id: UUID, *keys: str) -> str:
    """Accept parts."""
    async with house.at():
        return await review.accept_parts(
            actor=house.people["officer"], report_id=report_id, part_keys=list(keys)
        )


ASKED = list(FILLED)


async def brought_to(house: House, report_id: UUID, state: str) -> None:
    """Bring a fresh report of unit 0 into a state through the services."""
    people = house.people
    if state == "not_started":
        return
    if state == "excused":
        obligation_id = await obligation_of(house, report_id)
        async with house.at():
            await rounds.excuse(
                actor=people["officer"], obligation_id=obligation_id, reason="Mới sáp nhập."
            )
        return
    await fill(house, report_id)
    if state == "awaiting_sign_off":
        async with house.at(who="clerk0"):
            await drafting.request_sign_off(actor=people["clerk0"], report_id=report_id)
    if state in ("submitted", "in_review", "returned", "accepted"):
        await submit(house, report_id)
    if state in ("in_review", "returned", "accepted"):
        await start_review(house, report_id)
    if state == "returned":
        await return_parts(house, report_id, "criterion:c1")
    if state == "accepted":
        await accept(house, report_id, *ASKED)


async def save(
    house: House, report_id: UUID, key: str, version: int, who: str = "clerk0", **fields: object
) -> SavedPart:
    async with house.at(who=who):
        return await drafting.save_part(
            actor=house.people[who], report_id=report_id, part_key=key, version=version,
            fields=fields,
        )  # fmt: skip
