"""The shipped typeface, and what is said when it is missing or not Vietnamese."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from core.documents.render import fonts
from core.documents.render.errors import RenderingUnavailableError


def test_the_shipped_fonts_know_vietnamese() -> None:
    assert fonts.font_problems() == []


def test_required_characters_are_the_vietnamese_letters() -> None:
    required = fonts.required_characters()
    letters = {char for char in required if char.isalpha() and ord(char) > 127}

    assert len(letters) == 134
    assert {"Ữ", "ặ", "đ", "Đ", "\u0303"} <= required


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    for name in fonts.FONT_FILES[1:]:
        shutil.copy(fonts.FONTS_DIR / name, tmp_path)

    assert fonts.font_problems(tmp_path) == [f"thiếu tệp phông chữ {fonts.REGULAR}"]
    with pytest.raises(RenderingUnavailableError, match=fonts.REGULAR):
        fonts.require_fonts(tmp_path)


def test_a_font_without_vietnamese_letters_is_named(tmp_path: Path) -> None:
    for name in fonts.FONT_FILES:
        shutil.copy(fonts.FONTS_DIR / name, tmp_path)
    with TTFont(fonts.FONTS_DIR / fonts.BOLD) as font:
        subsetter = Subsetter(Options())
        subsetter.populate(unicodes=[ord(char) for char in fonts.required_characters() - {"ữ"}])
        subsetter.subset(font)
        font.save(tmp_path / fonts.BOLD)

    assert fonts.font_problems(tmp_path) == [f"phông chữ {fonts.BOLD} thiếu ký tự: ữ"]
