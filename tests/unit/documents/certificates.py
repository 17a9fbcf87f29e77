"""Certificates for tests, and what a finished page says: words with places in millimetres."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pdfplumber

from core.documents.render.certificate_model import Certificate, Job, Printed, Sheet, Stock
from core.documents.render.certificate_pdf import print_certificates

TEMPLATE = "giay-khen-2025-07"
MM = 25.4 / 72


def sheet(**more: object) -> Sheet:
    return Sheet(**{"template": TEMPLATE, "width": 297, "height": 210, **more})  # type: ignore[arg-type]


def preprinted(**more: object) -> Sheet:
    return sheet(stock=Stock.PREPRINTED, **more)


def certificate(number: int = 1, **more: object) -> Certificate:
    made = {
        "id": str(number),
        "position": "Giám đốc Sở Y tế tỉnh Bình Minh",
        "name": "Nguyễn Thị Hồng Ánh",
        "detail": "Điều dưỡng trưởng, Bệnh viện Đa khoa tỉnh",
        "achievement": "Đã có thành tích xuất sắc trong phong trào thi đua năm 2026",
        "decision": "Số quyết định: 123/QĐ-SYT, ngày 20 tháng 11 năm 2026",
        "gold_book": f"Số sổ vàng: {number:02d}",
        "place_date": "Bình Minh, ngày 20 tháng 11 năm 2026",
        "signer_position": ("Giám đốc",),
        "signer_name": "Trần Văn Bình",
    }
    return Certificate(**{**made, **more})  # type: ignore[arg-type]


def printed(*certificates: Certificate, on: Sheet | None = None, one_file: bool = True) -> Printed:
    return print_certificates(Job(on or sheet(), certificates), one_file=one_file)


@dataclass(frozen=True)
class Row:
    """One line of text: its words, left and right end, baseline, size, font, colour."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    font: str
    colour: tuple[float, ...]


def rows(content: bytes, page: int = 0) -> list[Row]:
    """Every line of a page in the order in which it is shown."""
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        shown = pdf.pages[page]
        height = float(shown.height)
        lines: list[list[dict[str, object]]] = []
        for char in shown.chars:
            before = lines[-1][-1] if lines else None
            same = before and all(before[k] == char[k] for k in ("fontname", "size"))
            if same and before and before["matrix"][5] == char["matrix"][5]:  # type: ignore[index]
                lines[-1].append(char)
            else:
                lines.append([char])
    return [_row(line, height) for line in lines]


def _row(line: list[dict[str, object]], height: float) -> Row:
    first, last = line[0], line[-1]
    return Row(
        "".join(str(char["text"]) for char in line),
        float(first["x0"]) * MM,  # type: ignore[arg-type]
        float(last["x1"]) * MM,  # type: ignore[arg-type]
        (height - float(first["matrix"][5])) * MM,  # type: ignore[index]
        round(float(first["size"]), 1),  # type: ignore[arg-type]
        str(first["fontname"]).partition("+")[2],
        tuple(round(value, 2) for value in first["non_stroking_color"]),  # type: ignore[attr-defined]
    )
