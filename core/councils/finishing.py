"""The end of a meeting: places are given, nominations moved; withdrawn cases end by themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from core.accounts.schemas import Actor
from core.councils import phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import load, managed_head, unconfirmed_of
from core.councils.meetings import people_of
from core.councils.schemas import CaseView, MeetingHead, MeetingView
from core.errors import ConflictError, InvalidInputError
from core.kit.i18n import nfc
from core.law import votes
from core.law.binding import refuse
from core.law.votes import Placed
from core.nominations.moving import Step, move_each
from core.nominations.states import Action
from core.notifications.schemas import Event
from core.notifications.service import notify

LEFT_OUT = "left_out"


async def finish_meeting(
    meeting_id: UUID,
    *,
    discussion: str = "",
    places: Mapping[str, int] | None = None,
    chosen: Sequence[UUID] = (),
    actor: Actor,
) -> None:
    """End a meeting: the agreed are submitted, the others refused, the lower ones appraised anew.

    Args:
        places: how many may be proposed, by rung; rungs without a figure have no limit.
        chosen: whom the chair takes where votes are equal at the last place.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: a negative number of places.
        ConflictError: still voting, a tie that waits for the chair, nothing counted, a rule
            that nobody has confirmed (`unconfirmed_law`), or equal votes at the last place
            (`choose_places`).
    """
    head = await managed_head(meeting_id, actor)
    view = await load(head, may_manage=True)
    await stored.lock_cases([case.id for case in view.cases])
    view = await load(head, may_manage=True)
    _check_finished(view)
    refuse(row.label for row in unconfirmed_of(view))
    sealed = [case for case in view.cases if case.state == "sealed" and case.is_live]
    left_out = _left_out(sealed, places or {}, {str(each) for each in chosen})
    await stored.set_outcomes([(case_id, LEFT_OUT) for case_id in sorted(left_out)])
    await move_each([_step(case, case.id in left_out) for case in sealed], actor=actor)
    await repository.touch(meeting_id, nfc(discussion).strip() or None)
    await repository.set_state(meeting_id, "closed")


def _check_finished(view: MeetingView) -> None:
    live = [case for case in view.cases if case.is_live]
    voting = [case.subject_name for case in live if case.state in ("open", "closed")]
    if voting:
        sentence = phrases.STILL_VOTING.format(names=", ".join(voting))
        raise ConflictError(sentence, code="still_voting")
    tied = [case.subject_name for case in live if case.outcome == "tie"]
    if tied:
        raise ConflictError(phrases.STILL_TIED.format(names=", ".join(tied)), code="still_tied")
    if not any(case.state == "sealed" for case in view.cases):
        raise ConflictError(phrases.NO_SEALED, code="no_sealed")


def _left_out(sealed: Sequence[CaseView], places: Mapping[str, int], chosen: set[str]) -> set[UUID]:
    """Return the cases that passed and for which there is no place."""
    found: set[UUID] = set()
    for rung, free in places.items():
        if free < 0:
            raise InvalidInputError(fields={"places": phrases.NEGATIVE})
        passed = [case for case in sealed if case.rung_key == rung and case.outcome == "agreed"]
        placed = [
            Placed(str(case.id), case.result.counts.agree if case.result else 0, case.is_preferred)
            for case in passed
        ]
        ranking = votes.rank(placed, free, chosen=tuple(chosen))
        if ranking.open:
            names = [case.subject_name for case in passed if str(case.id) in ranking.open]
            sentence = phrases.CHOOSE_PLACES.format(
                award=passed[0].award, free=free - len(ranking.admitted), names=", ".join(names)
            )
            raise ConflictError(
                sentence, code="choose_places", extra={"case_ids": list(ranking.open)}
            )
        found |= {UUID(key) for key in ranking.left_out}
    return found


def _step(case: CaseView, is_left_out: bool) -> Step:
    action, note = _consequence(case, LEFT_OUT if is_left_out else case.outcome)
    return Step(case.nomination_id, action, note)


def _consequence(case: CaseView, outcome: str) -> tuple[Action, str]:
    """Return what becomes of a nomination, and the note that says why."""
    result = case.result
    figures = {
        "agree": result.counts.agree if result else 0,
        "members": result.members if result else 0,
        "needed": result.needed if result else 0,
    }
    if outcome == "agreed":
        return Action.SUBMIT, phrases.AGREED_NOTE.format(**figures)
    if outcome == "lower":
        figures["agree"] = result.lower_agree if result else 0
        note = phrases.LOWER_NOTE.format(award=case.lower_award, **figures)
        return Action.BACK_TO_APPRAISAL, note
    note = phrases.LEFT_OUT_NOTE if outcome == LEFT_OUT else phrases.NOT_AGREED_NOTE
    return Action.REJECT, note.format(**figures)


async def end_withdrawn() -> int:
    """End every case under vote whose nomination has left the council, and tell its meeting.

    A scan of the worker; votes are refused at once, this only writes it down. Returns how many.
    """
    rows = await stored.withdrawn()
    for row in rows:
        await stored.void(row["id"], phrases.WITHDRAWN)
        head = await repository.head(row["meeting_id"])
        if head is None or head["state"] == "closed":
            continue
        view = await load(MeetingHead(**head), may_manage=False)
        await notify(
            event=Event.COUNCIL_STOPPED,
            account_ids=people_of(view),
            title=phrases.WITHDRAWN_TITLE.format(name=row["subject_name"]),
            body=phrases.WITHDRAWN,
            href=f"/hop/{row['meeting_id']}",
            subject_id=row["id"],
        )
    return len(rows)
