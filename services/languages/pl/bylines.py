"""Words that pages in Polish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "opublikowano",
    "data publikacji",
    "opublikowany",
    "dodano",
    "data",
    "utworzono",
)
UPDATE_LABELS = ("zaktualizowano", "aktualizacja", "zmodyfikowano", "ostatnia aktualizacja")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minutę", "minuty", "minut", "min"),
        "hour": ("godzinę", "godziny", "godzin", "godz"),
        "day": ("dzień", "dni"),
        "week": ("tydzień", "tygodnie", "tygodni"),
        "month": ("miesiąc", "miesiące", "miesięcy"),
        "year": ("rok", "lata", "lat"),
    },
    after="temu",
    unit_alone=True,
    days={"dziś": 0, "dzisiaj": 0, "wczoraj": 1},
)
BYLINE_PREFIXES = (
    r"(?:oprac|red|rozm)\.\s",
    r"(?:napisała?|opracowała?|przygotowała?|rozmawiała?)\s?:?\s",
    r"autor(?:ka|zy)?\s?:\s?",
    r"opracowanie\s?:?\s?",
    r"tekst\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("i", "oraz")
PICTURE_LABELS = ("zdjęcia", "zdjęcie", "foto", "fot", "ilustracje", "wideo")
ROLE_WORDS = frozenset(
    (
        "korespondent",
        "korespondentka",
        "redaktor",
        "redaktorka",
        "dziennikarz",
        "dziennikarka",
        "reporter",
        "reporterka",
        "redakcja",
    )
)
GENRE_WORDS = {
    "opinion": ("opinia", "opinie", "komentarz", "komentarze", "felieton", "felietony"),
    "analysis": ("analiza", "analizy"),
    "press-release": ("komunikat prasowy", "informacja prasowa"),
    "live-blog": ("relacja na żywo", "na żywo"),
    "obituary": ("nekrolog", "nekrologi"),
    "review": ("recenzja", "recenzje"),
}
HOME_LABELS = ("strona główna",)
