"""Draft a decision or letter from what waits, edit it, take people out, send it to review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec

from core.accounts import heads
from core.accounts.schemas import Actor
from core.decisions import access, notices, phrases, reading, repository, texts
from core.decisions.schemas import Body, DecisionView, Kind, State
from core.documents.heading import Issuer, issuer_of
from core.documents.phrases import HEAD, HEADS
from core.eligibility.blocking import refuse_blocked
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.clock import VIETNAM
from core.kit.i18n import nfc
from core.kit.ids import new_id
from core.law import service as law
from core.law.binding import refuse
from core.movements import service as movements
from core.organisation import service as organisation
from core.organisation.schemas import UnitView

TEXT_MAX = 60_000
LINE_MAX = 300


async def draft(round_id: UUID, nomination_ids: Sequence[UUID], *, actor: Actor) -> DecisionView:
    """Make a draft for nominations of one award that wait in a round.

    What is decided here becomes a decision, the others a letter to the higher level.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: nobody was chosen, or more than one award.
        ConflictError: one of them no longer waits, or stands in another open paper.
    """
    round_ = await reading.get_round(round_id, actor=actor)
    access.require(actor, access.DRAFTERS, round_.unit_path)
    rows = await _waiting(round_id, nomination_ids)
    kind = reading.kind_of(rows[0]["action"])
    unit = await organisation.get_unit(round_.unit_id, actor=actor)
    edition = await movements.get_edition(round_.edition_id)
    issuer = await issuer_of(unit, edition.content)
    collectives = sum(row["subject_kind"] == "collective" for row in rows)
    received = min((row["received_at"] for row in rows if row["received_at"]), default=None)
    body = texts.first_body(
        kind,
        award=rows[0]["award"],
        round_=round_,
        unit=unit,
        edition=edition,
        received=received.astimezone(VIETNAM).date() if received else clock.today(),
        parent=_above(rows[0]["issuer"], issuer),
        counts=(collectives, len(rows) - collectives),
    )
    made_id = new_id()
    await repository.insert(
        decision_id=made_id, unit_id=unit.id, round_id=round_id, kind=kind,
        title=texts.first_title(kind, rows[0]["award"], edition), body=msgspec.to_builtins(body),
        place=issuer.place, signer=await _signer(unit), account_id=actor.account_id,
    )  # fmt: skip
    await repository.insert_entries(made_id, [row["id"] for row in rows])
    return await reading.get_decision(made_id, actor=actor)


async def _waiting(round_id: UUID, nomination_ids: Sequence[UUID]) -> list[Any]:
    """Lock the chosen nominations and hold them against each other; in the order of the list."""
    if not nomination_ids:
        raise InvalidInputError(fields={"nomination_ids": phrases.NOTHING_CHOSEN})
    rows = await repository.lock_nominations(nomination_ids)
    if len(rows) != len(set(nomination_ids)) or any(row["round_id"] != round_id for row in rows):
        raise NotFoundError
    if any(row["state"] != "submitted" for row in rows):
        raise ConflictError(phrases.NOT_WAITING, code="not_waiting")
    if any(row["is_taken"] for row in rows):
        raise ConflictError(phrases.TAKEN, code="in_another_paper")
    if len({(row["award"], reading.kind_of(row["action"])) for row in rows}) > 1:
        raise InvalidInputError(fields={"nomination_ids": phrases.MIXED})
    return sorted(
        rows,
        key=lambda row: (row["subject_kind"] != "collective", row["subject_kind"], row["sort_key"]),
    )


def _above(issuer: str, of_unit: Issuer) -> str:
    """Return to whom a letter goes: the body above, whoever gives the award in the end."""
    return of_unit.parent or issuer


async def _signer(unit: UnitView) -> tuple[str, str]:
    """Return name and title of the unit's head, as far as the accounts know them."""
    row = await heads.head_of(unit.id, [role.value for role in access.APPROVERS])
    title = HEADS.get(unit.kind, HEAD)
    return (row["name"], row["title"] or title) if row else ("", title)


async def save(
    decision_id: UUID, version: int, given: Mapping[str, str], *, actor: Actor
) -> DecisionView:
    """Save the text of a draft: title, legal_bases, articles, recipients, addressee, achievement,
    signer_name, signer_title, place; lists have one entry on each line.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: what is missing or too long, by field.
        ConflictError: no draft any more, or changed by somebody else (`stale_decision`).
    """
    found = await _own(decision_id, access.DRAFTERS, State.DRAFT, actor)
    title, body, signer, place = _cleaned(found, given)
    saved = await repository.save_text(
        found.id, version, title=title, body=msgspec.to_builtins(body), signer=signer, place=place
    )
    if not saved:
        raise stale(found)
    return await reading.get_decision(decision_id, actor=actor)


