"""What people are told about nominations: who, in which words, leading where."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from core.kit.i18n import vn_day_long
from core.nominations import access
from core.nominations.schemas import ListView, NominationRow
from core.nominations.states import WORDS, State
from core.notifications import service as notifications
from core.notifications.schemas import Event, Notice


async def sent(rows: Sequence[NominationRow], view: ListView) -> None:
    """Tell the officers of the considering unit that nominations have come."""
    first = rows[0]
    await notifications.notify(
        event=Event.NOMINATION_SENT,
        account_ids=await notifications.recipients(
            unit_id=first.round_unit_id, roles=access.HANDLERS
        ),
        title=f"{view.unit_name} gửi {len(rows)} đề nghị khen thưởng",
        body=first.round_name,
        href=f"/khen-thuong/dot/{first.round_id}/de-nghi?trang-thai=sent",
        dedup_key=f"nomination_sent:{first.id}:{first.version}",
    )


async def withdrawn(row: NominationRow, reason: str) -> None:
    """Tell the officers that a nomination was taken back."""
    await notifications.notify(
        event=Event.NOMINATION_SENT,
        account_ids=await notifications.recipients(
            unit_id=row.round_unit_id, roles=access.HANDLERS
        ),
        title=f"{row.unit_name} thu hồi đề nghị cho {row.subject_name}",
        body=reason,
        href=f"/de-nghi/{row.id}",
        dedup_key=f"nomination_withdrawn:{row.id}:{row.version}",
    )


async def returned(row: NominationRow, titles: Sequence[str], due: datetime | None) -> None:
    """Tell the proposing unit which parts came back, and until when."""
    day = f" Hạn bổ sung: {vn_day_long(due)}." if due else ""
    await notifications.notify(
        event=Event.NOMINATION_RETURNED,
        account_ids=await _unit_side(row),
        title=f"Trả lại bổ sung: đề nghị cho {row.subject_name}",
        body=f"Phần cần bổ sung: {', '.join(titles)}.{day}",
        href=f"/de-nghi/{row.id}",
        dedup_key=f"nomination_returned:{row.id}:{row.version}",
        edition_id=row.edition_id,
    )


async def moved(rows: Sequence[NominationRow], states: dict[UUID, State], note: str) -> None:
    """Tell the proposing units where their nominations stand now (a fixed number of statements)."""
    units = {row.unit_id for row in rows} | {row.list_unit_id for row in rows}
    found = await notifications.recipients_of_units(unit_ids=units, roles=access.PROPOSERS)
    notices = {
        (account, row.id): Notice(
            account_id=account,
            title=f"{WORDS[states[row.id]]}: đề nghị cho {row.subject_name}",
            body=note or row.round_name,
            href=f"/de-nghi/{row.id}",
            dedup_key=f"nomination_state:{row.id}:{row.version}:{states[row.id]}",
        )
        for row in rows
        for account in {*found[row.unit_id], *found[row.list_unit_id]}
    }
    await notifications.notify_many(event=Event.NOMINATION_STATE, notices=list(notices.values()))


async def _unit_side(row: NominationRow) -> set[UUID]:
    found = await notifications.recipients_of_units(
        unit_ids={row.unit_id, row.list_unit_id}, roles=access.PROPOSERS
    )
    return {account for accounts in found.values() for account in accounts}
