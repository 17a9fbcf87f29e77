"""Rules that hold for every award: the ladder, holds, agencies that are no more, quota, years."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.eligibility.known import Candidate, Known
from core.eligibility.law_day import BLOCK, LawDay
from core.eligibility.requests import declared
from core.eligibility.schemas import Finding
from core.kit.i18n import vn_date, vn_number
from core.plugin.api import FindingState, state_of

MET, NOT_MET = FindingState.MET, FindingState.NOT_MET
PENDING, JUDGE = FindingState.PENDING, FindingState.NEEDS_JUDGEMENT
YEARS_KEYS = {
    "province_flag": "movement_years_province_flag",
    "government_flag": "movement_years_government_flag",
    "prime_minister_certificate": "movement_years_prime_minister_certificate",
    "labour_order": "movement_years_labour_order",
    "labour_order_1": "movement_years_labour_order",
    "labour_order_2": "movement_years_labour_order",
    "labour_order_3": "movement_years_labour_order",
}
ENDED_WORDS = {
    "merge": "Đã sáp nhập vào {successor} từ ngày {day}.",
    "split": "Đã chia tách từ ngày {day}.",
    "close": "Đã giải thể từ ngày {day}.",
}


def general(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Yield the findings that do not depend on the plan's standards."""
    yield ladder(candidate)
    yield from flags(candidate, law)
    yield from holds(candidate, known, law)
    yield from dissolved(candidate, known, law)
    yield from movement_years(candidate, law)
    yield from quota(candidate, known)
    yield from digital_skills(candidate, known)
    yield from explanations(candidate, known, law)


def ladder(candidate: Candidate) -> Finding:
    """Hold the nomination against the ladder: the rung, the subject, the occasion."""
    rung = candidate.rung
    state, reason = MET, "Có trong kế hoạch, đúng đối tượng và đúng dịp."
    reference = "Kế hoạch"
    if rung is None:
        state, reason = NOT_MET, "Bản kế hoạch của đợt này không nêu hình thức này."
    else:
        line = f", dòng {rung.source_line}" if rung.source_line else ""
        reference = f"Kế hoạch{line}. {rung.legal_basis}".strip()
        if rung.subject_kind != candidate.subject_kind:
            state, reason = NOT_MET, "Hình thức này không dành cho loại đối tượng được đề nghị."
        elif rung.occasion is None:
            reason = "Kế hoạch nêu hình thức này mà không nêu dịp; đơn vị mở đợt đã chọn dịp."
        elif rung.occasion != candidate.occasion:
            state, reason = NOT_MET, "Kế hoạch không nêu hình thức này cho dịp của đợt."
    return Finding(
        rule="ladder",
        state=state,
        text="Hình thức khen thưởng có trong kế hoạch, đúng đối tượng và đúng dịp.",
        fact=f"{candidate.award}; {candidate.round_name}",
        source=f"Bản kế hoạch số {candidate.edition.number}",
        reference=reference,
        reason=reason,
    )


def flags(candidate: Candidate, law: LawDay) -> Iterator[Finding]:
    """Some titles are for collectives only."""
    if candidate.award_kind not in law.names("flags_for_collectives"):
        return
    is_collective = candidate.subject_kind == "collective"
    yield law.finding(
        "flags_for_collectives", MET if is_collective else NOT_MET,
        "Danh hiệu này chỉ dành cho tập thể.", rule="flag_for_collectives",
        reason="Đối tượng là tập thể." if is_collective else "Đối tượng không phải là tập thể.",
    )  # fmt: skip


