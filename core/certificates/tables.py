"""Layouts of certificates, the certificates with their public codes, runs and the log of prints."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import JSONB, UUID, Integer, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class CertificateLayout(TenantColumns, Table, tablename="certificate_layout"):
    """How a unit's certificates of one award are printed; `version` guards a stale save.

    `stock`: blank | preprinted. `settings`: moves of the whole sheet and of every field in
    millimetres, and fields that the stock carries already. `position_text`: who decides, as it
    stands on the certificate.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "emblem_file_id": "stored_file",
        "updated_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["unit_id", "award_kind"]]

    unit_id = UUID(default=None, null=False)
    award_kind = Varchar(length=48, null=False)
    version = Integer(default=1, null=False)
    stock = Varchar(length=16, default="blank", null=False)
    settings = JSONB(default="{}", null=False)
    position_text = Text(default="", null=False)
    emblem_file_id = UUID(default=None, null=True)
    updated_by = UUID(default=None, null=True)
    updated_at = Timestamptz(default=None, null=False)


class Certificate(TenantColumns, Table, tablename="certificate"):
    """The paper of one award; `code` leads to the public page and never changes."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit", "grant_id": "award_grant"}
    UNIQUE: ClassVar[list[list[str]]] = [["grant_id"], ["code"]]

    unit_id = UUID(default=None, null=False)
    grant_id = UUID(default=None, null=False)
    code = Varchar(length=32, null=False)
    created_at = Timestamptz(default=None, null=False)


class CertificateRun(TenantColumns, Table, tablename="certificate_run"):
    """One order to print. `state`: queued | rendering | done | failed; `output`: one | many files.

    `sheet` and `template_version`: the layout as it was on asking, so that a second try gives the
    same. `warnings`: what could not be set by the rule. `reason`: why again, '' for first prints.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "decision_id": "award_decision",
        "emblem_file_id": "stored_file",
        "file_id": "stored_file",
        "requested_by": "account",
    }
    INDEXES: ClassVar[list[list[str]]] = [["decision_id"], ["unit_id", "requested_at"]]

    unit_id = UUID(default=None, null=False)
    decision_id = UUID(default=None, null=False)
    output = Varchar(length=8, null=False)
    state = Varchar(length=16, default="queued", null=False)
    reason = Text(default="", null=False)
    sheet = JSONB(default="{}", null=False)
    template_version = Varchar(length=64, default="", null=False)
    emblem_file_id = UUID(default=None, null=True)
    total = Integer(default=0, null=False)
    done = Integer(default=0, null=False)
    warnings = JSONB(default="[]", null=False)
    error = Text(default="", null=False)
    file_id = UUID(default=None, null=True)
    requested_by = UUID(default=None, null=True)
    requested_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=True)


class CertificatePrint(TenantColumns, Table, tablename="certificate_print"):
    """One copy of one certificate in a run; `copy_number` 1 is the first. Only ever added to.

    `position`: its place in the run.
    """

    APPEND_ONLY: ClassVar[bool] = True
    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "run_id": "certificate_run",
        "certificate_id": "certificate",
    }
    UNIQUE: ClassVar[list[list[str]]] = [
        ["certificate_id", "copy_number"],
        ["run_id", "certificate_id"],
    ]

    run_id = UUID(default=None, null=False)
    certificate_id = UUID(default=None, null=False)
    copy_number = Integer(default=1, null=False)
    position = Integer(default=1, null=False)
