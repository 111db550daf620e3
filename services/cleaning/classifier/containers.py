"""The elements around the blocks of a page: main container, top candidate, similar elements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier.feature_table import Floats, Ints
from services.cleaning.html.blocks import Blocks
from services.cleaning.html.element_names import GROUP_NAMES

TAGS = ("p", "li", "h1", "h2", "h3", "h4", "td", "div", "blockquote", "pre", "figcaption", "dd",
         "dt", "section", "span")  # fmt: skip
"""Tags that the classifier tells apart, in the order of their codes."""

TAG_CODE = {tag: i + 1 for i, tag in enumerate(TAGS)}
"""Code of each tag as a feature; 0 stands for all other tags."""

_PARAGRAPH_TAGS = np.array([tag in ("p", "li", "h1", "h2", "h3", "h4", "blockquote", "pre", "dd")
                            for tag in ("", *TAGS)])  # fmt: skip
"""By tag code: whether the tag is a paragraph inside a container, never a container itself."""

_MAIN_SHARE = 0.6
"""Share of the page's good text that the main container holds at least."""


def outermost_equivalent(page: Blocks) -> Ints:
    """Return for each element its outermost ancestor that contains the same blocks."""
    first, last, parent = page.first, page.last, page.parent
    same = (first == first[parent]) & (last == last[parent])
    step = np.where(same, parent, np.arange(len(parent)))
    while True:
        further = step[step]
        if np.array_equal(further, step):
            return step
        step = further


def container_levels(page: Blocks, outermost: Ints, count: int) -> list[Ints]:
    """Return for each block its innermost element and the next larger ones, `count` in all.

    Each level contains more blocks than the one before; the root repeats itself.
    """
    levels = [page.owner]
    for _ in range(count - 1):
        levels.append(page.parent[outermost[levels[-1]]])
    return levels


def paragraph_holders(block_tag: Ints, levels: Sequence[Ints], block_count: Ints) -> Ints:
    """Return for each block the element that holds its paragraph.

    `block_tag` is the tag code of each block's element, `block_count` the number of blocks in
    each element. On pages where every paragraph is a `div`, of any class, the paragraph's own
    element is not a container either.
    """
    is_paragraph = _PARAGRAPH_TAGS[block_tag] | (block_count[levels[0]] == 1)
    return np.where(is_paragraph, levels[1], levels[0])


def main_container(page: Blocks, good_text: NDArray[np.float64], total_good: float) -> int:
    """Return the deepest element that holds most of the page's good text.

    `good_text` is the weight of the good text in each element.
    """
    candidates = np.flatnonzero(good_text >= _MAIN_SHARE * total_good)
    if not len(candidates):
        return 0
    sizes = page.last[candidates] - page.first[candidates]
    return int(candidates[np.flatnonzero(sizes == sizes.min())[-1]])


def common_depth(page: Blocks, element: int) -> NDArray[np.float64]:
    """Return for each block the depth of its lowest common ancestor with an element."""
    depth = np.zeros(len(page.texts))
    chain = [element]
    while chain[-1]:
        chain.append(int(page.parent[chain[-1]]))
    for ancestor in reversed(chain):
        depth[page.first[ancestor] : page.last[ancestor]] = page.depth[ancestor]
    return depth


class TopCandidate:
    """The element whose own paragraphs hold the most good text.

    It is found with the scores of Mozilla's Readability: the weight of a paragraph counts
    for the element that holds it, and half of it for that element's parent.
    """

    def __init__(self, page: Blocks, holder: Ints, weights: NDArray[np.floating]) -> None:
        count = len(page.parent)
        by_holder = np.bincount(holder, weights, count)
        scores = by_holder + 0.5 * np.bincount(page.parent[holder], weights, count)
        self.element = int(scores.argmax())
        self.own = holder == self.element
        """Whether each block is one of its own paragraphs."""
        self.weight = float(by_holder[self.element])

    def positions(self, page: Blocks) -> NDArray[np.float64]:
        """Return four features of each block's position relative to the candidate.

        Whether the block is inside; whether it is an own paragraph; the steps up to the lowest
        common ancestor from the candidate; and from the block.
        """
        common = common_depth(page, self.element)
        inside = np.zeros(len(page.texts))
        inside[page.first[self.element] : page.last[self.element]] = 1
        return np.stack(
            [inside, self.own, page.depth[self.element] - common, page.depth[page.owner] - common]
        )


def sibling_classes(page: Blocks, tag: Ints) -> Ints:
    """Number the elements by class: same parent, same tag and same groups of names.

    The items of a list of teasers are one class, and so are the comments on an article. `tag`
    is the tag code of each element.
    """
    key = (page.parent * (len(TAGS) + 1) + tag) * (1 << len(GROUP_NAMES)) + page.own_groups
    return np.asarray(np.unique(key, return_inverse=True)[1])


def sibling_features(
    classes: Ints,
    has_text: NDArray[np.bool_],
    held: NDArray[np.float64],
    class_of_block: Sequence[Ints],
) -> NDArray[np.float64]:
    """Return three features a level: size of the class, mean text weight, share of links.

    `held` are the sums over each element (weight, good weight, link weight, …);
    `class_of_block` has the class of each block's element, level by level.
    """
    count = np.bincount(classes, has_text)
    weight = np.bincount(classes, held[0] * has_text)
    link_weight = np.bincount(classes, held[2] * has_text)
    rows = np.stack([count, weight / np.maximum(count, 1), link_weight / np.maximum(weight, 1)])
    at = rows[:, np.stack(class_of_block)]
    return at.transpose(1, 0, 2).reshape(-1, at.shape[2])


def template_classes(page: Blocks) -> Ints:
    """Number the blocks by template: same signature, and same signature of the parent."""
    owner = page.owner
    key = page.signature[owner] * len(page.signatures) + page.signature[page.parent[owner]]
    return np.asarray(np.unique(key, return_inverse=True)[1])


def template_features(
    template: Ints, weights: Floats, link_share: Floats, good: NDArray[np.bool_]
) -> NDArray[np.float64]:
    """Return four features: number of blocks of the template, mean weight, link and good share."""
    count = np.bincount(template)
    weight = np.bincount(template, weights)
    link_weight = np.bincount(template, weights * link_share)
    good_weight = np.bincount(template, weights * good)
    return np.stack(
        [count[template], weight[template] / count[template],
         link_weight[template] / weight[template], good_weight[template] / weight[template]]
    )  # fmt: skip
