"""From a decision or letter to the paper that shows it (Mẫu 1.2, Mẫu 1.4 of NĐ 30/2020/NĐ-CP)."""

from __future__ import annotations

from collections.abc import Sequence

from core.accounts.schemas import SYSTEM
from core.decisions import phrases
from core.decisions.schemas import DecisionView, Entry, Kind, State
from core.documents.heading import Issuer, issuer_of, signature_of
from core.documents.phrases import HEAD, HEADS
from core.documents.render.model import (
    Align,
    Annex,
    Article,
    Block,
    Column,
    DocumentNumber,
    Heading,
    Paper,
    PaperKind,
    Paragraph,
    PlaceDate,
    Table,
)
from core.documents.render.template_versions import template_on
from core.documents.schemas import Signatory
from core.kit import clock
from core.law import service as law
from core.movements import service as movements
from core.organisation import service as organisation

DRAFT_NOTICE = "Dự thảo: chưa ban hành"
DECISION, LETTER, ENACTING = "Quyết định", "Tờ trình", "Quyết định:"
LIST = "Danh sách tập thể, cá nhân được tặng {award}"
PROPOSED = "Danh sách tập thể, cá nhân được đề nghị tặng {award}"
REVOKED = "Danh sách tập thể, cá nhân bị hủy bỏ quyết định tặng {award}"
COLLECTIVES, INDIVIDUALS, OTHERS = "Tập thể", "Cá nhân", "Đối tượng khác"
NAMES = {"collective": COLLECTIVES, "individual": INDIVIDUALS, "other": OTHERS}
NUMBER = Column("TT", 0.5, Align.CENTER)
MONEY = Column("Tiền thưởng (đồng)", 1.2, Align.RIGHT)


async def compose(found: DecisionView) -> Paper:
    """Compose the paper of a decision as it is now (in a job, as the system).

    Raises:
        NotFoundError: its unit or the plan's edition is gone.
    """
    unit = await organisation.get_unit(found.unit_id, actor=SYSTEM)
    edition_id = found.round.edition_id if found.round else None
    plan = await (movements.get_edition(edition_id) if edition_id else movements.current_edition())
    return paper(found, await issuer_of(unit, plan.content))


def paper(found: DecisionView, issuer: Issuer) -> Paper:
    """Return the paper; until it has its number it says that it is a draft."""
    is_letter = found.kind is Kind.FORWARD
    day = found.decided_on or clock.today()
    is_final = found.state in (State.NUMBERED, State.ISSUED)
    signatory = Signatory(found.signer_name, found.signer_title)
    return Paper(
        kind=PaperKind.SUBMISSION_LETTER if is_letter else PaperKind.AWARD_DECISION,
        template=template_on(day).id,
        letterhead=issuer.letterhead,
        number=DocumentNumber(notation=found.notation, number=found.number),
        place_date=PlaceDate(place=found.place or issuer.place, on=found.decided_on),
        document_type=LETTER if is_letter else DECISION,
        abstract=found.title,
        addressees=(found.body.addressee,) if is_letter else (),
        decider="" if is_letter else f"{HEADS.get(issuer.unit.kind, HEAD)} {issuer.unit.name}",
        legal_bases=found.body.legal_bases,
        enacting="" if is_letter else ENACTING,
        body=_body(found.body.articles, is_letter=is_letter),
        annexes=(annex(found),),
        signature=signature_of(issuer.unit, signatory),
        recipients=found.body.recipients,
        notice=None if is_final else DRAFT_NOTICE,
        seal_width=law.value("seal_width", day) if is_final else 0,
    )


def _body(articles: Sequence[str], *, is_letter: bool) -> tuple[Block, ...]:
    ended = (text.rstrip(" .;") + "." for text in articles)
    return tuple(Paragraph(text) if is_letter else Article(text) for text in ended)


def annex(found: DecisionView) -> Annex:
    """Return the list, numbered through all groups: the number is the one of the gold book."""
    titles = {Kind.AWARD: LIST, Kind.FORWARD: PROPOSED, Kind.REVOKE: REVOKED}
    award = found.entries[0].award if found.entries else ""
    with_money = found.kind is Kind.AWARD
    groups = [
        (name, [entry for entry in found.entries if entry.subject_kind == kind])
        for kind, name in NAMES.items()
    ]
    shown = [(name, rows) for name, rows in groups if rows]
    blocks: list[Block] = []
    for name, rows in shown:
        if len(shown) > 1:
            blocks.append(Heading(name))
        blocks.append(_table(rows, with_money=with_money))
    if with_money and found.total:
        blocks.append(Paragraph(f"Tổng số tiền thưởng: {phrases.money(found.total)} đồng."))
    return Annex(title=titles[found.kind].format(award=award), body=tuple(blocks))


def _table(rows: Sequence[Entry], *, with_money: bool) -> Table:
    is_collective = rows[0].subject_kind == "collective"
    columns = [NUMBER, Column("Tên tập thể" if is_collective else "Họ và tên", 3)]
    columns.append(Column("Thuộc" if is_collective else "Chức vụ, đơn vị", 3))
    if with_money:
        columns.append(MONEY)
    return Table(tuple(columns), tuple(_row(row, with_money=with_money) for row in rows))


def _row(entry: Entry, *, with_money: bool) -> tuple[str, ...]:
    where = [entry.subject_title, entry.subject_unit_name]
    cells = [str(entry.position), entry.subject_name, ", ".join(filter(None, where))]
    if with_money:
        cells.append("" if entry.prize is None else phrases.money(entry.prize))
    return tuple(cells)
