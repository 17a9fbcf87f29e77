"""Pages of the year's figures and of the fairness view."""

from __future__ import annotations

import asyncio
from typing import Any

from litestar import Request, get
from litestar.response import Response

from core.accounts.guards import actor_of
from core.honours import access, export, figures, phrases
from core.honours.routes_register import REGISTER, workbook_response
from core.kit import clock
from core.kit.templates import page
from core.reports.form_input import whole

AnyRequest = Request[Any, Any, Any]
OVERSEERS = {"access": [role.value for role in access.FIGURES]}
FIGURES = f"{REGISTER}/thong-ke"
HEADERS = (
    ("Cấp", 20), ("Hình thức khen thưởng", 38), ("Tập thể", 10), ("Cá nhân", 10),
    ("Đối tượng khác", 10), ("Cộng", 10), ("Theo chuyên đề", 14), ("Thường xuyên", 14),
)  # fmt: skip
MOVEMENTS = (("Phong trào", 50), ("Phạm vi", 18), ("Thời gian", 24), ("Loại", 26))


def year_of(request: AnyRequest) -> int:
    """Return the year that was asked for; this year where none is readable."""
    return whole(request.query_params.get("nam", "")) or clock.today().year


@get(FIGURES, name="honours.figures", opt=OVERSEERS, include_in_schema=False)
async def show_figures(request: AnyRequest) -> Response[str]:
    """Show the figures of a year."""
    found = await figures.of_year(year_of(request), actor=actor_of(request))
    return page(
        request, "honours/figures.html", found=found, note=phrases.NOT_OFFICIAL,
        years=range(clock.today().year, 2014, -1), comparisons=phrases.COMPARISONS,
    )  # fmt: skip


@get(f"{FIGURES}/xuat", name="honours.export_figures", opt=OVERSEERS, include_in_schema=False)
async def export_figures(request: AnyRequest) -> Response[bytes]:
    """Send the figures of a year as an Excel file."""
    found = await figures.of_year(year_of(request), actor=actor_of(request))
    sheets: list[export.Sheet] = [
        ("Khen thưởng", HEADERS, [
            (row.level, row.award, row.collectives, row.individuals, row.others, row.total,
             row.thematic, row.total - row.thematic) for row in found.awards
        ], phrases.NOT_OFFICIAL),
        ("Phong trào", MOVEMENTS, [
            (row.name, row.scope, row.band, row.way) for row in found.movements
        ], phrases.NOT_OFFICIAL),
    ]  # fmt: skip
    title = f"Thống kê khen thưởng năm {found.year}"
    content = await asyncio.to_thread(export.workbook, title, sheets)
    return workbook_response(content, f"thong-ke-khen-thuong-{found.year}.xlsx")


@get(f"{FIGURES}/so-sanh", name="honours.fairness", opt=OVERSEERS, include_in_schema=False)
async def show_fairness(request: AnyRequest) -> Response[str]:
    """Show one comparison of who gets awards."""
    by = request.query_params.get("theo", "") or "level"
    found = await figures.fairness(by, year_of(request), actor=actor_of(request))
    return page(
        request, "honours/fairness.html", found=found, comparisons=phrases.COMPARISONS,
        years=range(clock.today().year, 2014, -1), percent=figures.percent,
    )  # fmt: skip


route_handlers: list[Any] = [show_figures, export_figures, show_fairness]
