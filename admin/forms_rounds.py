"""What the forms about rounds ask and do."""

from __future__ import annotations

from uuid import UUID

from pydantic import BaseModel, Field

from admin.forms_accounts import unit_id
from core.accounts.schemas import Actor
from core.errors import InvalidInputError
from core.organisation import service as organisation
from core.reports import rounds

NOT_IN_ROUND = "Đơn vị mang mã “{code}” không phải nộp báo cáo trong kỳ này."
REMINDED = "Đã nhắc {count} đơn vị chưa nộp."
NOBODY = "Không có đơn vị nào cần nhắc: mọi đơn vị đã nộp hoặc vừa được nhắc."
CLOSED = "Đã đóng kỳ báo cáo “{title}”."
REOPENED = "Đã mở lại kỳ báo cáo “{title}”."
EXCUSED = "Đã miễn nộp báo cáo cho đơn vị mang mã {code}."
UNEXCUSED = "Đã yêu cầu lại báo cáo của đơn vị mang mã {code}."


class OneRound(BaseModel):
    """Asks for one round."""

    round_id: UUID = Field(title="Kỳ báo cáo")


class UnitInRound(OneRound):
    """Asks for one unit of a round."""

    unit_code: str = Field(title="Mã đơn vị", min_length=1, max_length=63)


class Excuse(UnitInRound):
    """Asks for one unit of a round, and why it is excused."""

    reason: str = Field(title="Lý do miễn", min_length=1, max_length=2000)


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
    owed = await _obligation(actor, form)
    await rounds.excuse(actor=actor, obligation_id=owed, reason=form.reason)
    return EXCUSED.format(code=form.unit_code.strip())


async def unexcuse(actor: Actor, form: UnitInRound) -> str:
    """Ask for the report again."""
    await rounds.unexcuse(actor=actor, obligation_id=await _obligation(actor, form))
    return UNEXCUSED.format(code=form.unit_code.strip())


async def _obligation(actor: Actor, form: UnitInRound) -> UUID:
    wanted = await unit_id(actor, form.unit_code)
    name = (await organisation.get_unit(wanted, actor=actor)).name
    after: UUID | None = None
    while True:
        page = await rounds.list_obligations(
            actor=actor, round_id=form.round_id, search=name, after=after, limit=200
        )
        for row in page.items:
            if row.unit_id == wanted:
                return row.obligation_id
        after = page.next_after
        if after is None:
            raise InvalidInputError(
                fields={"unit_code": NOT_IN_ROUND.format(code=form.unit_code.strip())}
            )


async def open_rounds(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the open rounds, newest first."""
    return await _rounds(actor, "open")


async def closed_rounds(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the closed rounds, newest first."""
    return await _rounds(actor, "closed")


async def _rounds(actor: Actor, state: str) -> dict[str, dict[str, str]]:
    found = await rounds.list_rounds(actor=actor, limit=200)
    return {
        "round_id": {
            str(row.id): f"{row.title} ({row.year})" for row in found if row.state == state
        }
    }
