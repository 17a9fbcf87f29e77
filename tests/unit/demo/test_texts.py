"""Demo texts, passwords and stories without a database."""

from __future__ import annotations

import io
import re
import unicodedata
from datetime import timedelta

import pytest
from python_calamine import CalamineWorkbook

from core.kit.i18n import fold, parse_vn_number
from core.plugin.api import Comparison, Indicator
from tenants.demo import texts
from tenants.demo.cast import PARTS
from tenants.demo.files import spreadsheet
from tenants.demo.filling import dice, figures, initiatives, narrative
from tenants.demo.secrets import password_of, totp_secret_of
from tenants.demo.stories import CLOSED_ROUND, OPEN_ROUND, Teller
from tenants.demo.timeline import day, working_hour

TITLES = [
    "Nội bộ đoàn kết, gương mẫu", "Kiểm tra, giám sát, đánh giá định kỳ", "Nhiều sáng kiến",
    "Bảo đảm an ninh dữ liệu", "Tuyên truyền, nâng cao nhận thức", "Tham mưu cơ chế ưu đãi",
    "Tham mưu quy định tháo gỡ điểm nghẽn", "Tinh gọn bộ máy", "Xây dựng, phát huy dữ liệu",
    "Chuyển đổi số có chất lượng", "Hoàn thành có chất lượng các mục tiêu",
]  # fmt: skip


@pytest.mark.parametrize("title", TITLES)
def test_narratives_are_whole_texts(title: str) -> None:
    seen = {narrative(title, dice(title, number)) for number in range(12)}
    assert len(seen) > 3
    for text in seen:
        assert len(text.split()) > 40
        assert not re.search(r"[{}]", text)
        assert unicodedata.is_normalized("NFC", text)


def test_each_subject_has_its_own_words() -> None:
    used = set()
    for title in TITLES:
        folded = fold(title)
        used.add(
            next(
                number
                for number, theme in enumerate(texts.THEMES)
                if not theme.words or any(word in folded for word in theme.words)
            )
        )
    assert len(used) == len(TITLES) == len(texts.THEMES)


def test_the_same_unit_writes_the_same() -> None:
    assert narrative("Dữ liệu", dice("A", 1)) == narrative("Dữ liệu", dice("A", 1))
    assert narrative("Dữ liệu", dice("A", 1)) != narrative("Dữ liệu", dice("B", 1))


def test_figures_are_readable_numbers() -> None:
    wanted = [
        Indicator(id="a", text="", comparison=Comparison.AT_LEAST, target=90, unit="%"),
        Indicator(id="b", text="", comparison=Comparison.EQUAL, target=100, unit="%"),
        Indicator(id="c", text="", comparison=Comparison.RANK_BETWEEN, target=(1, 5), unit=""),
    ]
    for number in range(50):
        for entry in figures(wanted, dice(number)).values():
            assert 0 < parse_vn_number(entry["value"]) <= 100


def test_initiatives_name_their_author() -> None:
    for number in range(20):
        for item in initiatives(dice(number), "Trần Thị An"):
            assert item["name"]
            assert item["author"] == "Trần Thị An"
            assert "{" not in item["result"]


def test_passwords_are_strong_known_and_different() -> None:
    made = {password_of(slug, part.username) for slug in ("a", "b") for part in PARTS}
    assert len(made) == 2 * len(PARTS)
    for password in made:
        assert len(password) >= 14
        for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w]"):
            assert re.search(kind, password), password
    assert password_of("a", "quantri") == password_of("a", "quantri")
    assert re.fullmatch(r"[A-Z2-7]{32}", totp_secret_of("a", "quantri"))


def test_every_story_can_be_told() -> None:
    for name in {*OPEN_ROUND, *CLOSED_ROUND, "excused"}:
        assert callable(getattr(Teller, f"_{name}"))


def test_spreadsheets_open() -> None:
    name, content = spreadsheet(dice("x"))
    assert name.endswith(".xlsx")
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = book.get_sheet_by_index(0).to_python()
    assert rows[2][0] == "Tháng"
    assert len(rows) == 12


def test_working_hours() -> None:
    start = day(2026, 11, 10, 0)
    for number in range(100):
        at = working_hour(start, number)
        assert timedelta(hours=7) <= at - start < timedelta(hours=17)
