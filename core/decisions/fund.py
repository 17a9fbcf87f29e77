"""The fund of a round: what was allocated, what prizes cost, what came back. Only ever added to."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from core.accounts.schemas import Actor
from core.decisions import access, phrases, prizes, reading, repository_grants
from core.decisions.schemas import FundLine, FundView
from core.errors import InvalidInputError, NotFoundError
from core.kit import clock
from core.kit.i18n import nfc

LIMIT = 50
MOST = 10**13
TYPED = ("allocation", "correction")


async def get_fund(
    round_id: UUID, *, actor: Actor, after: UUID | None = None, limit: int = LIMIT
) -> FundView:
    """Return the fund of a round, newest lines first.

    Raises:
        NotFoundError: no such round, or not for this person.
    """
    round_ = await reading.get_round(round_id, actor=actor)
    sums = await repository_grants.fund_sums(round_id)
    limit = min(max(limit, 1), 200)
    lines = [FundLine(**row) for row in await repository_grants.fund_lines(round_id, after, limit)]
    return FundView(
        round=round_,
        allocated=sums.get("allocation", 0),
        prizes=sums.get("prize", 0),
        money_back=sums.get("money_back", 0),
        corrections=sums.get("correction", 0),
        lines=tuple(lines[:limit]),
        may_write=actor.can(access.FUND_WRITERS, round_.unit_path),
        after=lines[limit - 1].id if len(lines) > limit else None,
    )


async def add(
    round_id: UUID, *, kind: str, amount: int | None, entered_on: date | None, basis: str,
    actor: Actor, accept_short: bool = False,
) -> FundView:  # fmt: skip
    """Write an allocation, or a correction with its sign, into the fund of a round.

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: what is missing, by field; `accept_short` where the fund would go under
            zero and that was not accepted.
    """
    round_ = await reading.get_round(round_id, actor=actor)
    access.require(actor, access.FUND_WRITERS, round_.unit_path)
    basis = nfc(" ".join(basis.split()))
    wrong = {}
    if kind not in TYPED:
        wrong["kind"] = phrases.FUND_KIND
    if not amount or abs(amount) > MOST or (kind == "allocation" and amount < 0):
        wrong["amount"] = phrases.NO_AMOUNT
    if not basis:
        wrong["basis"] = phrases.NO_BASIS
    if entered_on is None:
        wrong["entered_on"] = phrases.DATE_UNREADABLE
    elif entered_on > clock.today():
        wrong["entered_on"] = phrases.DATE_IN_FUTURE
    if wrong or amount is None or entered_on is None:
        raise InvalidInputError(fields=wrong)
    await repository_grants.lock_fund(round_id)
    left = prizes.sums(await repository_grants.fund_sums(round_id)) + amount
    if amount < 0 and left < 0 and not accept_short:
        sentence = phrases.FUND_SHORT.format(amount=phrases.money(-left))
        raise InvalidInputError(sentence, code="fund_short", fields={"accept_short": sentence})
    await repository_grants.add_fund(
        unit_id=round_.unit_id, round_id=round_id, kind=kind, amount=amount,
        entered_on=entered_on, basis=basis, account_id=actor.account_id,
    )  # fmt: skip
    return await get_fund(round_id, actor=actor)


async def money_back(
    grant_id: UUID, *, amount: int, entered_on: date, basis: str, actor: Actor
) -> None:
    """Write into the fund that prize money of a revoked award came back (for the honours room).

    Raises:
        NotFoundError, PermissionDeniedError: as usual.
        InvalidInputError: more than was paid and not yet returned.
    """
    row = await repository_grants.grant_money(grant_id)
    if row is None:
        raise NotFoundError
    access.require(actor, access.FUND_WRITERS, row["unit_path"])
    open_amount = (row["prize_amount"] or 0) - row["returned"]
    if not 0 < amount <= open_amount:
        raise InvalidInputError(
            fields={"amount": phrases.TOO_MUCH_BACK.format(amount=phrases.money(open_amount))}
        )
    await repository_grants.add_fund(
        unit_id=row["unit_id"], round_id=row["round_id"], kind="money_back", amount=amount,
        entered_on=entered_on, basis=basis, account_id=actor.account_id, grant_id=grant_id,
    )  # fmt: skip
