"""Dated versions of the administrative format, and the numbers that both renderers use."""

from datetime import date
from typing import Literal

import msgspec

from core.documents.render.errors import NoTemplateError

NATURAL_LINE = 1.149
"""Height of a line of Times New Roman at single spacing, as a multiple of the type size."""


class Margins(msgspec.Struct, frozen=True, kw_only=True):
    """Page margins in millimetres."""

    top: float
    bottom: float
    left: float
    right: float


class Sizes(msgspec.Struct, frozen=True, kw_only=True):
    """Type sizes in points, by component."""

    national_title: float
    motto: float
    body_name: float
    body_name_small: float
    number: float
    place_date: float
    document_type: float
    abstract: float
    content: float
    table: float
    page_number: float
    authority: float
    recipients_label: float
    recipients: float
    notice: float


class TemplateVersion(msgspec.Struct, frozen=True, kw_only=True):
    """One format of papers with the law that sets it and the days on which it holds."""

    id: str
    valid_from: date
    valid_to: date | None
    legal_basis: str
    confidence: Literal["confirmed", "unconfirmed"]
    page_width: float
    page_height: float
    margins: Margins
    sizes: Sizes
    right_column: float
    first_line_indent: float
    paragraph_space: float
    line_spacing: float

    @property
    def line_height(self) -> float:
        """The line spacing as a multiple of the type size, as CSS counts it."""
        return round(self.line_spacing * NATURAL_LINE, 3)

    @property
    def text_width(self) -> float:
        """Width between the margins, in millimetres."""
        return self.page_width - self.margins.left - self.margins.right

    @property
    def left_column(self) -> float:
        """Width of the left half of the letterhead, in millimetres."""
        return self.text_width - self.right_column


DECREE_30 = TemplateVersion(
    id="nd30-2020",
    valid_from=date(2020, 3, 5),
    valid_to=None,
    legal_basis="Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020, Phụ lục I",
    confidence="confirmed",
    page_width=210,
    page_height=297,
    margins=Margins(top=21, bottom=21, left=31, right=16),
    sizes=Sizes(
        national_title=13,
        motto=14,
        body_name=13,
        body_name_small=12,
        number=13,
        place_date=14,
        document_type=14,
        abstract=14,
        content=14,
        table=13,
        page_number=13,
        authority=14,
        recipients_label=12,
        recipients=11,
        notice=11,
    ),
    right_column=97,
    first_line_indent=12.7,
    paragraph_space=6,
    line_spacing=1.1,
)

VERSIONS: tuple[TemplateVersion, ...] = (DECREE_30,)


def template_on(day: date) -> TemplateVersion:
    """The version that holds on `day`; NoTemplateError when none does."""
    for version in VERSIONS:
        if version.valid_from <= day and (version.valid_to is None or day <= version.valid_to):
            return version
    raise NoTemplateError(f"Không có mẫu thể thức văn bản cho ngày {day:%d/%m/%Y}")


def template_by_id(version_id: str) -> TemplateVersion:
    """The version with this id; NoTemplateError when there is none."""
    for version in VERSIONS:
        if version.id == version_id:
            return version
    raise NoTemplateError(f"Không có mẫu thể thức văn bản “{version_id}”")
