"""From a submitted version to the paper that shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from core.documents import phrases
from core.documents.heading import Issuer, recipients, signature_of
from core.documents.render.model import (
    Align,
    Block,
    Column,
    DocumentNumber,
    Heading,
    ItemList,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Table,
    paragraphs,
)
from core.documents.render.receipt import ReceiptFacts, receipt_paper
from core.documents.render.template_versions import template_on
from core.documents.schemas import Signatory
from core.kit.clock import VIETNAM
from core.plugin.api import PlanOrigin
from core.reports.schemas import VersionView

INDICATOR_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Chỉ tiêu", 3.4),
    Column("Mục tiêu", 1.5, Align.CENTER),
    Column("Kết quả", 1.1, Align.CENTER),
    Column("Ghi chú", 1.7),
)
INITIATIVE_COLUMNS = (
    Column("TT", 0.5, Align.CENTER),
    Column("Tên sáng kiến, mô hình", 2.6),
    Column("Tác giả, đơn vị", 1.5),
    Column("Kết quả", 2.2),
    Column("Nơi công nhận", 1.4),
)


def unit_report(
    version: VersionView, issuer: Issuer, plan: PlanOrigin, signatory: Signatory | None
) -> Paper:
    """Return the report of a unit as it was submitted, under the plan that it carries out.

    Number and date stay blank: the unit's clerk gives them when the paper is signed.
    """
    head = version.content["report"]
    document_type, abstract = phrases.ABSTRACTS[head["kind"]]
    return Paper(
        kind=PaperKind.UNIT_REPORT,
        template=template_on(_local(version.submitted_at).date()).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(
            notation=issuer.notation("KH" if document_type == phrases.PLAN else "BC")
        ),
        place_date=PlaceDate(place=issuer.place),
        document_type=document_type,
        abstract=abstract.format(
            movement=version.content["edition"]["movement"], year=head["year"]
        ),
        addressees=(head["receiver"],),
        body=(
            Paragraph(phrases.intro(head["unit"], plan, head["receiver"])),
            *report_body(version.content["parts"]),
        ),
        signature=signature_of(issuer.unit, signatory),
        recipients=recipients(),
    )


def receipt(version: VersionView, unit: str, receiver: Issuer) -> Paper:
    """Return the receipt that the receiver gives for a version."""
    return receipt_paper(
        ReceiptFacts(
            letterhead=receiver.letterhead,
            place=receiver.place,
            unit=unit,
            report=version.content["report"]["title"],
            version=version.number,
            submitted_by=version.submitted_by,
            received_at=_local(version.submitted_at),
            due_at=_local(version.due_at) if version.due_at else None,
            sha256=version.content_hash,
        )
    )


def _local(instant: datetime) -> datetime:
    return instant.astimezone(VIETNAM)


def report_body(parts: list[dict[str, Any]]) -> tuple[Block, ...]:
    """Return the content: criteria under one heading, then the other parts in their order."""
    criteria = [part for part in parts if part["kind"] == "criterion"]
    blocks: list[Block] = [Heading(phrases.CRITERIA)] if criteria else []
    for part in criteria:
        blocks.extend(_criterion(part))
    for part in parts:
        if part["kind"] in _OTHERS:
            title, make = _OTHERS[part["kind"]]
            blocks.append(Heading(title))
            blocks.extend(make(part))
    return tuple(blocks)


def _criterion(part: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(part["title"] or part["text"], level=2)
    if part["title"] and part["text"] != part["title"]:
        yield Paragraph(part["text"], italic=True)
    if not part["is_asked"]:
        reason = part["not_asked_reason"]
        yield Paragraph(f"{phrases.NOT_ASKED}: {reason}" if reason else f"{phrases.NOT_ASKED}.")
        return
    fields = part["fields"]
    texts = [fields[name] for name in ("narrative", "merged_reference") if fields.get(name)]
    yield from paragraphs("\n\n".join(texts) or phrases.NOTHING_WRITTEN)
    if part["self_assessment_label"]:
        yield Paragraph(f"Tự đánh giá: {part['self_assessment_label']}.")
    if part["evidence"]:
        yield Paragraph(phrases.EVIDENCE)
        yield ItemList(tuple(item["name"] for item in part["evidence"]))


def _indicators(part: Mapping[str, Any]) -> Iterator[Block]:
    rows = tuple(
        (
            str(number),
            item["text"],
            phrases.target(item["comparison"], item["target"], item["unit"] or ""),
            phrases.decimal(item["value"]),
            item["note"],
        )
        for number, item in enumerate(part["indicators"], 1)
    )
    yield Table(INDICATOR_COLUMNS, rows) if rows else Paragraph(phrases.NONE)


def _initiatives(part: Mapping[str, Any]) -> Iterator[Block]:
    rows = tuple(
        (
            str(number),
            item.get("name", ""),
            item.get("author", ""),
            item.get("result", ""),
            item.get("recognised_by", ""),
        )
        for number, item in enumerate(part["fields"].get("items", []), 1)
    )
    yield Table(INITIATIVE_COLUMNS, rows) if rows else Paragraph(phrases.NONE)


def _difficulties(part: Mapping[str, Any]) -> Iterator[Block]:
    fields = part["fields"]
    for title, name in ((phrases.HARD, "difficulties"), (phrases.PROPOSALS, "proposals")):
        yield Heading(title, level=2)
        yield from paragraphs(fields.get(name) or phrases.NONE)


_OTHERS = {
    "indicators": (phrases.INDICATORS, _indicators),
    "initiatives": (phrases.INITIATIVES, _initiatives),
    "difficulties_proposals": (phrases.DIFFICULTIES, _difficulties),
}
