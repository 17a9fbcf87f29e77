"""A department with an award round and nominations, made by plain SQL."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import msgspec

from core.eligibility import service
from core.eligibility.schemas import CheckView, Finding
from core.kit import db
from core.kit.ids import new_id
from core.kit.scope import tenant_scope
from core.movements.resolved import rung_key
from core.movements.values import DepartmentValues
from core.plugin.api import Action, AwardRung, Occasion, PlanContent, SubjectKind
from core.plugin.rules import Province
from tests.integration.reports.house import House, make_house, plan

YEAR = (dt.date(2026, 1, 1), dt.date(2026, 12, 31))
_contents: dict[str, PlanContent] = {}


def rung(
    award: str = "Giấy khen", kind: str = "individual", occasion: str | None = "annual"
) -> AwardRung:
    """Return a rung that the department decides."""
    return AwardRung(
        id=f"{award}_{kind}_{occasion}", award=award, issuer="Giám đốc Sở",
        subject_kind=SubjectKind(kind), occasion=Occasion(occasion) if occasion else None,
        action=Action.DECIDE, legal_basis="Kế hoạch, mục III", source_line=72,
    )  # fmt: skip


def content_of(slug: str) -> PlanContent:
    """Return what a province's plugin says, asked once."""
    if slug not in _contents:
        _contents[slug] = Province(slug).content()
    return _contents[slug]


