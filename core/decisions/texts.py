"""The first text of a decision or letter, from the plan's edition and the dated rows of the law."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.decisions.schemas import Body, Kind, Round
from core.documents.render.rules import date_text
from core.law import service as law
from core.movements.resolved import origin_of
from core.movements.schemas import Edition
from core.organisation.schemas import UnitView
from core.plugin.api import CitationRole, LegalDocument

TITLES = {
    Kind.AWARD: "Về việc tặng {award} trong phong trào thi đua “{movement}”",
    Kind.FORWARD: "Về việc đề nghị tặng {award} trong phong trào thi đua “{movement}”",
    Kind.REVOKE: "Về việc hủy bỏ quyết định tặng {award}",
}
ABBREVIATED = {"NĐ ": "Nghị định số ", "TT ": "Thông tư số "}
TYPES = ("Kế hoạch", "Quyết định", "Nghị quyết", "Hướng dẫn", "Chỉ thị", "Công văn", "Chương trình")
COUNCIL = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng {unit}"
LAW = "Căn cứ Luật Thi đua, khen thưởng"
AMENDED = " (đã được sửa đổi, bổ sung)"


def first_title(kind: Kind, award: str, edition: Edition) -> str:
    """Return the abstract of a new paper."""
    return TITLES[kind].format(award=award, movement=edition.content.movement.name)


def first_body(
    kind: Kind, *, award: str, round_: Round, unit: UnitView, edition: Edition, received: date,
    parent: str, counts: tuple[int, int],
) -> Body:  # fmt: skip
    """Return the text of a new paper.

    `received`: day by which the law of the procedure is chosen; `counts`: collectives and others.
    """
    movement = edition.content.movement.name
    achievement = f"Có thành tích xuất sắc trong phong trào thi đua “{movement}” năm {round_.year}"
    if kind is Kind.FORWARD:
        return Body(
            legal_bases=tuple(_bases(edition, received)),
            addressee=parent,
            articles=(
                f"{unit.name} đề nghị {parent} xét, tặng {award} cho {counted(counts)}"
                f" {_had(achievement)} (có danh sách và hồ sơ kèm theo)",
                "Các trường hợp trên đã được Hội đồng Thi đua - Khen thưởng họp xét;"
                f" {unit.name} chịu trách nhiệm về nội dung đề nghị",
                f"{unit.name} kính trình {parent} xem xét, quyết định",
            ),
            recipients=("Như trên", "Lưu: VT"),
            achievement=achievement,
        )
    decree = full_name(law.text("award_decree", received))
    return Body(
        legal_bases=(*_bases(edition, received), COUNCIL.format(unit=unit.name)),
        articles=(
            f"Tặng {award} cho {counted(counts)} {_had(achievement)} (có danh sách kèm theo)",
            f"Tiền thưởng kèm theo thực hiện theo {decree}, tính theo mức lương cơ sở tại ngày ký"
            f" quyết định này và trích từ Quỹ thi đua, khen thưởng của {unit.name}",
            "Quyết định này có hiệu lực kể từ ngày ký. Các đơn vị, tập thể và cá nhân có tên tại"
            " Điều 1 chịu trách nhiệm thi hành quyết định này",
        ),
        recipients=("Như Điều 3", "Lưu: VT"),
        achievement=achievement,
    )


def counted(counts: tuple[int, int]) -> str:
    """Return how many, in the words of a paper: "02 tập thể và 10 cá nhân"."""
    words = [
        f"{number:02d} {what}"
        for number, what in zip(counts, ("tập thể", "cá nhân"), strict=True)
        if number
    ]
    return " và ".join(words)


def full_name(short: str) -> str:
    """Return a text's name without abbreviations: "Nghị định số 152/2025/NĐ-CP"."""
    for letters, words in ABBREVIATED.items():
        if short.startswith(letters):
            return words + short.removeprefix(letters)
    return short


def _had(achievement: str) -> str:
    return achievement[0].lower() + achievement[1:]


def _bases(edition: Edition, on: date) -> Iterator[str]:
    """Yield the legal bases: law, decree, circular of the day, then the plan's own, the plan."""
    yield LAW + (AMENDED if "sửa đổi" in law.text("award_law", on) else "")
    for key in ("award_decree", "award_circular"):
        yield f"Căn cứ {full_name(law.text(key, on))}"
    for document in edition.content.province_info.legal_basis:
        if document.role is CitationRole.BASIS:
            yield _cited(document)
    plan = origin_of(edition.plan, edition.values)
    number = f" số {plan.number}" if plan.number else ""
    day = f" {date_text(plan.date)}" if plan.date else ""
    named = f"Kế hoạch{number}{day} của {plan.author}" if number else f"{plan.title}{day}"
    yield f"Căn cứ {named}"


def _cited(document: LegalDocument) -> str:
    """Return a document in full: its type first, as its title says it."""
    day = f" {date_text(document.date)}" if document.date else ""
    issuer = f" của {document.issuer}" if document.issuer else ""
    kind = next((word for word in TYPES if document.title.startswith(word)), "")
    rest = document.title.removeprefix(kind).strip()
    return f"Căn cứ {kind or 'văn bản'} số {document.number}{day}{issuer} {rest}".rstrip()
