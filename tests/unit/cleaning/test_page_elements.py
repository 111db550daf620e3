"""The elements that facts are read from are found in one pass, as single searches find them."""

from __future__ import annotations

import pytest
from selectolax.lexbor import LexborHTMLParser, LexborNode

from services.cleaning.classifier.models import load_models
from services.cleaning.metadata.page_elements import PageElements, find_elements
from services.cleaning.warm_up import warm_up

PAGE = """<html><head>
<link rel=Canonical href="/ferry"><link rel=canonical href="/other"><link rel=next href="/2">
<meta name=a content=1><meta name=b><meta name=c content=3 itemprop=c>
<script type="application/LD+json">{}</script><script>1</script><style></style></head>
<body><script>2</script><style></style>
<h1>Ferry</h1><time datetime=2031-05-04></time><span itemprop=author content=x></span>
<button itemprop=z>a</button><select><option></select><input type=CheckBox><input type=text>
<a rel="nofollow TAG" href=t>t</a><a rel="taggy" href=t>t</a><a rel="tag&#10;next">t</a>
<iframe src></iframe><iframe></iframe><video><p><source src=x></p></video><source src=y>
<svg><a rel="next tag"></a><svg><a rel=next></a></svg><foreignObject><button></button>
<time datetime=2031></time></foreignObject></svg>%s</body></html>"""
CONTROLS = {
    "button": "button",
    "select": "select",
    "input": 'input[type="checkbox"]',
    "a": 'a[rel~="next"]',
    "link": 'link[rel~="next"]',
}


def ids(nodes: list[LexborNode]) -> list[int]:
    return [node.mem_id for node in nodes]


@pytest.fixture
def tree() -> LexborHTMLParser:
    return LexborHTMLParser(PAGE % "")


@pytest.fixture
def found(tree: LexborHTMLParser) -> PageElements:
    return find_elements(tree)


def test_statements_are_those_of_a_search(tree: LexborHTMLParser, found: PageElements) -> None:
    expected = list(dict.fromkeys(ids(tree.css("meta[content], [itemprop], h1, time"))))

    assert ids([node for node, _ in found.statements]) == expected
    assert all(node.attributes == attributes for node, attributes in found.statements)
    assert ids(found.headings) == ids(tree.css("h1"))
    assert ids(found.times) == ids(tree.css("time"))
    assert ids(found.scripts) == ids(tree.css('script[type*="ld+json"]'))
    assert found.canonical == "/ferry"


def test_what_is_shown_is_counted_outside_of_drawings(
    tree: LexborHTMLParser, found: PageElements
) -> None:
    assert tree.body is not None
    not_text = [*tree.body.css("script"), *tree.body.css("style"), *tree.body.css("svg")]
    assert sorted(ids(found.not_text)) == sorted(ids(not_text))
    tree.body.strip_tags(["script", "style", "svg"])

    assert {tag: found.controls[tag] for tag in CONTROLS} == {
        tag: len(tree.css(selector)) for tag, selector in CONTROLS.items()
    }
    assert ids(found.tag_links) == ids(tree.css('a[rel~="tag"]'))
    assert ids(found.players) == ids(tree.css("video[src], video source[src], iframe[src]"))


@pytest.mark.parametrize(
    ("field", "expected"),
    [("<input type=Password>", True), ("<input itemprop=query-input>", True), ("<input>", False)],
)
def test_a_password_field_is_noticed(field: str, *, expected: bool) -> None:
    assert find_elements(LexborHTMLParser(PAGE % field)).has_password_field is expected


def test_warming_up_loads_the_models() -> None:
    load_models.cache_clear()

    warm_up()

    assert load_models.cache_info().currsize == 1
