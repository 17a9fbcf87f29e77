"""What the forms about consolidations and the plan ask and do."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from core.accounts.schemas import Actor
from core.errors import InvalidInputError, ThiduaError
from core.kit import clock
from core.kit.i18n import vn_date
from core.movements import phrases as plan_phrases
from core.movements import service as movements
from core.movements.difference import differences
from core.movements.schemas import Preview
from core.statistics import phrases
from core.statistics import service as statistics

CHOOSE = {"": "Chọn một mục"}
NOTHING = {"": "Hiện không có bản nào"}
NOT_CHOSEN = "Chọn một mục trong danh sách."
FIRST = "Bản số {number}, bản đầu tiên"
NEXT = "Bản số {number}: khác bản đang áp dụng ở {count} chỗ"
SAME = "Không khác bản số {number}, không có gì phải công bố"


class OneConsolidation(BaseModel):
    """Asks for one consolidation, as it was when the form was opened."""

    consolidation: str = Field(title="Bản tổng hợp", min_length=1, max_length=80)


class Issue(OneConsolidation):
    """Asks for one consolidation and the date of the paper."""

    document_date: date = Field(title="Ngày văn bản", default_factory=clock.today)


class Publish(BaseModel):
    """Asks for the edition that was seen, why it is published and from which day it holds."""

    digest: str = Field(title="Bản được công bố", min_length=1, max_length=200)
    effective_from: date = Field(title="Áp dụng từ ngày", default_factory=clock.today)
    reason: str = Field(
        title="Lý do, căn cứ công bố", min_length=1, max_length=plan_phrases.REASON_MAX
    )


async def approve(actor: Actor, form: OneConsolidation) -> str:
    """Approve a final draft."""
    found, version = _chosen(form)
    await statistics.approve_consolidation(found, version, actor=actor)
    return phrases.APPROVED


async def issue(actor: Actor, form: Issue) -> str:
    """Number and date an approved consolidation."""
    found, version = _chosen(form)
    made = await statistics.issue_consolidation(found, version, form.document_date, actor=actor)
    return phrases.ISSUED.format(number=f"{made.number:02d}/{made.number_notation}")


def _chosen(form: OneConsolidation) -> tuple[UUID, int]:
    found, _, version = form.consolidation.partition(":")
    try:
        return UUID(found), int(version)
    except ValueError:
        raise InvalidInputError(fields={"consolidation": NOT_CHOSEN}) from None


async def drafts(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the final drafts, each with the version that is seen."""
    return await _in_state(actor, "draft")


async def approved(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the approved consolidations, each with the version that is seen."""
    return await _in_state(actor, "approved")


async def _in_state(actor: Actor, state: str) -> dict[str, dict[str, str]]:
    found = await statistics.list_final(state, actor=actor)
    words = {
        f"{each.id}:{each.version}": f"{each.round_title} ({each.year}), {each.receiver_name}"
        for each in found
    }
    return {"consolidation": {**CHOOSE, **words} if words else NOTHING}


async def publish(actor: Actor, form: Publish) -> str:
    """Publish the edition that was seen."""
    if not form.reason.strip():
        raise InvalidInputError(fields={"reason": plan_phrases.NO_REASON})
    made = await movements.publish_edition(
        actor=actor,
        reason=form.reason,
        effective_from=form.effective_from,
        digest=form.digest,
    )
    return plan_phrases.PUBLISHED.format(number=made.number, day=vn_date(made.effective_from))


async def next_edition(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the edition that may be published; where it cannot be drawn up, why."""
    try:
        seen = await movements.preview_edition(actor=actor)
    except ThiduaError as error:
        return {"digest": {"": error.detail}}
    return {"digest": {seen.digest: _in_words(seen)}}


def _in_words(seen: Preview) -> str:
    if seen.is_same and seen.newest:
        return SAME.format(number=seen.newest.number)
    if seen.current is None:
        return FIRST.format(number=seen.number)
    changes = differences(seen.current.plan, seen.plan, seen.current.values, seen.values)
    return NEXT.format(number=seen.number, count=len(changes))
