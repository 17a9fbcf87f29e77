"""Projections of plans, rounds, reports, papers and files; each reads a view of its name."""

from __future__ import annotations

from piccolo.columns import (
    UUID,
    BigInt,
    Boolean,
    Date,
    ForeignKey,
    Integer,
    SmallInt,
    Text,
    Timestamptz,
    Varchar,
)
from piccolo.columns.readable import Readable
from piccolo.table import Table

from admin import choices
from admin.tables_people import Unit


class PlanEdition(Table, tablename="bản_kế_hoạch"):
    """A plan as it was published; its text is read on the page of the movement."""

    id = UUID(primary_key=True)
    number = Integer()
    plugin_slug = Varchar(length=None)
    plugin_version = Varchar(length=None)
    reason = Text()
    effective_from = Date()
    published_by = Varchar(length=None, null=True)
    published_at = Timestamptz()
    content_hash = Varchar(length=None)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how an edition is called in other lists."""
        return Readable(template="Bản số %s", columns=[cls.number])


class StoredFile(Table, tablename="tệp"):
    """Facts of a file; `file` opens it by the authorised route."""

    id = UUID(primary_key=True)
    name = Varchar(length=None)
    file = Varchar(length=None)
    media_type = Varchar(length=None)
    size = BigInt()
    purpose = Varchar(length=None, choices=choices.FilePurpose)
    scan_state = Varchar(length=None, choices=choices.ScanState)
    unit_id = ForeignKey(Unit)
    uploaded_by = Varchar(length=None, null=True)
    uploaded_at = Timestamptz()
    sha256 = Varchar(length=None)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a file is called in other lists."""
        return Readable(template="%s", columns=[cls.name])


class ReportingRound(Table, tablename="kỳ_báo_cáo"):
    """A call for reports."""

    id = UUID(primary_key=True)
    title = Varchar(length=None)
    kind = Varchar(length=None, choices=choices.ReportKind)
    year = SmallInt()
    state = Varchar(length=None, choices=choices.RoundState)
    due_at = Timestamptz(null=True)
    inner_due_at = Timestamptz(null=True)
    due_source = Varchar(length=None, choices=choices.DueSource)
    decision_number = Varchar(length=None)
    decision_file_id = ForeignKey(StoredFile, null=True)
    edition_id = ForeignKey(PlanEdition)
    message = Text()
    opened_by = Varchar(length=None, null=True)
    opened_at = Timestamptz()
    closed_at = Timestamptz(null=True)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a round is called in other lists."""
        return Readable(template="%s", columns=[cls.title])


class RoundAttachment(Table, tablename="tệp_kèm_kỳ"):
    """A file sent along with the call."""

    id = UUID(primary_key=True)
    round_id = ForeignKey(ReportingRound)
    file_id = ForeignKey(StoredFile)


class Obligation(Table, tablename="nghĩa_vụ_báo_cáo"):
    """A unit owes a report."""

    id = UUID(primary_key=True)
    unit_name = Varchar(length=None)
    unit_id = ForeignKey(Unit)
    round_id = ForeignKey(ReportingRound)
    receiver_unit_id = ForeignKey(Unit)
    level = Varchar(length=None, choices=choices.UnitLevel)
    due_at = Timestamptz(null=True)
    excused_reason = Text()
    excused_by = Varchar(length=None, null=True)
    reminded_at = Timestamptz(null=True)
    reminder_count = Integer()

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how an obligation is called in other lists."""
        return Readable(template="%s", columns=[cls.unit_name])


class Extension(Table, tablename="gia_hạn"):
    """A later day for one obligation."""

    id = UUID(primary_key=True)
    obligation_id = ForeignKey(Obligation)
    old_due_at = Timestamptz(null=True)
    new_due_at = Timestamptz()
    reason = Text()
    decision_number = Varchar(length=None)
    decision_file_id = ForeignKey(StoredFile, null=True)
    granted_by = Varchar(length=None, null=True)
    granted_at = Timestamptz()


