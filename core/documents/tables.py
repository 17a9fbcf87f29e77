"""Papers: what was asked for, how far it is, which files came out; numbers of documents."""

from __future__ import annotations

from typing import ClassVar

from piccolo.columns import UUID, Integer, SmallInt, Text, Timestamptz, Varchar
from piccolo.table import Table

from core.kit.tables import TenantColumns


class Document(TenantColumns, Table, tablename="document"):
    """A paper made from one version of one subject. `state`: queued | rendering | done | failed.

    `kind`: unit_report | consolidated_report | receipt. `subject_id`: the report version or the
    consolidation; `subject_version` the version that it shows; `done_steps` of `total_steps`.
    """

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {
        "unit_id": "unit",
        "pdf_file_id": "stored_file",
        "docx_file_id": "stored_file",
        "requested_by": "account",
    }
    UNIQUE: ClassVar[list[list[str]]] = [["kind", "subject_id", "subject_version"]]

    kind = Varchar(length=32, null=False)
    subject_id = UUID(default=None, null=False)
    subject_version = Integer(default=1, null=False)
    unit_id = UUID(default=None, null=False)
    name = Text(default="", null=False)
    template_version = Varchar(length=64, default="", null=False)
    state = Varchar(length=16, default="queued", null=False)
    done_steps = SmallInt(default=0, null=False)
    total_steps = SmallInt(default=2, null=False)
    error = Text(default="", null=False)
    pdf_file_id = UUID(default=None, null=True)
    docx_file_id = UUID(default=None, null=True)
    requested_by = UUID(default=None, null=True)
    requested_at = Timestamptz(default=None, null=False)
    finished_at = Timestamptz(default=None, null=True)


class NumberSeries(TenantColumns, Table, tablename="number_series"):
    """The last number given in a unit's series of a year (gapless: locked until commit)."""

    FOREIGN_KEYS: ClassVar[dict[str, str]] = {"unit_id": "unit"}
    UNIQUE: ClassVar[list[list[str]]] = [["unit_id", "series", "year"]]

    unit_id = UUID(default=None, null=False)
    series = Varchar(length=16, null=False)
    year = SmallInt(default=0, null=False)
    last_number = Integer(default=0, null=False)
