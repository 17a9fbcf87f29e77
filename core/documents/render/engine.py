"""WeasyPrint with the shipped fonts, set up once per process.

Importing this module loads the native libraries: only `core.documents.render.pdf` does it, late.
"""

import hashlib
import warnings
from functools import cache, partial
from pathlib import Path

import jinja2
import msgspec
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from core.documents.render import fonts
from core.documents.render.errors import RenderingError
from core.documents.render.fetcher import FONT_SCHEME, AssetFetcher
from core.documents.render.layout import Layout
from core.documents.render.signature_boxes import reserve
from core.documents.render.template_versions import TemplateVersion

PDF_VARIANT = "pdf/a-2b"
_FACES = (
    (fonts.REGULAR, "normal", "normal"),
    (fonts.ITALIC, "normal", "italic"),
    (fonts.BOLD, "bold", "normal"),
    (fonts.BOLD_ITALIC, "bold", "italic"),
)
_ENVIRONMENT = jinja2.Environment(
    loader=jinja2.FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def font_configuration() -> FontConfiguration:
    """One for the whole life of the process: a new one for each paper leaks memory."""
    fonts.require_fonts()
    return FontConfiguration()


@cache
def stylesheet(version: TemplateVersion, annexes: int) -> CSS:
    """The format as CSS, parsed once per version and number of annexes."""
    faces = [
        {"url": FONT_SCHEME + name, "weight": weight, "style": style}
        for name, weight, style in _FACES
    ]
    text = _ENVIRONMENT.get_template("paper.css").render(
        v=version, faces=faces, annexes=[f"annex{number + 1}" for number in range(annexes)]
    )
    return CSS(string=text, font_config=font_configuration(), url_fetcher=AssetFetcher())


def write_pdf(layout: Layout) -> bytes:
    """The layout as PDF/A; the same layout gives the same bytes."""
    return html_to_pdf(
        to_html(layout),
        layout.version,
        annexes=len(layout.annexes),
        seal_width=layout.seal_width,
    )


def to_html(layout: Layout) -> str:
    """The layout as a page of our own template, every text escaped."""
    return _ENVIRONMENT.get_template("paper.html").render(page=layout)


def html_to_pdf(
    html: str, version: TemplateVersion, *, annexes: int = 0, seal_width: float = 0
) -> bytes:
    """A page of our own templates as PDF/A; RenderingError when it asks for a foreign address.

    With a `seal_width` (mm) the two signature boxes are reserved.
    """
    identifier = hashlib.sha256(html.encode()).digest()[:16]
    try:
        with warnings.catch_warnings():
            # WeasyPrint leaves the closing of its colour profile's file to the collector.
            warnings.simplefilter("ignore", ResourceWarning)
            pdf = HTML(string=html, url_fetcher=AssetFetcher()).write_pdf(
                stylesheets=[stylesheet(version, annexes)],
                font_config=font_configuration(),
                pdf_variant=PDF_VARIANT,
                pdf_identifier=identifier,
                finisher=partial(reserve, seal_width=seal_width) if seal_width else None,
            )
    except FatalURLFetchingError as error:
        message = "Văn bản tham chiếu địa chỉ ngoài hệ thống nên không được tạo"
        raise RenderingError(message) from error
    return msgspec.convert(pdf, bytes)
