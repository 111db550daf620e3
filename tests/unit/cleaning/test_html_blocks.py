"""Pages are read as blocks, with the elements that contain them and without ignored elements."""

from __future__ import annotations

import pytest

from services.cleaning.html.blocks import HIDDEN, IN_LINK, Blocks, read_blocks
from services.cleaning.limits import Deadline
from services.cleaning.page_extractor import parse


def read(html: str) -> Blocks:
    return read_blocks(parse(html), Deadline(10))


def test_blocks_end_at_block_level_tags_and_at_two_line_breaks() -> None:
    page = read("<div>one <b>and</b>\n more<p>two<br>lines<br> <br>three</p>four<hr>five</div>")

    assert page.texts == ["one and more", "two lines", "three", "four", "five"]


@pytest.mark.parametrize("tag", ["script", "style", "noscript", "template", "svg", "textarea"])
def test_elements_that_are_never_text_are_ignored(tag: str) -> None:
    page = read(f"<p>before <{tag}>if (a < b && c > d) {{}}</{tag}>after</p><p>next</p>")

    assert page.texts == ["before after", "next"]


def test_comments_and_nested_noscript_do_not_remove_the_rest_of_the_page() -> None:
    page = read(
        "<p>one</p><!-- <p> > --><noscript><div><noscript>x</noscript></div></noscript><p>two</p>"
    )

    assert page.texts[0] == "one"
    assert page.texts[-1] == "two"


def test_angle_brackets_in_attributes_are_not_tags() -> None:
    page = read('<p title="a > b <i>" data-x=\'"<p>\'>one</p><div reply< a>two <b>three</b></div>')

    assert page.texts == ["one", "two three"]


def test_entities_are_decoded_and_all_white_space_collapsed() -> None:
    assert read("<p> a&nbsp;&amp;&#8195;b &lt;c&gt; &amp;lt; </p>").texts == ["a & b <c> &lt;"]


def test_tags_are_matched_by_their_whole_name() -> None:
    page = read(
        "<nav-like>one</nav-like><figcaption>two</figcaption><template-x>three</template-x>"
    )

    assert page.texts == ["one", "two", "three"]


def test_menu_is_ignored_unless_it_contains_the_article() -> None:
    menu = "<nav><ul><li><a href=/>Home</a></li></ul></nav>"

    assert read(f"{menu}<p>text</p>").texts == ["text"]
    assert read(f"<nav><a href=/>Home</a><p>{'long ' * 40}</p></nav>").texts[-1].startswith("long")
    assert read("<nav><h1>Title</h1><p>text</p></nav>").texts == ["Title", "text"]


def test_short_links_of_one_list_are_one_block_of_lines() -> None:
    page = read("<ul><li><a href=/1>One</a></li><li> <a href=/2>Two</a> </li></ul><p>text</p>")

    assert page.texts == ["One\nTwo", "text"]
    assert page.link_share.tolist() == [1, 0]


def test_elements_have_parent_depth_and_blocks() -> None:
    page = read(
        '<section class="story-body"><h2>a</h2><div hidden><p>b</p></div></section><p>c</p>'
    )
    tags = [page.signatures[sort].tag for sort in page.signature.tolist()]

    assert tags[1:] == ["section", "h2", "div", "p", "p"]
    assert page.parent.tolist() == [0, 0, 1, 1, 3, 0]
    assert page.depth.tolist() == [1, 2, 3, 3, 4, 2]
    held = list(zip(page.first.tolist(), page.last.tolist(), strict=True))
    assert held == [(0, 3), (0, 2), (0, 1), (1, 2), (1, 2), (2, 3)]
    assert [bool(flag & HIDDEN) for flag in page.flags[page.owner].tolist()] == [False, True, False]
    assert page.signatures[int(page.signature[1])].names == ("story", "body")
    assert page.groups[4] == page.own_groups[1] != 0


def test_blocks_have_link_flag_and_image_count() -> None:
    page = read("<img src=a><a href=/><div>card</div></a><img src=b><p>text</p>")

    assert page.texts == ["card", "text"]
    assert page.link_share.tolist() == [1, 0]
    assert page.flags[page.owner[0]] & IN_LINK
    assert page.images.tolist() == [1, 2]


@pytest.mark.parametrize("html", ["", "<body>", "text alone", "</p></div>", "<p>", "<br><br><br>"])
def test_the_text_of_malformed_pages_is_read(html: str) -> None:
    assert read(html).texts == (["text alone"] if "text" in html else [])
