"""Draft a decision that revokes awards of an earlier one; its issue takes them back."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

import msgspec

from core.accounts.schemas import Actor
from core.decisions import access, phrases, reading, repository
from core.decisions.schemas import Body, DecisionView, Kind, State
from core.errors import ConflictError
from core.kit import db
from core.kit.i18n import vn_date
from core.kit.ids import new_id

LAW = "Căn cứ Luật Thi đua, khen thưởng, Điều 93"


async def draft_revocation(
    decision_id: UUID, nomination_ids: Sequence[UUID], *, grounds: str, actor: Actor
) -> DecisionView:
    """Make a draft that revokes awards which an issued decision gave (Luật TĐKT, Điều 93).

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        ConflictError: the decision is no issued award (code `wrong_state`).
    """
    found = await reading.get_decision(decision_id, actor=actor)
    access.require(actor, access.DRAFTERS, found.unit_path)
    if found.state is not State.ISSUED or found.kind is not Kind.AWARD or found.round is None:
        state = phrases.STATES[found.state].lower()
        raise ConflictError(phrases.WRONG_STATE.format(state=state), code="wrong_state")
    chosen = [each for each in found.entries if each.nomination_id in set(nomination_ids)]
    award = chosen[0].award if chosen else ""
    of_day = f"số {found.number_text} ngày {vn_date(found.decided_on)} của {found.unit_name}"
    names = ", ".join(each.subject_name for each in chosen)
    body = Body(
        legal_bases=(LAW, f"Căn cứ Quyết định {of_day}"),
        articles=(
            f"Hủy bỏ việc tặng {award} theo Quyết định {of_day} đối với {names}. Lý do: {grounds}",
            "Người, tập thể có tên tại Điều 1 nộp lại hiện vật khen thưởng và số tiền thưởng đã"
            f" nhận vào Quỹ thi đua, khen thưởng của {found.unit_name}",
            "Quyết định này có hiệu lực kể từ ngày ký. Các đơn vị, tập thể và cá nhân có liên quan"
            " chịu trách nhiệm thi hành quyết định này",
        ),
        recipients=("Như Điều 3", "Lưu: VT"),
    )
    made = new_id()
    await repository.insert(
        decision_id=made, unit_id=found.unit_id, round_id=found.round.id, kind=Kind.REVOKE,
        title=f"Về việc hủy bỏ quyết định tặng {award}", body=msgspec.to_builtins(body),
        place=found.place, signer=(found.signer_name, found.signer_title),
        account_id=actor.account_id,
    )  # fmt: skip
    await repository.insert_entries(made, [each.nomination_id for each in chosen])
    return await reading.get_decision(made, actor=actor)


async def take_back(nomination_ids: Sequence[UUID]) -> None:
    """Mark the awards of these nominations as revoked, when the decision is issued."""
    await db.execute(
        "UPDATE award_grant SET state = 'revoked' WHERE nomination_id = ANY($1::uuid[])",
        list(nomination_ids),
    )
