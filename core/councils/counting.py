"""Ballots are closed, counted once, and sealed; the chair's word where both sides are equal."""

from __future__ import annotations

from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.councils import box, phrases, repository
from core.councils import repository_cases as stored
from core.councils.access import checked_cases, load, managed_head
from core.councils.schemas import CaseView, MeetingView, PaperCounts, Result, VoteView
from core.councils.voting import broken
from core.errors import ConflictError, InvalidInputError
from core.kit import clock
from core.kit.i18n import nfc
from core.law import service as law
from core.law import votes
from core.law.votes import Choice, Counts, Outcome, Share


async def close_ballots(meeting_id: UUID, case_ids: tuple[UUID, ...], *, actor: Actor) -> None:
    """Close open cases: whoever votes from now on is told so.

    Raises:
        NotFoundError, PermissionDeniedError, InvalidInputError, ConflictError: as usual.
    """
    await _step(meeting_id, case_ids, "open", "closed", actor)


async def continue_ballots(meeting_id: UUID, case_ids: tuple[UUID, ...], *, actor: Actor) -> None:
    """Open closed cases again; nobody has seen a count of them yet.

    Raises:
        NotFoundError, PermissionDeniedError, InvalidInputError: as usual.
        ConflictError: a teller has counted slips (`counted`): two counts would show a vote.
    """
    await _step(meeting_id, case_ids, "closed", "open", actor)
    if await stored.paper_counts(case_ids):
        raise ConflictError(phrases.COUNTED_ALREADY, code="counted")


async def _step(
    meeting_id: UUID, case_ids: tuple[UUID, ...], before: str, after: str, actor: Actor
) -> None:
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases(case_ids)
    checked_cases(await load(head, may_manage=True), case_ids, before)
    await stored.set_state(case_ids, after)


async def restart_ballot(meeting_id: UUID, case_id: UUID, *, actor: Actor) -> None:
    """Throw a secret ballot away before it is counted, to hold it again in another way.

    Written opinions stay: they are what the absent have said.

    Raises:
        NotFoundError, PermissionDeniedError, ConflictError: as usual; a ballot with names is
            never thrown away (`named`).
    """
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases([case_id])
    [case] = checked_cases(await load(head, may_manage=True), (case_id,), "open", "closed")
    if case.ballot != "secret":
        raise ConflictError(phrases.RESTART_NAMED, code="named")
    await stored.restart(case_id)


async def enter_count(
    meeting_id: UUID, case_id: UUID, counts: PaperCounts, *, actor: Actor
) -> None:
    """Write what one of the two tellers counted on paper slips.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: no name, the same person twice, a negative figure, more than slips.
        ConflictError: not closed, or so few slips that a count shows votes (`few_papers`).
    """
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases([case_id])
    [case] = checked_cases(await load(head, may_manage=True), (case_id,), "closed")
    name = nfc(counts.teller_name).strip()
    entered = (await stored.paper_counts([case_id])).get(case_id, [])
    slips = len((await stored.lock_boxes([case_id])).get(case_id, (box.Turnout(), ""))[0].paper)
    wrong = {}
    if counts.teller not in (1, 2) or case.counting == "electronic" or case.ballot != "secret":
        wrong["teller"] = phrases.UNKNOWN
    if not name:
        wrong["teller_name"] = phrases.NO_TELLER_NAME
    if any(each.teller != counts.teller and each.teller_name == name for each in entered):
        wrong["teller_name"] = phrases.SAME_TELLER
    if any(getattr(counts, field) < 0 for field in Counts.__struct_fields__):
        wrong["agree"] = phrases.NEGATIVE
    elif counts.counts.total > slips:
        wrong["agree"] = phrases.MORE_THAN_SLIPS.format(total=counts.counts.total, slips=slips)
    if wrong:
        raise InvalidInputError(fields=wrong)
    least = law.value("secret_ballot_least_papers", clock.today())
    _enough(case, slips, least, "giấy")
    _enough(case, counts.counts.total, least, "giấy")
    await stored.save_count(
        case_id, msgspec.structs.replace(counts, teller_name=name), actor.account_id
    )


