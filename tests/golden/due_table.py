"""Who reports by when, typed by hand from the plans before the plugins were written.

``before`` is (day, month) of "trước ngày dd/mm": the day before is the last day. A quarter is
stated and has no day. ``line`` is the plan's (Điện Biên: of ``dien_bien_restored.md``), None
where the plan is silent.
"""

from typing import NamedTuple


class Due(NamedTuple):
    """One step of reporting."""

    report_kind: str
    from_level: str
    to_level: str
    stated: bool
    before: tuple[int, int] | None
    line: int | None


DUE: dict[str, tuple[Due, ...]] = {
    "ha_noi": (
        Due("plan", "unit", "department", False, None, 88),  # the duty without a date
        Due("annual", "unit", "department", True, (30, 11), 90),
        Due("annual", "department", "higher", True, None, 90),  # báo cáo UBND Thành phố
        Due("preliminary_review", "unit", "department", False, None, None),
        Due("final_review", "unit", "department", False, None, None),
        Due("on_request", "unit", "department", False, None, None),
    ),
    "vinh_long": (
        Due("plan", "unit", "department", True, None, 396),  # quý IV năm 2025
        Due("annual", "unit", "department", True, (10, 11), 426),
        Due("annual", "department", "higher", True, None, 428),  # báo cáo Hội đồng TĐKT tỉnh
        Due("preliminary_review", "unit", "department", False, None, None),
        Due("final_review", "unit", "department", False, None, None),
        Due("on_request", "unit", "department", False, None, None),
    ),
    "lai_chau": (
        Due("plan", "unit", "department", False, None, None),
        Due("annual", "subunit", "unit", True, (15, 11), 328),  # khoa/phòng -> Phòng TCHC
        Due("annual", "unit", "department", True, (15, 11), 301),
        Due("preliminary_review", "unit", "department", True, None, 303),
        Due("final_review", "unit", "department", True, None, 303),
        Due("on_request", "unit", "department", False, None, None),
    ),
    "dien_bien": (
        Due("plan", "unit", "department", True, None, 14),  # quý III năm 2025
        Due("annual", "unit", "department", False, None, None),
        Due("preliminary_review", "subunit", "unit", True, None, 16),
        Due("final_review", "subunit", "unit", True, None, 16),
        Due("on_request", "subunit", "unit", True, None, 16),
    ),
    "quang_ngai": (
        Due("plan", "unit", "department", False, None, 108),  # the duty without a date
        Due("annual", "unit", "department", True, None, 474),
        Due("preliminary_review", "unit", "department", False, None, None),
        Due("final_review", "unit", "department", False, None, None),
        Due("on_request", "unit", "department", True, None, 474),  # "hàng năm, đột xuất"
    ),
}
