"""The demo department confirms the rules of awards by one decision of its own."""

from __future__ import annotations

from uuid import UUID

from tenants.demo import texts_awards as texts
from tenants.demo.cast import Cast
from tenants.demo.files import plan_paper
from tenants.demo.timeline import Step, act, day
from tenants.law import together
from tenants.law.schemas import Paper

CONFIRMED = day(2026, 1, 7, 9)
THEMES = (
    "Hội đồng và biểu quyết",
    "Tiền thưởng",
    "Hình thức khen thưởng và thẩm quyền",
    "Điều kiện khen thưởng",
)


async def confirm_law(tenant_id: UUID, cast: Cast) -> None:
    """Confirm every rule of councils, money, ladder and conditions that waits for it."""
    admin = cast.known["quantri"]

    async def confirm() -> None:
        found = await together.waiting(actor=admin)
        keys = [row.key for theme in THEMES for row in found.get(theme, ())]
        content = plan_paper(texts.LAW_TITLE, texts.LAW_NOTE)
        paper = Paper(texts.LAW_DECISION, "2026-01-05", texts.LAW_NOTE, (texts.LAW_FILE, content))
        await together.confirm_many(keys, "", paper, actor=admin)

    await act(tenant_id, Step(CONFIRMED, admin, confirm))
