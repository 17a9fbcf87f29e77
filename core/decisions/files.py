"""The files of a decision: as made, signed, for the accountant, for the higher level."""

from __future__ import annotations

import asyncio
from uuid import UUID

from core.accounts.schemas import Actor
from core.decisions import forwarding, reading, repository
from core.decisions.accountant import prize_list
from core.decisions.schemas import Kind, PaperFile
from core.errors import NotFoundError
from core.kit.storage import storage

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
STORED = ("pdf", "docx", "ban-ky")


async def open_file(decision_id: UUID, which: str, *, actor: Actor) -> PaperFile:
    """Return a file of a decision.

    `which`: pdf | docx (as made), ban-ky (signed, or the scan), chi-thuong (prizes, .xlsx) or
    goi-ho-so (a letter's package, .zip).

    Raises:
        NotFoundError: no such decision or file, or not for this person.
    """
    found = await reading.get_decision(decision_id, actor=actor)
    if which == "chi-thuong" and found.kind is Kind.AWARD:
        content = await asyncio.to_thread(prize_list, found)
        return PaperFile("danh-sach-chi-thuong.xlsx", XLSX, content)
    if which == "goi-ho-so":
        content = await forwarding.package_file(decision_id, actor=actor)
        return PaperFile("goi-ho-so.zip", ZIP, content)
    row = await repository.file_of(found.id, found.version, which) if which in STORED else None
    if row is None:
        raise NotFoundError
    return PaperFile(row["name"], row["media_type"], await storage().get(row["storage_key"]))
