"""Whose seat it is: who votes on it in a case, and the sentence for everybody else."""

from __future__ import annotations

from core.accounts.schemas import Actor
from core.councils import phrases, repository_cases
from core.councils.schemas import CaseView, MeetingView, OwnCase, OwnMeeting, SeatView
from core.errors import ConflictError, NotFoundError
from core.law import votes


def own_seat(view: MeetingView, actor: Actor) -> SeatView:
    """Return the seat of a member, or the one for which somebody sits as a substitute.

    Raises:
        NotFoundError: neither.
    """
    for seat in view.seats:
        if actor.account_id in (seat.account_id, seat.substitute_account_id):
            return seat
    raise NotFoundError


def refusal(seat: SeatView, case: CaseView, actor: Actor | None, view: MeetingView) -> None:
    """Refuse a vote that is not this person's (None: the secretary writes it down).

    Raises:
        ConflictError: `recused`, `not_your_vote` or `away`; the sentence says who votes.
    """
    sentence, code = why_not(seat, case, actor, view)
    if sentence:
        raise ConflictError(sentence, code=code)


def why_not(
    seat: SeatView, case: CaseView, actor: Actor | None, view: MeetingView
) -> tuple[str, str]:
    """Return the sentence and code of a refusal, or two empty texts."""
    conflict = next((each for each in case.conflicts if each.seat_id == seat.id), None)
    way = conflict.way if conflict else ""
    if conflict and way == "recuse":
        kind = phrases.KINDS[conflict.kind].lower()
        return phrases.RECUSED.format(kind=kind), "recused"
    rules = votes.rules_of(case.award_kind, case.rules_on)
    sits = way == "substitute" or seat.presence == "substituted"
    if sits and not rules.substitutes_vote:
        return phrases.NO_SUBSTITUTES, "not_your_vote"
    if seat.presence == "written" and not (rules.written_vote or view.head.form == "written"):
        return phrases.NO_WRITTEN_VOTES, "no_written_votes"
    if actor is None:
        return (phrases.MARKED_AWAY, "away") if seat.presence == "absent" else ("", "")
    return _whose(seat, actor, sits=sits, form=view.head.form)


def _whose(seat: SeatView, actor: Actor, *, sits: bool, form: str) -> tuple[str, str]:
    is_member = actor.account_id == seat.account_id
    names = {"substitute": seat.substitute_name, "member": seat.full_name}
    if sits:
        return (
            (phrases.SUBSTITUTE_VOTES.format(**names), "not_your_vote") if is_member else ("", "")
        )
    if not is_member:
        return phrases.MEMBER_VOTES.format(**names), "not_your_vote"
    if seat.presence == "absent":
        return phrases.MARKED_AWAY, "away"
    if seat.presence == "written" and form != "written":
        return phrases.SENT_WRITTEN, "away"
    return "", ""


async def own_cases(view: MeetingView, actor: Actor) -> OwnMeeting:
    """Return what one person sees: for each case what may be done, or why nothing."""
    seat = own_seat(view, actor)
    voted = await repository_cases.voted(view.head.id, seat.id)
    return OwnMeeting(
        head=view.head, seat_id=seat.id, seat_name=seat.full_name, presence=seat.presence,
        is_substitute=actor.account_id != seat.account_id,
        cases=tuple(_own(case, seat, actor, view, case.id in voted) for case in view.cases),
    )  # fmt: skip


def _own(case: CaseView, seat: SeatView, actor: Actor, view: MeetingView, voted: bool) -> OwnCase:
    voice, reason = _voice(case, seat, actor, view, voted)
    declared = [each for each in case.conflicts if each.seat_id == seat.id and not each.way]
    if declared and not reason:
        reason = f"{phrases.KINDS[declared[0].kind]}: {phrases.DECLARED}"
    return OwnCase(
        id=case.id, nomination_id=case.nomination_id, subject_name=case.subject_name,
        subject_unit_name=case.subject_unit_name, award=case.award, ballot=case.ballot,
        lower_award=case.lower_award, voice=voice, reason=reason,
        outcome=case.outcome if case.state == "sealed" else "",
    )  # fmt: skip


def _voice(
    case: CaseView, seat: SeatView, actor: Actor, view: MeetingView, voted: bool
) -> tuple[str, str]:
    if case.state != "sealed" and not case.is_live:
        return "void", phrases.NOT_BEFORE_COUNCIL.format(name=case.subject_name)
    if voted and case.state in ("open", "closed"):
        return "voted", ""
    if case.state != "open":
        return case.state, ""
    sentence, code = why_not(seat, case, actor, view)
    if not sentence and case.ballot == "secret" and case.counting == "paper":
        sentence = phrases.PAPER_ONLY.format(name=case.subject_name)
    if sentence:
        return ("recused" if code == "recused" else "not_you"), sentence
    return "vote", ""
