"""Sign a PDF and look at its signatures, with pyHanko.

Every signature is a PAdES baseline signature in an incremental update: what was signed before
stays byte by byte. The functions compute and wait for a token: call them in a thread
(`core.documents.signing.service`).
"""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from asn1crypto import x509
from PIL import Image
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.images import PdfImage
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, InnerScaling, Margins, SimpleBoxLayoutRule
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
from pyhanko.sign.general import SigningError, load_certs_from_pemder_data
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathError, ValidationError

from core.documents.render.signature_boxes import AGENCY_FIELD, PERSON_FIELD
from core.documents.signing import keys, phrases
from core.documents.signing.schemas import (
    Facts,
    Party,
    SignatureView,
    Signer,
    Stamp,
    Verification,
)
from core.errors import ConflictError, InvalidInputError

FIELDS = {Party.PERSON: PERSON_FIELD, Party.AGENCY: AGENCY_FIELD}
PARTIES = {field: party for party, field in FIELDS.items()}
DIGEST = "sha256"
# A chain that ends nowhere is an answer of ours, not an error for the log.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)


def roots_of(pem: bytes) -> tuple[x509.Certificate, ...]:
    """Return the certificates of a PEM file that chains may end at."""
    return tuple(load_certs_from_pemder_data(pem)) if pem.strip() else ()


def sign(
    pdf: bytes,
    party: Party,
    signer: Signer,
    *,
    stamp: Stamp,
    facts: Facts,
    at: datetime,
    roots: Sequence[x509.Certificate] = (),
) -> bytes:
    """Return the PDF with one more signature in the box of a party.

    Raises:
        ConflictError: not this party's turn, signed already, or changed since the last signature.
        InvalidInputError: no box, a certificate that may not sign.
    """
    native = signer.native()
    keys.check(native.signing_cert, at)
    _check_trust(native, at, roots)
    check_turn(pdf, party, roots)
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = PdfSignatureMetadata(
        field_name=FIELDS[party],
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=facts.reason,
        location=facts.location,
        name=signer.certificate.subject,
    )
    try:
        done = PdfSigner(metadata, native, stamp_style=_style(stamp)).sign_pdf(
            writer, existing_fields_only=True
        )
    except (SigningError, PdfError) as error:
        raise InvalidInputError(phrases.NO_FIELD, code="no_signature_box") from error
    return bytes(done.getvalue())


def check_turn(pdf: bytes, party: Party, roots: Sequence[x509.Certificate] = ()) -> None:
    """Make sure that a party may sign now (errors as `sign`)."""
    reader = _read(pdf)
    boxes = {name for name, _, _ in enumerate_sig_fields(reader)}
    if FIELDS[party] not in boxes:
        raise InvalidInputError(phrases.NO_FIELD, code="no_signature_box")
    found = verify(pdf, roots)
    if found.by(party):
        raise ConflictError(phrases.SIGNED_ALREADY, code="signed_already")
    if found.by(Party.AGENCY):
        raise ConflictError(phrases.SEALED, code="signed_already")
    if party is Party.AGENCY and not found.by(Party.PERSON):
        raise ConflictError(phrases.PERSON_FIRST, code="signing_order")
    disturbed = [s for s in found.signatures if not (s.is_intact and s.is_undisturbed)]
    if found.signatures and (disturbed or not found.covers_all):
        raise ConflictError(phrases.CHANGED, code="signed_pdf_changed")


def verify(pdf: bytes, roots: Sequence[x509.Certificate] = ()) -> Verification:
    """Look at all signatures of a PDF.

    Raises:
        InvalidInputError: not a PDF that can be read.
    """
    reader = _read(pdf)
    try:
        embedded = [each for each in reader.embedded_signatures if each.field_name in PARTIES]
        views = tuple(_look(each, roots) for each in embedded)
        covers = bool(embedded) and _covers_all(embedded[-1])
    except (PdfError, ValueError, KeyError) as error:
        raise InvalidInputError(phrases.UNREADABLE, code="pdf_unreadable") from error
    return Verification(views, covers)


def _read(pdf: bytes) -> PdfFileReader:
    try:
        reader = PdfFileReader(io.BytesIO(pdf))
        reader.root.get("/AcroForm")
    except (PdfError, ValueError, KeyError, IndexError) as error:
        raise InvalidInputError(
            phrases.UNREADABLE, code="pdf_unreadable", fields={"file": phrases.UNREADABLE}
        ) from error
    return reader


def _look(embedded: EmbeddedPdfSignature, roots: Sequence[x509.Certificate]) -> SignatureView:
    signed_at = embedded.self_reported_timestamp
    native = embedded.signer_cert
    facts = keys.certificate_of(native)
    intact = undisturbed = trusted = False
    try:
        status = validate_pdf_signature(embedded, _context(roots, signed_at))
        intact = bool(status.intact and status.valid)
        undisturbed = bool(status.docmdp_ok)
        trusted = bool(status.trusted)
    except SignatureValidationError:
        pass  # what cannot be computed does not hold
    return SignatureView(
        party=PARTIES[embedded.field_name],
        subject=facts.subject,
        issuer=facts.issuer,
        signed_at=signed_at,
        is_intact=intact,
        is_undisturbed=undisturbed,
        was_valid=signed_at is not None and facts.valid_from <= signed_at <= facts.valid_to,
        is_trusted=trusted if roots else None,
    )


def _covers_all(embedded: EmbeddedPdfSignature) -> bool:
    return embedded.evaluate_signature_coverage() is SignatureCoverageLevel.ENTIRE_FILE


def _context(roots: Sequence[x509.Certificate], moment: datetime | None) -> ValidationContext:
    return ValidationContext(trust_roots=list(roots), moment=moment, allow_fetching=False)


def _check_trust(native: Any, at: datetime, roots: Sequence[x509.Certificate]) -> None:
    """Follow the chain of a certificate before it signs, where roots are set."""
    if not roots:
        return
    validator = CertificateValidator(
        native.signing_cert,
        intermediate_certs=list(native.cert_registry),
        validation_context=_context(roots, at),
    )
    try:
        asyncio.run(validator.async_validate_usage(set()))  # type: ignore[no-untyped-call]
    except (PathError, ValidationError) as error:
        facts = keys.certificate_of(native.signing_cert)
        words = phrases.UNTRUSTED.format(subject=facts.subject, issuer=facts.issuer)
        raise InvalidInputError(words, code="key_refused", fields={"key": words}) from error


def _style(stamp: Stamp) -> StaticStampStyle:
    with Image.open(io.BytesIO(stamp.png)) as picture:
        content: PdfContent = PdfImage(picture.convert("RGBA"))
    return StaticStampStyle(
        border_width=0,
        background=content,
        background_opacity=1.0,
        background_layout=SimpleBoxLayoutRule(
            x_align=AxisAlignment.ALIGN_MID,
            y_align=AxisAlignment.ALIGN_MID,
            margins=Margins(0, 0, 0, 0),
            inner_content_scaling=InnerScaling.STRETCH_TO_FIT,
        ),
    )
