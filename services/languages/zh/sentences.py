"""Chinese words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "他", "她", "它", "他们", "她们", "它们", "其", "这",
    "那", "此", "该", "但", "然而", "不过", "而且", "此外",
    "另外", "同时", "因此", "所以", "于是", "随后", "然后", "与此同时",
    "例如", "相反", "两者",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
