"""What a browser's form sends, turned into what the services take."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

from core.errors import InvalidInputError
from core.kit.clock import VIETNAM

AnyRequest = Request[Any, Any, Any]
TREE_DEPTH = 4


async def typed(request: AnyRequest) -> dict[str, str]:
    """Return the text fields of a form (the last one of a repeated name)."""
    form = await request.form()
    return {key: value for key, value in form.items() if isinstance(value, str)}


async def files(request: AnyRequest, name: str) -> list[UploadFile]:
    """Return the chosen files of one field (an empty choice is no file)."""
    form = await request.form()
    return [
        item for item in form.getall(name, []) if isinstance(item, UploadFile) and item.filename
    ]


def nested(form: Mapping[str, str]) -> dict[str, Any]:
    """Turn `figures.a.value` and `items.0.name` into objects and lists; `_x` names are left out."""
    tree: dict[str, Any] = {}
    for name, value in form.items():
        if name.startswith("_"):
            continue
        place = tree
        steps = name.split(".")[:TREE_DEPTH]
        for step in steps[:-1]:
            below = place.setdefault(step, {})
            place = below if isinstance(below, dict) else {}
        place[steps[-1]] = value
    return {key: _listed(value) for key, value in tree.items()}


def _listed(value: Any) -> Any:
    """Return an object whose names are all numbers as a list in their order."""
    if not isinstance(value, dict):
        return value
    if value and all(whole(key) is not None for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(item) for key, item in value.items()}


def whole(text: str) -> int | None:
    """Return a whole number of at most nine digits; None for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else None


def well_formed(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that a form can show again; what has another shape is left out."""
    shown: dict[str, Any] = {key: value for key, value in fields.items() if isinstance(value, str)}
    shown.pop("figures", None)
    shown.pop("items", None)
    figures, items = fields.get("figures"), fields.get("items")
    if isinstance(figures, Mapping):
        shown["figures"] = {k: v for k, v in figures.items() if isinstance(v, Mapping)}
    if isinstance(items, list):
        shown["items"] = [item for item in items if isinstance(item, Mapping)]
    return shown


def end_of_day(text: str, field: str) -> datetime | None:
    """Return the exclusive instant after a last day ("2026-11-29" → 30/11 00:00); None for ''.

    Raises:
        InvalidInputError: not a day, at the field.
    """
    if not text.strip():
        return None
    try:
        last = date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInputError(fields={field: "Ngày không đúng. Xin chọn lại."}) from error
    return datetime.combine(last + timedelta(days=1), datetime.min.time(), tzinfo=VIETNAM)
