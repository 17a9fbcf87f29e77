"""Standards of the law for single awards; awards of topical movements are not counted in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from core.eligibility.catalogue import LEVELS, RATING_WORDS
from core.eligibility.known import Candidate, Idea, Known
from core.eligibility.law_day import LawDay
from core.eligibility.requests import declared, rating_over, rating_words
from core.eligibility.rules import JUDGE, MET, NOT_MET, PENDING
from core.eligibility.schemas import Finding
from core.plugin.api import FindingState

REGISTER = "Sổ khen thưởng, không tính khen chuyên đề, đột xuất"
SCOPE = {"collective": "unit", "individual": "person"}
WORDS = {level: RATING_WORDS[rating] for rating, level in LEVELS.items()}
Rule = Callable[[Candidate, Known, LawDay], Iterator[Finding]]


def standards(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Yield the findings of the law's standards for the nomination's award."""
    rule = _RULES.get(candidate.award_kind)
    if rule and candidate.subject_kind in SCOPE:
        yield from rule(candidate, known, law)


def by_rating(candidate: Candidate, known: Known, law: LawDay, key: str, text: str) -> Finding:
    """Hold the yearly ratings of the period against the level of a law row."""
    scope, least = SCOPE[candidate.subject_kind], law.figure(key) or 0
    fact, source = rating_words(candidate, known, scope)
    official = rating_over(candidate, known, scope, provisional=False)
    likely = rating_over(candidate, known, scope, provisional=True)
    if official is not None:
        state, reason = (MET, "") if LEVELS[official] >= least else (NOT_MET, "")
        reason = "Đạt mức xếp loại." if state is MET else f"Thấp hơn mức “{WORDS[least]}”."
    elif likely is not None:
        state, reason = PENDING, provisional_words(LEVELS[likely] >= least)
    else:
        state, reason = PENDING, "Chưa có đủ xếp loại các năm của đợt."
        leave = declared(candidate, known, "maternity_leave")
        if leave and leave.value is True:
            reason += " Thời gian nghỉ thai sản được tính, không làm giảm mức xét."
    return law.finding(key, state, text, rule="good_work", fact=fact, source=source, reason=reason)


def provisional_words(reaches: bool) -> str:
    """Say what a provisional rating leads to."""
    word = "đạt" if reaches else "chưa đạt"
    return f"Tạm tính theo xếp loại tạm thời: {word}. Chờ xếp loại chính thức."


def run_of(known: Known, kinds: tuple[str, ...], year: int) -> int:
    """Return the consecutive years with such an award, ending in this year or the one before."""
    years = {g.year for g in known.grants if g.award_kind in kinds and counts(g.is_thematic)}
    last = year if year in years else year - 1
    run = 0
    while last - run in years:
        run += 1
    return run


def counts(is_thematic: bool) -> bool:
    """Tell whether a grant is a ground for merit (NĐ 152/2025/NĐ-CP, Điều 4 khoản 3)."""
    return not is_thematic


def excellent_run(candidate: Candidate, known: Known, law: LawDay) -> int:
    """Return the consecutive years rated excellent, ending in this year or the one before."""
    scope, least = SCOPE[candidate.subject_kind], law.figure("rating_excellent") or 4
    years = {
        each.year
        for each in known.ratings
        if each.scope == scope and each.is_official and LEVELS[each.rating] >= least
    }
    last = candidate.year if candidate.year in years else candidate.year - 1
    run = 0
    while last - run in years:
        run += 1
    return run


