"""Layouts: one for each unit that awards and each kind of certificate."""

from __future__ import annotations

import asyncio
from uuid import UUID

import msgspec

from core.accounts.schemas import SYSTEM, Actor
from core.certificates import emblem, phrases, repository
from core.certificates.access import LAYOUT, READ
from core.certificates.composing import certificate_of, sheet_of
from core.certificates.schemas import LayoutRow, LayoutView, Settings, Words
from core.documents.render.certificate_model import Job, Stock
from core.documents.render.certificate_pdf import print_certificates
from core.errors import ConflictError, InvalidInputError, NotFoundError, PermissionDeniedError
from core.evidence import service as evidence
from core.evidence.schemas import Purpose
from core.kit import clock
from core.kit.i18n import nfc
from core.kit.storage import storage
from core.organisation import service as organisation
from core.organisation.schemas import UnitView

FARTHEST = 150.0  # millimetres that a field may be moved
LONGEST_POSITION = 200
FLAGGED = "base_title"
SAMPLE_NAME = "Nguyễn Thị Hồng Ánh"
SAMPLE_ACHIEVEMENT = "Đã có thành tích xuất sắc trong phong trào thi đua chuyển đổi số năm {year}"


async def list_layouts(*, actor: Actor) -> list[LayoutRow]:
    """Return every kind of certificate of every unit that the person may look at.

    Raises:
        PermissionDeniedError: the person has no part in printing.
    """
    if not actor.has(READ):
        raise PermissionDeniedError
    units = await repository.awarding_units(actor.paths(READ))
    saved = {(row["unit_id"], row["award_kind"]): row
             for row in await repository.layouts([unit["id"] for unit in units])}  # fmt: skip
    rows = []
    for unit in units:
        for kind in phrases.AWARDS:
            found = saved.get((unit["id"], kind))
            rows.append(LayoutRow(
                unit["id"], unit["name"], kind, found["stock"] if found else None,
                has_emblem=bool(found and found["has_emblem"]),
            ))  # fmt: skip
    return rows


async def get_layout(*, actor: Actor, unit_id: UUID, award_kind: str) -> LayoutView:
    """Return a layout, or the usual one where nothing was saved.

    Raises:
        NotFoundError: no such unit or kind, or not for this person.
    """
    return await layout_of(await _unit(actor, unit_id, award_kind, READ), award_kind)


async def layout_of(unit: UnitView, award_kind: str) -> LayoutView:
    """Return the layout of a unit (rights were checked by the caller)."""
    row = await repository.layout(unit.id, award_kind)
    usual = f"{_head(unit)} {unit.name}"
    if row is None:
        stock = Stock.PREPRINTED if award_kind == FLAGGED else Stock.BLANK
        return LayoutView(unit.id, unit.name, award_kind, 0, stock, Settings(), usual, None)
    return LayoutView(
        unit.id, unit.name, award_kind, row["version"], Stock(row["stock"]),
        msgspec.convert(row["settings"], Settings), row["position_text"] or usual,
        row["emblem_file_id"],
    )  # fmt: skip


async def save_layout(
    *, actor: Actor, unit_id: UUID, award_kind: str, version: int, stock: str, position: str,
    settings: Settings,
) -> LayoutView:  # fmt: skip
    """Save stock, positions and the line of who decides.

    Raises:
        NotFoundError: no such unit or kind, or not for this person.
        PermissionDeniedError: the person may look, not change.
        InvalidInputError: a field that cannot be taken; nothing is changed.
        ConflictError: somebody else has saved since (code `stale_layout`).
    """
    unit = await _unit(actor, unit_id, award_kind, READ)
    actor.require(LAYOUT, unit.path)
    position = nfc(" ".join(position.split()))
    _check(award_kind, stock, position, settings)
    await repository.ensure(unit_id, award_kind, position)
    saved = await repository.save(
        unit_id, award_kind, version, stock=stock, settings=msgspec.to_builtins(settings),
        position=position, account_id=actor.account_id,
    )  # fmt: skip
    if not saved:
        raise ConflictError(phrases.STALE, code="stale_layout")
    return await layout_of(unit, award_kind)


