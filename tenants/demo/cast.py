"""Who appears in a demo department: one account for each role, and one for every owing unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from core.accounts import service as accounts
from core.accounts.schemas import SYSTEM, AccountView, Actor, Grant, Role
from core.kit import clock
from core.kit.scope import current_tenant
from core.law import service as law
from core.organisation.schemas import PersonView, UnitView
from tenants.demo.filling import dice
from tenants.demo.secrets import password_of, totp_secret_of

FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô")
MIDDLES = ("Văn", "Thị", "Minh", "Thu", "Quốc", "Ngọc", "Đức", "Thanh", "Hữu", "Kim")
GIVEN = (
    "An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hiếu", "Hòa", "Lan", "Long", "Mai", "Nam",
    "Oanh", "Phúc", "Quân", "Sơn", "Tâm", "Thảo", "Trung", "Yến",
)  # fmt: skip


class Part(NamedTuple):
    """A known account: its user name, its role, where it is granted, and how a person is found."""

    username: str
    role: Role
    place: str
    titles: tuple[str, ...] = ()


COUNCIL_MEMBERS = ("hoidong", *(f"hoidong{number}" for number in range(2, 9)))
# `place`: root | hospital | author | station | subunit; what a department lacks is left out.
PARTS: tuple[Part, ...] = (
    Part("chuyenvien", Role.OFFICER, "root", ("Chuyên viên",)),
    Part("lanhdao", Role.DEPARTMENT_HEAD, "root", ("Giám đốc Sở",)),
    Part("vanthu", Role.RECORDS_CLERK, "root", ("Văn thư",)),
    Part("quantri", Role.TENANT_ADMIN, "root", ("Chánh Văn phòng",)),
    Part("kiemtra", Role.AUDITOR, "root"),
    Part("hoidong", Role.COUNCIL_MEMBER, "root", ("Phó Giám đốc Sở",)),
    *(Part(username, Role.COUNCIL_MEMBER, "root") for username in COUNCIL_MEMBERS[1:]),
    Part("thukyhoidong", Role.COUNCIL_SECRETARY, "root"),
    Part("soan.benhvien", Role.UNIT_CLERK, "hospital", ("Nhân viên", "Viên chức")),
    Part("thutruong.benhvien", Role.UNIT_HEAD, "hospital", ("Giám đốc",)),
    Part("soan.donvi", Role.UNIT_CLERK, "author", ("Viên chức",)),
    Part("thutruong.donvi", Role.UNIT_HEAD, "author", ("Giám đốc",)),
    Part("duyet.donvi", Role.OFFICER, "author", ("Trưởng phòng",)),
    Part("soan.tram", Role.UNIT_CLERK, "station"),
    Part("thutruong.tram", Role.UNIT_HEAD, "station", ("Trưởng trạm",)),
    Part("soan.khoa", Role.UNIT_CLERK, "subunit"),
    Part("thutruong.khoa", Role.UNIT_HEAD, "subunit", ("Trưởng khoa", "Trưởng phòng")),
)
KNOWN = {part.username: part for part in PARTS}


class Cast(NamedTuple):
    """The people who act in the history."""

    known: dict[str, Actor]
    of_unit: dict[UUID, tuple[Actor, Actor]]

    def clerk(self, unit_id: UUID) -> Actor:
        """Return who writes for a unit."""
        return self.of_unit[unit_id][0]

    def head(self, unit_id: UUID) -> Actor:
        """Return who submits for a unit (may be the same person)."""
        return self.of_unit[unit_id][1]


async def make_cast(
    slug: str,
    places: dict[str, UnitView],
    writing: Sequence[UnitView],
    people: Sequence[PersonView],
    mail_domain: str,
) -> Cast:
    """Make all accounts: the known ones at their places, and one for every other writing unit.

    The accounts of the other units keep a temporary password that nobody has been told.
    """
    free = list(people)
    known: dict[str, Actor] = {}
    of_unit: dict[UUID, tuple[Actor, Actor]] = {}
    for part in PARTS:
        if part.place not in places:
            continue
        unit = places[part.place]
        person = _take(free, part, unit)
        slip = await accounts.create_account(
            actor=SYSTEM,
            username=part.username,
            display_name=person.full_name if person else _name(slug, part.username),
            unit_id=person.unit_id if person else unit.id,
            roles=[(part.role, unit.id)],
            email=f"{part.username}@{mail_domain}",
            person_id=person.id if person else None,
            password=password_of(slug, part.username),
            is_demo=True,
        )
        if part.role in law.names("second_factor_roles", clock.today()):
            secret = totp_secret_of(slug, part.username)
            await accounts.set_second_factor(slip.account.id, secret, actor=SYSTEM)
        known[part.username] = _actor(slip.account)
    for place, key in (("hospital", "benhvien"), ("author", "donvi"), ("station", "tram"),
                       ("subunit", "khoa")):  # fmt: skip
        if place in places:
            pair = (known[f"soan.{key}"], known[f"thutruong.{key}"])
            of_unit[places[place].id] = pair
    for unit in writing:
        if unit.id not in of_unit:
            both = await _unit_account(slug, unit)
            of_unit[unit.id] = (both, both)
    return Cast(known, of_unit)


async def _unit_account(slug: str, unit: UnitView) -> Actor:
    slip = await accounts.create_account(
        actor=SYSTEM,
        username=unit.code,
        display_name=_name(slug, unit.code),
        unit_id=unit.id,
        roles=[(Role.UNIT_CLERK, unit.id), (Role.UNIT_HEAD, unit.id)],
        is_demo=True,
    )
    return _actor(slip.account)


def _actor(account: AccountView) -> Actor:
    return Actor(
        account_id=account.id,
        tenant_id=current_tenant(),
        display_name=account.display_name,
        unit_id=account.unit_id,
        unit_name=account.unit_name,
        roles=tuple(Grant(each.role, each.unit_id, each.unit_path) for each in account.grants),
        unit_path=account.unit_path,
    )


def _take(free: list[PersonView], part: Part, unit: UnitView) -> PersonView | None:
    """Take the first free person with a fitting title, of the unit (for the root: of any)."""
    for title in part.titles:
        for person in free:
            near = part.place == "root" or person.unit_id == unit.id
            if near and person.job_title.startswith(title):
                free.remove(person)
                return person
    return None


def _name(slug: str, username: str) -> str:
    random = dice(slug, username)
    return f"{random.choice(FAMILIES)} {random.choice(MIDDLES)} {random.choice(GIVEN)}"