def _cleaned(
    found: DecisionView, given: Mapping[str, str]
) -> tuple[str, Body, tuple[str, str], str]:
    typed = {key: nfc(value.replace("\r\n", "\n")).strip() for key, value in given.items()}
    title = " ".join(typed.get("title", "").split())
    limit = law.value("document_subject_length", clock.today())
    wrong = {}
    if not title:
        wrong["title"] = phrases.NO_TITLE
    elif len(title) > limit:
        wrong["title"] = phrases.TITLE_LONG.format(limit=limit)
    if not lines(typed.get("articles", "")):
        wrong["articles"] = phrases.NO_ARTICLES
    if not typed.get("signer_name"):
        wrong["signer_name"] = phrases.NO_SIGNER
    if found.kind is Kind.FORWARD and not typed.get("addressee"):
        wrong["addressee"] = phrases.NO_ADDRESSEE
    for key, text in typed.items():
        most = TEXT_MAX if key in {"articles", "legal_bases", "recipients"} else LINE_MAX
        if key != "title" and len(text) > most:
            wrong[key] = phrases.TEXT_LONG.format(limit=phrases.money(most))
    if wrong:
        raise InvalidInputError(fields=wrong)
    body = Body(
        legal_bases=lines(typed.get("legal_bases", "")),
        articles=lines(typed.get("articles", "")),
        recipients=lines(typed.get("recipients", "")),
        addressee=typed.get("addressee", ""),
        achievement=typed.get("achievement", ""),
        note=found.body.note,
    )
    return (
        title,
        body,
        (typed["signer_name"], typed.get("signer_title", "")),
        typed.get("place", ""),
    )


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not empty."""
    return tuple(line for raw in text.splitlines() if (line := " ".join(raw.split())))


async def remove(decision_id: UUID, entry_id: UUID, *, actor: Actor) -> DecisionView:
    """Take somebody out of the list of a draft; the others move up.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `save`; a decision that takes
            awards back names them in its text, so it is drafted anew (code `wrong_kind`).
    """
    found = await _own(decision_id, access.DRAFTERS, State.DRAFT, actor)
    if found.kind is Kind.REVOKE:
        raise ConflictError(phrases.NO_REMOVAL, code="wrong_kind")
    await repository.lock(found.id)
    if not await repository.remove_entry(found.id, entry_id):
        raise NotFoundError
    await repository.bump(found.id)
    return await reading.get_decision(decision_id, actor=actor)


async def delete(decision_id: UUID, version: int, *, actor: Actor) -> None:
    """Throw a draft away; its nominations wait again.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as `save`.
    """
    found = await _own(decision_id, access.DRAFTERS, State.DRAFT, actor)
    if not await repository.delete(found.id, version):
        raise stale(found)


async def send_to_review(decision_id: UUID, version: int, *, actor: Actor) -> DecisionView:
    """Put a draft before the one who approves.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: as `save`; an empty list (`empty_list`); no signatory (`no_signer`);
            somebody is held (`held`) or does not fulfil a blocking rule (`not_eligible`); a
            prize rests on a rule that nobody has confirmed (`unconfirmed_law`).
    """
    found = await _own(decision_id, access.DRAFTERS, State.DRAFT, actor)
    if not found.entries:
        raise ConflictError(phrases.EMPTY_LIST, code="empty_list")
    if not found.signer_name:
        raise ConflictError(phrases.NO_SIGNER, code="no_signer")
    refuse_held(found)
    refuse_unconfirmed(found)
    if found.kind is not Kind.REVOKE:
        await refuse_blocked([entry.nomination_id for entry in found.entries])
    body = msgspec.to_builtins(msgspec.structs.replace(found.body, note=""))
    if not await repository.move(found.id, version, State.DRAFT, State.REVIEW, body):
        raise stale(found)
    await notices.to_review(found, actor)
    return await reading.get_decision(decision_id, actor=actor)


async def _own(decision_id: UUID, roles: Sequence[Any], state: State, actor: Actor) -> DecisionView:
    """Return a decision in a state that one of the roles may change."""
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, roles, found.unit_path)
    require_state(found, state)
    return found


def require_state(found: DecisionView, state: State) -> None:
    """Refuse what is not possible from where the paper stands (ConflictError `wrong_state`)."""
    if found.state is not state:
        raise ConflictError(
            phrases.WRONG_STATE.format(state=phrases.STATES[found.state].lower()),
            code="wrong_state",
            extra={"state": found.state.value},
        )


def refuse_held(found: DecisionView) -> None:
    """Refuse while somebody in the list is held (ConflictError `held`)."""
    if found.held and found.kind is not Kind.REVOKE:
        words = " ".join(
            phrases.HELD.format(name=entry.subject_name, why=entry.held) for entry in found.held
        )
        raise ConflictError(words, code="held")


def refuse_unconfirmed(found: DecisionView) -> None:
    """Refuse prizes by rules that nobody has confirmed (ConflictError `unconfirmed_law`)."""
    if found.kind is Kind.AWARD:
        refuse(found.unconfirmed)


def stale(found: DecisionView) -> ConflictError:
    """Return the refusal for a version that has moved on."""
    return ConflictError(phrases.STALE, code="stale_decision", extra={"version": found.version})
