"""PDF seconds for each page of the 60-page report."""

from __future__ import annotations

import asyncio
import io
import time

import pdfplumber

from core.documents.render.pool import RenderPool
from tests.golden.papers.samples import report, table

NARRATIVES = 288
ROWS = 90


async def _measure() -> dict[str, float]:
    pool = RenderPool(1)
    try:
        await pool.render_pdf(report())  # starts the process and loads the fonts
        paper = report(NARRATIVES)
        paper = report(body=(*paper.body[:-1], table(ROWS), paper.body[-1]))
        began = time.perf_counter()
        content = await pool.render_pdf(paper)
        seconds = time.perf_counter() - began
    finally:
        await pool.close()
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        pages = len(pdf.pages)
    return {"pages": pages, "seconds": seconds, "seconds_per_page": seconds / pages}


def measure() -> dict[str, float]:
    """Render once with a warm process; return pages, seconds and seconds for each page."""
    return asyncio.run(_measure())
