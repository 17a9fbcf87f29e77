"""Small checks of what a person gives: reasons, notes and days."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from core.errors import InvalidInputError
from core.kit import clock
from core.reports import phrases
from core.reports.fields import tidy
from core.reports.schemas import NOTE_MAX


def note(text: str, *, field: str, required: str = "") -> str:
    """Return a note, tidied; `required` is the sentence for an empty one.

    Raises:
        InvalidInputError: empty though required, or longer than 2,000 characters.
    """
    clean = tidy(text)
    if required and not clean:
        raise InvalidInputError(required, fields={field: required})
    if len(clean) > NOTE_MAX:
        sentence = f"Nội dung dài {len(clean)} ký tự; tối đa là {NOTE_MAX} ký tự."
        raise InvalidInputError(sentence, fields={field: sentence})
    return clean


def future(due_at: datetime, *, field: str = "due_at") -> datetime:
    """Return an exclusive due instant that lies ahead.

    Raises:
        InvalidInputError: without a time zone, or not ahead.
    """
    if due_at.tzinfo is None:
        sentence = "Hạn phải có múi giờ."
        raise InvalidInputError(sentence, fields={field: sentence})
    if due_at <= clock.now():
        sentence = "Hạn phải ở sau thời điểm hiện tại."
        raise InvalidInputError(sentence, fields={field: sentence})
    return due_at


def decision(number: str, file_id: UUID | None) -> None:
    """Refuse a change of what the plan states without a decision's number and file.

    Raises:
        InvalidInputError: one of them is missing.
    """
    fields = {}
    if not number:
        fields["decision_number"] = "Chưa có số quyết định."
    if file_id is None:
        fields["decision_file_id"] = "Chưa có tệp quyết định."
    if fields:
        raise InvalidInputError(phrases.NEEDS_DECISION, code="needs_decision", fields=fields)
