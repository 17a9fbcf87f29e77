"""Who may store and open files."""

from __future__ import annotations

from uuid import UUID

from asyncpg import Record

from core.accounts.schemas import Actor, Role
from core.evidence import repository
from core.evidence.schemas import Purpose
from core.reports.access import READERS, ROUND_READERS, WRITERS, sees

# Purpose -> roles that may store such a file for a unit (papers are stored by the system).
STORE: dict[Purpose, tuple[Role, ...]] = {
    Purpose.EVIDENCE: (*WRITERS, Role.OFFICER),
    Purpose.ATTACHMENT: (Role.OFFICER,),
    Purpose.DECISION: (Role.OFFICER, Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD),
    Purpose.SIGNED_SCAN: (Role.RECORDS_CLERK,),
    Purpose.PAPER: (),
    Purpose.LOGO: (Role.TENANT_ADMIN,),
    Purpose.COUNCIL: (Role.COUNCIL_SECRETARY, Role.OFFICER),
    Purpose.EMBLEM: (Role.TENANT_ADMIN, Role.OFFICER),
    Purpose.CONFIDENTIAL: (Role.OFFICER,),
}
# What a department sends around: everybody who reports or receives.
FOR_ALL = {Purpose.ATTACHMENT, Purpose.DECISION}
# Seen by the department's side alone.
CLOSED = {Purpose.SIGNED_SCAN, Purpose.CONFIDENTIAL}


class _Paths:
    """Paths of a report, as the rules of reports want them."""

    def __init__(self, row: Record) -> None:
        self.unit_path: str = row["unit_path"]
        self.receiver_path: str = row["receiver_path"]


async def may_open(actor: Actor, file: Record) -> bool:
    """Tell whether a file exists for this person."""
    if actor.is_system or (actor.account_id and file["uploaded_by"] == actor.account_id):
        return True
    purpose = Purpose(file["purpose"])
    if purpose in FOR_ALL:
        return actor.has((*WRITERS, *ROUND_READERS, Role.TENANT_ADMIN))
    readers = READERS if purpose is Purpose.CONFIDENTIAL else ROUND_READERS
    if purpose is not Purpose.EVIDENCE and actor.can(readers, file["unit_path"]):
        return True
    if purpose in CLOSED or await _is_of_council(purpose, file["id"]):
        return purpose not in CLOSED and actor.can(Role.COUNCIL_SECRETARY, file["unit_path"])
    is_own_paper = purpose is Purpose.PAPER and actor.can(WRITERS, file["unit_path"])
    of_reports = await repository.reports_of_file(file["id"])
    if any(sees(actor, _Paths(row)) for row in of_reports) or (
        is_own_paper and await repository.is_of_dossier(file["id"])
    ):
        return True
    return purpose is Purpose.EVIDENCE and actor.can((*WRITERS, *READERS), file["unit_path"])


async def _is_of_council(purpose: Purpose, file_id: UUID) -> bool:
    """Tell whether a council's secretary has to do with a file."""
    if purpose is Purpose.PAPER:
        return await repository.is_of_council(file_id)
    return purpose is Purpose.COUNCIL
