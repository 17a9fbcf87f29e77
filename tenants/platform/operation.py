"""Running the platform: jobs and mails with retry, support by grant. All of it is in the trail."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from core.audit.reasons import job_words, reason_words
from core.errors import NotFoundError
from core.kit import i18n, security
from tenants.platform import phrases
from tenants.platform import repository_operation as repository
from tenants.platform.departments import get_department
from tenants.platform.provisioning import address_of
from tenants.platform.schemas import Operator

LISTED = 100
REQUEST = re.compile(r"(GET|POST) /")
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
PAGE = 50


class FailedJob(msgspec.Struct, frozen=True):
    """A job that was given up."""

    short_name: str
    tenant_id: UUID
    id: UUID
    job: str
    created_at: datetime
    attempts: int
    error: str

    @property
    def work(self) -> str:
        """What the job does, in words."""
        words = job_words(self.job)
        return words[:1].upper() + words[1:]


class StuckMail(msgspec.Struct, frozen=True):
    """A mail that did not go out, or of which nobody knows. `state`: failed | unknown."""

    short_name: str
    tenant_id: UUID
    id: UUID
    state: str
    created_at: datetime
    error: str


class SupportOffer(msgspec.Struct, frozen=True):
    """A department's grant by which an operator may come in."""

    short_name: str
    tenant_id: UUID
    grant_id: UUID
    role: str
    reason: str
    granted_by: str
    granted_at: datetime
    expires_at: datetime


class Line(msgspec.Struct, frozen=True):
    """A line of the trail."""

    seq: int
    at: datetime
    table_name: str
    subject: str
    action: str
    reason: str
    changes: dict[str, Any]
    operator: str

    @property
    def what(self) -> str:
        """What was done, in words."""
        key = self.action if self.table_name == "note" else f"{self.table_name}.{self.action}"
        return phrases.ACTS.get(key, f"{self.table_name}: {self.action}")

    @property
    def details(self) -> list[str]:
        """What changed, in words; secrets are hashes and are left out."""
        if self.table_name == "note":
            address = self.changes.get("address")
            return [phrases.FROM_ADDRESS.format(address=address)] if address else []
        return [
            f"{phrases.COLUMNS[column]}: {_shown(before)} → {_shown(after)}"
            for column, (before, after) in self.changes.items()
            if column in phrases.COLUMNS and _shown(before) != _shown(after)
        ]

    @property
    def why(self) -> str:
        """The reason that was given; '' where only the address of the page is known."""
        return "" if REQUEST.match(self.reason) else reason_words(self.reason)


class Background(msgspec.Struct, frozen=True):
    """Jobs and mails of all departments: counts by state, and what needs a hand."""

    jobs: dict[str, int]
    failed_jobs: list[FailedJob]
    mails: dict[str, int]
    stuck_mails: list[StuckMail]


async def background() -> Background:
    """Return the state of jobs and mails; four queries."""
    return Background(
        jobs={row["state"]: row["count"] for row in await repository.job_counts()},
        failed_jobs=[FailedJob(**row) for row in await repository.failed_jobs(LISTED)],
        mails={row["state"]: row["count"] for row in await repository.mail_counts()},
        stuck_mails=[StuckMail(**row) for row in await repository.stuck_mails(LISTED)],
    )


async def retry_jobs(ids: Sequence[UUID] | None) -> int:
    """Hand failed jobs over again (None: all); return how many."""
    count = await repository.retry_jobs(ids)
    await repository.note("retry_jobs", "", ids[0] if ids else None, {"count": count})
    return count


async def retry_mails(ids: Sequence[UUID] | None) -> int:
    """Send failed mails again (None: all); what may have gone out never is; return how many."""
    count = await repository.retry_mails(ids)
    await repository.note("retry_mails", "", ids[0] if ids else None, {"count": count})
    return count


async def support_offers() -> list[SupportOffer]:
    """Return the grants of support that are in force."""
    return [SupportOffer(**row) for row in await repository.support_grants()]


async def support_link(grant_id: UUID, operator: Operator) -> tuple[str, str]:
    """Return the department's short name and the address by which the operator comes in, once.

    Raises:
        NotFoundError: no such grant is in force.
    """
    ticket = security.new_token()
    tenant_id = await repository.support_ticket(
        grant_id, operator.id, operator.display_name, security.hash_token(ticket)
    )
    if tenant_id is None:
        raise NotFoundError(phrases.NO_GRANT)
    department = await get_department(tenant_id)
    await repository.note("support", department.slug, grant_id, {})
    return department.short_name, f"{address_of(department.hosts[0])}ho-tro/vao?ve={ticket}"


async def trail(
    *, search: str = "", operator_id: UUID | None = None, before: int = 0
) -> tuple[list[Line], int]:
    """Return one page of the trail and the cursor of the next (0 = the last page)."""
    rows = await repository.trail(
        search=search.strip(), operator_id=operator_id, before=before, limit=PAGE + 1
    )
    lines = [Line(**row) for row in rows[:PAGE]]
    return lines, lines[-1].seq if len(rows) > PAGE else 0


def _shown(value: Any) -> str:
    """Say a value of the trail in words."""
    if value is None or value == "":
        return phrases.NOTHING
    if isinstance(value, bool):
        return phrases.YES if value else phrases.NO
    text = str(value)
    if INSTANT.match(text):
        return i18n.vn_datetime(datetime.fromisoformat(text))
    return phrases.STATUSES.get(text, text)
