"""A shipped font as glyphs: measured with kerning, and cut to what a PDF uses.

The subset keeps the glyphs' numbers and drops the hinting. It is sliced from the raw tables, which
takes a millisecond where a general subsetter takes a tenth of a second, so that hundreds of single
files can each carry their own.
"""

import struct
from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise
from typing import Any

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from core.documents.render.fonts import FONTS_DIR, require_fonts

_TABLES = ("glyf", "head", "hhea", "hmtx", "loca", "maxp")
_WORDS, _SCALE, _MORE, _XY, _2X2, _INSTRUCTIONS = 0x1, 0x8, 0x20, 0x40, 0x80, 0x100
_MAGIC = 0xFFFFFFFF


class Face:
    """One font file, read once in a process."""

    def __init__(self, file_name: str) -> None:
        require_fonts()
        self.file_name = file_name
        font = TTFont(FONTS_DIR / file_name, lazy=True)
        self.units: int = font["head"].unitsPerEm
        head, hhea, os2 = font["head"], font["hhea"], font["OS/2"]
        self.box = (head.xMin, head.yMin, head.xMax, head.yMax)
        self.ascent, self.descent, self.capital = hhea.ascent, hhea.descent, os2.sCapHeight
        self.italic_angle: float = font["post"].italicAngle
        self.family: str = font["name"].getDebugName(6)
        order = font.getReverseGlyphMap()
        self.characters: dict[int, int] = {
            code: order[name] for code, name in font.getBestCmap().items()
        }
        metrics = font["hmtx"].metrics
        self.metrics: list[tuple[int, int]] = [metrics[name] for name in font.getGlyphOrder()]
        self._raw = {tag: bytes(font.reader[tag]) for tag in _TABLES}
        self._offsets: tuple[int, ...] = tuple(font["loca"].locations)
        self._kerning = _kerning(font, order)
        self._cut: dict[int, tuple[bytes, tuple[int, ...]]] = {}
        font.close()

    def glyphs(self, text: str) -> list[int]:
        """The glyph of every character; 0 for one that the font lacks."""
        return [self.characters.get(ord(char), 0) for char in text]

    def kern(self, left: int, right: int) -> int:
        """How much closer (negative) or farther two glyphs stand, in font units."""
        return self._kerning.get((left, right), 0)

    def width(self, text: str, size: float, spacing: float = 0.0) -> float:
        """Width of one line in points; `spacing` between letters is a share of the size."""
        glyphs = self.glyphs(text)
        total = sum(self.metrics[glyph][0] for glyph in glyphs)
        total += sum(self.kern(*pair) for pair in pairwise(glyphs))
        return size * (total / self.units + spacing * max(0, len(glyphs) - 1))

    def lacking(self, text: str) -> str:
        """The characters that the font does not have, each once."""
        return "".join(dict.fromkeys(c for c in text if ord(c) not in self.characters))

    def subset(self, glyphs: Iterable[int]) -> bytes:
        """A TrueType file with these glyphs (and the parts that they are composed of) alone."""
        wanted = self._with_parts({0, *glyphs})
        count = len(self.metrics)
        offsets, outlines, widths = array("I"), bytearray(), array("h", bytes(4 * count))
        for glyph in sorted(wanted):
            offsets.extend([len(outlines)] * (glyph + 1 - len(offsets)))
            outlines += self._glyph(glyph)[0]
            advance, bearing = self.metrics[glyph]
            widths[2 * glyph], widths[2 * glyph + 1] = advance, bearing
        offsets.extend([len(outlines)] * (count + 1 - len(offsets)))
        offsets.byteswap()
        widths.byteswap()
        raw = self._raw
        return _font_file({
            "glyf": bytes(outlines),
            "head": raw["head"][:8] + bytes(4) + raw["head"][12:50] + b"\0\1" + raw["head"][52:],
            "hhea": raw["hhea"][:34] + struct.pack(">H", count),
            "hmtx": widths.tobytes(),
            "loca": offsets.tobytes(),
            "maxp": raw["maxp"],
        })  # fmt: skip

    def _with_parts(self, glyphs: set[int]) -> set[int]:
        found: set[int] = set()
        waiting = list(glyphs)
        while waiting:
            glyph = waiting.pop()
            if glyph not in found:
                found.add(glyph)
                waiting += self._glyph(glyph)[1]
        return found

    def _glyph(self, glyph: int) -> tuple[bytes, tuple[int, ...]]:
        """The padded outline without its instructions, and the glyphs that it is composed of."""
        if glyph not in self._cut:
            data = self._raw["glyf"][self._offsets[glyph] : self._offsets[glyph + 1]]
            parts = _parts(data)
            outline = _without_hints(data, parts)
            padded = outline + bytes(-len(outline) % 4)
            self._cut[glyph] = padded, tuple(part for _, _, part in parts)
        return self._cut[glyph]


