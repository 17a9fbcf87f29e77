"""What the forms about the department's values ask and do: one day, one quota of the draft."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from pydantic import BaseModel, Field, field_validator

from admin.forms_accounts import CHOOSE
from core.accounts.schemas import Actor
from core.errors import InvalidInputError, ThiduaError
from core.evidence import service as evidence
from core.kit.i18n import vn_date
from core.movements import draft
from core.movements import service as movements
from core.movements.resolved import rung_key, steps_of
from core.movements.sections.inputs import Context, Typed
from core.movements.sections.registry import BY_KEY
from core.movements.value_words import rung_words, step_words
from core.movements.values import day_key

NOT_CHOSEN = "Chọn một mục trong danh sách."
NO_FILE = {"": "Không kèm tệp"}
DAY_SET = "Đã ghi hạn vào bản nháp kế hoạch. Hạn có hiệu lực khi công bố bản mới."
QUOTA_SET = "Đã ghi mức khen thưởng vào bản nháp kế hoạch. Có hiệu lực khi công bố bản mới."
FILES_SHOWN = 100


class _Setting(BaseModel):
    """Fields may be empty: the page sends null for them."""

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_empty(cls, value: object) -> object:
        return "" if value is None else value


class SetDay(_Setting):
    """Asks for one step of the schedule, its last day and the decision."""

    step: str = Field(title="Báo cáo", min_length=1, max_length=200)
    last_day: str = Field(
        title="Ngày cuối được nộp, ngày/tháng (để trống: theo kế hoạch)", default="", max_length=5
    )
    number: str = Field(title="Số quyết định (bắt buộc khi kế hoạch đã nêu ngày)", default="",
                        max_length=300)  # fmt: skip
    decided_on: date | None = Field(title="Ngày quyết định (không bắt buộc)", default=None)
    file: str = Field(
        title="Tệp quyết định đã tải lên (bắt buộc khi kế hoạch đã nêu ngày)", default="",
        max_length=40,
    )  # fmt: skip

    @field_validator("decided_on", mode="before")
    @classmethod
    def _no_day(cls, value: object) -> object:
        return value or None


class SetQuota(_Setting):
    """Asks for one rung and its limits."""

    rung: str = Field(title="Hình thức khen thưởng", min_length=1, max_length=1000)
    count: str = Field(title="Số lượng tối đa (để trống: không đặt)", default="", max_length=20)
    percent: str = Field(title="Tỷ lệ tối đa, % (để trống: không đặt)", default="", max_length=20)
    points: str = Field(title="Từ số điểm (để trống: không đặt)", default="", max_length=20)


async def set_day(actor: Actor, form: SetDay) -> str:
    """Save one day of the schedule in the draft, as the page of the section does."""
    key, version = _chosen(form.step, "step")
    file_name = ""
    if form.file:
        file_name = (await _files(actor)).get(form.file, "")
    name = f"day.{key}"
    given = {
        f"{name}.last": form.last_day,
        f"{name}.number": form.number,
        f"{name}.date": form.decided_on.isoformat() if form.decided_on else "",
        f"{name}.file": form.file,
        f"name.{name}.file": file_name.rpartition(" · ")[0],
    }
    fields = {"last": "last_day", "number": "number", "date": "decided_on", "file": "file"}
    await _save(actor, "days", version, given, {f"{name}.{k}": v for k, v in fields.items()})
    return DAY_SET


async def set_quota(actor: Actor, form: SetQuota) -> str:
    """Save the limits of one rung in the draft, as the page of the section does."""
    key, version = _chosen(form.rung, "rung")
    limits = {"count": form.count, "percent": form.percent, "points": form.points}
    given = {f"quota.{key}.{name}": value for name, value in limits.items()}
    await _save(actor, "quotas", version, given, {f"quota.{key}.{name}": name for name in limits})
    return QUOTA_SET


async def _save(
    actor: Actor, key: str, version: int, given: Mapping[str, str], fields: Mapping[str, str]
) -> None:
    """Write one entry of a section over the version that was seen; refusals at our fields."""
    section = BY_KEY[key]
    saved = await movements.get_draft(actor=actor)
    context = Context(plan=await movements.plan_at_hand())
    reader = Typed({**section.typed(saved.values), **given})
    value = section.read(context, reader)
    try:
        reader.finish()
        await draft.save(actor=actor, section=key, value=value, version=version)
    except InvalidInputError as error:
        told = {fields.get(name, name): sentence for name, sentence in error.fields.items()}
        raise InvalidInputError(error.detail, fields=told) from None


def _chosen(text: str, field: str) -> tuple[str, int]:
    version, _, key = text.partition(":")
    if not (version.isascii() and version.isdecimal() and len(version) < 10 and key):
        raise InvalidInputError(fields={field: NOT_CHOSEN})
    return key, int(version)


async def day_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the steps of the schedule with the version that is seen, and the decisions' files."""
    try:
        saved = await movements.get_draft(actor=actor)
        plan = await movements.plan_at_hand()
    except ThiduaError as error:
        return {"step": {"": error.detail}}
    version = saved.version("days")
    steps = {
        f"{version}:{day_key(row.report_kind, row.from_level, row.to_level)}": step_words(row)
        for row in steps_of(plan)
    }
    return {"step": {**CHOOSE, **steps}, "file": {**NO_FILE, **await _files(actor)}}


async def quota_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the rungs of the plan with the version that is seen."""
    try:
        saved = await movements.get_draft(actor=actor)
        plan = await movements.plan_at_hand()
    except ThiduaError as error:
        return {"rung": {"": error.detail}}
    version = saved.version("quotas")
    rungs = {
        f"{version}:{rung_key(rung)}": rung_words(
            rung.award,
            rung.subject_kind.value,
            rung.occasion.value if rung.occasion else "",
            rung.issuer or "",
        )
        for rung in plan.ladder
    }
    return {"rung": {**CHOOSE, **rungs}}


async def _files(actor: Actor) -> dict[str, str]:
    """Return the decisions that were uploaded lately, by their numbers."""
    found = await evidence.decision_files(actor=actor, limit=FILES_SHOWN)
    return {str(each.id): f"{each.name} · tải lên {vn_date(each.uploaded_at)}" for each in found}
