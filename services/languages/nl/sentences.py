"""Dutch words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "hij", "zij", "ze", "het is", "het was", "hem", "haar", "hun", "zijn", "deze", "dit",
    "die", "dat", "maar", "en", "of", "echter", "ook", "daarom", "daardoor", "daarnaast",
    "bovendien", "verder", "toch", "niettemin", "daarentegen", "intussen", "ondertussen",
    "dan", "toen", "daarna", "vervolgens", "zo", "dus", "bijvoorbeeld", "beide", "beiden",
    "daarbij",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
