"""Words that pages in Serbian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("objavljeno", "објављено", "datum", "датум")
UPDATE_LABELS = ("ažurirano", "ажурирано", "izmenjeno", "измењено")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minut", "minuta", "минут", "минута"),
        "hour": ("sat", "sata", "sati", "сат", "сата", "сати"),
        "day": ("dan", "dana", "дан", "дана"),
        "week": ("nedelju", "nedelje", "недељу", "недеље"),
        "month": ("mesec", "meseca", "meseci", "месец", "месеца", "месеци"),
        "year": ("godinu", "godine", "godina", "годину", "године", "година"),
    },
    before="pre|пре",
    days={"danas": 0, "juče": 1, "данас": 0, "јуче": 1},
)
BYLINE_PREFIXES = (
    r"пише\s?:?\s?",
    r"autor\s?:\s?",
    r"аутор\s?:\s?",
    r"piše\s?:?\s?",
)
AUTHOR_CONJUNCTIONS = ("i", "и")
PICTURE_LABELS = ("foto", "фото", "video")
ROLE_WORDS = frozenset(
    ("novinar", "novinarka", "urednik", "dopisnik", "redakcija", "новинар", "новинарка", "уредник")
)
HOME_LABELS = ("naslovna", "насловна")
