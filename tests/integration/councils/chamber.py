"""A department with a council of nine, a round, and nominations before the council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from core.accounts.schemas import Actor
from core.councils import counting, interests, meetings, service, voting
from core.councils.schemas import (
    MeetingView,
    NewCouncil,
    NewMeeting,
    NewMember,
    Opening,
    Presence,
)
from core.kit import db
from core.kit.ids import new_id
from tests.integration.law.confirmed import confirm_law
from tests.integration.reports import house as houses

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass
class Chamber:
    """The house, its council, one meeting and the nominations before it."""

    house: houses.House
    council_id: UUID
    meeting_id: UUID
    round_id: UUID
    members: list[Actor] = field(default_factory=list)
    nominations: list[UUID] = field(default_factory=list)

    @property
    def secretary(self) -> Actor:
        return self.house.people["council_secretary"]

    async def view(self) -> MeetingView:
        async with self.house.at(who="council_secretary"):
            return await meetings.get_meeting(self.meeting_id, actor=self.secretary)

    async def presences(self, *given: str) -> None:
        """Write presences of the seats in their order; what is not given is "present"."""
        seats = (await self.view()).seats
        words = [*given, *["present"] * (len(seats) - len(given))]
        async with self.house.at(who="council_secretary"):
            await meetings.set_presences(
                self.meeting_id,
                {s.id: Presence(presence=w) for s, w in zip(seats, words, strict=True)},
                actor=self.secretary,
            )

    async def begin(self, *given: str) -> None:
        """Call the roll and open the meeting; interests that the tree shows are set aside."""
        await self.presences(*given)
        async with self.house.at(who="council_secretary"):
            await meetings.open_meeting(self.meeting_id, actor=self.secretary)
        found = [c.id for case in (await self.view()).cases for c in case.conflicts if not c.way]
        if found:
            async with self.house.at(who="council_secretary"):
                await interests.decide(
                    self.meeting_id, dict.fromkeys(found, "none"), actor=self.secretary
                )

    async def ids(self) -> list[UUID]:
        return [case.id for case in (await self.view()).cases]

    async def open(
        self, ballot: str = "secret", how: str = "electronic", lower: tuple[str, str] = ("", "")
    ) -> list[UUID]:
        """Open every case; return their ids."""
        ids = await self.ids()
        async with self.house.at(who="council_secretary"):
            await voting.open_ballots(
                self.meeting_id,
                Opening(case_ids=tuple(ids), ballot=ballot, counting=how),
                lower,
                actor=self.secretary,
            )
        return ids

    async def cast(self, member: int, choice: str, *case_ids: UUID) -> None:
        """Let a member vote the same on the cases."""
        actor = self.members[member]
        async with self.house.at(who=f"m{member}"):
            await voting.cast(self.meeting_id, dict.fromkeys(case_ids, choice), actor=actor)

    async def close(self, *case_ids: UUID) -> None:
        async with self.house.at(who="council_secretary"):
            await counting.close_ballots(self.meeting_id, case_ids, actor=self.secretary)

    async def seal(self, *case_ids: UUID) -> None:
        async with self.house.at(who="council_secretary"):
            await counting.seal_ballots(self.meeting_id, case_ids, actor=self.secretary)

    async def vote(self, choices: Sequence[str], *case_ids: UUID) -> None:
        """Let the first members vote in turn, then close and seal."""
        for member, choice in enumerate(choices):
            await self.cast(member, choice, *case_ids)
        await self.close(*case_ids)
        await self.seal(*case_ids)

    async def state(self, nomination: int = 0) -> str:
        async with self.house.at():
            sql = "SELECT state FROM nomination WHERE id = $1"
            return str(await db.fetchval(sql, self.nominations[nomination]))

    async def set_nomination(self, state: str, nomination: int = 0) -> None:
        async with self.house.at():
            sql = "UPDATE nomination SET state = $2 WHERE id = $1"
            await db.execute(sql, self.nominations[nomination], state)


async def make_chamber(
    *,
    members: int = 9,
    awards: Sequence[str] = ("commendation",),
    house: houses.House | None = None,
    confirmed: bool = True,
) -> Chamber:
    """Make a council with accounts, a planned meeting, and one nomination of each kind of award."""
    house = house or await houses.make_house(units=2)
    if confirmed:
        await confirm_law(house)
    round_id = await make_round(house)
    nominations = [await nominate(house, round_id, kind) for kind in awards]
    actors = []
    for number in range(members):
        actors.append(
            await house.person(f"m{number}", "council_member", house.tenant_id, house.path())
        )
    async with house.at(who="council_secretary"):
        secretary = house.people["council_secretary"]
        council_id = await service.create_council(
            NewCouncil(
                unit_id=house.tenant_id, name="Hội đồng Thi đua - Khen thưởng Sở",
                decision_number="12/QĐ-SYT", decision_date="2026-01-05",
            ),
            actor=secretary,
        )  # fmt: skip
        for number, actor in enumerate(actors):
            username = await db.fetchval(
                "SELECT username FROM account WHERE id = $1", actor.account_id
            )
            await service.add_member(
                council_id,
                NewMember(
                    full_name=f"Thành viên {number}", username=username,
                    role="chair" if not number else "member",
                ),
                actor=secretary,
            )  # fmt: skip
        meeting_id = await meetings.create_meeting(
            council_id,
            NewMeeting(
                round_id=round_id, title="Phiên xét khen thưởng", starts_at="2026-11-20T08:00",
                place="Phòng họp 1", agenda="Xét khen thưởng",
            ),
            actor=secretary,
        )  # fmt: skip
        await meetings.add_cases(meeting_id, tuple(nominations), actor=secretary)
    return Chamber(house, council_id, meeting_id, round_id, actors, nominations)


async def make_round(house: houses.House, unit_id: UUID | None = None) -> UUID:
    """Make an open award round by plain SQL."""
    round_id = new_id()
    async with house.at():
        edition_id = await db.fetchval("SELECT id FROM plan_edition LIMIT 1")
        await db.execute(
            "INSERT INTO award_round (id, edition_id, unit_id, name, occasion, year, period_from,"
            " period_to, opened_at) VALUES ($1, $2, $3, 'Tổng kết năm 2026', 'annual', 2026,"
            " '2026-01-01', '2026-12-31', official_now())",
            round_id, edition_id, unit_id or house.tenant_id,
        )  # fmt: skip
    return round_id


async def nominate(
    house: houses.House, round_id: UUID, kind: str = "commendation", unit: int = 0
) -> UUID:
    """Put a nomination of a unit before the council by plain SQL."""
    list_id, nomination_id, unit_id = new_id(), new_id(), house.units[unit]
    async with house.at():
        edition_id = await db.fetchval("SELECT edition_id FROM award_round WHERE id = $1", round_id)
        await db.execute(
            "INSERT INTO nomination_list (id, round_id, unit_id, created_at)"
            " VALUES ($1, $2, $3, official_now())",
            list_id, round_id, unit_id,
        )  # fmt: skip
        await db.execute(
            "INSERT INTO nomination (id, list_id, round_id, edition_id, unit_id, subject_kind,"
            " subject_id, subject_unit_id, subject_name, rung_key, award, award_kind, occasion,"
            " year, state, created_at, received_at) VALUES ($1, $2, $3, $4, $5, 'collective', $5,"
            " $5, $6, $7::text, $7::text, $7::text, 'annual', 2026, 'council', official_now(),"
            " official_now())",
            nomination_id, list_id, round_id, edition_id, unit_id,
            f"Bệnh viện số {unit} ({kind})", kind,
        )  # fmt: skip
    return nomination_id
