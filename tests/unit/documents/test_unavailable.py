"""Without Pango the application starts, and a paper fails with a sentence that helps."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.documents.render import fonts
from core.documents.render.errors import RenderingUnavailableError
from core.documents.render.layout import lay_out
from tests.golden.papers.samples import report

WITHOUT_PANGO = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name == "weasyprint":
            raise OSError("cannot load library 'libpango-1.0-0'")

sys.meta_path.insert(0, Missing())
from core.documents.render import docx, pool, receipt
from core.documents.render.errors import RenderingUnavailableError
from core.documents.render.pdf import render_pdf
from tests.golden.papers.samples import report

assert docx.render_docx(report(1)).startswith(b"PK")
try:
    render_pdf(report(1))
except RenderingUnavailableError as error:
    print(error.status, error.code, error.detail)
"""


def run(code: str) -> str:
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return done.stdout


def test_without_pango_the_error_names_the_remedy() -> None:
    said = run(WITHOUT_PANGO)

    assert said.startswith("503 rendering_unavailable ")
    assert "Pango" in said
    assert "apt-get install -y --no-install-recommends libpango-1.0-0" in said


def test_the_pool_is_imported_without_weasyprint() -> None:
    code = "import sys; from core.documents.render import pool; print('weasyprint' in sys.modules)"

    assert run(code) == "False\n"


def test_without_fonts_nothing_is_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "FONT_FILES", ("Tinos_Missing.ttf",))
    fonts._advances.cache_clear()

    with pytest.raises(RenderingUnavailableError, match="Tinos_Missing"):
        lay_out(report(1))
