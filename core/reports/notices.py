"""What people are told about: who, in which words, leading where. Same transaction as the act."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.accounts.schemas import Role
from core.kit.i18n import vn_day_long
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice
from core.reports import phrases
from core.reports.repository_reports import ReportRow

UNIT_SIDE = (Role.UNIT_CLERK, Role.UNIT_HEAD)


def _day(due_at: datetime | None) -> str:
    return f"Hạn cuối: {vn_day_long(due_at)}." if due_at else "Kế hoạch không nêu hạn nộp."


async def round_opened(
    round_id: UUID,
    edition_id: UUID,
    kind: str,
    year: int,
    due_at: datetime | None,
    inner_due_at: datetime | None,
    owing: Sequence[Any],
) -> None:
    """Tell the people of every unit that owes a report, each once."""
    title = f"Mở kỳ {phrases.round_title(kind, year)}"
    days = {"unit": due_at, "subunit": inner_due_at}
    found = await notifications.recipients_of_units(
        unit_ids=[row["id"] for row in owing], roles=UNIT_SIDE
    )
    await notifications.notify_many(
        event=Event.ROUND_OPENED,
        edition_id=edition_id,
        notices=_once(
            Notice(
                account_id=account_id,
                title=title,
                body=_day(days[row["level"]]),
                href="/viec-cua-toi",
                dedup_key=f"round_opened:{round_id}",
            )
            for row in owing
            for account_id in found[row["id"]]
        ),
    )


async def reminded(
    round_id: UUID, edition_id: UUID, title: str, rows: Sequence[Any], click: datetime
) -> None:
    """Remind the people of silent units, each once for one click."""
    found = await notifications.recipients_of_units(
        unit_ids=[row["unit_id"] for row in rows], roles=UNIT_SIDE
    )
    await notifications.notify_many(
        event=Event.REMINDED,
        edition_id=edition_id,
        notices=_once(
            Notice(
                account_id=account_id,
                title=f"Nhắc nộp {title}",
                body=f"Đơn vị chưa nộp báo cáo. {_day(row['due_at'])}",
                href="/viec-cua-toi",
                dedup_key=f"reminded:{round_id}:{click.isoformat()}",
            )
            for row in rows
            for account_id in found[row["unit_id"]]
        ),
    )


def _once(notices: Iterable[Notice]) -> list[Notice]:
    """Keep the first notice of each account: a person of many units is told once."""
    first: dict[UUID, Notice] = {}
    for notice in notices:
        first.setdefault(notice.account_id, notice)
    return list(first.values())


async def _tell(
    event: Event, row: ReportRow, unit_id: UUID, roles: Iterable[str], title: str, body: str
) -> None:
    await notifications.notify(
        event=event,
        edition_id=row.edition_id,
        account_ids=await notifications.recipients(unit_id=unit_id, roles=roles),
        title=title,
        body=body,
        href=f"/bao-cao/{row.id}",
        dedup_key=f"{event}:{row.id}:{row.version + 1}",
    )


async def sign_off_requested(row: ReportRow, note: str) -> None:
    """Tell the heads that a report waits for them."""
    await _tell(
        Event.SIGN_OFF_REQUESTED,
        row,
        row.unit_id,
        (Role.UNIT_HEAD,),
        f"{row.round_title}: chờ thủ trưởng duyệt",
        note or f"Báo cáo của {row.unit_name} đã soạn xong, xin duyệt và nộp.",
    )


async def given_back(row: ReportRow, note: str) -> None:
    """Tell the clerks what their head wants changed."""
    title = f"{row.round_title}: thủ trưởng đề nghị sửa"
    await _tell(Event.GIVEN_BACK, row, row.unit_id, (Role.UNIT_CLERK,), title, note)


async def submitted(row: ReportRow) -> None:
    """Tell the officers of the receiver."""
    title = f"{row.unit_name} đã nộp {row.round_title}"
    await _tell(Event.SUBMITTED, row, row.receiver_unit_id, (Role.OFFICER,), title, "")


async def returned(row: ReportRow, count: int, due_at: datetime) -> None:
    """Tell the unit at once which parts it has to mend by when."""
    title = f"{row.round_title}: {count} phần được trả lại để bổ sung"
    body = f"Hạn bổ sung: {vn_day_long(due_at)}. Lý do ghi tại từng phần."
    await _tell(Event.RETURNED, row, row.unit_id, UNIT_SIDE, title, body)


async def accepted(row: ReportRow) -> None:
    """Tell the unit that its report is taken."""
    title = f"{row.round_title}: đã được tiếp nhận"
    body = f"{row.receiver_name} đã tiếp nhận báo cáo của {row.unit_name}."
    await _tell(Event.ACCEPTED, row, row.unit_id, UNIT_SIDE, title, body)
