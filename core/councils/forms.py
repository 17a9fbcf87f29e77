"""Reading what was typed on the councils' pages."""

from __future__ import annotations

from uuid import UUID

from litestar.datastructures import FormMultiDict, UploadFile

from core.accounts.schemas import Actor
from core.councils import phrases
from core.councils.access import MANAGERS, READERS
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError
from core.evidence import service as evidence

READ = {"access": [role.value for role in READERS]}
MANAGE = {"access": [role.value for role in MANAGERS]}
REFUSED = (InvalidInputError, ConflictError, PayloadTooLargeError)


def word(form: FormMultiDict, name: str, default: str = "") -> str:
    """Return a text field as it was typed."""
    value = form.get(name, default)
    return value if isinstance(value, str) else default


def uuid_of(text: str) -> UUID | None:
    """Return an id that was chosen, or None."""
    try:
        return UUID(text)
    except ValueError:
        return None


def uuids(form: FormMultiDict, name: str) -> tuple[UUID, ...]:
    """Return the ids that were ticked."""
    found = (uuid_of(text) for text in form.getall(name, []) if isinstance(text, str))
    return tuple(each for each in found if each)


async def stored_file(
    form: FormMultiDict, actor: Actor, unit_id: UUID, name: str = "file"
) -> UUID | None:
    """Keep the file of a field, where one was chosen; return its id."""
    file = form.get(name)
    if not isinstance(file, UploadFile) or not file.filename:
        return None
    kept = await evidence.store_file(
        actor=actor, name=file.filename, content=await file.read(), purpose="council",
        unit_id=unit_id,
    )  # fmt: skip
    return kept.id


def whole(text: str, name: str) -> int:
    """Return a whole number that was typed; an empty field is 0.

    Raises:
        InvalidInputError: it is none, or longer than four digits.
    """
    typed = text.strip() or "0"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= 4):
        raise InvalidInputError(fields={name: phrases.NEGATIVE})
    return int(typed)
