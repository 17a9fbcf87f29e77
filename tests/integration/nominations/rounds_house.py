"""A department with a ladder, people in its units, an award round, and nominations on the way."""

from __future__ import annotations

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec

from core.kit import clock
from core.nominations import handling, parts, proposing, rounds, sending, writing
from core.nominations.schemas import NewRound, NominationRow
from core.organisation import people
from core.organisation.schemas import NewPerson
from core.plugin.api import Action, AwardRung, Occasion, SubjectKind
from tests.integration.reports.house import House, make_edition, make_house, plan

FILLED: dict[str, dict[str, Any]] = {
    "profile": {"address": "Số 1 đường Hùng Vương", "tasks": "Khám bệnh, chữa bệnh.",
                "job_title": "Bác sĩ", "workplace": "Bệnh viện số 0"},
    "achievements": {"narrative": "Rút ngắn thời gian chờ khám 15 phút.",
                     "items": [{"what": "Thời gian chờ", "value": "15 phút", "when": "2026"}]},
    "initiatives": {"none": "1"},
    "previous_awards": {"none": "1"},
    "commitment": {"no_discipline": "1", "truthful": "1"},
}  # fmt: skip


def rung(award: str, kind: SubjectKind, action: Action = Action.DECIDE) -> AwardRung:
    """Return a rung of the annual occasion."""
    return AwardRung(
        id=f"{award}_{kind}", award=award,
        issuer="Giám đốc Sở Y tế" if action is Action.DECIDE else "Chủ tịch UBND tỉnh",
        subject_kind=kind, occasion=Occasion.ANNUAL, action=action,
        legal_basis="Kế hoạch, mục V", source_line=90,
    )  # fmt: skip


async def make_awards(units: int = 2) -> House:
    """Make a department whose plan gives Giấy khen and asks for Bằng khen."""
    house = await make_house(units=units)
    await add_ladder(house)
    return house


async def add_ladder(house: House) -> None:
    """Publish a plan that gives Giấy khen and asks for Bằng khen on the annual occasion."""
    ladder = tuple(
        rung(award, kind, action)
        for award, action in (("Giấy khen", Action.DECIDE), ("Bằng khen", Action.PROPOSE))
        for kind in (SubjectKind.COLLECTIVE, SubjectKind.INDIVIDUAL, SubjectKind.OTHER)
    )
    await make_edition(house.tenant_id, msgspec.structs.replace(plan(), ladder=ladder), number=2)


async def person(house: House, name: str, unit: int = 0) -> UUID:
    """Enter a person into the register of a unit."""
    who = f"head{unit}"
    async with house.at(who=who):
        made = await people.enter_person(
            NewPerson(full_name=name, unit_id=house.units[unit], job_title="Bác sĩ"),
            actor=house.people[who],
        )
    return made.id


async def opened(house: House, *, unit_id: UUID | None = None, who: str = "officer") -> UUID:
    """Open the annual round of 2026."""
    async with house.at(who=who):
        view = await rounds.open_round(
            NewRound(
                unit_id=unit_id or house.tenant_id, occasion="annual", year=2026,
                period_from=dt.date(2026, 1, 1), period_to=dt.date(2026, 12, 31),
                due_at=dt.datetime(2026, 12, 10, tzinfo=clock.VIETNAM),
            ),
            actor=house.people[who],
        )  # fmt: skip
    return view.id


async def list_of(house: House, round_id: UUID, who: str = "clerk0") -> UUID:
    """Return the list of the unit of this person."""
    async with house.at(who=who):
        return await proposing.begin_list(round_id, actor=house.people[who])


async def drafted(
    house: House,
    list_id: UUID,
    subject_id: UUID,
    *,
    kind: str = "individual",
    who: str = "clerk0",
    award: str = "Giấy khen",
) -> UUID:
    """Put somebody onto a list."""
    issuer = "Giám đốc Sở Y tế" if award == "Giấy khen" else "Chủ tịch UBND tỉnh"
    async with house.at(who=who):
        made = await proposing.propose(
            list_id, kind=kind, rung=f"{award}|{issuer}|{kind}|annual",
            subject_ids=[subject_id], actor=house.people[who],
        )  # fmt: skip
    return made[0]


async def filled(house: House, nomination_id: UUID, who: str = "clerk0") -> None:
    """Write every part that may be written."""
    async with house.at(who=who):
        actor = house.people[who]
        row = await proposing.get_nomination(nomination_id, actor=actor)
        for key, state in (await writing.part_states(row)).items():
            if writing.editable(actor, row, state):
                part = parts.part_of(row.subject_kind, key)
                assert part
                names = {each.name for each in part.fields} | {"items"}
                given = {name: text for name, text in FILLED[key].items() if name in names}
                await writing.save_part(
                    actor=actor, nomination_id=nomination_id, part_key=key,
                    version=state.version, fields=given,
                )  # fmt: skip


async def sent(house: House, list_id: UUID, who: str = "head0") -> list[NominationRow]:
    """Send a list."""
    async with house.at(who=who):
        return await sending.send(list_id, actor=house.people[who])


async def received(house: House, *nomination_ids: UUID) -> None:
    """Receive nominations as the officer."""
    async with house.at():
        await handling.receive(list(nomination_ids), actor=house.people["officer"])


async def one(house: House, nomination_id: UUID, who: str = "officer") -> NominationRow:
    """Return a nomination as somebody sees it."""
    async with house.at(who=who):
        return await proposing.get_nomination(nomination_id, actor=house.people[who])