@dataclass
class Awards:
    """A house with a round; `rungs` of its edition."""

    house: House
    edition_id: UUID
    slug: str
    rungs: tuple[AwardRung, ...]
    rounds: dict[str, UUID] = field(default_factory=dict)

    async def sql(self, statement: str, *args: Any) -> Any:
        """Run one statement in the department."""
        async with self.house.at():
            return await db.fetchval(statement, *args)

    async def round(
        self,
        occasion: str = "annual",
        period: tuple[dt.date, dt.date] = YEAR,
        name: str = "Đợt năm 2026",
    ) -> UUID:
        """Open an award round of the department."""
        round_id = new_id()
        await self.sql(
            "INSERT INTO award_round (id, edition_id, unit_id, name, occasion, year, period_from,"
            " period_to, opened_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, official_now())",
            round_id, self.edition_id, self.house.tenant_id, name, occasion, period[1].year,
            *period,
        )  # fmt: skip
        return round_id

    async def person(self, name: str = "Nguyễn Văn An", unit: int = 0) -> UUID:
        """Enter a person into the register of a unit."""
        person_id = new_id()
        await self.sql(
            "INSERT INTO person (id, full_name, job_title, unit_id, search_name, roster_key)"
            " VALUES ($1, $2::text, 'Bác sĩ', $3, fold($2::text), fold($2::text))",
            person_id, name, self.house.units[unit],
        )  # fmt: skip
        return person_id

    async def nominate(
        self,
        round_id: UUID,
        subject_id: UUID,
        *,
        rung: AwardRung | None = None,
        kind: str = "individual",
        award_kind: str = "commendation",
        state: str = "sent",
        unit: int = 0,
    ) -> UUID:
        """Put a nomination into a list of its own."""
        rung = rung or self.rungs[0]
        list_id, nomination_id, unit_id = new_id(), new_id(), self.house.units[unit]
        await self.sql(
            "INSERT INTO nomination_list (id, round_id, unit_id, letter_number, letter_date,"
            " created_at) VALUES ($1, $2, $3, '15/TTr', '2026-11-20', official_now())",
            list_id, round_id, unit_id,
        )  # fmt: skip
        column = {
            "collective": "subject_unit_id", "individual": "subject_person_id",
            "other": "subject_other_id",
        }[kind]  # fmt: skip
        await self.sql(
            f"INSERT INTO nomination (id, list_id, round_id, edition_id, unit_id, subject_kind,"
            f" subject_id, {column}, subject_name, rung_key, award, award_kind, occasion, year,"
            " state, sent_at, created_at) SELECT $1, $2, $3, $4, $5, $6, $7, $7, 'Người được đề"
            " nghị', $8, $9, $10, r.occasion, r.year, $11, official_now(), official_now()"
            " FROM award_round r WHERE r.id = $3",
            nomination_id, list_id, round_id, self.edition_id, unit_id, kind, subject_id,
            rung_key(rung), rung.award, award_kind, state,
        )  # fmt: skip
        return nomination_id

    async def rate(
        self, subject_id: UUID, rating: str, *, scope: str = "person", year: int = 2026,
        state: str = "official",
    ) -> None:  # fmt: skip
        """Record how a subject was rated."""
        column = "person_id" if scope == "person" else "unit_id"
        await self.sql(
            f"INSERT INTO official_rating (id, subject_id, {column}, year, scope, rating, state,"
            " basis, recorded_at) VALUES ($1, $2, $2, $3, $4, $5, $6, 'QĐ 9/QĐ-SYT',"
            " official_now())",
            new_id(), subject_id, year, scope, rating, state,
        )  # fmt: skip

    async def declare(
        self, subject_id: UUID, key: str, value: Any, *, column: str = "person_id", year: int = 2026
    ) -> None:
        """Declare a fact."""
        await self.sql(
            f"INSERT INTO subject_fact (id, subject_id, {column}, year, key, value, source,"
            " recorded_at) VALUES ($1, $2, $2, $3, $4, $5, 'Biên bản họp', official_now())",
            new_id(), subject_id, year, key, value,
        )  # fmt: skip

    async def grant(
        self,
        subject_id: UUID,
        *,
        award: str = "Giấy khen",
        award_kind: str = "commendation",
        year: int = 2026,
        period: tuple[dt.date, dt.date] | None = YEAR,
        column: str = "subject_person_id",
        is_thematic: bool = True,
        nomination_id: UUID | None = None,
    ) -> UUID:
        """Write an award into the register."""
        grant_id = new_id()
        kind = {"subject_person_id": "individual", "subject_unit_id": "collective"}[column]
        await self.sql(
            f"INSERT INTO award_grant (id, unit_id, subject_kind, subject_id, {column},"
            " subject_name, award, award_kind, year, period_from, period_to, decision_number,"
            " decided_on, is_thematic, nomination_id, granted_at) VALUES ($1, $2, $3, $4, $4,"
            " 'Tên khi đó', $5, $6, $7, $8, $9, '12/QĐ-SYT', '2026-11-05', $10, $11,"
            " official_now())",
            grant_id, self.house.tenant_id, kind, subject_id, award, award_kind, year,
            period[0] if period else None, period[1] if period else None, is_thematic,
            nomination_id,
        )  # fmt: skip
        return grant_id

    async def hold(
        self, subject_id: UUID, *, kind: str = "complaint", column: str = "person_id",
        released: dt.date | None = None, counts_from: dt.date | None = None,
    ) -> UUID:  # fmt: skip
        """Put a subject on hold from 1/11/2026."""
        hold_id = new_id()
        await self.sql(
            f"INSERT INTO subject_hold (id, subject_id, {column}, kind, reason, from_on,"
            " released_on, counts_from, made_at) VALUES ($1, $2, $2, $3, 'Đơn thư bí mật',"
            " '2026-11-01', $4, $5, official_now())",
            hold_id, subject_id, kind, released, counts_from,
        )  # fmt: skip
        return hold_id

    async def idea(self, name: str = "Bệnh án điện tử", *, level: str = "unit") -> UUID:
        """Enter an initiative of unit 0 into the register."""
        idea_id = new_id()
        await self.sql(
            "INSERT INTO initiative (id, name, unit_id, year, level, created_at)"
            " VALUES ($1, $2, $3, 2026, $4, official_now())",
            idea_id, name, self.house.units[0], level,
        )  # fmt: skip
        return idea_id

    async def rest_on(self, nomination_id: UUID, idea_id: UUID) -> None:
        """Name an initiative in a nomination."""
        await self.sql(
            "INSERT INTO nomination_initiative (id, nomination_id, initiative_id)"
            " VALUES ($1, $2, $3)",
            new_id(), nomination_id, idea_id,
        )  # fmt: skip

    async def check(
        self, *nomination_ids: UUID, trigger: str = "asked", who: str = "officer", **scope: Any
    ) -> dict[UUID, str]:
        """Check nominations; return the outcomes."""
        async with self.house.at(who=who, **scope):
            found = await service.check_nominations(
                actor=self.house.people[who], nomination_ids=nomination_ids, trigger=trigger
            )
        return {key: outcome.value for key, outcome in found.items()}

    async def seen(self, nomination_id: UUID, who: str = "officer") -> CheckView:
        """Return the newest check."""
        async with self.house.at(who=who):
            found = await service.findings_of(nomination_id, actor=self.house.people[who])
        assert found
        return found

    async def rules(self, nomination_id: UUID, **more: Any) -> dict[str, Finding]:
        """Check one nomination and return its findings by rule."""
        await self.check(nomination_id, **more)
        return {each.rule: each for each in (await self.seen(nomination_id)).findings}


async def make_awards(
    *rungs: AwardRung, slug: str = "", values: DepartmentValues | None = None
) -> Awards:
    """Make a department; with `slug`, under that province's own plan and plugin."""
    house = await make_house(units=2)
    content = content_of(slug) if slug else msgspec.structs.replace(plan(), ladder=rungs)
    edition_id = new_id()
    with tenant_scope(house.tenant_id):
        async with db.transaction():
            await db.execute(
                "INSERT INTO plan_edition (id, number, content, content_hash, plugin_slug,"
                " plugin_version, effective_from, published_at, department)"
                " VALUES ($1, 2, $2, repeat('0', 64), $3, '1.0', '2025-09-02', now(), $4)",
                edition_id, msgspec.json.encode(content).decode(), slug or "plugin",
                msgspec.json.encode(values or DepartmentValues()).decode(),
            )  # fmt: skip
    return Awards(house, edition_id, slug, rungs or content.ladder)
