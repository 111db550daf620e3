"""Words that pages in Hindi put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("प्रकाशित", "प्रकाशन", "तारीख")
UPDATE_LABELS = ("अपडेटेड", "अपडेट", "अद्यतन", "संशोधित")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("मिनट",),
        "hour": ("घंटे", "घंटा"),
        "day": ("दिन",),
        "week": ("सप्ताह", "हफ्ते"),
        "month": ("महीने", "महीना"),
        "year": ("साल", "वर्ष"),
    },
    after="पहले",
    one=("एक",),
    days={"आज": 0, "कल": 1},
)
BYLINE_PREFIXES = (
    r"द्वारा\s",
    r"लेखक\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("और", "एवं")
PICTURE_LABELS = ("फोटो", "वीडियो")
ROLE_WORDS = frozenset(("संवाददाता", "संपादक", "पत्रकार"))
HOME_LABELS = ("होम",)
