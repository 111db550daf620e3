"""The elements around the blocks of a page: main container, top candidate, similar elements."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.cleaning.classifier import block_columns, element_tree
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
    least = _MAIN_SHARE * total_good
    return element_tree.main_container(page.first, page.last, good_text, least)


def common_depth(page: Blocks, element: int) -> Ints:
    """Return for each block the depth of its lowest common ancestor with an element."""
    depth: Ints = element_tree.common_depth(
        element, page.parent, page.depth, page.first, page.last, len(page.texts)
    )
    return depth


class TopCandidate:
    """The element whose own paragraphs hold the most good text.

    It is found with the scores of Mozilla's Readability: the weight of a paragraph counts
    for the element that holds it, and half of it for that element's parent.
    """

    def __init__(self, page: Blocks, holder: Ints, weights: Floats) -> None:
        self.element, self.weight = element_tree.top_candidate(holder, weights, page.parent)
        self._holder = holder

    def fill_positions(self, rows: Floats, page: Blocks) -> None:
        """Fill four rows with each block's position relative to the candidate.

        Whether the block is inside; whether it is an own paragraph; the steps up to the lowest
        common ancestor from the candidate; and from the block.
        """
        common = common_depth(page, self.element)
        first, last = int(page.first[self.element]), int(page.last[self.element])
        block_columns.fill_candidate(
            rows, self.element, self._holder, common, page.owner, page.depth, first, last
        )


def sibling_classes(page: Blocks, tag: Ints) -> Ints:
    """Number the elements by class: same parent, same tag and same groups of names.

    The items of a list of teasers are one class, and so are the comments on an article. `tag`
    is the tag code of each element.
    """
    return element_tree.sibling_classes(
        page.parent, tag, len(TAGS) + 1, page.own_groups, 1 << len(GROUP_NAMES)
    )


def template_classes(page: Blocks) -> Ints:
    """Number the blocks by template: same signature, and same signature of the parent."""
    return element_tree.template_classes(
        page.owner, page.parent, page.signature, len(page.signatures)
    )
