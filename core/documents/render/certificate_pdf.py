"""Certificates as PDF/A: what all share is written once, each page is a few lines of text.

Call it in a render process (`core.documents.render.pool`). No HTML, no layout engine: the lines
are measured by `certificate_fit` and shown with subsets of the shipped fonts.
"""

import hashlib
import io
from collections.abc import Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

import pydyf
import segno

from core.documents.render import certificate_phrases as phrases
from core.documents.render import fonts
from core.documents.render.certificate_border import border
from core.documents.render.certificate_fit import POINT, Laid, Line, lay_out_certificate, placed
from core.documents.render.certificate_guides import guides
from core.documents.render.certificate_model import (
    Certificate,
    Job,
    Printed,
    Sheet,
    Spot,
    Stock,
)
from core.documents.render.certificate_objects import font_key, fonts_in, packed_stream
from core.documents.render.certificate_picture import picture_objects
from core.documents.render.certificate_versions import BLACK, certificate_template
from core.documents.render.glyphs import face

MM = 72 / 25.4
_RULE_WIDTH = 0.35
_MASK = 4  # any of the eight is readable; trying them all takes longer than the rest of the page
_CODE_SIZE, _CODE_DROP = 6.0, 3.0
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:dc="http://purl.org/dc/elements/1.1/">
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>U</pdfaid:conformance>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def print_certificates(job: Job, *, one_file: bool) -> Printed:
    """Set the certificates, in one file or each in its own; the same job gives the same bytes.

    Raises:
        NoTemplateError: the sheet names an unknown format.
        RenderingUnavailableError: the shipped fonts are not there.
    """
    laid = [lay_out_certificate(each, job.sheet) for each in job.certificates]
    pages = list(zip(job.certificates, laid, strict=True))
    groups = [pages] if one_file else [[page] for page in pages]
    files = tuple(_document(job.sheet, group) for group in groups)
    return Printed(files, tuple(warning for each in laid for warning in each.warnings))


def _document(sheet: Sheet, pages: Sequence[tuple[Certificate, Laid]]) -> bytes:
    pdf = pydyf.PDF()
    resources = pydyf.Dictionary({"Font": fonts_in(pdf, _used(pages, sheet))})
    pdf.add_object(resources)
    fixed = _fixed(pdf, sheet)
    if fixed:
        resources["XObject"] = pydyf.Dictionary({"Fixed": fixed})
    said: list[str] = []
    for certificate, laid in pages:
        content = _page(certificate, laid, sheet, has_fixed=fixed is not None)
        said.append(content)
        stream = packed_stream(content.encode())
        pdf.add_object(stream)
        pdf.add_page(pydyf.Dictionary({
            "Type": "/Page",
            "Parent": pdf.pages.reference,
            "MediaBox": pydyf.Array([0, 0, _point(sheet.width), _point(sheet.height)]),
            "Resources": resources.reference,
            "Contents": stream.reference,
        }))  # fmt: skip
    first = pages[0][0]
    title = phrases.title(first.award, first.name if len(pages) == 1 else "", len(pages))
    _describe(pdf, title, first.position)
    output = io.BytesIO()
    identifier = hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
    pdf.write(output, version=b"1.7", identifier=identifier, compress=True)
    return output.getvalue()


def _used(pages: Sequence[tuple[Certificate, Laid]], sheet: Sheet) -> dict[str, set[str]]:
    """The characters of every face that the pages need."""
    used: dict[str, set[str]] = {}
    for certificate, laid in pages:
        for line in laid.lines:
            used.setdefault(line.face, set()).update(line.text)
        used.setdefault(fonts.REGULAR, set()).update(certificate.code)
    if sheet.guides:
        used.setdefault(fonts.REGULAR, set()).update(phrases.guide_characters())
    return used


def _describe(pdf: pydyf.PDF, title: str, author: str) -> None:
    """Language, title, colour profile: what PDF/A asks for."""
    profile = packed_stream(_profile(), {"N": 3})
    text = _XMP.format(title=escape(title), author=escape(phrases.plain(author)))
    metadata = pydyf.Stream([text.encode()], {"Type": "/Metadata", "Subtype": "/XML"})
    pdf.add_object(profile)
    pdf.add_object(metadata)
    intent = pydyf.Dictionary({
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String("sRGB IEC61966-2.1"),
        "DestOutputProfile": profile.reference,
    })  # fmt: skip
    pdf.catalog["OutputIntents"] = pydyf.Array([intent.data])
    pdf.catalog["Metadata"] = metadata.reference
    pdf.catalog["Lang"] = pydyf.String("vi")
    pdf.catalog["ViewerPreferences"] = "<< /DisplayDocTitle true /PrintScaling /None >>"


