"""The panel's words: nothing of the library's is forgotten, and its script still has our texts."""

from __future__ import annotations

import pytest
from piccolo_admin.translations.data import ENGLISH

from admin import bundle, errors
from admin.catalogue import SHOWN
from admin.panel import tables
from admin.titles import OWN, TITLES, title_of
from admin.translation import VIETNAMESE


def test_every_word_of_the_library_is_translated() -> None:
    assert sorted(VIETNAMESE.translations) == sorted(ENGLISH.translations)
    same = [key for key, word in VIETNAMESE.translations.items() if key == word]
    assert same == []


def test_the_installed_script_has_every_text_that_we_replace() -> None:
    script = bundle.adapted(bundle.original("js"))
    for left in (
        "Successfully",
        "per page",
        "Are you sure you want",
        "Type here",
        'name:"login",query',
    ):
        assert left not in script, left


def test_a_script_of_another_version_is_refused_by_name_of_the_text() -> None:
    script = bundle.original("js").replace('"The form has errors."', '"Errors!"')
    with pytest.raises(ValueError, match='0 instead of 3: "The form has errors'):
        bundle.adapted(script)


def test_every_column_has_one_title_and_no_title_is_left_over() -> None:
    columns = {(t._meta.tablename, c._meta.name) for t in tables() for c in t._meta.columns}
    assert [title for view, name in columns if "_" in (title := title_of(view, name))] == []
    assert sorted(set(TITLES) - {name for _, name in columns}) == []
    assert sorted(set(OWN) - columns) == []


def test_the_columns_of_the_lists_exist() -> None:
    by_view = {t._meta.tablename: {c._meta.name for c in t._meta.columns} for t in tables()}
    for shown in SHOWN:
        assert {*shown.columns, shown.order} <= by_view[shown.view], shown.view


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (404, b"The resource doesn't exist", errors.SENTENCES[404]),
        (422, b'{"db_error": "duplicate key value violates"}', errors.SENTENCES[422]),
        (403, b'{"error": "The page size limit has been exceeded"}', errors.SENTENCES[403]),
        (500, b"Unable to save the resource.", errors.UNKNOWN),
        (400, '{"detail": "Lời của ta"}'.encode(), "Lời của ta"),
    ],
)
def test_the_librarys_refusals_are_put_into_our_words(status: int, body: bytes, told: str) -> None:
    assert told in errors.reworded(status, body).decode()