class Report(Table, tablename="báo_cáo"):
    """A unit's report: how far it is; its text is read on its own page."""

    id = UUID(primary_key=True)
    unit_name = Varchar(length=None)
    unit_id = ForeignKey(Unit)
    round_id = ForeignKey(ReportingRound)
    receiver_unit_id = ForeignKey(Unit)
    state = Varchar(length=None, choices=choices.ReportState)
    timing = Varchar(length=None, choices=choices.Timing)
    parts_done = SmallInt()
    parts_total = SmallInt()
    parts_returned = SmallInt()
    submitted_at = Timestamptz(null=True)
    late_seconds = BigInt(null=True)
    returned_due_at = Timestamptz(null=True)
    on_behalf_by = Varchar(length=None, null=True)
    activity_at = Timestamptz(null=True)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a report is called in other lists."""
        return Readable(template="Báo cáo của %s", columns=[cls.unit_name])


class ReportPart(Table, tablename="phần_báo_cáo"):
    """One part of a report: how far it is, not what it says."""

    id = UUID(primary_key=True)
    key = Varchar(length=None)
    report_id = ForeignKey(Report)
    position = SmallInt()
    version = Integer()
    is_asked = Boolean()
    is_done = Boolean()
    review = Varchar(length=None, choices=choices.Review)
    return_reason = Text()
    return_due_at = Timestamptz(null=True)
    saved_by = Varchar(length=None, null=True)
    saved_at = Timestamptz(null=True)

    @classmethod
    def get_readable(cls) -> Readable:
        """Return how a part is called in other lists."""
        return Readable(template="%s", columns=[cls.key])


class Evidence(Table, tablename="minh_chứng"):
    """A file that proves one part of a report."""

    id = UUID(primary_key=True)
    part_id = ForeignKey(ReportPart)
    file_id = ForeignKey(StoredFile)
    removed_at = Timestamptz(null=True)


class ReportVersion(Table, tablename="bản_nộp"):
    """What was submitted, when and how late."""

    id = UUID(primary_key=True)
    receipt_code = Varchar(length=None)
    report_id = ForeignKey(Report)
    number = SmallInt()
    submitted_at = Timestamptz()
    submitted_by = Varchar(length=None, null=True)
    on_behalf = Boolean()
    due_at = Timestamptz(null=True)
    late_seconds = BigInt(null=True)
    content_hash = Varchar(length=None)


class ReportEvent(Table, tablename="bước_xử_lý"):
    """One step of a report's life."""

    id = UUID(primary_key=True)
    at = Timestamptz()
    report_id = ForeignKey(Report)
    action = Varchar(length=None, choices=choices.ReportAction)
    from_state = Varchar(length=None, choices=choices.ReportState)
    to_state = Varchar(length=None, choices=choices.ReportState)
    note = Text()
    actor_name = Varchar(length=None, null=True)


class Consolidation(Table, tablename="tổng_hợp"):
    """What a receiver gathers from a round; figures and texts are read on its page."""

    id = UUID(primary_key=True)
    round_id = ForeignKey(ReportingRound)
    receiver_unit_id = ForeignKey(Unit)
    state = Varchar(length=None, choices=choices.ConsolidationState)
    is_provisional = Boolean()
    version = Integer()
    number = Integer(null=True)
    document_date = Date(null=True)
    made_by = Varchar(length=None, null=True)
    made_at = Timestamptz()
    approved_by = Varchar(length=None, null=True)
    approved_at = Timestamptz(null=True)
    issued_by = Varchar(length=None, null=True)
    issued_at = Timestamptz(null=True)
    signed_file_id = ForeignKey(StoredFile, null=True)


class Document(Table, tablename="văn_bản"):
    """A paper that the system made."""

    id = UUID(primary_key=True)
    name = Varchar(length=None)
    kind = Varchar(length=None, choices=choices.DocumentKind)
    unit_id = ForeignKey(Unit)
    state = Varchar(length=None, choices=choices.DocumentState)
    subject_version = Integer()
    pdf_file_id = ForeignKey(StoredFile, null=True)
    docx_file_id = ForeignKey(StoredFile, null=True)
    requested_by = Varchar(length=None, null=True)
    requested_at = Timestamptz()
    finished_at = Timestamptz(null=True)


class NumberSeries(Table, tablename="sổ_số_văn_bản"):
    """The last number given in a unit's series of a year."""

    id = UUID(primary_key=True)
    unit_id = ForeignKey(Unit)
    series = Varchar(length=None)
    year = SmallInt()
    last_number = Integer()
