"""What the forms about rounds ask and do."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import UUID

from pydantic import BaseModel, Field

from admin.forms_accounts import unit_id, unit_options
from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.kit.clock import VIETNAM
from core.kit.i18n import vn_date
from core.organisation import service as organisation
from core.reports import rounds

NOT_IN_ROUND = "{name} không phải nộp báo cáo trong kỳ này."
REMINDED = "Đã nhắc {count} đơn vị chưa nộp."
NOBODY = "Không có đơn vị nào cần nhắc: mọi đơn vị đã nộp hoặc vừa được nhắc."
CLOSED = "Đã đóng kỳ báo cáo “{title}”."
REOPENED = "Đã mở lại kỳ báo cáo “{title}”."
EXCUSED = "Đã miễn nộp báo cáo cho {name}."
EXTENDED = "Đã gia hạn cho {name} đến hết ngày {day}."
DUE_CHANGED = "Đã đổi hạn của kỳ báo cáo “{title}”: nộp đến hết ngày {day}."
NEEDS_FILE = (
    "Hạn đang áp dụng do kế hoạch hoặc quyết định đặt nên cần số và tệp quyết định. Hãy làm ở"
    " trang {page} (trang Kỳ báo cáo, chọn kỳ{more})."
)
UNEXCUSED = "Đã yêu cầu lại báo cáo của {name}."


class OneRound(BaseModel):
    """Asks for one round."""

    round_id: UUID = Field(title="Kỳ báo cáo")


class UnitInRound(OneRound):
    """Asks for one unit of a round."""

    unit: str = Field(title="Đơn vị (mã hoặc tên)", min_length=1, max_length=200)


class Excuse(UnitInRound):
    """Asks for one unit of a round, and why it is excused."""

    reason: str = Field(title="Lý do miễn", min_length=1, max_length=2000)


class Extend(UnitInRound):
    """Asks for one unit of a round, its later day and why."""

    last_day: date = Field(title="Hạn mới: hết ngày")
    reason: str = Field(title="Lý do gia hạn", min_length=1, max_length=2000)


class ChangeDue(OneRound):
    """Asks for one round and its other day."""

    last_day: date = Field(title="Hạn mới: hết ngày")


async def remind(actor: Actor, form: OneRound) -> str:
    """Remind the units that have submitted nothing."""
    count = await rounds.remind_silent(actor=actor, round_id=form.round_id)
    return REMINDED.format(count=count) if count else NOBODY


async def close(actor: Actor, form: OneRound) -> str:
    """Close a round."""
    closed = await rounds.close_round(actor=actor, round_id=form.round_id)
    return CLOSED.format(title=closed.title)


async def reopen(actor: Actor, form: OneRound) -> str:
    """Open a closed round again."""
    opened = await rounds.reopen_round(actor=actor, round_id=form.round_id)
    return REOPENED.format(title=opened.title)


async def excuse(actor: Actor, form: Excuse) -> str:
    """Free a unit from its report."""
    owed, name = await _obligation(actor, form)
    await rounds.excuse(actor=actor, obligation_id=owed, reason=form.reason)
    return EXCUSED.format(name=name)


async def extend(actor: Actor, form: Extend) -> str:
    """Give one unit a later day where no decision is needed."""
    owed, name = await _obligation(actor, form)
    try:
        await rounds.extend(
            actor=actor,
            obligation_id=owed,
            new_due_at=_after(form.last_day),
            reason=form.reason,
        )
    except InvalidInputError as error:
        page = f"/nghia-vu/{owed}/gia-han"
        raise _at_day(error, page, ", rồi chọn đơn vị") from None
    return EXTENDED.format(name=name, day=vn_date(form.last_day))


async def change_due(actor: Actor, form: ChangeDue) -> str:
    """Give a round another day where no decision is needed."""
    try:
        changed = await rounds.change_due(
            actor=actor, round_id=form.round_id, due_at=_after(form.last_day)
        )
    except InvalidInputError as error:
        raise _at_day(error, f"/ky-bao-cao/{form.round_id}/han", "") from None
    return DUE_CHANGED.format(title=changed.title, day=vn_date(form.last_day))


def _after(last_day: date) -> datetime:
    """Return the exclusive instant after a last day."""
    return datetime.combine(last_day, time.min, tzinfo=VIETNAM) + timedelta(days=1)


def _at_day(error: InvalidInputError, page: str, more: str) -> InvalidInputError:
    """Return a refusal at the form's own fields; where a file is asked for, with the page."""
    if error.code == "needs_decision":
        return InvalidInputError(fields={"last_day": NEEDS_FILE.format(page=page, more=more)})
    names = {"due_at": "last_day", "new_due_at": "last_day"}
    fields = {names.get(name, name): sentence for name, sentence in error.fields.items()}
    return InvalidInputError(error.detail, fields=fields)


async def unexcuse(actor: Actor, form: UnitInRound) -> str:
    """Ask for the report again."""
    owed, name = await _obligation(actor, form)
    await rounds.unexcuse(actor=actor, obligation_id=owed)
    return UNEXCUSED.format(name=name)


async def _obligation(actor: Actor, form: UnitInRound) -> tuple[UUID, str]:
    unit = await organisation.get_unit(await unit_id(actor, form.unit), actor=actor)
    after: UUID | None = None
    while True:
        page = await rounds.list_obligations(
            actor=actor, round_id=form.round_id, search=unit.name, after=after, limit=200
        )
        for row in page.items:
            if row.unit_id == unit.id:
                return row.obligation_id, unit.name
        after = page.next_after
        if after is None:
            raise InvalidInputError(fields={"unit": NOT_IN_ROUND.format(name=unit.name)})


async def open_rounds(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the open rounds, newest first."""
    return await _rounds(actor, "open")


async def closed_rounds(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the closed rounds, newest first."""
    return await _rounds(actor, "closed")


async def open_rounds_and_units(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the open rounds, and the units."""
    return {**await open_rounds(actor), "unit": await unit_options(actor)}


async def _rounds(actor: Actor, state: str) -> dict[str, dict[str, str]]:
    found = await rounds.list_rounds(actor=actor, limit=200)
    return {
        "round_id": {
            str(row.id): f"{row.title} ({row.year})" for row in found if row.state == state
        }
    }
