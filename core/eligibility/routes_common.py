"""What the pages of this room share: addresses, who may ask, reading a form with a file."""

from __future__ import annotations

from typing import Any

from litestar import Request
from litestar.datastructures import UploadFile

from core.eligibility import access, changes
from core.eligibility.subjects import File
from core.errors import ConflictError, InvalidInputError, PayloadTooLargeError

AnyRequest = Request[Any, Any, Any]
Refusal = InvalidInputError | PayloadTooLargeError | ConflictError
REFUSED = (InvalidInputError, PayloadTooLargeError, ConflictError)
BASE = "/khen-thuong"
SUBJECTS = f"{BASE}/thong-tin"
RATINGS = f"{BASE}/xep-loai"
IMPORT = f"{RATINGS}/nhap"
HOLDS = f"{BASE}/tam-dung"
INITIATIVES = f"{BASE}/sang-kien"
OTHERS = f"{BASE}/doi-tuong"
CHANGES = f"{BASE}/thay-doi"
CLASHES = f"{BASE}/trung-lap"


def _opt(roles: tuple[Any, ...]) -> dict[str, list[str]]:
    """Return the declared access; the officer is named first where he is one of them."""
    names = [role.value for role in roles]
    return {"access": sorted(names, key=lambda name: name != "officer")}


READ = _opt(access.READERS)
WRITE = _opt(access.FACT_WRITERS)
OFFICER = _opt(access.OFFICER)
HOLD_READ = _opt(access.HOLD_READERS)
CHANGE_READ = _opt(changes.READERS)
CHANGE_WRITE = _opt(changes.OFFICER)


async def form_of(request: AnyRequest) -> tuple[dict[str, str], File | None]:
    """Return the text fields of a form, and its file where one was chosen."""
    form = await request.form()
    texts = {key: value for key, value in form.items() if isinstance(value, str)}
    upload = form.get("file")
    if isinstance(upload, UploadFile) and upload.filename:
        return texts, (upload.filename, await upload.read())
    return texts, None


def errors_of(error: Refusal | None) -> dict[str, str]:
    """Return the sentence of each field; a refused file stands at the field of the file."""
    if error is None:
        return {}
    if isinstance(error, PayloadTooLargeError):
        return {"file": error.detail}
    return error.fields
