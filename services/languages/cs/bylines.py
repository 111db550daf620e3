"""Words that pages in Czech put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publikováno", "zveřejněno", "vydáno", "vytvořeno", "datum")
UPDATE_LABELS = ("aktualizováno", "upraveno", "změněno", "poslední aktualizace")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minutou", "minutami", "min"),
        "hour": ("hodinou", "hodinami"),
        "day": ("dnem", "dny"),
        "week": ("týdnem", "týdny"),
        "month": ("měsícem", "měsíci"),
        "year": ("rokem", "lety"),
    },
    before="před",
    days={"dnes": 0, "včera": 1, "předevčírem": 2},
)
BYLINE_PREFIXES = (
    r"(?:napsala?|připravila?|zpracovala?)\s?:?\s",
    r"auto(?:r(?:ka)?|ři)\s?:\s?",
    r"text\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("a", "i")
PICTURE_LABELS = ("fotografie", "foto", "ilustrace", "video")
ROLE_WORDS = frozenset(
    (
        "redaktor",
        "redaktorka",
        "zpravodaj",
        "zpravodajka",
        "reportér",
        "reportérka",
        "novinář",
        "novinářka",
        "redakce",
    )
)
HOME_LABELS = ("úvod", "domů")
