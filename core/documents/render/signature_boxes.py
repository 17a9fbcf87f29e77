"""Room for two signatures in a finished paper (Nghị định 30/2020/NĐ-CP, Phụ lục I).

The image of the signatory's signature stands in the middle between position and name; the image of
the seal covers about a third of it, on its left. Both boxes are empty signature fields of the
form, so that signing fills what is there and changes nothing else.
"""

from collections.abc import Iterator
from typing import Any

import pydyf

PERSON_FIELD, AGENCY_FIELD = "nguoi_ky", "co_quan"
POINTS_PER_PIXEL = 0.75
POINTS_PER_MM = 72 / 25.4
SIGNATURE_MM = (44.0, 20.0)
OVERLAP = 1 / 3
_PRINTED, _LOCKED = 4, 128


def reserve(document: Any, pdf: Any, *, seal_width: float) -> None:
    """Add both fields to a paper that WeasyPrint has laid out; `seal_width` in millimetres."""
    found = _room(document)
    if found is None:
        return
    page_number, centre_x, centre_y = found
    page = _page(pdf, page_number)
    width, height = (side * POINTS_PER_MM for side in SIGNATURE_MM)
    left = centre_x - width / 2
    seal = seal_width * POINTS_PER_MM
    right_of_seal = left + width * OVERLAP
    boxes = {
        PERSON_FIELD: (left, centre_y - height / 2, left + width, centre_y + height / 2),
        AGENCY_FIELD: (
            right_of_seal - seal,
            centre_y - seal / 2,
            right_of_seal,
            centre_y + seal / 2,
        ),
    }
    fields = [_field(pdf, page, name, box) for name, box in boxes.items()]
    references = pydyf.Array([field.reference for field in fields])
    page["Annots"] = pydyf.Array([*page.get("Annots", []), *references])
    pdf.catalog["AcroForm"] = pydyf.Dictionary({"Fields": references})


def _room(document: Any) -> tuple[int, float, float] | None:
    """Return the page and the middle between position and name, in points from bottom left."""
    for number, page in enumerate(document.pages):
        boxes = dict(_closing_boxes(page._page_box))
        if "signatory" in boxes and "authority" in boxes:
            above, name = boxes["authority"], boxes["signatory"]
            top = above.position_y + above.margin_height()
            bottom = name.position_y + name.margin_top
            centre_x = name.content_box_x() + name.width / 2
            height = page.height * POINTS_PER_PIXEL
            return (
                number,
                centre_x * POINTS_PER_PIXEL,
                height - (top + bottom) / 2 * POINTS_PER_PIXEL,
            )
    return None


def _closing_boxes(page_box: Any) -> Iterator[tuple[str, Any]]:
    """Yield the blocks of the signature by class; the last line of the position wins."""
    for box in page_box.descendants():
        name = box.element.get("class") if box.element is not None else None
        if name in {"authority", "signatory"} and box.element_tag == "p":
            yield name, box


def _page(pdf: Any, number: int) -> Any:
    reference = pdf.page_references[number]
    return next(each for each in pdf.objects if getattr(each, "reference", None) == reference)


def _field(pdf: Any, page: Any, name: str, box: tuple[float, ...]) -> Any:
    width, height = box[2] - box[0], box[3] - box[1]
    nothing = pydyf.Stream(
        extra={
            "Type": "/XObject",
            "Subtype": "/Form",
            "BBox": pydyf.Array([0, 0, round(width, 2), round(height, 2)]),
        }
    )
    pdf.add_object(nothing)
    field = pydyf.Dictionary(
        {
            "Type": "/Annot",
            "Subtype": "/Widget",
            "FT": "/Sig",
            "T": pydyf.String(name),
            "F": _PRINTED + _LOCKED,
            "Rect": pydyf.Array([round(side, 2) for side in box]),
            "P": page.reference,
            "AP": pydyf.Dictionary({"N": nothing.reference}),
        }
    )
    pdf.add_object(field)
    return field
