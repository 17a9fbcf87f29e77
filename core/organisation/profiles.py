"""What the register knows of people beside name and post: gender, kind of work, two days."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.kit import clock, db
from core.kit.ids import new_id
from core.organisation import phrases, service
from core.organisation.people import DECIDERS, get_person
from core.organisation.schemas import Profile

EARLIEST = date(1900, 1, 1)


async def profiles_of(person_ids: Sequence[UUID]) -> dict[UUID, Profile]:
    """Return what is known of each of these people; an empty profile where nothing is.

    One query. The caller has asked for the right to these people.
    """
    rows = await db.fetch(
        "SELECT person_id, gender, work_kind, birth_date, joined_on FROM person_profile"
        " WHERE person_id = ANY ($1)",
        list(person_ids),
    )
    known = {
        row["person_id"]: Profile(
            gender=row["gender"],
            work_kind=row["work_kind"],
            birth_date=row["birth_date"],
            joined_on=row["joined_on"],
        )
        for row in rows
    }
    return {person_id: known.get(person_id, Profile()) for person_id in person_ids}


async def set_profile(person_id: UUID, profile: Profile, *, actor: Actor) -> None:
    """Write what is known of one person, as the head of the unit or the administrator.

    Raises:
        NotFoundError: there is no such person for the actor.
        PermissionDeniedError: the actor neither heads nor administers the person's unit.
        InvalidInputError: fields gender, work_kind, birth_date, joined_on.
    """
    person = await get_person(person_id, actor=actor)
    unit = await service.get_unit(person.unit_id, actor=actor)
    actor.require(DECIDERS, unit.path)
    fields = problems(profile)
    if fields:
        raise InvalidInputError(fields=fields)
    await write_profiles({person_id: profile})


async def write_profiles(profiles: Mapping[UUID, Profile]) -> None:
    """Write many profiles in one statement; the caller has asked for the right and checked them."""
    if not profiles:
        return
    rows = [
        (new_id(), person_id, each.gender, each.work_kind, each.birth_date, each.joined_on)
        for person_id, each in profiles.items()
    ]
    await db.execute(
        """INSERT INTO person_profile (id, person_id, gender, work_kind, birth_date, joined_on)
        SELECT * FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::date[],
            $6::date[])
        ON CONFLICT (tenant_id, person_id) DO UPDATE SET gender = excluded.gender,
            work_kind = excluded.work_kind, birth_date = excluded.birth_date,
            joined_on = excluded.joined_on""",
        *map(list, zip(*rows, strict=True)),
    )


def problems(profile: Profile) -> dict[str, str]:
    """Return what cannot be meant, by field."""
    fields, today = {}, clock.today()
    if profile.gender not in phrases.GENDERS:
        fields["gender"] = phrases.UNKNOWN_CHOICE
    if profile.work_kind not in phrases.WORK_KINDS:
        fields["work_kind"] = phrases.UNKNOWN_CHOICE
    for name in ("birth_date", "joined_on"):
        day: date | None = getattr(profile, name)
        if day is not None and not EARLIEST <= day <= today:
            fields[name] = phrases.BAD_PAST_DAY
    born, joined = profile.birth_date, profile.joined_on
    if born is not None and joined is not None and joined <= born:
        fields.setdefault("joined_on", phrases.JOINED_BEFORE_BIRTH)
    return fields
