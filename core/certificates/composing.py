"""From the register to the words of a certificate, and from a layout to its sheet."""

from __future__ import annotations

from core.certificates import codes, phrases
from core.certificates.schemas import LayoutView, Settings, Words
from core.documents.render.certificate_model import Certificate, Sheet, Stock
from core.documents.render.certificate_versions import certificate_template_on
from core.documents.render.rules import date_text, place_date_line, two_digits
from core.kit import clock
from core.law import service as law

DECISION = "Số quyết định: {number}, {day}"
GOLD_BOOK = "Số sổ vàng: {number}"


def certificate_of(words: Words, position: str, site: str) -> Certificate:
    """Return what a certificate says; `site` is the address of the department's pages."""
    giving, award, _ = phrases.AWARDS[words.award_kind]
    unit = words.unit_name if words.unit_name != words.name else ""
    number = words.gold_book_number
    return Certificate(
        id=str(words.id),
        position=position,
        giving=giving,
        award=award,
        name=words.name,
        detail=", ".join(text for text in (words.title, unit) if text),
        achievement=words.achievement,
        decision=DECISION.format(number=words.decision_number, day=date_text(words.decided_on)),
        gold_book="" if number is None else GOLD_BOOK.format(number=two_digits(number)),
        place_date=place_date_line(words.place, words.decided_on) if words.place else "",
        signer_position=signer_lines(words.signer_title),
        signer_name=words.signer_name,
        address=f"{site}/xac-minh/{words.code}" if words.code else "",
        code=codes.shown(words.code) if words.code else "",
    )


def signer_lines(title: str) -> tuple[str, ...]:
    """Return the signer's position; a deputy signs for the head."""
    lines = tuple(line.strip() for line in title.splitlines() if line.strip())
    if len(lines) == 1 and lines[0].startswith(phrases.DEPUTY):
        return (f"{phrases.FOR_THE_HEAD} {lines[0].removeprefix(phrases.DEPUTY)}", lines[0])
    return lines


def sheet_of(layout: LayoutView) -> Sheet:
    """Return the sheet of today's format and size, without the emblem.

    Raises:
        NoTemplateError, LawParameterError: no format or size is in force.
    """
    today = clock.today()
    settings: Settings = layout.settings
    return Sheet(
        template=certificate_template_on(today).id,
        width=float(law.value("certificate_width", today)),
        height=float(law.value("certificate_height", today)),
        stock=Stock(layout.stock),
        dx=settings.dx,
        dy=settings.dy,
        shifts=settings.shifts,
    )
