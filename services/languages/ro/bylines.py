"""Words that pages in Romanian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publicat", "publicată", "data", "data publicării", "creat")
UPDATE_LABELS = ("actualizat", "actualizată", "modificat", "ultima actualizare")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minut", "minute", "min"),
        "hour": ("oră", "ore"),
        "day": ("zi", "zile"),
        "week": ("săptămână", "săptămâni"),
        "month": ("lună", "luni"),
        "year": ("an", "ani"),
    },
    before="acum|în urmă cu",
    one=("un", "o"),
    days={"astăzi": 0, "azi": 0, "ieri": 1},
)
BYLINE_PREFIXES = (
    r"(?:scris|publicat|redactat)\sde\s?:?\s?",
    r"autori\s?:\s?",
    r"de\s",
    r"autor\s?:\s?",
    r"text\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("și", "şi")
PICTURE_LABELS = ("fotografii", "foto", "imagini", "video")
ROLE_WORDS = frozenset(
    ("corespondent", "redactor", "reporter", "jurnalist", "jurnalistă", "editor", "redacția")
)
HOME_LABELS = ("acasă", "prima pagină")
