"""Readers' comments in scraped text are left out from their heading on."""

from __future__ import annotations

import numpy as np
import pytest

from services.cleaning.comment_section import drop_comments

TEXT = [
    "The harbour council voted on Tuesday evening to close the swing bridge to lorries.",
    "Engineers told the meeting that the cracks had grown by a third since the winter.",
]
COMMENTS = [
    "Old Salt",
    "I have driven over that bridge for twenty years and never saw a crack in it.",
    "Reply",
]


@pytest.mark.parametrize(
    "heading",
    [
        *(
            "12 comments",
            "Comments",
            "Comments (12)",
            "COMMENTS:",
            "3 Kommentare",
            "Commentaires (4)",
        ),
        *(
            "12 комментариев",
            "コメント",
            "댓글 12",
            "评论（12）",
            "تعليقات",
            "دیدگاه‌ها (۱۲)",
            "1 yorum",
        ),
    ],
)
def test_all_lines_from_the_heading_on_are_dropped(heading: str) -> None:
    lines = [*TEXT, heading, *COMMENTS]

    kept = drop_comments(lines, np.array([0.9, 0.9, 0.3, 0.5, 0.6, 0.5], dtype=np.float32))

    assert (kept > 0).tolist() == [True, True, False, False, False, False]


@pytest.mark.parametrize("line", ["No comment", "Comments are closed at night", "Comment on this"])
def test_a_line_that_only_contains_the_word_is_no_heading(line: str) -> None:
    p = np.full(6, 0.5, dtype=np.float32)

    assert drop_comments([*TEXT, line, *COMMENTS], p).tolist() == p.tolist()


def test_a_link_to_the_comments_inside_an_article_drops_nothing() -> None:
    p = np.array([0.99, 0.99, 0.3, 0.99, 0.99], dtype=np.float32)

    assert drop_comments([*TEXT, "12 comments", *TEXT], p).tolist() == p.tolist()


def test_a_link_to_the_comments_above_the_article_drops_nothing() -> None:
    p = np.full(3, 0.6, dtype=np.float32)

    assert drop_comments(["12 comments", *TEXT], p).tolist() == p.tolist()
