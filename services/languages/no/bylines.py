"""Words that pages in Norwegian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publisert", "lagt ut", "opprettet", "dato")
UPDATE_LABELS = ("oppdatert", "endret", "sist oppdatert")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minutt", "minutter", "min"),
        "hour": ("time", "timer"),
        "day": ("dag", "dager"),
        "week": ("uke", "uker"),
        "month": ("måned", "måneder"),
        "year": ("år",),
    },
    after="siden",
    one=("en", "et"),
    days={"i dag": 0, "i går": 1},
)
BYLINE_PREFIXES = (
    r"(?:skrevet|tekst|publisert)\sav\s?:?\s?",
    r"(?:av|forfatter|journalist|skribent)\s?:\s?",
    r"av\s",
    r"tekst\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("og",)
PICTURE_LABELS = ("foto", "bilder", "illustrasjon", "video")
ROLE_WORDS = frozenset(
    ("korrespondent", "redaktør", "reporter", "journalist", "redaksjon", "skribent")
)
HOME_LABELS = ("hjem", "forsiden")