async def save_emblem(
    *, actor: Actor, unit_id: UUID, award_kind: str, name: str, content: bytes
) -> None:
    """Keep the picture that stands at the top.

    Raises:
        NotFoundError, PermissionDeniedError: as `save_layout`.
        InvalidInputError, PayloadTooLargeError, UnavailableError: the picture is not taken.
    """
    unit = await _unit(actor, unit_id, award_kind, READ)
    actor.require(LAYOUT, unit.path)
    name, content = await emblem.prepared(name, content)
    file = await evidence.store_file(
        actor=actor, name=name, content=content, purpose=Purpose.EMBLEM, unit_id=unit_id
    )
    usual = (await layout_of(unit, award_kind)).position
    await repository.ensure(unit_id, award_kind, usual)
    await repository.set_emblem(unit_id, award_kind, file.id)


async def remove_emblem(*, actor: Actor, unit_id: UUID, award_kind: str) -> None:
    """Leave the place at the top free; raises as `save_layout`."""
    unit = await _unit(actor, unit_id, award_kind, READ)
    actor.require(LAYOUT, unit.path)
    await repository.set_emblem(unit_id, award_kind, None)


async def open_emblem(*, actor: Actor, unit_id: UUID, award_kind: str) -> bytes:
    """Return the picture at the top.

    Raises:
        NotFoundError: there is none, or not for this person.
    """
    layout = await get_layout(actor=actor, unit_id=unit_id, award_kind=award_kind)
    content = await emblem_content(layout.emblem_file_id)
    if not content:
        raise NotFoundError
    return content


def emblem_type(content: bytes) -> str:
    """Return the media type of a picture at the top."""
    return "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"


async def emblem_content(file_id: UUID | None) -> bytes:
    """Return the content of a picture, b"" for none."""
    key = await repository.storage_key(file_id) if file_id else None
    return await storage().get(key) if key else b""


async def test_print(*, actor: Actor, unit_id: UUID, award_kind: str, guides: bool) -> bytes:
    """Return a sample certificate as PDF, with rulers and the names of the fields on demand.

    Raises:
        NotFoundError: as `get_layout`.
    """
    layout = await get_layout(actor=actor, unit_id=unit_id, award_kind=award_kind)
    sheet = msgspec.structs.replace(
        sheet_of(layout), guides=guides, emblem=await emblem_content(layout.emblem_file_id)
    )
    unit = await organisation.get_unit(unit_id, actor=SYSTEM)
    today = clock.today()
    words = Words(
        id=unit_id, code="0" * 20, name=SAMPLE_NAME, title="Điều dưỡng trưởng",
        unit_name="Khoa Hồi sức tích cực",
        achievement=SAMPLE_ACHIEVEMENT.format(year=today.year), award_kind=award_kind,
        decision_number=f"…/QĐ-{unit.notation or unit.short_name}", decided_on=today,
        gold_book_number=1, place=unit.place or "Địa danh", signer_name="Họ và tên người ký",
        signer_title=_head(unit),
    )  # fmt: skip
    job = Job(sheet, (certificate_of(words, layout.position, "https://mau.invalid"),))
    printed = await asyncio.to_thread(print_certificates, job, one_file=True)
    return printed.files[0]


async def _unit(actor: Actor, unit_id: UUID, award_kind: str, roles: tuple[str, ...]) -> UnitView:
    unit = await organisation.get_unit(unit_id, actor=SYSTEM)
    awards = unit.parent_id is None or unit.has_legal_personality
    if award_kind not in phrases.AWARDS or not awards or not actor.can(roles, unit.path):
        raise NotFoundError
    return unit


def _head(unit: UnitView) -> str:
    kind = "department" if unit.parent_id is None else unit.kind
    return phrases.HEADS.get(kind, phrases.HEAD)


def _check(award_kind: str, stock: str, position: str, settings: Settings) -> None:
    fields: dict[str, str] = {}
    if stock not in set(Stock):
        fields["stock"] = phrases.BAD_STOCK
    elif award_kind == FLAGGED and stock != Stock.PREPRINTED:
        fields["stock"] = phrases.FLAGS_NEED_STOCK
    if not position:
        fields["position"] = phrases.NO_POSITION
    elif len(position) > LONGEST_POSITION:
        fields["position"] = phrases.LONG_POSITION.format(most=LONGEST_POSITION)
    moves = {"dx": settings.dx, "dy": settings.dy}
    for spot, shift in settings.shifts.items():
        moves |= {f"{spot}_dx": shift.dx, f"{spot}_dy": shift.dy}
    fields |= {name: phrases.BAD_MOVE.format(most=int(FARTHEST))
               for name, value in moves.items() if abs(value) > FARTHEST}  # fmt: skip
    if fields:
        raise InvalidInputError(fields=fields)