def holds(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """Nothing goes on during a hold; after a discipline the achievement counts from its end.

    The reason of a hold is not repeated here: the unit reads findings too.
    """
    text = (
        "Không trong thời gian xem xét kỷ luật, điều tra, thanh tra, kiểm tra có dấu hiệu vi phạm,"
        " xác minh đơn thư."
    )
    level = law.figure("hold_stops")
    if level is None:
        return
    lasting = [each for each in known.holds if each.lasts_on(candidate.today)]
    if not lasting:
        yield law.finding(
            "hold_stops", MET, text, rule="hold", source="Sổ tạm dừng của Sở",
            reason=f"Đến ngày {vn_date(candidate.today)} không có việc tạm dừng nào.",
        )  # fmt: skip
    elif level:
        until = [each.released_on for each in lasting]
        end = max((day for day in until if day), default=None)
        said = f"hết ngày {vn_date(end)}" if end and None not in until else "khi có kết luận"
        yield law.finding(
            "hold_stops", NOT_MET if level >= BLOCK else JUDGE, text, rule="hold",
            fact=f"Tạm dừng từ {vn_date(min(each.from_on for each in lasting))} đến {said}",
            source="Sổ tạm dừng của Sở", is_blocking=level >= BLOCK,
            reason="Đang tạm dừng: chưa khen thưởng, chưa đề nghị. Khi hết tạm dừng, hệ thống tự"
            " kiểm tra lại.",
        )  # fmt: skip
    yield from _counted_from(candidate, known, law)


def _counted_from(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    days = [each.counts_from for each in known.holds if each.counts_from]
    start = max(days, default=None)
    if start is None or start <= candidate.period_from:
        return
    late = start > candidate.period_to
    yield law.finding(
        "hold_stops", NOT_MET if late else JUDGE,
        "Sau khi hết thời gian kỷ luật, thành tích được tính từ ngày hết kỷ luật.",
        rule="counted_from", is_blocking=late, source="Sổ tạm dừng của Sở",
        fact=f"Thành tích tính từ {vn_date(start)}; đợt xét từ {vn_date(candidate.period_from)}"
        f" đến {vn_date(candidate.period_to)}",
        reason="Không còn thời gian nào của đợt được tính." if late
        else "Chỉ xét thành tích từ ngày này; Hội đồng xem xét.",
    )  # fmt: skip


def dissolved(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """An agency that was dissolved by the reorganisation is not awarded."""
    if candidate.subject_kind != "collective":
        return
    text = "Không khen cơ quan, đơn vị đã giải thể do sắp xếp."
    if known.ended is None:
        if law.row("dissolved_agency"):
            yield law.finding(
                "dissolved_agency", MET, text, source="Cây đơn vị", reason="Đơn vị đang hoạt động."
            )
        return
    day = vn_date(known.ended.effective_on) or "chưa rõ"
    words = ENDED_WORDS[known.ended.kind].format(successor=known.ended.successor, day=day)
    found = law.hit("dissolved_agency", text, fact=words, source="Cây đơn vị", reason=words)
    if found:
        yield found


def whole_months(first: date, last: date) -> int:
    """Return the whole months between two days."""
    months = (last.year - first.year) * 12 + last.month - first.month
    return months - (last.day < first.day)


def movement_years(candidate: Candidate, law: LawDay) -> Iterator[Finding]:
    """How long the movement has lasted: a warning, never a block."""
    key = YEARS_KEYS.get(candidate.award_kind, "")
    needed, started = law.figure(key), law.row("movement_started")
    if needed is None or started is None:
        return
    start = date.fromisoformat(str(started.value))
    months = whole_months(start, candidate.period_to)
    enough = months >= 12 * needed
    yield law.finding(
        key, MET if enough else JUDGE, f"Phong trào đã tổ chức từ {needed} năm trở lên.",
        fact=f"Từ {vn_date(start)} đến {vn_date(candidate.period_to)}:"
        f" {months // 12} năm {months % 12} tháng",
        source=f"Thời gian của đợt; {started.legal_basis}", is_blocking=False,
        reason="Đủ thời gian." if enough
        else "Chưa đủ thời gian: hệ thống chỉ nhắc, cấp quyết định xem xét.",
    )  # fmt: skip


def quota(candidate: Candidate, known: Known) -> Iterator[Finding]:
    """Hold the number of nominations against what the department has set for the rung."""
    limits = candidate.quota
    if limits is None:
        return
    alive, decided = known.count.alive, known.count.decided
    number = candidate.edition.number
    source, fact = f"Bản kế hoạch số {number} của Sở", f"{alive} đang xét, {decided} đã quyết định"
    if limits.count is not None:
        state, reason = MET, "Trong số lượng."
        if decided >= limits.count and candidate.state != "decided":
            state, reason = NOT_MET, "Đã quyết định đủ số lượng của đợt này."
        elif alive + decided > limits.count:
            state, reason = JUDGE, "Nhiều đề nghị hơn số lượng: Hội đồng chọn."
        yield Finding(
            rule="quota", state=state, text=f"Trong số lượng tối đa {limits.count} của đợt.",
            fact=fact, source=source, reference="Số lượng, mức điểm khen thưởng", reason=reason,
        )  # fmt: skip
    shares = (
        ("quota_share", limits.percent, "không quá {}%"),
        ("quota_points", limits.points, "từ {} điểm"),
    )
    for rule, value, words in shares:
        if value is not None:
            yield Finding(
                rule=rule, state=JUDGE, text=f"Mức Sở đặt: {words.format(vn_number(value))}.",
                fact=fact, source=source, reference="Số lượng, mức điểm khen thưởng",
                is_blocking=False, reason="Sở không ghi tính trên số nào: Hội đồng đối chiếu.",
            )  # fmt: skip


def digital_skills(candidate: Candidate, known: Known) -> Iterator[Finding]:
    """Hold an individual against the certificate where the department asks for one."""
    asks = candidate.edition.values.settings.get("digital_skills_required")
    if asks is not True or candidate.subject_kind != "individual":
        return
    found = declared(candidate, known, "digital_skills_certificate")
    state = state_of(bool(found.value) if found else None)
    yield Finding(
        rule="digital_skills_certificate", state=state,
        text="Có xác nhận phổ cập kỹ năng số cơ bản.",
        source=f"Thông tin khai năm {found.year}: {found.source}" if found else "",
        reference=f"Giá trị Sở đặt, bản kế hoạch số {candidate.edition.number}",
        reason={MET: "Đã có xác nhận.", NOT_MET: "Chưa có xác nhận."}.get(
            state, "Chưa có thông tin."
        ),
    )  # fmt: skip


def explanations(candidate: Candidate, known: Known, law: LawDay) -> Iterator[Finding]:
    """What the law allows, said so that nobody holds it against a nomination."""
    if law.figure("lower_award_first") == 0:
        yield law.finding(
            "lower_award_first", MET, "Không bắt buộc có hình thức khen thấp hơn trước.",
            reason="Xét theo điều kiện, tiêu chuẩn và thành tích đạt được.",
        )  # fmt: skip
    leave = declared(candidate, known, "maternity_leave")
    if leave and leave.value is True and law.figure("maternity_leave_counts"):
        yield law.finding(
            "maternity_leave_counts", MET, "Thời gian nghỉ thai sản được tính khi xét.",
            fact=f"Nghỉ thai sản năm {leave.year}", source=leave.source,
            reason="Không vì nghỉ thai sản mà trừ thời gian xét.",
        )  # fmt: skip