@cache
def face(file_name: str) -> Face:
    """The font of this file name, read once."""
    return Face(file_name)


def _parts(data: bytes) -> list[tuple[int, int, int]]:
    """(start, end, glyph) of every part of a composed glyph; [] for a simple one."""
    if not data or struct.unpack_from(">h", data)[0] >= 0:
        return []
    found, at, more = [], 10, True
    while more:
        flags, glyph = struct.unpack_from(">HH", data, at)
        end = at + 4 + (4 if flags & _WORDS else 2)
        end += 2 if flags & _SCALE else 4 if flags & _XY else 8 if flags & _2X2 else 0
        found.append((at, end, glyph))
        at, more = end, bool(flags & _MORE)
    return found


def _without_hints(data: bytes, parts: list[tuple[int, int, int]]) -> bytes:
    if not data:
        return b""
    if not parts:
        at = 10 + 2 * struct.unpack_from(">h", data)[0]
        length = struct.unpack_from(">H", data, at)[0]
        return data[:at] + b"\0\0" + data[at + 2 + length :]
    kept = bytearray(data)
    for at, _, _ in parts:
        flags = struct.unpack_from(">H", data, at)[0]
        struct.pack_into(">H", kept, at, flags & ~_INSTRUCTIONS)
    return bytes(kept[: parts[-1][1]])


def _font_file(tables: Mapping[str, bytes]) -> bytes:
    """Put tables together as a TrueType file."""
    count = len(tables)
    power = 1 << (count.bit_length() - 1)
    head = struct.pack(">IHHHH", 0x10000, count, power * 16, power.bit_length() - 1,
                       (count - power) * 16)  # fmt: skip
    directory, body = b"", b""
    for tag, data in sorted(tables.items()):
        at = 12 + 16 * count + len(body)
        padded = data + bytes(-len(data) % 4)
        words = array("I", padded)
        words.byteswap()
        directory += struct.pack(">4sIII", tag.encode(), sum(words) & _MAGIC, at, len(data))
        body += padded
    return head + directory + body


def _kerning(font: Any, order: Mapping[str, int]) -> dict[tuple[int, int], int]:
    """All pairs of the font's kerning that can meet in our texts."""
    if "GPOS" not in font:
        return {}
    table = font["GPOS"].table
    wanted = sorted({
        index
        for record in table.FeatureList.FeatureRecord
        if record.FeatureTag == "kern"
        for index in record.Feature.LookupListIndex
    })  # fmt: skip
    used = set(font.getBestCmap().values())
    pairs: dict[tuple[int, int], int] = {}
    for index in wanted:
        for left, right, amount in _lookup_pairs(table.LookupList.Lookup[index], used):
            pairs.setdefault((order[left], order[right]), amount)
    return {pair: amount for pair, amount in pairs.items() if amount}


def _lookup_pairs(lookup: Any, used: set[str]) -> Iterable[tuple[str, str, int]]:
    """(left, right, amount) of one lookup; the first table that knows the left glyph decides."""
    for outer in lookup.SubTable:
        table = getattr(outer, "ExtSubTable", outer)
        if table.LookupType != 2:
            continue
        lefts = [name for name in table.Coverage.glyphs if name in used]
        if table.Format == 1:
            sets = dict(zip(table.Coverage.glyphs, table.PairSet, strict=True))
            for left in lefts:
                for record in sets[left].PairValueRecord:
                    if record.SecondGlyph in used:
                        yield left, record.SecondGlyph, _advance(record.Value1)
            continue
        first, second = table.ClassDef1.classDefs, table.ClassDef2.classDefs
        rows = table.Class1Record
        for left in lefts:
            row = rows[first.get(left, 0)].Class2Record
            for right in used:
                yield left, right, _advance(row[second.get(right, 0)].Value1)


def _advance(value: Any) -> int:
    return int(getattr(value, "XAdvance", 0) or 0) if value else 0
