"""Words that pages in Finnish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("julkaistu", "luotu", "päiväys")
UPDATE_LABELS = ("päivitetty", "muokattu", "viimeksi päivitetty")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuutti", "minuuttia", "min"),
        "hour": ("tunti", "tuntia"),
        "day": ("päivä", "päivää"),
        "week": ("viikko", "viikkoa"),
        "month": ("kuukausi", "kuukautta"),
        "year": ("vuosi", "vuotta"),
    },
    after="sitten",
    days={"tänään": 0, "eilen": 1},
)
BYLINE_PREFIXES = (
    r"(?:toimittaja|kirjoittanut)\s?:?\s",
    r"teksti\s?:\s?",
    r"kirjoittaja\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("ja", "sekä")
PICTURE_LABELS = ("kuvat", "kuva", "valokuvat", "video")
ROLE_WORDS = frozenset(("toimittaja", "päätoimittaja", "kirjeenvaihtaja", "toimitus", "kolumnisti"))
HOME_LABELS = ("etusivu",)
