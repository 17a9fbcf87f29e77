"""Support access: granted by the administrator, used by an operator, shown while it lasts."""

from __future__ import annotations

from uuid import UUID

from core.accounts import repository as accounts
from core.accounts.schemas import Actor, Role, SignedIn, Stage
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.kit import security
from core.kit.i18n import fold, nfc, roster_key
from core.kit.ids import new_id
from core.kit.scope import current_tenant
from core.organisation import service as organisation
from tenants.support import phrases, repository
from tenants.support.schemas import Banner, GrantView, Visit

KIND = "support"
VISITS = 100


async def grant(*, actor: Actor, hours: int, reason: str) -> None:
    """Let operators look at the department's site for so many hours, as an auditor does.

    Raises:
        PermissionDeniedError: not an administrator of the whole department.
        InvalidInputError: no reason (field `reason`), or hours that are not offered (`hours`).
        ConflictError: a grant is in force already (code `support_in_force`).
    """
    account_id = await _administrator(actor)
    fields = {}
    reason = nfc(" ".join(reason.split()))
    if not reason:
        fields["reason"] = phrases.NO_REASON
    if hours not in dict(phrases.HOURS):
        fields["hours"] = phrases.BAD_HOURS
    if fields:
        raise InvalidInputError(fields=fields)
    if not await repository.insert(new_id(), Role.AUDITOR, reason[:1000], account_id, hours):
        raise ConflictError(phrases.ONE_AT_A_TIME, code="support_in_force")


async def end(grant_id: UUID, *, actor: Actor) -> None:
    """End a grant at once: its sessions end, the account under which operators came in closes.

    Raises:
        PermissionDeniedError: not an administrator of the whole department.
        NotFoundError: there is no such grant in force.
    """
    if not await repository.end(grant_id, await _administrator(actor)):
        raise NotFoundError
    await repository.close_sessions()


async def list_grants(*, actor: Actor) -> list[GrantView]:
    """Return the department's grants, newest first.

    Raises:
        PermissionDeniedError: neither administrator nor auditor of the department.
    """
    actor.require((Role.TENANT_ADMIN, Role.AUDITOR), (await organisation.department()).path)
    return [GrantView(**row) for row in await repository.grants()]


async def list_visits(*, actor: Actor) -> list[Visit]:
    """Return the pages that operators looked at last (rights as `list_grants`)."""
    actor.require((Role.TENANT_ADMIN, Role.AUDITOR), (await organisation.department()).path)
    return [Visit(**row) for row in await repository.visits(VISITS)]


async def banner() -> Banner | None:
    """Return what every page says while a grant lasts, or None."""
    row = await repository.banner()
    return Banner(**row) if row else None


async def enter(ticket: str, *, user_agent: str = "") -> SignedIn:
    """Turn a ticket of the console into a marked session that ends with the grant.

    The account of support has no password: there is no other way in.

    Raises:
        NotFoundError: the ticket was used, is older than two minutes, or the grant has ended.
    """
    entry = await repository.use_ticket(security.hash_token(ticket))
    if entry is None:
        raise NotFoundError(phrases.TICKET_USED)
    name = phrases.ACCOUNT_NAME.format(operator=entry["operator_name"])
    account_id = await repository.account_of(entry["operator_id"])
    if account_id is None:
        account_id = await _new_account(entry["operator_id"], name)
    await repository.ready_account(account_id, name)
    await accounts.insert_grant(new_id(), account_id, entry["role"], current_tenant())
    token, session_id = security.new_token(), new_id()
    await repository.open_session(
        session_id, account_id, security.hash_token(token), entry["expires_at"], user_agent
    )
    await repository.link(entry["id"], account_id, session_id)
    return SignedIn(token, session_id, Stage.FULL, entry["expires_at"])


async def note_visit(session_id: UUID, path: str) -> None:
    """Keep that a page was looked at in a session of support."""
    await repository.note_visit(session_id, path)


async def end_expired() -> None:
    """Close what is left of grants that have run out (a periodic scan)."""
    await repository.close_sessions()


async def _administrator(actor: Actor) -> UUID:
    actor.require(Role.TENANT_ADMIN, (await organisation.department()).path)
    if actor.account_id is None:
        raise PermissionDeniedError
    return actor.account_id


async def _new_account(operator_id: UUID, name: str) -> UUID:
    account_id = new_id()
    username = f"ho-tro.{operator_id.hex[-12:]}"
    made = await accounts.insert(
        account_id=account_id,
        username=username,
        display_name=name,
        search_name=fold(f"{name} {username}"),
        roster_key=roster_key(name),
        email="",
        unit_id=current_tenant(),
        person_id=None,
        password_hash="",
        must_change_password=False,
        is_demo=False,
    )
    if not made:
        raise ConflictError(phrases.TICKET_USED, code="username_taken")
    return account_id
