"""Words that pages in Swedish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publicerad", "publicerat", "publicerades", "skapad", "datum")
UPDATE_LABELS = ("uppdaterad", "uppdaterat", "ändrad", "senast uppdaterad")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minut", "minuter", "min"),
        "hour": ("timme", "timmar", "tim"),
        "day": ("dag", "dagar"),
        "week": ("vecka", "veckor"),
        "month": ("månad", "månader"),
        "year": ("år",),
    },
    after="sedan",
    one=("en", "ett"),
    days={"idag": 0, "igår": 1, "i går": 1},
)
BYLINE_PREFIXES = (
    r"(?:skriv(?:en|et)|text|publicerad)\sav\s?:?\s?",
    r"(?:av|reporter|författare|skribent)\s?:\s?",
    r"av\s",
    r"text\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("och",)
PICTURE_LABELS = ("foto", "bilder", "bild", "illustration", "video")
ROLE_WORDS = frozenset(
    ("korrespondent", "redaktör", "reporter", "journalist", "redaktion", "krönikör", "skribent")
)
GENRE_WORDS = {
    "opinion": ("ledare", "debatt", "krönika", "krönikor", "opinion"),
    "analysis": ("analys",),
    "press-release": ("pressmeddelande",),
    "live-blog": ("direktrapport", "liverapport"),
    "obituary": ("dödsfall", "minnesord"),
    "review": ("recension", "recensioner"),
}
HOME_LABELS = ("hem", "start")
