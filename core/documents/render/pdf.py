"""Papers as PDF. Call it in a render process (`core.documents.render.pool`), not in the web one."""

from core.documents.render.errors import unavailable
from core.documents.render.layout import lay_out
from core.documents.render.model import Paper


def render_pdf(paper: Paper) -> bytes:
    """The paper as PDF/A-2b, the same bytes for the same paper.

    Raises RenderingUnavailableError when the native libraries or the fonts are missing.
    """
    try:
        # The application must start on a machine without Pango.
        from core.documents.render import engine  # noqa: PLC0415
    except OSError as error:
        raise unavailable("thư viện dàn trang Pango") from error
    return engine.write_pdf(lay_out(paper))
