"""Words that pages in Slovenian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("objavljeno", "datum")
UPDATE_LABELS = ("posodobljeno", "spremenjeno")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuto", "minutama", "minutami", "min"),
        "hour": ("uro", "urama", "urami"),
        "day": ("dnevom", "dnevi"),
        "week": ("tednom", "tedni"),
        "month": ("mesecem", "meseci"),
        "year": ("letom", "leti"),
    },
    before="pred",
    days={"danes": 0, "včeraj": 1},
)
BYLINE_PREFIXES = (
    r"avtor(?:ica|ji)?\s?:\s?",
    r"piše\s?:?\s?",
    r"besedilo\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("in",)
PICTURE_LABELS = ("fotografije", "foto", "video")
ROLE_WORDS = frozenset(("novinar", "novinarka", "urednik", "urednica", "dopisnik", "redakcija"))
HOME_LABELS = ("domov",)
