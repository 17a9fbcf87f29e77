"""The department's values as sentences: on the pages, and to tell one edition from another."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from decimal import Decimal

from core.kit.i18n import vn_date, vn_number
from core.movements import phrases
from core.movements.readiness import own_settings
from core.movements.resolved import rung_key, steps_of
from core.movements.values import SECTIONS, DepartmentValues, Quota, Setting, day_key
from core.plugin.api import ConfigSetting, PlanContent, ScheduleRow

Lines = Callable[[PlanContent, DepartmentValues], Iterable[str]]

TITLES = {
    "plan_paper": "Kế hoạch của Sở",
    "settings": "Điểm kế hoạch để Sở đặt",
    "days": "Hạn báo cáo",
    "reminders": "Nhắc trước hạn",
    "criteria": "Tiêu chí của Sở",
    "weights": "Điểm tối đa của tiêu chí",
    "standards": "Tiêu chuẩn khen thưởng của Sở",
    "quotas": "Số lượng, mức điểm khen thưởng",
    "rungs": "Dịp và thẩm quyền khen thưởng",
    "offices": "Đầu mối liên hệ",
    "mails": "Lời thư điện tử",
    "filings": "Báo cáo giấy các năm trước",
}


def setting_words(setting: ConfigSetting, value: Setting | None) -> str:
    """Return a setting's value as people say it."""
    if value is None or value == "":
        return phrases.NOT_SET
    if isinstance(value, bool):
        return phrases.YES if value else phrases.NO
    number = vn_number(value) if isinstance(value, int | float) else value
    return f"{number} {setting.unit}".strip()


def step_words(row: ScheduleRow) -> str:
    """Return a step of the schedule: which report, from whom to whom."""
    kind = phrases.REPORT_KINDS[row.report_kind.value]
    target = row.recipient or phrases.LEVELS[row.to_level.value]
    return f"{kind}: {phrases.LEVELS[row.from_level.value].lower()} gửi {target}"


def rung_words(award: str, subject: str, occasion: str, issuer: str = "") -> str:
    """Return a rung in one line."""
    said = [award, phrases.SUBJECTS[subject]]
    if occasion:
        said.append(phrases.OCCASIONS[occasion])
    if issuer and issuer not in award:
        said.append(issuer)
    return " · ".join(said)


def quota_words(quota: Quota) -> str:
    """Return the limits of a rung."""
    said = []
    if quota.count is not None:
        said.append(f"tối đa {quota.count}")
    if quota.percent is not None:
        said.append(f"không quá {vn_number(quota.percent)}%")
    if quota.points is not None:
        said.append(f"từ {vn_number(quota.points)} điểm")
    return ", ".join(said)


def _settings(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:
    for each in own_settings(plan):
        if each.key in values.settings:
            yield f"{each.label}: {setting_words(each, values.settings[each.key])}"


def _weights(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:
    titles = {each.id: each.title for each in plan.criteria}
    titles |= {each.id: each.title for each in values.criteria}
    for key, maximum in values.weights.items():
        if key in titles:
            yield f"{titles[key]}: {vn_number(maximum)} điểm"
    if values.weights:
        yield f"Tổng: {vn_number(sum(values.weights.values(), Decimal(0)))} điểm"


def _days(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:
    for row in steps_of(plan):
        rule = values.days.get(day_key(row.report_kind, row.from_level, row.to_level))
        if rule is None:
            continue
        paper = [rule.decision_number, vn_date(rule.decision_date), rule.file_name]
        said = ", ".join(filter(None, paper))
        yield f"{step_words(row)}: hết ngày {rule.last_day}" + (f" ({said})" if said else "")


def _reminders(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    if values.reminders:
        yield f"Nhắc trước hạn {', '.join(map(str, values.reminders))} ngày"


def _quotas(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:
    for rung in plan.ladder:
        quota = values.quotas.get(rung_key(rung))
        if quota is not None:
            occasion = rung.occasion.value if rung.occasion else ""
            name = rung_words(rung.award, rung.subject_kind.value, occasion, rung.issuer or "")
            yield f"{name}: {quota_words(quota)}"


def _rungs(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:
    for rung in plan.ladder:
        choice = values.rungs.get(rung_key(rung))
        if choice is None:
            continue
        said = [phrases.OCCASIONS[each.value].lower() for each in choice.occasions]
        if choice.signer is not None:
            said.append(f"{phrases.SIGNERS[choice.signer.value]} quyết định")
        occasion = rung.occasion.value if rung.occasion else ""
        name = rung_words(rung.award, rung.subject_kind.value, occasion, rung.issuer or "")
        yield f"{name}: {', '.join(said)}"


def _criteria(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    for each in values.criteria:
        asked = [
            word
            for word, is_asked in (
                ("có tự đánh giá", each.self_assessment),
                ("có minh chứng", each.evidence),
            )
            if is_asked
        ]
        line = f"{phrases.SUBJECTS[each.subject_kind.value]}: {each.title}. {each.text}"
        yield line + (f" ({', '.join(asked)})" if asked else "")


def _standards(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    for each in values.standards:
        yield f"{phrases.SUBJECTS[each.subject_kind.value]}: {each.text}"


def _paper(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    paper = values.plan_paper
    if paper is not None:
        yield f"Số {paper.number} ngày {vn_date(paper.date)}: {paper.title} ({paper.file_name})"


def _filings(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    for each in values.filings:
        kind = phrases.REPORT_KINDS[each.report_kind.value]
        line = f"{each.unit_name}: {kind} {each.year}, nộp ngày {vn_date(each.filed_on)}"
        yield line + (f" ({each.note})" if each.note else "")


def _mails(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    for event, wording in values.mails.items():
        yield f"{phrases.MAIL_EVENTS[event]}: “{wording.subject}” {wording.body}"


def _offices(plan: PlanContent, values: DepartmentValues) -> Iterable[str]:  # noqa: ARG001
    for each in values.offices:
        yield " · ".join(filter(None, (each.office, each.person, each.phone, each.email)))


LINES: dict[str, Lines] = {
    "plan_paper": _paper,
    "settings": _settings,
    "days": _days,
    "reminders": _reminders,
    "criteria": _criteria,
    "weights": _weights,
    "standards": _standards,
    "quotas": _quotas,
    "rungs": _rungs,
    "offices": _offices,
    "mails": _mails,
    "filings": _filings,
}
assert set(LINES) == set(TITLES) == set(SECTIONS)  # noqa: S101 -- a section without words is a bug
