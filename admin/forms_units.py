"""What the forms about the tree of units ask and do: the same acts as on the unit's page."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, Field, field_validator

from admin.forms_accounts import CHOOSE, unit_id, unit_options
from core.accounts.schemas import Actor
from core.organisation import change_forms, planned

YES_NO = {"0": "Không", "1": "Có"}
KEEPS = {"1": "Đơn vị cũ tiếp tục hoạt động", "0": "Đơn vị cũ thôi hoạt động, đơn vị 1 kế tục"}
UNIT = "Đơn vị (mã hoặc tên)"


class UnitChange(BaseModel):
    """Asks for one unit and on what the change rests."""

    unit: str = Field(title=UNIT, min_length=1, max_length=200)
    decision: str = Field(title="Căn cứ: số, ngày quyết định", min_length=1, max_length=200)
    effective_on: date = Field(title="Ngày có hiệu lực")
    reason: str = Field(title="Ghi chú (không bắt buộc)", default="", max_length=2000)

    @field_validator("*", mode="before")
    @classmethod
    def _empty_is_empty(cls, value: object) -> object:
        """The page sends null for a field in which nothing was typed."""
        return "" if value is None else value


class Rename(UnitChange):
    """Asks for the new names."""

    name: str = Field(title="Tên mới", min_length=1, max_length=300)
    short_name: str = Field(title="Tên ngắn mới (không bắt buộc)", default="", max_length=120)
    code: str = Field(title="Mã mới (để trống: giữ mã cũ)", default="", max_length=63)


class Move(UnitChange):
    """Asks for the unit above."""

    parent_id: str = Field(title="Chuyển về trực thuộc", min_length=1, max_length=200)


class Merge(UnitChange):
    """Asks for the successor."""

    into_id: str = Field(title="Sáp nhập vào đơn vị", min_length=1, max_length=200)
    also: str = Field(title="Đơn vị khác cùng nhập vào đó, cách nhau bằng dấu chấm phẩy (không bắt"
                      " buộc)", default="", max_length=4000)  # fmt: skip
    heads_follow: str = Field(
        title="Thủ trưởng cũ cũng là thủ trưởng đơn vị nhận", default="0", pattern="^[01]$"
    )


class Split(UnitChange):
    """Asks for up to three new units; more of them are made on the page."""

    keeps: str = Field(title="Đơn vị cũ", default="1", pattern="^[01]$")
    part_1: str = Field(title="Đơn vị mới 1", min_length=1, max_length=300)
    part_code_1: str = Field(title="Mã đơn vị mới 1", min_length=1, max_length=63)
    part_2: str = Field(title="Đơn vị mới 2 (không bắt buộc)", default="", max_length=300)
    part_code_2: str = Field(title="Mã đơn vị mới 2", default="", max_length=63)
    part_3: str = Field(title="Đơn vị mới 3 (không bắt buộc)", default="", max_length=300)
    part_code_3: str = Field(title="Mã đơn vị mới 3", default="", max_length=63)


class Close(UnitChange):
    """Asks where people and accounts go."""

    people_to: str = Field(
        title="Chuyển người và tài khoản sang (để trống: không chuyển)", default="", max_length=200
    )


async def rename(actor: Actor, form: Rename) -> str:
    """Give a unit another name."""
    return await _done("rename", actor, form)


async def move(actor: Actor, form: Move) -> str:
    """Hang a unit under another one."""
    return await _done("move", actor, form)


async def merge(actor: Actor, form: Merge) -> str:
    """Merge a unit into another one."""
    return await _done("merge", actor, form)


async def split(actor: Actor, form: Split) -> str:
    """Make new units out of one."""
    return await _done("split", actor, form)


async def close(actor: Actor, form: Close) -> str:
    """Close a unit."""
    return await _done("close", actor, form)


async def _done(kind: str, actor: Actor, form: UnitChange) -> str:
    typed = {name: str(value) for name, value in form.model_dump().items() if name != "unit"}
    unit = await unit_id(actor, form.unit)
    typed["also"] = typed.get("also", "").replace(";", "\n")
    order = await change_forms.order_of(kind, unit, typed, actor=actor)
    _, told = await planned.carry_out(order, actor=actor)
    return told


async def rename_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the units."""
    return {"unit": await unit_options(actor)}


async def move_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the units, twice."""
    units = await unit_options(actor)
    return {"unit": units, "parent_id": units}


async def merge_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the units, twice, and the two answers."""
    units = await unit_options(actor)
    return {"unit": units, "into_id": units, "heads_follow": YES_NO}


async def split_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the units, and what becomes of the old one."""
    return {"unit": await unit_options(actor), "keeps": KEEPS}


async def close_options(actor: Actor) -> dict[str, dict[str, str]]:
    """Return the units, twice."""
    units = await unit_options(actor)
    targets = {**units, **dict.fromkeys(CHOOSE, "Không chuyển")} if units else {}
    return {"unit": units, "people_to": targets}
