"""The conflict ledger: what stands against a nomination elsewhere, in other units, years, awards.

How much each clash weighs (nothing, a warning, a block) is a dated row of the law.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.eligibility.known import Candidate, Grant, Known, Other, Use
from core.eligibility.law_day import LawDay
from core.eligibility.schemas import Finding
from core.kit.i18n import vn_date
from core.plugin.api import FindingState

RULES = (
    "conflict_same_period",
    "conflict_overlap",
    "conflict_two_lists",
    "conflict_initiative",
    "conflict_initiative_shared",
    "conflict_thematic_ground",
)
ONE_ACHIEVEMENT = "Một thành tích chỉ được khen một lần, một hình thức."
ONE_USE = "Một sáng kiến chỉ làm căn cứ cho một lần khen."
NO_GROUND = (
    "Kết quả khen chuyên đề, đột xuất không làm căn cứ đề nghị cấp trên khen thưởng công trạng."
)


def conflicts(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Yield a finding for every clash; where there is none, one that says so."""
    found = [
        each
        for each in (
            *(_of_grant(candidate, grant, law) for grant in known.grants),
            *(_of_other(candidate, other, law) for other in known.others),
            *(_of_use(candidate, use, law) for use in known.uses),
            _thematic(candidate, known, law),
        )
        if each is not None
    ]
    yield from found
    if not any(each.rule.startswith("conflict_") for each in found):
        yield law.finding(
            "conflict_same_period", FindingState.MET, ONE_ACHIEVEMENT, rule="conflict_none",
            source="Sổ khen thưởng, các danh sách đang xét",
            reason="Không thấy lần khen, danh sách hay sáng kiến nào trùng.",
        )  # fmt: skip


def decision_words(grant: Grant) -> str:
    """Return an earlier award with its decision: what a person looks it up by."""
    number = f"số {grant.decision_number} " if grant.decision_number else ""
    return f"{grant.award}, Quyết định {number}ngày {vn_date(grant.decided_on)}"


def _period(grant: Grant) -> tuple[date, date]:
    """Return the days that an award was for; of an old one, its year."""
    first = grant.period_from or date(grant.year or grant.decided_on.year, 1, 1)
    last = grant.period_to or date(grant.year or grant.decided_on.year, 12, 31)
    return first, last


def _of_grant(candidate: Candidate, grant: Grant, law: LawDay) -> Finding | None:
    """Compare the period of an award that was given with the one that is asked for.

    Titles of a year and a reward of the movement are for different achievements.
    """
    is_merit = candidate.award_kind in law.names("merit_awards")
    if grant.is_thematic == is_merit:
        return None
    first, last = _period(grant)
    if last < candidate.period_from or first > candidate.period_to:
        return None
    same = (first, last) == (candidate.period_from, candidate.period_to)
    merged = "" if grant.is_own else f" (khi đó là {grant.subject_name})"
    return law.hit(
        "conflict_same_period" if same else "conflict_overlap", ONE_ACHIEVEMENT,
        fact=f"{decision_words(grant)}{merged}", source="Sổ khen thưởng",
        reason=f"Đã được khen cho thời gian từ {vn_date(first)} đến {vn_date(last)}.",
    )  # fmt: skip


def _of_other(candidate: Candidate, other: Other, law: LawDay) -> Finding | None:
    if other.period_to < candidate.period_from or other.period_from > candidate.period_to:
        return None
    same = (other.period_from, other.period_to) == (candidate.period_from, candidate.period_to)
    letter = f", tờ trình số {other.letter_number}" if other.letter_number else ""
    day = f" ngày {vn_date(other.letter_date)}" if other.letter_number and other.letter_date else ""
    return law.hit(
        "conflict_two_lists" if same else "conflict_overlap",
        "Một người, một tập thể chỉ có một đề nghị cho cùng một thành tích.",
        fact=f"{other.award}: danh sách của {other.unit_name}{letter}{day}; {other.round_name}",
        source="Các danh sách đang xét",
        reason="Còn một đề nghị khác đang xét: thu hồi một trong hai, hoặc Hội đồng chọn.",
    )  # fmt: skip


def _of_use(candidate: Candidate, use: Use, law: LawDay) -> Finding | None:
    shared = (
        use.subject_id != candidate.subject_id
        and use.round_id == candidate.round_id
        and use.award_kind == candidate.award_kind
    )
    number = f" số {use.decision_number}" if use.decision_number else ""
    where = (
        f"Quyết định{number} ngày {vn_date(use.decided_on)}" if use.decided_on else use.round_name
    )
    return law.hit(
        "conflict_initiative_shared" if shared else "conflict_initiative", ONE_USE,
        fact=f"“{use.initiative}” đã dùng cho {use.subject_name}: {use.award}; {where}",
        source="Sổ sáng kiến, các đề nghị",
        reason="Đồng tác giả cùng đợt: Hội đồng xem xét." if shared
        else "Chọn sáng kiến khác làm căn cứ.",
    )  # fmt: skip


def _thematic(candidate: Candidate, known: Known, law: LawDay) -> Finding | None:
    """Name the topical awards that were left out of the counters of a merit award."""
    if candidate.award_kind not in law.names("merit_awards"):
        return None
    left_out = [each for each in known.grants if each.is_thematic]
    if not left_out:
        return None
    return law.hit(
        "conflict_thematic_ground", NO_GROUND,
        fact="; ".join(decision_words(each) for each in left_out[:3]), source="Sổ khen thưởng",
        reason="Các lần khen này không được đếm; đề nghị phải có căn cứ khác.",
    )  # fmt: skip
