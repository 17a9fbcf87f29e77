"""The operator's limit on how many accounts a department has in use."""

from __future__ import annotations

from core.accounts import phrases, repository
from core.errors import InvalidInputError


async def require_room(count: int = 1) -> None:
    """Refuse so many more accounts in use where the operator's limit would be passed.

    Raises:
        InvalidInputError: the limit is reached (code `too_many_accounts`, field `username`).
    """
    left = await repository.accounts_left()
    if left is not None and left < count:
        sentence = phrases.TOO_MANY_ACCOUNTS
        raise InvalidInputError(sentence, code="too_many_accounts", fields={"username": sentence})
