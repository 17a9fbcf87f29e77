"""From a consolidation to the paper of its receiver."""

from __future__ import annotations

from collections.abc import Iterator

from core.documents import phrases
from core.documents.heading import Issuer, recipients, signature_of
from core.documents.render.model import (
    Align,
    Annex,
    Block,
    Column,
    DocumentNumber,
    Heading,
    Paper,
    PaperKind,
    PlaceDate,
    Table,
    paragraphs,
)
from core.documents.render.template_versions import template_on
from core.documents.schemas import Signatory
from core.kit.clock import VIETNAM
from core.plugin.api import Level, PlanContent, ReportKind
from core.statistics.schemas import ConsolidationView, Figures, IndicatorSummary

COUNT_COLUMNS = (Column("Nội dung", 3), Column("Số lượng", 1, Align.CENTER))
INDICATOR_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Chỉ tiêu", 3.2),
    Column("Mục tiêu", 1.4, Align.CENTER),
    Column("Đơn vị có số liệu", 1, Align.CENTER),
    Column("Đạt", 0.7, Align.CENTER),
    Column("Thấp nhất", 0.9, Align.CENTER),
    Column("Ở giữa", 0.9, Align.CENTER),
    Column("Cao nhất", 0.9, Align.CENTER),
)
FIGURE_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Đơn vị", 3),
    Column("Số liệu", 1, Align.CENTER),
    Column("Ghi chú", 2),
)
MISSING_COLUMNS = (Column("TT", 0.5, Align.CENTER), Column("Đơn vị", 4))


def consolidated_report(
    view: ConsolidationView, issuer: Issuer, plan: PlanContent, signatory: Signatory | None
) -> Paper:
    """Return the report of a receiver; what is provisional or not issued says so on every page."""
    day = view.document_date or view.made_at.astimezone(VIETNAM).date()
    movement = plan.movement.name
    return Paper(
        kind=PaperKind.CONSOLIDATED_REPORT,
        template=template_on(day).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(
            notation=view.number_notation or issuer.notation("BC"), number=view.number
        ),
        place_date=PlaceDate(place=issuer.place, on=view.document_date),
        document_type=phrases.REPORT,
        abstract=phrases.CONSOLIDATED.format(movement=movement, year=view.year),
        addressees=addressees(view.round_kind, issuer, plan),
        body=tuple(_body(view)),
        annexes=tuple(_annexes(view.figures)),
        signature=signature_of(issuer.unit, signatory),
        recipients=recipients(),
        notice=_notice(view),
    )


def addressees(kind: str, issuer: Issuer, plan: PlanContent) -> tuple[str, ...]:
    """Return to whom a receiver reports: the department to the body that its plan names.

    Where the plan names none, or only abbreviates the superior body ("UBND …"), it is the
    superior body by its full name.
    """
    if issuer.unit.level == Level.DEPARTMENT:
        row = plan.schedule_row(ReportKind(kind), Level.DEPARTMENT, Level.HIGHER)
        if row and row.recipient and not row.recipient.startswith("UBND"):
            return (row.recipient,)
    return (issuer.parent,) if issuer.parent else ()


def _notice(view: ConsolidationView) -> str | None:
    if view.is_provisional:
        return phrases.PROVISIONAL
    return None if view.state == "issued" else phrases.DRAFT


def _body(view: ConsolidationView) -> Iterator[Block]:
    for index, part in enumerate(view.texts):
        if not part.text.strip():
            continue
        yield Heading(part.title)
        yield from paragraphs(part.text)
        if index == 0:
            yield _counts(view.figures)
        if part.key == "indicators" and view.figures.indicators:
            yield _indicators(view.figures.indicators)


def _counts(figures: Figures) -> Table:
    timed = (
        ("Trong đó: đúng hạn", figures.on_time),
        ("Trong đó: nộp muộn", figures.late),
    )
    rows = (
        ("Số đơn vị phải báo cáo", figures.obliged),
        ("Số đơn vị được miễn", figures.excused),
        ("Số báo cáo đã nhận", figures.reported),
        *(timed if figures.timed else ()),
        ("Số báo cáo đã tiếp nhận", figures.accepted),
        ("Số đơn vị chưa gửi báo cáo", len(figures.missing)),
    )
    return Table(COUNT_COLUMNS, tuple((text, str(number)) for text, number in rows))


def _indicators(indicators: tuple[IndicatorSummary, ...]) -> Table:
    rows = tuple(
        (
            str(number),
            each.text,
            each.target,
            str(each.reporting),
            str(each.reached),
            each.lowest,
            each.middle,
            each.highest,
        )
        for number, each in enumerate(indicators, 1)
    )
    return Table(INDICATOR_COLUMNS, rows)


def _annexes(figures: Figures) -> Iterator[Annex]:
    blocks: list[Block] = []
    for indicator in figures.indicators:
        if indicator.figures:
            rows = tuple(
                (str(number), each.unit_name, phrases.decimal(each.value), each.note)
                for number, each in enumerate(indicator.figures, 1)
            )
            blocks += [Heading(indicator.text, numbered=False), Table(FIGURE_COLUMNS, rows)]
    if blocks:
        yield Annex(title=phrases.UNITS_FIGURES, body=tuple(blocks))
    if figures.missing:
        missing = tuple(
            (str(number), unit.unit_name) for number, unit in enumerate(figures.missing, 1)
        )
        yield Annex(title=phrases.UNITS_MISSING, body=(Table(MISSING_COLUMNS, missing),))
