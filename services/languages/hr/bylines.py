"""Words that pages in Croatian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("objavljeno", "objavljen", "datum objave", "datum")
UPDATE_LABELS = ("ažurirano", "izmijenjeno", "zadnja izmjena", "osvježeno")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minutu", "minute", "minuta", "min"),
        "hour": ("sat", "sata", "sati", "h"),
        "day": ("dan", "dana"),
        "week": ("tjedan", "tjedna", "tjedana"),
        "month": ("mjesec", "mjeseca", "mjeseci"),
        "year": ("godinu", "godine", "godina"),
    },
    before="prije",
    days={"danas": 0, "jučer": 1},
)
BYLINE_PREFIXES = (
    r"autor(?:ica|i)?\s?:\s?",
    r"piše\s?:?\s?",
    r"tekst\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("i",)
PICTURE_LABELS = ("fotografije", "foto", "ilustracije", "video")
ROLE_WORDS = frozenset(
    ("novinar", "novinarka", "urednik", "urednica", "dopisnik", "dopisnica", "redakcija")
)
HOME_LABELS = ("naslovnica", "naslovna")
