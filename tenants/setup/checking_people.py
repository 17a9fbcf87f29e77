"""Hold the uploaded people and their accounts against what is there. No SQL here."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

import msgspec

from core.accounts.mechanism import clean_username
from core.accounts.phrases import SUPPORT_ACCOUNT
from core.organisation.profiles import problems
from core.organisation.schemas import Profile
from tenants.setup import phrases
from tenants.setup.columns import (
    GENDERS_BY_LABEL,
    ROLES,
    WORK_KINDS_BY_LABEL,
    heading_of,
    plain,
)
from tenants.setup.schemas import (
    CHANGED,
    NEW,
    SAME,
    AccountLine,
    PersonLine,
    RawRow,
    RowError,
)

ROLE_KEYS = {plain(label): key for label, key in ROLES.items()}
USERNAME = re.compile(r"[a-z0-9][a-z0-9._@-]{2,99}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_LONGEST = {"name": 200, "title": 200, "email": 200}

_DAYS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%Y-%m-%d %H:%M:%S")

Place = tuple[str, str, str]  # name, title, code of the unit


class PeopleCheck:
    """Checks the rows of people; `unit_ids` are the known units by code ('' the department)."""

    def __init__(
        self,
        rows: Sequence[RawRow],
        *,
        unit_ids: Mapping[str, UUID | None],
        people: Sequence[Any],
        accounts: Sequence[Any],
        profiles: Mapping[UUID, Profile] | None = None,
    ) -> None:
        self.rows = rows
        self.unit_ids = unit_ids
        self.errors: list[RowError] = []
        self.people: list[PersonLine] = []
        self.accounts: list[AccountLine] = []
        self.known_accounts = {row["username"]: row for row in accounts}
        codes = {unit_id: code for code, unit_id in unit_ids.items() if unit_id}
        self.known_people: dict[Place, UUID] = {
            (row["full_name"], row["job_title"], codes[row["unit_id"]]): row["id"] for row in people
        }
        self.namesakes: dict[tuple[str, str], list[Place]] = {}
        for place in self.known_people:
            self.namesakes.setdefault((place[0], place[2]), []).append(place)
        self.profiles = profiles or {}
        self.read: dict[int, dict[str, Any]] = {}
        self.bad: set[int] = set()

    def run(self) -> PeopleCheck:
        """Check everything."""
        places = self._places()
        usernames: dict[str, int] = {}
        taken = {place for place in places.values() if place in self.known_people}
        for row in self.rows:
            self._account(row, places.get(row.row), usernames)
            if row.row in places:
                self.people.append(self._person(row, places[row.row], taken))
        self.errors.sort(key=lambda error: error.row)
        return self

    def _wrong(self, row: RawRow, key: str, sentence: str) -> None:
        self.errors.append(RowError("people", row.row, heading_of("people", key), sentence))
        self.bad.add(row.row)

    def _places(self) -> dict[int, Place]:
        """Return who stands where, by row; rows that are wrong are left out."""
        found: dict[int, Place] = {}
        first: dict[Place, int] = {}
        for row in self.rows:
            unit = row.cells.get("unit", "")
            place = (row.cells.get("name", ""), row.cells.get("title", ""), unit)
            if not place[0]:
                self._wrong(row, "name", phrases.MISSING)
            for key, most in _LONGEST.items():
                if len(row.cells.get(key, "")) > most:
                    self._wrong(row, key, phrases.TOO_LONG.format(most=most))
            if unit not in self.unit_ids:
                self._wrong(row, "unit", phrases.UNKNOWN_UNIT.format(code=unit))
            if place[0] and place in first:
                sentence = phrases.PERSON_TWICE.format(name=place[0], row=first[place])
                self._wrong(row, "name", sentence)
            first.setdefault(place, row.row)
            self._profile_cells(row)
            if row.row not in self.bad:
                found[row.row] = place
        return found

    def _person(self, row: RawRow, place: Place, taken: set[Place]) -> PersonLine:
        """Find the person: the same in everything, or the only one of that name in the unit."""
        name, title, unit = place
        status, person_id = SAME, self.known_people.get(place)
        if person_id is None:
            others = [known for known in self.namesakes.get((name, unit), ()) if known not in taken]
            if len(others) == 1:
                person_id = self.known_people[others[0]]
                taken.add(others[0])
                status = CHANGED if title else SAME
            else:
                status = NEW
        present = self.profiles.get(person_id, Profile()) if person_id else Profile()
        profile = msgspec.structs.replace(present, **self.read.get(row.row, {}))
        if profile == present:
            return PersonLine(row.row, name, title, unit, status, person_id)
        status = CHANGED if status == SAME else status
        return PersonLine(row.row, name, title, unit, status, person_id, profile)

    def _profile_cells(self, row: RawRow) -> None:
        """Read the optional columns of the profile; an empty cell keeps what is there."""
        read: dict[str, Any] = {}
        for key, labels in (("gender", GENDERS_BY_LABEL), ("work_kind", WORK_KINDS_BY_LABEL)):
            typed = row.cells.get(key, "")
            if not typed:
                continue
            known = {plain(label): value for label, value in labels.items()}
            if plain(typed) in known:
                read[key] = known[plain(typed)]
            else:
                sentence = phrases.BAD_CHOICE.format(value=typed, choices=", ".join(labels))
                self._wrong(row, key, sentence)
        for key in ("birth_date", "joined_on"):
            typed = row.cells.get(key, "")
            day = day_typed(typed)
            if typed and day is None:
                self._wrong(row, key, phrases.BAD_DAY.format(value=typed))
            elif day is not None:
                read[key] = day
        for key, sentence in problems(Profile(**read)).items():
            self._wrong(row, key, sentence)
        self.read[row.row] = read

    def _account(self, row: RawRow, place: Place | None, usernames: dict[str, int]) -> None:
        username = clean_username(row.cells.get("username", ""))
        email = row.cells.get("email", "")
        roles = self._roles(row)
        if email and not EMAIL.fullmatch(email):
            self._wrong(row, "email", phrases.BAD_EMAIL)
        if not username:
            if row.cells.get("roles"):
                self._wrong(row, "username", phrases.ROLE_WITHOUT_NAME)
            return
        if not USERNAME.fullmatch(username):
            self._wrong(row, "username", phrases.BAD_USERNAME)
        elif username in usernames:
            sentence = phrases.USERNAME_TWICE.format(username=username, row=usernames[username])
            self._wrong(row, "username", sentence)
        usernames.setdefault(username, row.row)
        if not row.cells.get("roles"):
            self._wrong(row, "roles", phrases.ACCOUNT_WITHOUT_ROLE)
        known = self.known_accounts.get(username)
        name = row.cells.get("name", "")
        if known is not None and name and known["display_name"] != name:
            sentence = phrases.USERNAME_TAKEN.format(username=username, name=known["display_name"])
            self._wrong(row, "username", sentence)
        if known is not None and known["is_support"]:
            self._wrong(row, "username", SUPPORT_ACCOUNT)
        if row.row in self.bad or place is None:
            return
        self.accounts.append(self._account_line(row, username, email, roles, known))

    def _account_line(
        self, row: RawRow, username: str, email: str, roles: tuple[str, ...], known: Any
    ) -> AccountLine:
        unit = row.cells.get("unit", "")
        status = NEW
        if known is not None:
            unit_id = self.unit_ids[unit]
            held = set(known["roles"])
            roles = tuple(role for role in roles if f"{role}:{unit_id}" not in held)
            status = CHANGED if roles else SAME
        return AccountLine(
            row=row.row,
            username=username,
            display_name=row.cells["name"],
            email=email,
            unit_code=unit,
            roles=roles,
            status=status,
            account_id=known["id"] if known is not None else None,
        )

    def _roles(self, row: RawRow) -> tuple[str, ...]:
        found: dict[str, None] = {}
        for word in re.split(r"[,;/\n]", row.cells.get("roles", "")):
            if not word.strip():
                continue
            role = ROLE_KEYS.get(
                plain(word), word.strip() if word.strip() in ROLES.values() else ""
            )
            if role:
                found[role] = None
            else:
                sentence = phrases.UNKNOWN_ROLE.format(value=word.strip(), choices=", ".join(ROLES))
                self._wrong(row, "roles", sentence)
        return tuple(found)


def day_typed(text: str) -> date | None:
    """Return a day as it is typed in Vietnam (day first) or as Excel gives it; None otherwise."""
    for form in _DAYS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
