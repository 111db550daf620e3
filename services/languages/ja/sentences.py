"""Japanese words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "彼", "彼女", "彼ら", "これ", "それ", "あれ", "この", "その",
    "あの", "しかし", "だが", "ただ", "また", "さらに", "そして", "一方",
    "このため", "そのため", "したがって", "なお", "同時に", "例えば", "両者", "同氏",
    "同社",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
