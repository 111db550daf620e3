"""The quick search for labels, and for labels of dates, finds what the full patterns find."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from services.cleaning.classifier import line_labels
from services.cleaning.dates import lines
from services.languages.registry import words_of_all_languages

WORDS = [
    *("copyright", "(c)", "©", "tags", "share", "subscribe", "sign up", "read", "photo", "advert"),
    *("5 min", "ad", "retweet", "reader", "all rights reserved", "newsletter", " ", ":", "x"),
]
DATE_LABELS = sorted(
    words_of_all_languages(lambda one: (*one.published_labels, *one.update_labels))
)


@given(st.lists(st.sampled_from(WORDS), max_size=5).map("".join))
def test_any_label_is_found_where_a_kind_is(line: str) -> None:
    found = line_labels._ANY_LABEL.search(line)

    assert (found is None) == (line_labels._LABELS.search(line) is None)


def test_every_kind_of_label_is_told() -> None:
    kinds = (
        "© 2031",
        "Tags: ferry",
        "Follow us",
        "Sign up now",
        "Read more",
        "Photos by X",
        "Sponsored",
    )

    assert [line_labels.label_number(line) for line in kinds] == [1, 2, 3, 4, 5, 6, 7]


@given(
    st.lists(
        st.sampled_from(DATE_LABELS)
        | st.sampled_from([*DATE_LABELS, " ", "a", "4", ": "]).map(str.upper),
        max_size=4,
    ).map("".join),
    st.sampled_from([None, "en", "de", "tr", "zh", "unknown"]),
)
def test_a_label_of_a_date_is_found_where_its_kind_is(line: str, language: str | None) -> None:
    assert lines.has_label(line, language) == (lines._labels(language).search(line) is not None)
