"""Who may do what with certificates (ADR 8); a role at a unit holds for the units below."""

from __future__ import annotations

from core.accounts.schemas import Role

LAYOUT = (Role.TENANT_ADMIN, Role.OFFICER)
PRINT = (Role.OFFICER, Role.RECORDS_CLERK)
READ = (*PRINT, Role.TENANT_ADMIN, Role.DEPARTMENT_HEAD, Role.AUDITOR)
