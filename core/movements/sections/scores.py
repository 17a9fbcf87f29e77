"""Sections of points and numbers: maximum of each criterion, limits of each award."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from core.kit.i18n import vn_number
from core.movements import phrases
from core.movements.resolved import effective, rung_key
from core.movements.sections.inputs import Context, Group, Input, Typed
from core.movements.value_words import rung_words
from core.movements.values import DepartmentValues, Quota
from core.plugin.api import AwardRung, SubjectKind

MOST_POINTS, MOST_AWARDS = 1000, 100_000


def typed_weights(values: DepartmentValues) -> dict[str, str]:
    """Return the maxima as they are typed."""
    return {f"max.{key}": vn_number(value) for key, value in values.weights.items()}


def show_weights(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each kind of subject, with the sum of what is set."""
    groups = []
    for subject in SubjectKind:
        criteria = context.plan.criteria_for(subject)
        if not criteria:
            continue
        given = [typed.get(f"max.{each.id}", "") for each in criteria]
        groups.append(
            Group(
                title=phrases.SUBJECTS[subject.value],
                note=f"Tổng điểm đang đặt: {_sum(given)}. Để trống: không chấm điểm tiêu chí đó.",
                source="department" if any(given) else "not_stated",
                inputs=tuple(
                    Input(name=f"max.{each.id}", label=f"{each.order}. {each.title}",
                          kind="number", value=typed.get(f"max.{each.id}", ""), width=6)
                    for each in criteria
                ),
            )
        )  # fmt: skip
    return groups


def _sum(given: list[str]) -> str:
    reader = Typed({str(place): text for place, text in enumerate(given)})
    numbers = [reader.number(str(place)) for place in range(len(given))]
    return vn_number(sum((number for number in numbers if number is not None), Decimal(0)))


def read_weights(context: Context, typed: Typed) -> dict[str, Decimal]:
    """Read the maxima that are set; points are over 0."""
    found = {}
    for each in context.plan.criteria:
        number = typed.number(f"max.{each.id}", least=0, most=MOST_POINTS)
        if number is not None:
            found[each.id] = number
    return found


def typed_quotas(values: DepartmentValues) -> dict[str, str]:
    """Return the limits as they are typed."""
    found: dict[str, str] = {}
    for key, quota in values.quotas.items():
        found |= {
            f"{key}.count": "" if quota.count is None else str(quota.count),
            f"{key}.percent": vn_number(quota.percent),
            f"{key}.points": vn_number(quota.points),
        }
    return {f"quota.{name}": value for name, value in found.items() if value}


def show_quotas(context: Context, typed: Mapping[str, str]) -> list[Group]:
    """One group for each rung of the ladder."""
    return [_rung(rung, typed) for rung in context.plan.ladder]


def _rung(rung: AwardRung, typed: Mapping[str, str]) -> Group:
    name = f"quota.{rung_key(rung)}"
    given = {each: typed.get(f"{name}.{each}", "") for each in ("count", "percent", "points")}
    occasion = rung.occasion.value if rung.occasion else ""
    return Group(
        title=rung_words(rung.award, rung.subject_kind.value, occasion, rung.issuer or ""),
        source="department" if any(given.values()) else "not_stated",
        inputs=(
            Input(name=f"{name}.count", label="Số lượng tối đa", kind="number",
                  value=given["count"], width=4),
            Input(name=f"{name}.percent", label="Tỷ lệ tối đa (%)", kind="number",
                  value=given["percent"], width=4),
            Input(name=f"{name}.points", label="Từ mức điểm", kind="number",
                  value=given["points"], width=4),
        ),
    )  # fmt: skip


def read_quotas(context: Context, typed: Typed) -> dict[str, Quota]:
    """Read the limits that are set."""
    found = {}
    for rung in context.plan.ladder:
        name = f"quota.{rung_key(rung)}"
        quota = Quota(
            count=typed.whole(f"{name}.count", least=0, most=MOST_AWARDS),
            percent=typed.number(f"{name}.percent", least=0, most=100),
            points=typed.number(f"{name}.points", least=0, most=100 * MOST_POINTS),
        )
        if quota != Quota():
            found[rung_key(rung)] = quota
    return found


def with_own(context: Context, values: DepartmentValues) -> Context:
    """Return the context whose plan holds the department's own criteria too."""
    return Context(
        plan=effective(context.plan, DepartmentValues(criteria=values.criteria)),
        units=context.units,
        blank_rows=context.blank_rows,
    )
