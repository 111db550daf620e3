"""Words that pages in Catalan put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publicat", "publicada", "data", "creat")
UPDATE_LABELS = ("actualitzat", "actualitzada", "modificat")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minut", "minuts", "min"),
        "hour": ("hora", "hores", "h"),
        "day": ("dia", "dies"),
        "week": ("setmana", "setmanes"),
        "month": ("mes", "mesos"),
        "year": ("any", "anys"),
    },
    before="fa",
    one=("un", "una"),
    days={"avui": 0, "ahir": 1},
)
BYLINE_PREFIXES = (
    r"per\s",
    r"text\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("i",)
PICTURE_LABELS = ("fotografies", "fotos", "foto", "imatges", "vídeo")
ROLE_WORDS = frozenset(
    ("corresponsal", "redactor", "redactora", "periodista", "editor", "editora", "redacció")
)
HOME_LABELS = ("inici", "portada")
