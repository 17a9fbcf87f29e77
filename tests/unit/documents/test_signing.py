"""Two signatures on a paper: where they stand, in which order, and what breaks them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, datetime, timedelta
from pathlib import Path

import pdfplumber
import pikepdf
import pytest
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)

from core.documents.render.model import (
    Article,
    DocumentNumber,
    Letterhead,
    Paper,
    PaperKind,
    PlaceDate,
    Signature,
)
from core.documents.render.pdf import render_pdf
from core.documents.signing import engine, keys, phrases, stamps
from core.documents.signing.schemas import Facts, Party, Signer, Verification
from core.errors import ConflictError, InvalidInputError
from tests.signing import NOW, PASSWORD, Authority, authority, blue, issue, key_file, red

SOFTHSM = Path("/usr/lib/softhsm/libsofthsm2.so")
MM = 72 / 25.4
FACTS = Facts("Ký ban hành", "Hà Nội", date(2026, 12, 20))


@pytest.fixture(scope="module")
def root() -> Authority:
    return authority()


@pytest.fixture(scope="module")
def person(root: Authority) -> bytes:
    return key_file(root, "Nguyễn Văn An")


@pytest.fixture(scope="module")
def agency(root: Authority) -> bytes:
    return key_file(root, "Sở Y tế")


@pytest.fixture(scope="module")
def paper() -> bytes:
    return render_pdf(
        Paper(
            kind=PaperKind.AWARD_DECISION,
            template="nd30-2020",
            letterhead=Letterhead(issuing_body="Sở Y tế", parent_body="Ủy ban nhân dân tỉnh"),
            number=DocumentNumber(notation="QĐ-SYT", number=5),
            place_date=PlaceDate(place="Hà Nội", on=date(2026, 12, 20)),
            document_type="Quyết định",
            abstract="Về việc tặng Giấy khen",
            decider="Giám đốc Sở Y tế",
            legal_bases=("Căn cứ Luật Thi đua, khen thưởng",),
            enacting="Quyết định:",
            body=(Article("Tặng Giấy khen."), Article("Thi hành.")),
            signature=Signature(authority=("KT. Giám đốc", "Phó Giám đốc"), name="Nguyễn Văn An"),
            recipients=("Như Điều 2", "Lưu: VT"),
            seal_width=36,
        )
    )


def signed(pdf: bytes, party: Party, key: bytes, root: Authority | None = None) -> bytes:
    picture = stamps.stamp_of(blue() if party is Party.PERSON else red(), party)
    return engine.sign(
        pdf, party, keys.open_file(key, PASSWORD), stamp=picture, facts=FACTS, at=NOW,
        roots=engine.roots_of(root.pem) if root else (),
    )  # fmt: skip


@pytest.fixture(scope="module")
def by_person(paper: bytes, person: bytes, root: Authority) -> bytes:
    return signed(paper, Party.PERSON, person, root)


@pytest.fixture(scope="module")
def by_both(by_person: bytes, agency: bytes, root: Authority) -> bytes:
    return signed(by_person, Party.AGENCY, agency, root)


def look(pdf: bytes, root: Authority) -> Verification:
    return engine.verify(pdf, engine.roots_of(root.pem))


def boxes(pdf: bytes) -> dict[str, tuple[float, ...]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return {
            str(field.T): tuple(float(side) for side in field.Rect)
            for field in opened.Root.AcroForm.Fields
        }


def test_the_persons_box_is_centred_between_position_and_name(paper: bytes) -> None:
    left, bottom, right, top = boxes(paper)["nguoi_ky"]
    with pdfplumber.open(io.BytesIO(paper)) as opened:
        page = opened.pages[0]
        lines = {line["text"]: line for line in page.extract_text_lines()}
        name = next(line for text, line in lines.items() if text.endswith("Nguyễn Văn An"))
        position = next(line for text, line in lines.items() if text.endswith("PHÓ GIÁM ĐỐC"))
        words = [w for w in page.extract_words() if w["top"] == pytest.approx(name["top"], abs=2)]
    assert (left + right) / 2 == pytest.approx((words[0]["x0"] + words[-1]["x1"]) / 2, abs=1)
    middle = 841.89 - (position["bottom"] + name["top"]) / 2
    assert (bottom + top) / 2 == pytest.approx(middle, abs=3)
    assert bottom > 841.89 - name["top"]
    assert top < 841.89 - position["bottom"]


def test_the_seals_box_covers_a_third_of_the_signature_on_its_left(paper: bytes) -> None:
    found = boxes(paper)
    signature, seal = found["nguoi_ky"], found["co_quan"]
    overlap = seal[2] - signature[0]
    assert overlap == pytest.approx((signature[2] - signature[0]) / 3, abs=0.1)
    assert seal[0] < signature[0]
    assert seal[2] - seal[0] == pytest.approx(36 * MM, abs=0.1)
    assert (seal[1] + seal[3]) / 2 == pytest.approx((signature[1] + signature[3]) / 2, abs=0.1)


def test_both_signatures_hold_and_the_first_is_kept_byte_by_byte(
    by_person: bytes, by_both: bytes, root: Authority
) -> None:
    assert by_both.startswith(by_person)
    found = look(by_both, root)
    assert found.is_good
    assert [(s.party, s.subject, s.is_trusted) for s in found.signatures] == [
        (Party.PERSON, "Nguyễn Văn An", True),
        (Party.AGENCY, "Sở Y tế", True),
    ]


def test_the_signatures_are_pades_with_sha_256(by_both: bytes) -> None:
    with pikepdf.open(io.BytesIO(by_both)) as opened:
        kinds = {str(field.V.SubFilter) for field in opened.Root.AcroForm.Fields}
    assert kinds == {"/ETSI.CAdES.detached"}


def test_the_pictures_are_in_the_paper(by_both: bytes) -> None:
    with pdfplumber.open(io.BytesIO(by_both)) as opened:
        annotations = opened.pages[0].annots
    assert len(annotations) == 2
    with pikepdf.open(io.BytesIO(by_both)) as opened:
        for field in opened.Root.AcroForm.Fields:
            assert "/Resources" in field.AP.N


def test_without_roots_the_chain_is_said_to_be_unknown_not_trusted(by_both: bytes) -> None:
    found = engine.verify(by_both)
    assert found.is_good
    assert [s.is_trusted for s in found.signatures] == [None, None]


def test_a_chain_to_another_root_is_not_trusted(by_both: bytes) -> None:
    other = authority("Nơi khác")
    assert [s.is_trusted for s in look(by_both, other).signatures] == [False, False]
    assert not look(by_both, other).is_good


def test_the_agency_cannot_sign_first(paper: bytes, agency: bytes) -> None:
    with pytest.raises(ConflictError) as refused:
        signed(paper, Party.AGENCY, agency)
    assert (refused.value.code, refused.value.detail) == ("signing_order", phrases.PERSON_FIRST)


def test_nobody_signs_twice_and_nobody_after_the_agency(
    by_person: bytes, by_both: bytes, person: bytes, agency: bytes
) -> None:
    for pdf, party, key in (
        (by_person, Party.PERSON, person),
        (by_both, Party.AGENCY, agency),
        (by_both, Party.PERSON, person),
    ):
        with pytest.raises(ConflictError) as refused:
            signed(pdf, party, key)
        assert refused.value.code == "signed_already"


def changed_inside(pdf: bytes) -> bytes:
    """Change one signed byte that no reader shows (in the comment of the second line)."""
    assert pdf.startswith(b"%PDF-1.7\n%\xf0")
    return pdf.replace(b"%\xf0", b"%\xf1", 1)


def changed_by_update(pdf: bytes) -> bytes:
    """Put another page behind the signed ones by an incremental update."""
    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.pdf_utils.writer import PageObject

    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"0 0 100 100 re f")
    writer.insert_page(
        PageObject(contents=writer.add_object(stream), media_box=generic.ArrayObject(
            map(generic.NumberObject, (0, 0, 595, 842))))
    )  # fmt: skip
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_changed_byte_breaks_the_signature_and_stops_the_next(
    by_person: bytes, agency: bytes, root: Authority
) -> None:
    changed = changed_inside(by_person)
    found = look(changed, root)
    assert (found.is_good, found.signatures[0].is_intact) == (False, False)
    with pytest.raises(ConflictError) as refused:
        signed(changed, Party.AGENCY, agency)
    assert refused.value.code == "signed_pdf_changed"


def test_a_page_added_after_signing_is_seen_and_stops_the_next(
    by_person: bytes, agency: bytes, root: Authority
) -> None:
    changed = changed_by_update(by_person)
    found = look(changed, root)
    assert found.signatures[0].is_intact
    assert (found.signatures[0].is_undisturbed, found.covers_all, found.is_good) == (
        False, False, False,
    )  # fmt: skip
    with pytest.raises(ConflictError) as refused:
        signed(changed, Party.AGENCY, agency)
    assert refused.value.code == "signed_pdf_changed"


def test_a_wrong_password_is_said_at_its_field(person: bytes) -> None:
    with pytest.raises(InvalidInputError) as refused:
        keys.open_file(person, "sai")
    assert refused.value.fields == {"password": phrases.NOT_OPENED}


def test_a_file_that_is_no_key_is_refused() -> None:
    for content in (b"", b"%PDF-1.7", b"0" * 300_000):
        with pytest.raises(InvalidInputError) as refused:
            keys.open_file(content, PASSWORD)
        assert refused.value.fields == {"password": phrases.NOT_OPENED}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (NOW - timedelta(days=9), NOW - timedelta(days=1), "đã hết hạn"),
        (NOW + timedelta(days=1), NOW + timedelta(days=9), "có hiệu lực từ ngày"),
    ],
)
def test_a_certificate_outside_its_days_does_not_sign(
    paper: bytes, root: Authority, first: datetime, last: datetime, words: str
) -> None:
    key = key_file(root, "Trần Thị Bình", first=first, last=last)
    with pytest.raises(InvalidInputError, match=words) as refused:
        signed(paper, Party.PERSON, key, root)
    assert list(refused.value.fields) == ["key"]


def test_a_certificate_of_an_unknown_issuer_does_not_sign(paper: bytes, root: Authority) -> None:
    key = key_file(authority("Nơi khác"), "Kẻ lạ")
    with pytest.raises(InvalidInputError, match="Kẻ lạ do Nơi khác cấp"):
        signed(paper, Party.PERSON, key, root)


def test_a_paper_without_boxes_and_a_file_that_is_no_pdf_are_refused(person: bytes) -> None:
    with pikepdf.new() as plain:
        plain.add_blank_page()
        out = io.BytesIO()
        plain.save(out)
    for pdf, code in ((out.getvalue(), "no_signature_box"), (b"PK\x03\x04", "pdf_unreadable")):
        with pytest.raises(InvalidInputError) as refused:
            signed(pdf, Party.PERSON, person)
        assert refused.value.code == code


@pytest.mark.parametrize(
    ("content", "party", "sentence"),
    [
        (red(), Party.PERSON, phrases.NOT_BLUE),
        (blue(), Party.AGENCY, phrases.NOT_RED),
        (b"\x89PNG nothing", Party.PERSON, phrases.NOT_A_PICTURE),
    ],
)
def test_a_picture_of_the_wrong_kind_is_refused(
    content: bytes, party: Party, sentence: str
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        stamps.stamp_of(content, party)
    assert refused.value.fields == {"image": sentence}


def test_a_picture_on_a_white_ground_is_refused() -> None:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGBA", (50, 50), (20, 40, 200, 255)).save(out, "PNG")
    with pytest.raises(InvalidInputError) as refused:
        stamps.stamp_of(out.getvalue(), Party.PERSON)
    assert refused.value.fields == {"image": phrases.NOT_TRANSPARENT}


@pytest.fixture
def token(root: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> keys.Token:
    if not SOFTHSM.exists() or not shutil.which("softhsm2-util"):
        pytest.skip("no SoftHSM: apt-get install softhsm2")
    (tmp_path / "tokens").mkdir()
    config = tmp_path / "softhsm2.conf"
    config.write_text(f"directories.tokendir = {tmp_path}/tokens\nlog.level = ERROR\n")
    monkeypatch.setenv("SOFTHSM2_CONF", str(config))
    subprocess.run(
        ["softhsm2-util", "--init-token", "--free", "--label", "so", "--pin", "1234",
         "--so-pin", "5678"], check=True, capture_output=True,
    )  # fmt: skip
    key, certificate = issue(root, "Sở Y tế (thiết bị)")
    pem = tmp_path / "key.pem"
    pem.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    subprocess.run(
        ["softhsm2-util", "--import", str(pem), "--token", "so", "--label", "con-dau",
         "--id", "01", "--pin", "1234"], check=True, capture_output=True,
    )  # fmt: skip
    made = keys.Token(str(SOFTHSM), "so", "con-dau")
    _put_certificate(made, certificate.public_bytes(Encoding.DER))
    return made


def _put_certificate(token: keys.Token, der: bytes) -> None:
    import pkcs11
    from pkcs11.util.x509 import decode_x509_certificate

    found = pkcs11.lib(token.module).get_token(token_label=token.label)
    with found.open(rw=True, user_pin="1234") as session:
        session.create_object(
            decode_x509_certificate(der)
            | {pkcs11.Attribute.TOKEN: True, pkcs11.Attribute.LABEL: token.key,
               pkcs11.Attribute.ID: b"\x01"}
        )  # fmt: skip


def test_a_token_signs_for_the_agency_and_refuses_a_wrong_pin(
    token: keys.Token, by_person: bytes, root: Authority
) -> None:
    with pytest.raises(InvalidInputError) as refused:
        keys.open_token(token, "0000")
    assert refused.value.fields == {"password": phrases.DEVICE_REFUSED}
    signer: Signer = keys.open_token(token, "1234")
    pdf = engine.sign(
        by_person, Party.AGENCY, signer, stamp=stamps.stamp_of(red(), Party.AGENCY), facts=FACTS,
        at=NOW, roots=engine.roots_of(root.pem),
    )  # fmt: skip
    signer.close()
    found = look(pdf, root)
    assert found.is_good
    assert found.signatures[-1].subject == "Sở Y tế (thiết bị)"


def test_without_a_token_the_page_says_what_to_do() -> None:
    with pytest.raises(InvalidInputError) as refused:
        keys.open_token(None, "1234")
    assert refused.value.fields == {"key": phrases.NO_DEVICE}
