"""Words that pages in Danish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publiceret", "udgivet", "offentliggjort", "oprettet", "dato")
UPDATE_LABELS = ("opdateret", "ændret", "sidst opdateret", "senest opdateret")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minut", "minutter", "min"),
        "hour": ("time", "timer"),
        "day": ("dag", "dage"),
        "week": ("uge", "uger"),
        "month": ("måned", "måneder"),
        "year": ("år",),
    },
    after="siden",
    one=("en", "et"),
    days={"i dag": 0, "i går": 1},
)
BYLINE_PREFIXES = (
    r"(?:skrevet|tekst)\saf\s?:?\s?",
    r"(?:af|forfatter|journalist|skribent)\s?:\s?",
    r"af\s",
    r"tekst\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("og",)
PICTURE_LABELS = ("foto", "billeder", "illustration", "video")
ROLE_WORDS = frozenset(
    ("korrespondent", "redaktør", "reporter", "journalist", "redaktion", "skribent")
)
HOME_LABELS = ("forside", "forsiden")