async def seal_ballots(meeting_id: UUID, case_ids: tuple[UUID, ...], *, actor: Actor) -> None:
    """Count closed cases, once and for ever.

    Raises:
        NotFoundError, PermissionDeniedError, InvalidInputError: as usual.
        ConflictError: the tellers are missing or differ, a box holds too few papers
            (`few_papers`) or does not open (`box_broken`).
    """
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases(case_ids)
    view = await load(head, may_manage=True)
    cases = checked_cases(view, case_ids, "closed")
    boxes = await stored.lock_boxes([case.id for case in cases])
    papers = await stored.paper_counts([case.id for case in cases])
    named: dict[UUID, list[VoteView]] = {}
    for row in await stored.votes(meeting_id):
        named.setdefault(row["case_id"], []).append(VoteView(**row))
    results = {
        case.id: _result(
            view, case, boxes.get(case.id), papers.get(case.id, []), named.get(case.id, [])
        )
        for case in cases
    }
    await stored.seal(results, actor.account_id)
    await repository.touch(meeting_id)


def _result(
    view: MeetingView,
    case: CaseView,
    found: tuple[box.Turnout, str] | None,
    papers: list[PaperCounts],
    named: list[VoteView],
) -> Result:
    secret, slips = Counts(), 0
    if case.ballot == "secret":
        if found is None:
            raise broken(case)
        secret, slips = _secret(case, *found, papers)
    by_name = votes.count_choices(Choice(vote.choice) for vote in named)
    written = votes.count_choices(Choice(v.choice) for v in named if v.way == "written")
    counts = secret.plus(by_name)
    verdict = votes.decide(
        counts, view.members, votes.rules_of(case.award_kind, case.rules_on), lower=lower_of(case)
    )
    return Result(
        counts=counts, written=written, members=view.members, needed=verdict.needed,
        outcome=verdict.outcome, slips=slips, voted=counts.total, share=case.share,
        basis=case.basis, is_confirmed=case.is_confirmed, lower_agree=verdict.lower_agree,
        lower_needed=verdict.lower_needed, tellers=tuple(each.teller_name for each in papers),
        recused=tuple(each.full_name for each in case.conflicts if each.way == "recuse"),
    )  # fmt: skip


def lower_of(case: CaseView) -> Share | None:
    """Return what the lower award of a case needs; None where there is none."""
    return votes.threshold_of(case.lower_kind, case.rules_on) if case.lower_award else None


def _secret(
    case: CaseView, turnout: box.Turnout, content: str, papers: list[PaperCounts]
) -> tuple[Counts, int]:
    """Open the box and take the tellers' count; refuse where so few papers give votes away."""
    on_screen = box.opened(case.id, turnout, content)
    if on_screen is None:
        raise broken(case)
    least = law.value("secret_ballot_least_papers", clock.today())
    _enough(case, on_screen.total, least, "trên máy")
    if not turnout.paper:
        return on_screen, 0
    if len(papers) < 2:
        raise ConflictError(phrases.NO_TELLERS.format(name=case.subject_name), code="no_tellers")
    if papers[0].counts != papers[1].counts:
        sentence = phrases.TELLERS_DIFFER.format(name=case.subject_name)
        raise ConflictError(sentence, code="tellers_differ")
    _enough(case, papers[0].counts.total, least, "giấy")
    return on_screen.plus(papers[0].counts), len(turnout.paper)


def _enough(case: CaseView, count: int, least: int, where: str) -> None:
    if 0 < count < least:
        sentence = phrases.FEW_PAPERS.format(
            name=case.subject_name, count=count, where=where, least=least
        )
        raise ConflictError(sentence, code="few_papers")


async def chair_word(meeting_id: UUID, case_id: UUID, choice: str, *, actor: Actor) -> None:
    """Write on which side the chair stands where both sides are equal (dated rule).

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: neither agree nor disagree.
        ConflictError: there is no tie (`no_tie`).
    """
    head = await managed_head(meeting_id, actor)
    await stored.lock_cases([case_id])
    view = await load(head, may_manage=True)
    [case] = checked_cases(view, (case_id,), "sealed")
    if choice not in (Choice.AGREE, Choice.DISAGREE):
        raise InvalidInputError(fields={"choice": phrases.UNKNOWN})
    if case.outcome != Outcome.TIE or case.result is None:
        raise ConflictError(phrases.NOT_A_TIE.format(name=case.subject_name), code="no_tie")
    verdict = votes.decide(
        case.result.counts, view.members, votes.rules_of(case.award_kind, case.rules_on),
        lower=lower_of(case), chair=Choice(choice),
    )  # fmt: skip
    result = msgspec.structs.replace(case.result, outcome=verdict.outcome, chair=choice)
    await stored.seal({case_id: result}, actor.account_id)
    await repository.touch(meeting_id)