def _commendation(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Điều 75: good work, and an achievement that the council judges."""
    yield by_rating(
        candidate, known, law, "rating_commendation", "Hoàn thành tốt nhiệm vụ trở lên."
    )
    yield law.finding(
        "rating_commendation", JUDGE,
        "Có thành tích được bình xét trong phong trào, hoặc nhiều thành tích, thành tích đột xuất.",
        rule="achievement", reason="Hội đồng xem xét, kết luận.",
    )  # fmt: skip


def _good_worker(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Điều 24."""
    yield by_rating(candidate, known, law, "rating_good_worker", "Hoàn thành tốt nhiệm vụ trở lên.")


def _base_title(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Điều 23: good worker, and excellent work or an initiative that was put to use."""
    has = run_of(known, ("good_worker",), candidate.year) > 0
    yield law.finding(
        "rating_excellent", MET if has else PENDING, "Là Lao động tiên tiến.", rule="good_worker",
        source=REGISTER, reason="Đã có trong sổ." if has
        else "Chưa thấy trong sổ: xét cùng đợt, hoặc nhập quyết định đã có.",
    )  # fmt: skip
    excellent = by_rating(
        candidate, known, law, "rating_excellent",
        "Hoàn thành xuất sắc nhiệm vụ, hoặc có sáng kiến, đề tài được áp dụng hiệu quả ở cơ sở.",
    )  # fmt: skip
    if known.ideas and excellent.state is not MET:
        names = "; ".join(each.name for each in known.ideas[:3])
        yield law.finding(
            "rating_excellent", MET, excellent.text, rule="good_work", fact=f"Sáng kiến: {names}",
            source="Sổ sáng kiến", reason="Có sáng kiến trong sổ.",
        )  # fmt: skip
    else:
        yield excellent


def _titles_in_a_row(
    key: str, kinds: tuple[str, ...], words: str, levels: tuple[str, ...], scope: str
) -> Rule:
    """Return the rule of a title that needs another one for some years, and an initiative."""

    def rule(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
        needed = law.figure(key) or 0
        run = run_of(known, kinds, candidate.year)
        yield law.finding(
            key, _state(run >= needed), f"{needed} lần liên tục đạt {words}.",
            fact=f"Trong sổ: {run} năm liên tục", source=REGISTER,
            reason="Đủ số lần." if run >= needed
            else "Sổ chưa ghi đủ: nhập các quyết định của năm trước nếu có.",
        )  # fmt: skip
        ideas = [each for each in known.ideas if each.level in levels]
        yield _initiative(law, key, ideas, scope)

    return rule


def _initiative(law: LawDay, key: str, ideas: list[Idea], scope: str) -> Finding:
    names = "; ".join(each.name for each in ideas[:3])
    return law.finding(
        key, _state(bool(ideas)), f"Có sáng kiến, đề tài {scope}.", rule="initiative_level",
        fact=names, source="Sổ sáng kiến", reason="Có trong sổ." if ideas
        else "Sổ sáng kiến chưa ghi sáng kiến ở cấp này.",
    )  # fmt: skip


def _state(holds: bool) -> FindingState:
    return MET if holds else PENDING


def _province_certificate(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Điều 74: one ground is enough; those that the registers show are named."""
    titles = law.figure("base_titles_for_province_certificate") or 0
    years = law.figure("excellent_years_province_certificate") or 0
    excellent = excellent_run(candidate, known, law)
    grounds = []
    if candidate.subject_kind == "individual":
        run = run_of(known, ("base_title",), candidate.year)
        if titles and run >= titles:
            grounds.append(f"{run} lần liên tục Chiến sĩ thi đua cơ sở")
        if years and excellent >= years and len(known.ideas) >= 2:
            grounds.append(f"{excellent} năm hoàn thành xuất sắc, {len(known.ideas)} sáng kiến")
    else:
        run = run_of(known, ("excellent_collective",), candidate.year)
        if years and max(run, excellent) >= years:
            grounds.append(f"{max(run, excellent)} năm liên tục hoàn thành xuất sắc")
    yield law.finding(
        "base_titles_for_province_certificate",
        MET if grounds else JUDGE,
        "Có thành tích xuất sắc được bình xét trong phong trào do tỉnh phát động, hoặc một căn cứ"
        " khác của Điều 74.",
        rule="province_certificate", fact="; ".join(grounds), source=REGISTER,
        reason="Sổ cho thấy một căn cứ." if grounds
        else "Hội đồng kết luận thành tích trong phong trào.",
    )  # fmt: skip


def _collective_title(key: str, *, excellent: bool) -> Rule:
    """Return the rule of a collective title: the share of good workers, and more for the higher."""

    def rule(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
        share, needed = known.share, law.figure(key) or 0
        if share is None:
            return
        reached = share.people > 0 and 100 * share.good_workers >= needed * share.people
        yield law.finding(
            key, _state(reached), f"Có từ {needed}% cá nhân trở lên là Lao động tiên tiến.",
            fact=f"{share.good_workers} trên {share.people} người, năm {candidate.year}",
            source=REGISTER, reason="Đủ tỷ lệ." if reached
            else "Sổ chưa ghi đủ: quyết định cá nhân trước, hoặc nhập quyết định đã có.",
        )  # fmt: skip
        yield law.finding(
            key, JUDGE, "Không có cá nhân bị kỷ luật từ cảnh cáo trở lên.", rule="no_discipline",
            is_blocking=False, reason="Hội đồng đối chiếu hồ sơ kỷ luật của đơn vị.",
        )  # fmt: skip
        if excellent:
            yield by_rating(
                candidate, known, law, "rating_excellent", "Hoàn thành xuất sắc nhiệm vụ."
            )
            for rule_key, number, least, text in (
                (
                    "all_completed",
                    share.completed,
                    share.people,
                    "100% cá nhân hoàn thành.",
                ),
                ("base_title_holder", share.base_titles, 1, "Có Chiến sĩ thi đua cơ sở."),
            ):
                yield law.finding(
                    key, _state(0 < least <= number), text, rule=rule_key,
                    fact=f"Trong sổ: {number} người", source="Sổ xếp loại, sổ khen thưởng",
                    reason="Đủ." if 0 < least <= number else "Sổ chưa ghi đủ.",
                )  # fmt: skip

    return rule


_RULES: dict[str, Rule] = {
    "commendation": _commendation,
    "good_worker": _good_worker,
    "base_title": _base_title,
    "province_title": _titles_in_a_row(
        "base_titles_for_province_title", ("base_title",), "Chiến sĩ thi đua cơ sở",
        ("province", "national"), "cấp tỉnh",
    ),
    "national_title": _titles_in_a_row(
        "province_titles_for_national_title", ("province_title",), "Chiến sĩ thi đua cấp tỉnh",
        ("national",), "có phạm vi toàn quốc",
    ),
    "province_certificate": _province_certificate,
    "good_collective": _collective_title("collective_good_share", excellent=False),
    "excellent_collective": _collective_title("collective_excellent_share", excellent=True),
}  # fmt: skip
