"""A department that has confirmed the rules of awards."""

from __future__ import annotations

from tenants.demo.law import THEMES
from tenants.law import together
from tenants.law.schemas import Paper
from tests.integration.reports.house import House

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n% law\n"
PAPER = Paper("16/QĐ-SYT", "2026-01-05", "", ("qd.pdf", PDF))


async def confirm_law(house: House, themes: tuple[str, ...] = THEMES) -> int:
    """Confirm everything that waits in some themes; return how many rows that were."""
    admin = house.people["tenant_admin"]
    async with house.at(who="tenant_admin"):
        found = await together.waiting(actor=admin)
        keys = [row.key for theme in themes for row in found.get(theme, ())]
        if not keys:
            return 0
        return await together.confirm_many(keys, "", PAPER, actor=admin)
