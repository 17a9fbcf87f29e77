"""What the forms of decisions send, read into values."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from litestar.datastructures import UploadFile

from core.decisions import phrases
from core.documents.signing.schemas import Key
from core.errors import InvalidInputError
from core.kit import numbers

TEXTS = (
    "title", "addressee", "legal_bases", "articles", "recipients", "achievement", "signer_title",
    "signer_name", "place",
)  # fmt: skip


def text(form: Mapping[str, Any], name: str) -> str:
    """Return a text field, '' where it is missing or a file."""
    value = form.get(name, "")
    return value if isinstance(value, str) else ""


def texts(form: Mapping[str, Any]) -> dict[str, str]:
    """Return the fields of the text of a decision."""
    return {name: text(form, name) for name in TEXTS}


def reasons(form: Mapping[str, Any]) -> dict[str, str]:
    """Return what was typed beside a step, to be shown again after a refusal."""
    names = ("reason", "annul_reason", "unsign_reason")
    return {name: text(form, name) for name in names if text(form, name)}


def version(form: Mapping[str, Any]) -> int:
    """Return the version that the page showed; one that is none is never the present one."""
    return numbers.version(text(form, "version"))


def day(form: Mapping[str, Any], name: str) -> date | None:
    """Return a day, or None where none can be read."""
    try:
        return date.fromisoformat(text(form, name))
    except ValueError:
        return None


def required_day(form: Mapping[str, Any], name: str) -> date:
    """Return a day.

    Raises:
        InvalidInputError: it is missing or cannot be read.
    """
    found = day(form, name)
    if found is None:
        raise InvalidInputError(fields={name: phrases.DATE_UNREADABLE})
    return found


def uuids(values: list[Any]) -> list[UUID]:
    """Return ids; what is none is left out."""
    found = []
    for value in values:
        try:
            found.append(UUID(str(value)))
        except ValueError:
            continue
    return found


def amount(form: Mapping[str, Any], name: str) -> int | None:
    """Return whole đồng from "1.500.000" (dots and spaces between thousands), or None."""
    return numbers.whole(text(form, name).replace(".", "").replace(" ", "").replace("−", "-"))


async def file(form: Mapping[str, Any], name: str) -> tuple[str, bytes]:
    """Return name and content of a file; ('', b'') where none was chosen."""
    sent = form.get(name)
    if not isinstance(sent, UploadFile) or not sent.filename:
        return "", b""
    return sent.filename, await sent.read()


async def key(form: Mapping[str, Any]) -> Key:
    """Return what a person signs with; the token where that was chosen."""
    _, content = await file(form, "key")
    by_token = text(form, "way") == "token"
    return Key(text(form, "password"), None if by_token else content)
