"""The decree's rules of writing, as functions (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta

from core.documents.render.model import Article, Block, Heading, ItemList, ListStyle, Paragraph

NATIONAL_TITLE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
END_MARK = "./."
POINT_LETTERS = "abcdđeghiklmnopqrstuvxy"

_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_TITLE = re.compile(
    r"(?:(?:GS|PGS|TSKH|TS|ThS|BS|BSNT|DS|CN|KS|ĐD|YS|(?:BS|DS|ThS|TS)?CK(?:II|I|2|1)"
    r"|TTND|TTƯT|NGND|NGƯT|AHLĐ)(?=[.,\s/-])"
    r"|Giáo sư|Phó Giáo sư|Tiến sĩ|Tiến sỹ|Thạc sĩ|Thạc sỹ|Bác sĩ|Bác sỹ|Dược sĩ|Dược sỹ"
    r"|Cử nhân|Kỹ sư|Chuyên khoa (?:II|I|2|1)\b|chuyên khoa (?:II|I|2|1)\b"
    r"|Thầy thuốc Nhân dân|Thầy thuốc nhân dân|Thầy thuốc Ưu tú|Thầy thuốc ưu tú)"
    r"[\s.,/-]*"
)


def two_digits(number: int) -> str:
    """A document number: below 10 it gets a leading zero."""
    return f"{number:02d}"


def number_line(number: int | None, notation: str) -> str:
    """ "Số: 05/BC-SYT", or room to write the number in."""
    shown = " " * 8 if number is None else two_digits(number)
    return f"Số: {shown}/{notation}"


def date_text(on: date | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and the months 1 and 2 get a zero."""
    if on is None:
        gap = " " * 6
        return f"ngày{gap}tháng{gap}năm{gap}"
    month = f"{on.month:02d}" if on.month <= 2 else str(on.month)
    return f"ngày {on.day:02d} tháng {month} năm {on.year}"


def place_date_line(place: str, on: date | None) -> str:
    """Place, comma, date."""
    return f"{place}, {date_text(on)}"


def instant_text(instant: datetime) -> str:
    """An instant to the second with its date and offset, in the zone that it carries."""
    offset = instant.isoformat()[-6:]
    clock = f"{instant.hour:02d} giờ {instant.minute:02d} phút {instant.second:02d} giây"
    return f"{clock}, {date_text(instant.date())} (múi giờ {offset})"


def duration_text(length: timedelta) -> str:
    """ "2 ngày 3 giờ 15 phút"; less than a minute is told in seconds."""
    seconds = int(length.total_seconds())
    parts = (
        (seconds // 86400, "ngày"),
        (seconds // 3600 % 24, "giờ"),
        (seconds // 60 % 60, "phút"),
    )
    words = [f"{count} {unit}" for count, unit in parts if count]
    return " ".join(words) or f"{seconds} giây"


def roman(number: int) -> str:
    """Roman numeral of a positive number."""
    digits = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        digits += sign * count
    return digits


def point_letter(index: int) -> str:
    """Letter of the index-th point (from 0) in Vietnamese order; after "y" come "aa", "bb"."""
    rounds, position = divmod(index, len(POINT_LETTERS))
    return POINT_LETTERS[position] * (rounds + 1)


def series(items: Sequence[str], *, dash: bool) -> tuple[str, ...]:
    """Lines that end with ";" and the last with ".", with "- " before each if asked."""
    bare = [re.sub(r"^[-–]\s+", "", item).rstrip(" .;") for item in items]
    ends = [";"] * (len(bare) - 1) + ["."]
    mark = "- " if dash else ""
    return tuple(f"{mark}{text}{end}" for text, end in zip(bare, ends, strict=False))


def signatory_name(name: str, *, keep_titles: bool) -> str:
    """The name without academic titles and honours, unless the tenant allows them."""
    if keep_titles:
        return name
    rest = name
    while match := _TITLE.match(rest):
        rest = rest[match.end() :]
    return rest or name


def with_end_mark(body: Iterable[Block]) -> tuple[Block, ...]:
    """The content with "./." after its last words."""
    blocks = list(body)
    last = blocks[-1] if blocks else None
    if isinstance(last, Paragraph):
        blocks[-1] = Paragraph(_ended(last.text), italic=last.italic)
    elif isinstance(last, Article):
        blocks[-1] = Article(_ended(last.text))
    elif isinstance(last, ItemList) and last.items:
        blocks[-1] = ItemList((*last.items[:-1], _ended(last.items[-1])), style=last.style)
    else:
        blocks.append(Paragraph(END_MARK))
    return tuple(blocks)


def _ended(text: str) -> str:
    return re.sub(r"[\s.;,/]*$", "", text) + END_MARK


def heading_labels(body: Iterable[Block]) -> tuple[str, ...]:
    """For each block the label before it: "I. ", "1. ", "a) " for numbered headings, else ""."""
    counts = [0, 0, 0]
    labels = []
    for block in body:
        if not (isinstance(block, Heading) and block.numbered):
            labels.append("")
            continue
        level = min(max(block.level, 1), 3)
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        number = counts[level - 1]
        labels.append(
            (f"{roman(number)}. ", f"{number}. ", f"{point_letter(number - 1)}) ")[level - 1]
        )
    return tuple(labels)


def article_labels(body: Iterable[Block]) -> tuple[str, ...]:
    """For each block "Điều 1." for the first article and so on, else ""."""
    labels, count = [], 0
    for block in body:
        count += isinstance(block, Article)
        labels.append(f"Điều {count}." if isinstance(block, Article) else "")
    return tuple(labels)


def item_mark(style: ListStyle, index: int) -> str:
    """What stands before the index-th item (from 0) of a list."""
    if style is ListStyle.NUMBER:
        return f"{index + 1}. "
    return f"{point_letter(index)}) " if style is ListStyle.LETTER else "- "


def annex_label(index: int, total: int) -> str:
    """ "Phụ lục I", or "Phụ lục" when there is only one."""
    return f"Phụ lục {roman(index + 1)}" if total > 1 else "Phụ lục"


def annex_reference(document_type: str, notation: str | None, issuing_body: str) -> str:
    """ "(Kèm theo …)": number and date stay blank, as the decree wants of electronic papers."""
    number = f" số .../{notation}" if notation else ""
    day = "ngày ... tháng ... năm ..."
    return f"(Kèm theo {document_type.capitalize()}{number} {day} của {issuing_body})"
