"""Words about certificates: warnings, names of the fields."""

import re
import unicodedata
from functools import lru_cache

from core.documents.render.certificate_model import Spot

SPOT_NAMES = {
    Spot.EMBLEM: "Quốc huy",
    Spot.NATIONAL_TITLE: "Quốc hiệu",
    Spot.MOTTO: "Tiêu ngữ",
    Spot.POSITION: "Người quyết định",
    Spot.GIVING: "Chữ “Tặng”",
    Spot.AWARD: "Tên hình thức",
    Spot.NAME: "Tên được khen",
    Spot.DETAIL: "Chức danh, đơn vị",
    Spot.ACHIEVEMENT: "Thành tích",
    Spot.DECISION: "Số quyết định",
    Spot.GOLD_BOOK: "Số sổ vàng",
    Spot.PLACE_DATE: "Nơi, ngày",
    Spot.SIGNER_POSITION: "Chức vụ người ký",
    Spot.SIGNER_NAME: "Họ tên người ký",
    Spot.QR: "Mã tra cứu",
}
NO_EMBLEM = "Chỗ của Quốc huy: Sở chưa tải hình lên"
CUT = "Chữ quá dài nên bị cắt bớt. Rút gọn nội dung này."
CROWDED = "Phần giữa quá nhiều chữ nên bị thu nhỏ dưới mức đọc tốt. Rút gọn thành tích."
MISSING = "Còn để trống."
_SPACES = re.compile(r"[^\S\n]+")


@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """The text in NFC, with plain single spaces and without control characters."""
    kept = "".join(c for c in unicodedata.normalize("NFC", text)
                   if c in "\n\t" or unicodedata.category(c)[0] != "C")  # fmt: skip
    return "\n".join(_SPACES.sub(" ", line).strip() for line in kept.split("\n")).strip()


def small(size: float, least: float) -> str:
    """The text had to be set below the least size."""
    return (
        f"Chữ quá dài nên chỉ còn {_points(size)} (mức nhỏ nhất cho đẹp là {_points(least)}). "
        "Rút gọn nội dung này hoặc chấp nhận chữ nhỏ."
    )


def lacking(characters: str) -> str:
    """The font has no such characters."""
    return f"Phông chữ không có ký tự: {' '.join(characters)}. Thay bằng ký tự khác."


def title(award: str, name: str, count: int) -> str:
    """The title of a file: one certificate with its name, or how many."""
    return f"{plain(award)}: {plain(name)}" if name else f"{plain(award)}: {count} bản"


def spot_label(spot: Spot, x: float, y: float) -> str:
    """Name and place of a field on the test print."""
    return f"{SPOT_NAMES[spot]} ({x:.1f}; {y:.1f})".replace(".", ",")


def guide_characters() -> str:
    """Every character that the test print may need beside the certificate's own."""
    return "".join(SPOT_NAMES.values()) + NO_EMBLEM + "0123456789 ,;()"


def _points(size: float) -> str:
    return f"cỡ {size:g}".replace(".", ",")
