"""Tell people where a decision stands."""

from __future__ import annotations

from uuid import UUID

from core.accounts.schemas import Actor, Role
from core.decisions import access, phrases
from core.decisions.schemas import DecisionView, Entry
from core.kit.i18n import vn_date
from core.law import service as law
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice

NAMES = 5


async def to_review(found: DecisionView, actor: Actor) -> None:
    """Tell who approves that a paper waits."""
    await _tell(
        found,
        Event.DECISION_REVIEW,
        access.APPROVERS,
        title=phrases.REVIEW_TITLE.format(title=found.title),
        body=phrases.REVIEW_BODY.format(name=actor.display_name, count=len(found.entries)),
    )


async def approved(found: DecisionView) -> None:
    """Tell who numbers that a paper waits for its number."""
    await _tell(
        found,
        Event.DECISION_APPROVED,
        access.NUMBERERS,
        title=phrases.APPROVED_TITLE.format(title=found.title),
    )


async def given_back(found: DecisionView, reason: str) -> None:
    """Tell who drafts that a paper came back, and why."""
    await _tell(
        found,
        Event.DECISION_BACK,
        access.DRAFTERS,
        title=phrases.BACK_TITLE.format(title=found.title),
        body=reason,
    )


async def annulled(found: DecisionView, reason: str) -> None:
    """Tell who drafts that a number was annulled, and why."""
    await _tell(
        found,
        Event.DECISION_BACK,
        access.DRAFTERS,
        title=phrases.ANNULLED_TITLE.format(number=found.number_text, title=found.title),
        body=reason,
    )


async def _tell(
    found: DecisionView, event: Event, roles: tuple[Role, ...], *, title: str, body: str = ""
) -> None:
    people = await notifications.recipients(unit_id=found.unit_id, roles=roles)
    await notifications.notify(
        event=event,
        account_ids=people,
        title=title,
        body=body,
        href=f"/quyet-dinh/{found.id}",
        dedup_key=f"{event}:{found.id}:{found.version}",
    )


async def issued(found: DecisionView) -> None:
    """Tell each unit who of it was awarded, and by when the decision reaches them."""
    assert found.decided_on  # numbered before it is issued  # noqa: S101
    days = law.value("send_decision_to_recipient", found.decided_on)
    by_unit: dict[UUID, list[Entry]] = {}
    for entry in found.entries:
        by_unit.setdefault(entry.unit_id, []).append(entry)
    people = await notifications.recipients_of_units(
        unit_ids=by_unit, roles=(Role.UNIT_CLERK, Role.UNIT_HEAD)
    )
    await notifications.notify_many(
        event=Event.AWARD_DECIDED,
        notices=[
            Notice(
                account_id=account_id,
                title=phrases.DECIDED_TITLE.format(award=entries[0].award),
                body=phrases.DECIDED_BODY.format(
                    number=found.number_text,
                    day=vn_date(found.decided_on),
                    names=_names(entries),
                    days=days,
                ),
                href=f"/de-nghi/{entries[0].nomination_id}",
                dedup_key=f"{Event.AWARD_DECIDED}:{found.id}",
            )
            for unit_id, entries in by_unit.items()
            for account_id in people[unit_id]
        ],
    )


async def outcome(entry: Entry, body: str) -> None:
    """Tell the unit what the higher level decided."""
    people = await notifications.recipients(
        unit_id=entry.unit_id, roles=(Role.UNIT_CLERK, Role.UNIT_HEAD)
    )
    await notifications.notify(
        event=Event.AWARD_DECIDED,
        account_ids=people,
        title=phrases.OUTCOME_TITLE.format(name=entry.subject_name),
        body=body,
        href=f"/de-nghi/{entry.nomination_id}",
        dedup_key=f"{Event.AWARD_DECIDED}:above:{entry.nomination_id}",
    )


def _names(entries: list[Entry]) -> str:
    shown = ", ".join(entry.subject_name for entry in entries[:NAMES])
    rest = len(entries) - NAMES
    return f"{shown} và {rest} trường hợp khác" if rest > 0 else shown
