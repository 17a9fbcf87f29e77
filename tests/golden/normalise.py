"""Plan text made comparable: every rule that is allowed to touch it stands here, by name."""

import re
import unicodedata
from pathlib import Path

PLANS = Path(__file__).parent / "plans"
FILES = {
    "ha_noi": "004_e88242b58531eeac.txt",
    "vinh_long": "002_19b36a76d3e73954.txt",
    "lai_chau": "000_a51c8226aba40ed9.txt",
    "dien_bien": "dien_bien_restored.md",
    "quang_ngai": "003_0be7c778b893a179.txt",
}
FOOTNOTE_START = re.compile(r"^1 Kế hoạch số 37-KH/TU, ngày 16/9/2025", re.MULTILINE)
FOOTNOTE_END = re.compile(r"tạo và chuyển đổi số \n\s*\n\s*\n\s*\n4 \n")


def without_footnote(text: str) -> str:
    """Vĩnh Long: the footnote 1 and the page number 4 under it, inside a criterion."""
    start = FOOTNOTE_START.search(text)
    if start is None:
        return text
    end = FOOTNOTE_END.search(text, start.end())
    assert end, "the footnote has no end"
    return text[: start.start()] + text[end.end() :]


def without_footnote_mark(text: str) -> str:
    """Vĩnh Long: the raised 1 behind "Ủy ban nhân dân tỉnh"."""
    return text.replace("Ủy ban nhân dân tỉnh1,", "Ủy ban nhân dân tỉnh,")


def without_page_numbers(text: str) -> str:
    """A line that holds a number of one or two digits and nothing else."""
    return re.sub(r"^[ \t]*\d{1,2}[ \t]*$", "", text, flags=re.MULTILINE)


def without_markdown(text: str) -> str:
    """The restored text: bold marks, and headings' number signs."""
    return re.sub(r"^#+ ", "", text.replace("**", ""), flags=re.MULTILINE)


def without_list_marks(text: str) -> str:
    """A dash or plus sign at the start of a line."""
    return re.sub(r"^[ \t]*[-+][ \t]*(?=\S)", "", text, flags=re.MULTILINE)


def without_restored_numbers(text: str) -> str:
    """The restored text: the numbers that the restorer set before the criteria."""
    return re.sub(r"^\d\. ", "", text, flags=re.MULTILINE)


def joined_hyphens(text: str) -> str:
    """A document number that breaks behind its hyphen at a line's end ("125/KH-" / "UBND")."""
    return re.sub(r"(?<=[\dA-Z])-[ \t]*\n\s*(?=[A-Z])", "-", text)


def folded(text: str) -> str:
    """Every run of white space is one blank."""
    return re.sub(r"\s+", " ", text).strip()


RULES = (
    without_footnote,
    without_footnote_mark,
    without_page_numbers,
    joined_hyphens,
    without_list_marks,
)
RESTORED_RULES = (without_markdown, without_restored_numbers)


def normalised(text: str, *, restored: bool = False) -> str:
    """Apply all rules in order, then fold white space; the result is NFC."""
    for rule in (*RULES, *RESTORED_RULES) if restored else RULES:
        text = rule(text)
    return folded(unicodedata.normalize("NFC", text))


def raw_plan(slug: str) -> str:
    """The stored text of one plan."""
    return (PLANS / FILES[slug]).read_text(encoding="utf-8")


def plan_text(slug: str) -> str:
    """The normalised text of one plan."""
    return normalised(raw_plan(slug), restored=FILES[slug].endswith(".md"))


def plan_line(slug: str, number: int) -> str:
    """One line of a plan, counted from 1, folded."""
    return folded(raw_plan(slug).split("\n")[number - 1])
