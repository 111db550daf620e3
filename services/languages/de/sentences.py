"""German words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "er", "sie", "es", "ihn", "ihm", "ihr", "ihre", "ihren", "ihrem", "ihrer", "sein",
    "seine", "seinen", "seinem", "seiner", "dies", "diese", "dieser", "dieses", "diesen",
    "diesem", "das sei", "das ist", "das war", "jener", "jene", "dieselbe", "derselbe",
    "dazu", "dafür", "dagegen", "daher", "darum", "deshalb", "deswegen", "damit", "danach",
    "dann", "dabei", "daraufhin", "außerdem", "zudem", "ferner", "jedoch", "aber", "doch",
    "und", "oder", "denn", "dennoch", "trotzdem", "allerdings", "hingegen", "stattdessen",
    "unterdessen", "inzwischen", "auch", "so", "beide", "letzterer", "letztere",
    "zum beispiel", "im gegensatz dazu", "gleichzeitig", "seither", "seitdem", "folglich",
    "somit",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
