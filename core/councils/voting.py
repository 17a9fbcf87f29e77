"""Ballots are opened, and members vote: one seat, one paper, however many windows try."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from core.accounts.schemas import Actor
from core.councils import box, phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import checked_cases, load, managed_head, wrong_file
from core.councils.schemas import CaseView, MeetingHead, MeetingView, Opening, OwnMeeting
from core.councils.seats import own_cases, own_seat, refusal
from core.errors import ConflictError, InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import vn_time
from core.law.votes import Choice
from core.nominations.states import State

ON_SCREEN = (Choice.AGREE, Choice.LOWER, Choice.DISAGREE, Choice.ABSTAIN)


async def open_ballots(
    meeting_id: UUID, opening: Opening, lower: tuple[str, str] = ("", ""), *, actor: Actor
) -> None:
    """Open cases for votes. `lower`: name and kind of a lower award that may be agreed to instead.

    Raises:
        NotFoundError, PermissionDeniedError, InvalidInputError: as usual.
        ConflictError: the meeting is not open (`not_open_yet`), too few take part
            (`no_attendance`), a conflict is undecided (`undecided`), the law asks for a secret
            ballot (`must_be_secret`), or a case is not waiting.
    """
    head = await managed_head(meeting_id, actor)
    if head.state != "open":
        raise ConflictError(phrases.NOT_OPEN_YET, code="not_open_yet")
    _check_opening(opening, head)
    view = await load(head, may_manage=True)
    await stored.lock_cases(opening.case_ids)
    cases = checked_cases(view, opening.case_ids, "waiting")
    if not view.attendance.may_vote:
        found = view.attendance
        counted = found.seated + (found.written if head.form == "written" else 0)
        sentence = phrases.NO_ATTENDANCE.format(
            counted=counted, members=found.members, needed=found.attendance_needed
        )
        raise ConflictError(sentence, code="no_attendance")
    for case in cases:
        _check_case(case, opening)
        slips = slip_holders(view, case) if opening.counting == "paper" else ()
        await stored.open_case(case.id, opening.ballot, opening.counting, lower, slips)
    await repository.touch(meeting_id)


def _check_opening(opening: Opening, head: MeetingHead) -> None:
    wrong = {}
    if opening.ballot not in phrases.BALLOTS:
        wrong["ballot"] = phrases.UNKNOWN
    if opening.counting not in phrases.COUNTINGS:
        wrong["counting"] = phrases.UNKNOWN
    if opening.ballot == "secret" and head.form == "written":
        wrong["ballot"] = phrases.WRITTEN_NEVER_HIDDEN
    if wrong:
        raise InvalidInputError(fields=wrong)


def _check_case(case: CaseView, opening: Opening) -> None:
    undecided = [each.full_name for each in case.conflicts if not each.way]
    if undecided:
        sentence = phrases.UNDECIDED.format(name=case.subject_name, who=", ".join(undecided))
        raise ConflictError(sentence, code="undecided")
    if case.must_be_secret and opening.ballot != "secret":
        sentence = phrases.NEEDS_HIDDEN_BALLOT.format(name=case.subject_name, award=case.award)
        raise ConflictError(sentence, code="must_be_secret")


def slip_holders(view: MeetingView, case: CaseView) -> tuple[UUID, ...]:
    """Return the seats in the room that may vote on a case (they get paper slips)."""
    ways = {each.seat_id: each.way for each in case.conflicts}
    return tuple(
        seat.id
        for seat in view.seats
        if seat.presence in ("present", "substituted") and ways.get(seat.id) != "recuse"
    )


async def hand_out(
    meeting_id: UUID, case_id: UUID, seat_ids: tuple[UUID, ...], *, actor: Actor
) -> None:
    """Write who holds a paper slip in a mixed secret ballot; these seats no longer vote on screen.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the case is not open, or a seat has voted on the screen (`voted`).
    """
    head = await managed_head(meeting_id, actor)
    view = await load(head, may_manage=True)
    await stored.lock_cases([case_id])
    [case] = checked_cases(view, (case_id,), "open")
    allowed = set(slip_holders(view, case))
    if case.ballot != "secret" or case.counting != "mixed" or not set(seat_ids) <= allowed:
        raise InvalidInputError(phrases.UNKNOWN, fields={"seat_ids": phrases.UNKNOWN})
    found = await stored.lock_boxes([case_id])
    if case_id not in found:
        raise broken(case)
    turnout, content = found[case_id]
    if set(seat_ids) & set(turnout.electronic):
        raise ConflictError(phrases.VOTED.format(name=case.subject_name), code="voted")
    await stored.save_box(case_id, turnout.took(seat_ids), content)


async def cast(meeting_id: UUID, choices: Mapping[UUID, str], *, actor: Actor) -> None:
    """Vote on some cases of a meeting, for the one seat on which the actor votes: all or none.

    Raises:
        NotFoundError: the actor has no seat there.
        InvalidInputError: no case, or an unknown choice.
        ConflictError: `vote_closed`, `not_open`, `not_before_council`, `voted`, `took_slip`,
            `not_your_vote`, `recused`: nothing is counted, the sentence says why.
    """
    view = await own_meeting_view(meeting_id, actor)
    _check_choices(view, choices)
    case_ids = sorted(choices)
    states = await stored.lock_cases(case_ids, share=True)
    before_council = await stored.lock_nominations(case_ids)
    # The rows are held now: what was closed or withdrawn before is seen, nothing comes between.
    view = await load(view.head, may_manage=False)
    cases = {case.id: case for case in view.cases}
    seat = own_seat(view, actor)
    for case_id in case_ids:
        _check_vote(cases[case_id], states[case_id], before_council.get(case_id, ""))
        refusal(seat, cases[case_id], actor, view)
        if choices[case_id] == Choice.LOWER and not cases[case_id].lower_award:
            raise ConflictError(phrases.NO_LOWER.format(name=cases[case_id].subject_name))
    secret = [each for each in case_ids if cases[each].ballot == "secret"]
    boxes = await stored.lock_boxes(secret)
    for case_id in case_ids:
        case, choice = cases[case_id], Choice(choices[case_id])
        if case.ballot == "secret":
            await _into_box(case, boxes.get(case_id), seat.id, choice)
        elif not await stored.insert_vote(
            case_id=case_id, seat_id=seat.id, choice=choice, way="electronic", by=actor.account_id
        ):
            raise ConflictError(phrases.VOTED.format(name=case.subject_name), code="voted")


def _check_choices(view: MeetingView, choices: Mapping[UUID, str]) -> None:
    if not choices:
        raise InvalidInputError(phrases.NO_CHOICE, fields={"choice": phrases.NO_CHOICE})
    if not choices.keys() <= {case.id for case in view.cases}:
        raise NotFoundError
    if not set(choices.values()) <= set(ON_SCREEN):
        raise InvalidInputError(phrases.UNKNOWN, fields={"choice": phrases.UNKNOWN})


def _check_vote(case: CaseView, state: str, nomination_state: str) -> None:
    """Refuse a vote on a case that is not open, or no longer before the council."""
    name = case.subject_name
    if case.state == "void" or (nomination_state != State.COUNCIL and state != "sealed"):
        raise ConflictError(phrases.NOT_BEFORE_COUNCIL.format(name=name), code="not_before_council")
    if state == "waiting":
        raise ConflictError(phrases.NOT_OPEN.format(name=name), code="not_open")
    if state != "open":
        when = vn_time(case.closed_at.astimezone(clock.VIETNAM)) if case.closed_at else "trước đó"
        raise ConflictError(phrases.VOTE_CLOSED.format(name=name, when=when), code="vote_closed")


async def _into_box(
    case: CaseView, found: tuple[box.Turnout, str] | None, seat_id: UUID, choice: Choice
) -> None:
    if found is None:
        raise broken(case)
    turnout, content = found
    if seat_id in turnout.paper:
        raise ConflictError(phrases.TOOK_SLIP.format(name=case.subject_name), code="took_slip")
    if case.counting == "paper":
        raise ConflictError(phrases.PAPER_ONLY.format(name=case.subject_name), code="paper_only")
    if turnout.has(seat_id):
        raise ConflictError(phrases.VOTED.format(name=case.subject_name), code="voted")
    more = box.put(case.id, turnout, content, seat_id, choice)
    if more is None:
        raise broken(case)
    await stored.save_box(case.id, turnout.voted(seat_id), more)


async def _not_in_box(case: CaseView, seat_id: UUID) -> None:
    """Hold a secret box and refuse a seat that has voted there or holds a slip."""
    found = (await stored.lock_boxes([case.id])).get(case.id)
    if found is None:
        raise broken(case)
    if found[0].has(seat_id):
        raise ConflictError(phrases.VOTED.format(name=case.subject_name), code="voted")


def broken(case: CaseView) -> ConflictError:
    """Return the refusal of a box that does not open."""
    return ConflictError(phrases.BOX_BROKEN.format(name=case.subject_name), code="box_broken")


async def own_meeting_view(meeting_id: UUID, actor: Actor) -> MeetingView:
    """Return a meeting in which the actor has a seat.

    Raises:
        NotFoundError: there is none, or no seat.
    """
    row = await repository.head(meeting_id)
    if row is None or actor.account_id is None:
        raise NotFoundError
    view = await load(MeetingHead(**row), may_manage=False)
    own_seat(view, actor)
    return view


async def record_vote(
    meeting_id: UUID,
    case_id: UUID,
    seat_id: UUID,
    choice: str,
    *,
    note: str = "",
    scan_id: UUID | None = None,
    actor: Actor,
) -> None:
    """Write a vote that the secretary was given: hands raised, or a written opinion with its scan.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: an unknown choice, or no scan of a written opinion.
        ConflictError: not open, voted, recused; in a secret ballot the absent alone write.
    """
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases([case_id])
    await stored.lock_nominations([case_id])
    view = await load(head, may_manage=True)
    [case] = checked_cases(view, (case_id,), "open")
    seat = next((each for each in view.seats if each.id == seat_id), None)
    if seat is None:
        raise NotFoundError
    if choice not in set(ON_SCREEN) or (choice == Choice.LOWER and not case.lower_award):
        raise InvalidInputError(fields={"choice": phrases.UNKNOWN})
    way = "written" if seat.presence == "written" else "hands"
    if way == "written" and scan_id is None:
        raise InvalidInputError(fields={"file": phrases.NO_SCAN})
    if sentence := await wrong_file(scan_id, head.unit_id):
        raise InvalidInputError(fields={"file": sentence})
    if way == "hands" and case.ballot == "secret":
        raise ConflictError(phrases.NOT_WRITTEN.format(name=seat.full_name), code="not_written")
    refusal(seat, case, None, view)
    if case.ballot == "secret":
        await _not_in_box(case, seat_id)
    if not await stored.insert_vote(
        case_id=case_id, seat_id=seat_id, choice=choice, way=way, note=note, file_id=scan_id,
        by=actor.account_id,
    ):  # fmt: skip
        raise ConflictError(phrases.VOTED.format(name=case.subject_name), code="voted")


async def my_meeting(meeting_id: UUID, *, actor: Actor) -> OwnMeeting:
    """Return a meeting as a member or substitute sees it: what can be voted on now, and why not.

    Raises:
        NotFoundError: there is none, or no seat.
    """
    view = await own_meeting_view(meeting_id, actor)
    return await own_cases(view, actor)
