"""A certification authority of our own, keys in PKCS#12 files, pictures to sign with."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import msgspec
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    pkcs12,
)
from cryptography.x509.oid import NameOID
from PIL import Image, ImageDraw

PASSWORD = "mat-khau-cua-tep"
NOW = datetime.now(UTC).replace(microsecond=0)
YEAR = timedelta(days=365)


class Authority(msgspec.Struct, frozen=True):
    """A root that issues certificates."""

    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        """Return the root as PEM."""
        return self.certificate.public_bytes(Encoding.PEM)


def authority(name: str = "Cơ quan chứng thực thử nghiệm") -> Authority:
    """Return a new root."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return Authority(key, _certificate(name, name, key, key, NOW - YEAR, NOW + 9 * YEAR, ca=True))


def issue(
    root: Authority, name: str, *, first: datetime = NOW - YEAR, last: datetime = NOW + YEAR
) -> tuple[rsa.RSAPrivateKey, x509.Certificate]:
    """Return a new key with its certificate."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    issuer = root.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value
    return key, _certificate(name, str(issuer), key, root.key, first, last, ca=False)


def key_file(root: Authority, name: str, *, first: datetime = NOW - YEAR,
             last: datetime = NOW + YEAR) -> bytes:  # fmt: skip
    """Return a PKCS#12 file under PASSWORD."""
    key, certificate = issue(root, name, first=first, last=last)
    return pkcs12.serialize_key_and_certificates(
        b"khoa", key, certificate, [root.certificate], BestAvailableEncryption(PASSWORD.encode())
    )


def _certificate(subject: str, issuer: str, key: rsa.RSAPrivateKey, issuer_key: rsa.RSAPrivateKey,
                 first: datetime, last: datetime, *, ca: bool) -> x509.Certificate:  # fmt: skip
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
         "decipher_only", "crl_sign"), False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(first)
        .not_valid_after(last)
        .add_extension(x509.BasicConstraints(ca=ca, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=not ca, content_commitment=not ca, key_cert_sign=ca, **usage
            ),
            critical=True,
        )
        .sign(issuer_key, hashes.SHA256())
    )


def _name(common: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, common)])


def picture(colour: tuple[int, int, int], size: tuple[int, int] = (220, 100)) -> bytes:
    """Return a scribble in one colour on nothing, as PNG."""
    drawn = Image.new("RGBA", size, (0, 0, 0, 0))
    pen = ImageDraw.Draw(drawn)
    pen.ellipse((4, 4, size[0] - 4, size[1] - 4), outline=(*colour, 255), width=6)
    pen.line((10, size[1] - 10, size[0] - 10, 10), fill=(*colour, 255), width=6)
    out = io.BytesIO()
    drawn.save(out, "PNG")
    return out.getvalue()


def blue() -> bytes:
    """Return a signature."""
    return picture((20, 40, 200))


def red() -> bytes:
    """Return a seal."""
    return picture((210, 20, 30), (200, 200))
