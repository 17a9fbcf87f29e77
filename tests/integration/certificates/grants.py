"""Numbered decisions with awards, made by plain SQL, and their certificates."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
from itertools import count
from uuid import UUID

from PIL import Image

from core.certificates import jobs, service
from core.certificates.schemas import RunView
from core.documents.render import certificate_model as model
from core.documents.render.certificate_pdf import print_certificates
from core.jobs import runner
from core.kit import db
from core.kit.i18n import fold
from core.kit.ids import new_id
from tests.integration.reports.house import House

DAY = dt.date(2026, 11, 18)
NUMBER = "123/QĐ-SYT"
_NUMBERS = count(1)
SITE = "https://so.example"


class Printer:
    """Prints in this process; counts the calls, and dies at one of them on demand."""

    def __init__(self, dies_at: int = 0) -> None:
        self.calls = 0
        self.dies_at = dies_at

    async def print_certificates(self, job: model.Job, *, one_file: bool) -> model.Printed:
        self.calls += 1
        if self.calls == self.dies_at:
            raise asyncio.CancelledError
        return print_certificates(job, one_file=one_file)


def picture(side: int = 300) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", (side, side), (200, 30, 30, 128)).save(out, "PNG")
    return out.getvalue()


async def decided(
    house: House,
    *,
    size: int = 2,
    unit_id: UUID | None = None,
    state: str = "numbered",
    award_kind: str = "commendation",
    names: tuple[str, ...] = (),
) -> tuple[UUID, list[UUID]]:
    """Make a decision of a unit with so many awards; return its id and theirs."""
    decision_id = new_id()
    grant_ids = [new_id() for _ in range(size)]
    unit_id = unit_id or house.tenant_id
    async with house.at():
        await db.execute(
            "INSERT INTO award_decision (id, unit_id, kind, state, title, number, year,"
            " number_text, decided_on, place, signer_name, signer_title, created_at)"
            " VALUES ($1, $2, 'award', $3, 'Khen thưởng phong trào', $6, 2026, $4, $5, 'Tỉnh',"
            " 'Trần Văn Bình', 'Phó Giám đốc', official_now())",
            decision_id, unit_id, state, NUMBER, DAY, next(_NUMBERS),
        )  # fmt: skip
        rows = []
        for place, grant_id in enumerate(grant_ids, 1):
            name = names[place - 1] if place <= len(names) else f"Nguyễn Văn {place}"
            rows.append((grant_id, decision_id, unit_id, house.units[0], name, place, fold(name),
                         NUMBER, DAY, award_kind))  # fmt: skip
        await db.executemany(
            "INSERT INTO award_grant (id, decision_id, unit_id, subject_kind, subject_id,"
            " subject_unit_id, subject_name, subject_title, subject_unit_name, award, award_kind,"
            " issuer, occasion, year, achievement, decision_number, decided_on, gold_book_number,"
            " search_name, granted_at) VALUES ($1, $2, $3, 'collective', $4, $4, $5, 'Bác sĩ',"
            " 'Khoa Nội', 'Giấy khen của Giám đốc Sở Y tế', $10, 'Giám đốc Sở', 'annual', 2026,"
            " 'Đã có thành tích xuất sắc trong phong trào thi đua năm 2026', $8, $9, $6, $7,"
            " official_now())",
            rows,
        )
    return decision_id, grant_ids


async def asked(
    house: House, decision_id: UUID, *, who: str = "officer", output: str = "one",
    grant_ids: list[UUID] | None = None, reason: str = "",
) -> RunView:  # fmt: skip
    """Ask for a run in the transaction that is open."""
    return await service.request_run(
        actor=house.people[who], decision_id=decision_id, award_kind="commendation",
        grant_ids=grant_ids, output=output, reason=reason, site=SITE,
    )  # fmt: skip


async def run_of(house: House, decision_id: UUID, **more: object) -> RunView:
    """Ask for a run in a transaction of its own."""
    async with house.at():
        return await asked(house, decision_id, **more)  # type: ignore[arg-type]


async def finished(house: House, run_id: UUID, printer: Printer | None = None) -> RunView:
    """Let the worker do the run's open job and return the run."""
    async with house.at():
        job_id = await db.fetchval(
            "SELECT id FROM outbox WHERE job = 'certificates.print' AND done_at IS NULL"
            " AND error = '' AND arguments->>'run_id' = $1",
            str(run_id),
        )
    handlers = {each.name: each for each in jobs.handlers(printer or Printer())}
    await runner.run(handlers, house.tenant_id, job_id)
    return await seen(house, run_id)


async def seen(house: House, run_id: UUID, who: str = "officer") -> RunView:
    async with house.at(who=who):
        return await service.get_run(actor=house.people[who], run_id=run_id)


async def content_of(house: House, run_id: UUID) -> bytes:
    async with house.at():
        found = await service.open_run_file(actor=house.people["officer"], run_id=run_id)
    return found[2]


async def codes_of(house: House, decision_id: UUID) -> list[str]:
    """Return the public codes of a decision's certificates in the order of the gold book."""
    async with house.at():
        rows = await db.fetch(
            "SELECT c.code FROM certificate AS c JOIN award_grant AS g ON g.id = c.grant_id"
            " WHERE g.decision_id = $1 ORDER BY g.gold_book_number",
            decision_id,
        )
    return [row["code"] for row in rows]


async def log_of(house: House, decision_id: UUID) -> list[tuple[str, int]]:
    """Return (name, copy number) of everything that was printed of a decision."""
    async with house.at():
        rows = await db.fetch(
            "SELECT g.subject_name AS name, p.copy_number FROM certificate_print AS p"
            " JOIN certificate AS c ON c.id = p.certificate_id"
            " JOIN award_grant AS g ON g.id = c.grant_id WHERE g.decision_id = $1"
            " ORDER BY g.gold_book_number, p.copy_number",
            decision_id,
        )
    return [(row["name"], row["copy_number"]) for row in rows]
