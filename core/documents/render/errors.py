"""What can go wrong while a paper is made; the details are shown to people.

The classes take their whole sentence, so that they travel between processes unchanged.
"""

from core.errors import ThiduaError, UnavailableError


class RenderingError(ThiduaError):
    """A paper could not be made."""

    code, title = "rendering_failed", "Không tạo được văn bản"


class RenderingUnavailableError(UnavailableError):
    """The machine lacks the libraries or fonts that papers need."""

    code, title = "rendering_unavailable", "Máy chủ chưa tạo được văn bản"


class RenderingTimeoutError(RenderingError):
    """A paper took longer than the limit; its process was stopped."""

    code, title = "rendering_timeout", "Tạo văn bản quá lâu nên đã dừng"


class NoTemplateError(RenderingError):
    """No format of papers is known under this date or id."""

    code, title = "no_paper_template", "Không có mẫu thể thức văn bản"


def unavailable(missing: str) -> RenderingUnavailableError:
    """The error that names what is missing and the command that brings it."""
    return RenderingUnavailableError(
        f"Máy chủ chưa có đủ thành phần để tạo văn bản: {missing}. Đề nghị quản trị hệ thống "
        "chạy lệnh “apt-get install -y --no-install-recommends libpango-1.0-0 "
        "libpangoft2-1.0-0 libharfbuzz-subset0” và dựng lại bộ phông chữ."
    )