def _fixed(pdf: pydyf.PDF, sheet: Sheet) -> bytes | None:
    """Border and emblem, which every page shows: written once. None on pre-printed sheets."""
    if sheet.stock is not Stock.BLANK:
        return None
    width, height = _point(sheet.width), _point(sheet.height)
    content = [f"q {MM:.6f} 0 0 {-MM:.6f} 0 {height} cm".encode(),
               border(sheet.width, sheet.height), b"Q"]  # fmt: skip
    extra = {
        "Type": "/XObject",
        "Subtype": "/Form",
        "BBox": pydyf.Array([0, 0, width, height]),
    }
    shift = sheet.shift(Spot.EMBLEM)
    if sheet.emblem and shift.shown:
        picture, share = picture_objects(pdf, sheet.emblem)
        x, y, w, h = _emblem_place(sheet, share)
        content.append(f"q {w * MM:.3f} 0 0 {h * MM:.3f} {x * MM:.3f} "
                       f"{height - (y + h) * MM:.3f} cm /Emblem Do Q".encode())  # fmt: skip
        extra["Resources"] = pydyf.Dictionary(
            {"XObject": pydyf.Dictionary({"Emblem": picture.reference})}
        )
    form = packed_stream(b"\n".join(content), extra)
    pdf.add_object(form)
    reference: bytes = form.reference
    return reference


def _emblem_place(sheet: Sheet, share: float) -> tuple[float, float, float, float]:
    """Left, top, width, height of the emblem in its box; `share` = width by height."""
    box = placed(certificate_template(sheet.template).emblem, sheet, Spot.EMBLEM)
    width, height = min(box.width, box.height * share), min(box.height, box.width / share)
    return box.x - width / 2, box.y + (box.height - height) / 2, width, height


def _page(certificate: Certificate, laid: Laid, sheet: Sheet, *, has_fixed: bool) -> str:
    parts = ["/Fixed Do"] if has_fixed else []
    if sheet.guides:
        parts.append(guides(sheet, laid, show))
    parts.append("BT")
    parts += [show(line, sheet.height) for line in laid.lines]
    parts.append("ET")
    if laid.rule:
        y = sheet.height - laid.rule.y
        parts.append(f"0 0 0 RG {_RULE_WIDTH * MM:.3f} w {laid.rule.x1 * MM:.3f} {y * MM:.3f} m "
                     f"{laid.rule.x2 * MM:.3f} {y * MM:.3f} l S")  # fmt: skip
    if certificate.address and sheet.shift(Spot.QR).shown:
        parts.append(_code(certificate, sheet))
    return "\n".join(parts)


@lru_cache(maxsize=4096)
def show(line: Line, height: float) -> str:
    """The operators that show one line (inside a text object); `height` of the sheet, mm."""
    font = face(line.face)
    glyphs = font.glyphs(line.text)
    shown, run = [], ""
    for left, right in zip(glyphs, [*glyphs[1:], 0], strict=True):
        run += f"{left:04x}"
        kern = font.kern(left, right) if right else 0
        if kern:
            shown.append(f"<{run}>{-kern * 1000 / font.units:.0f}")
            run = ""
    shown.append(f"<{run}>")
    red, green, blue = line.colour
    return (f"{red:g} {green:g} {blue:g} rg /{font_key(line.face)} {line.size:.3f} Tf "
            f"{line.spacing * line.size:.3f} Tc 1 0 0 1 {line.x * MM:.3f} "
            f"{(height - line.y) * MM:.3f} Tm [{''.join(shown)}] TJ")  # fmt: skip


def _code(certificate: Certificate, sheet: Sheet) -> str:
    """The QR code as filled squares, one path, and the code in letters under it."""
    box = placed(certificate_template(sheet.template).qr, sheet, Spot.QR)
    rows = [
        bytes(row)
        for row in segno.make(certificate.address, error="m", mask=_MASK, micro=False).matrix
    ]
    side = box.width / len(rows) * MM
    left, top = (box.x - box.width / 2) * MM, (sheet.height - box.y) * MM
    parts = ["0 0 0 rg"]
    for y, row in enumerate(rows):
        x = 0
        while x < len(row):
            start = x
            while x < len(row) and row[x]:
                x += 1
            if x > start:
                parts.append(f"{left + start * side:.3f} {top - (y + 1) * side:.3f} "
                             f"{(x - start) * side:.3f} {side:.3f} re")  # fmt: skip
            x += 1
    width = face(fonts.REGULAR).width(certificate.code, _CODE_SIZE) * POINT
    letters = Line(Spot.QR, certificate.code, box.x - width / 2, box.y + box.height + _CODE_DROP,
                   _CODE_SIZE, fonts.REGULAR, BLACK, 0.0, width)  # fmt: skip
    return "\n".join([*parts, "f", "BT", show(letters, sheet.height), "ET"])


def _point(length: float) -> float:
    return round(length * MM, 3)


@lru_cache(maxsize=1)
def _profile() -> bytes:
    """The sRGB profile that the layout engine of the other papers carries."""
    package = find_spec("weasyprint")
    folders = list(package.submodule_search_locations or ()) if package else []
    return Path(folders[0], "pdf", "sRGB2014.icc").read_bytes()
