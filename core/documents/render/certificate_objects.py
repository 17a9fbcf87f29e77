"""Parts of a certificate's PDF that all pages share: fonts and packed streams."""

import hashlib
import zlib
from collections.abc import Iterable
from functools import lru_cache

import pydyf

from core.documents.render.glyphs import Face, face


def fonts_in(pdf: pydyf.PDF, used: dict[str, set[str]]) -> pydyf.Dictionary:
    """Every face embedded with its characters in use."""
    return pydyf.Dictionary({
        font_key(name): _font(pdf, face(name), used[name]).reference for name in sorted(used)
    })  # fmt: skip


def _font(pdf: pydyf.PDF, font: Face, characters: Iterable[str]) -> pydyf.Dictionary:
    glyphs = {font.characters[ord(c)]: c for c in sorted(characters) if ord(c) in font.characters}
    data = font.subset(glyphs)
    tag = "".join(chr(65 + b % 26) for b in hashlib.sha256(data).digest()[:6])
    name = f"/{tag}+{font.family}"
    file = packed_stream(data, {"Length1": len(data)})
    unicode = packed_stream(_to_unicode(glyphs))
    unit = 1000 / font.units
    descriptor = pydyf.Dictionary({
        "Type": "/FontDescriptor", "FontName": name, "Flags": 4,
        "FontBBox": pydyf.Array([round(value * unit) for value in font.box]),
        "ItalicAngle": font.italic_angle, "Ascent": round(font.ascent * unit),
        "Descent": round(font.descent * unit), "CapHeight": round(font.capital * unit),
        "StemV": 120, "FontFile2": None,
    })  # fmt: skip
    for each in (file, unicode):
        pdf.add_object(each)
    descriptor["FontFile2"] = file.reference
    pdf.add_object(descriptor)
    widths = " ".join(f"{glyph} [{font.metrics[glyph][0] * unit:.3f}]" for glyph in sorted(glyphs))
    descendant = pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/CIDFontType2", "BaseFont": name,
        "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
        "CIDToGIDMap": "/Identity", "FontDescriptor": descriptor.reference, "W": f"[{widths}]",
    })  # fmt: skip
    pdf.add_object(descendant)
    made = pydyf.Dictionary({
        "Type": "/Font", "Subtype": "/Type0", "BaseFont": name, "Encoding": "/Identity-H",
        "DescendantFonts": pydyf.Array([descendant.reference]), "ToUnicode": unicode.reference,
    })  # fmt: skip
    pdf.add_object(made)
    return made


def _to_unicode(glyphs: dict[int, str]) -> bytes:
    """Which character each glyph stands for, so that the text can be searched and copied."""
    pairs = [f"<{glyph:04x}> <{char.encode('utf-16-be').hex()}>"
             for glyph, char in sorted(glyphs.items())]  # fmt: skip
    blocks = [pairs[at : at + 100] for at in range(0, len(pairs), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
                     for block in blocks)  # fmt: skip
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


def packed_stream(data: bytes, extra: dict[str, object] | None = None) -> pydyf.Stream:
    """A compressed stream; what is the same in many files is compressed once."""
    packed = _packed(data)
    return pydyf.Stream([packed], {**(extra or {}), "Filter": "/FlateDecode"})


@lru_cache(maxsize=16)
def _packed(data: bytes) -> bytes:
    return zlib.compress(data, 6)


def font_key(file_name: str) -> str:
    """The font's name inside a page."""
    return file_name.removesuffix(".ttf").replace("_", "")
