"""Words that pages in Italian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("pubblicato", "pubblicata", "creato", "data", "pubblicazione")
UPDATE_LABELS = ("aggiornato", "aggiornata", "aggiornamento", "modificato", "ultimo aggiornamento")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuto", "minuti", "min"),
        "hour": ("ora", "ore"),
        "day": ("giorno", "giorni"),
        "week": ("settimana", "settimane"),
        "month": ("mese", "mesi"),
        "year": ("anno", "anni"),
    },
    after="fa",
    one=("un", "una", "un'"),
    days={"oggi": 0, "ieri": 1},
)
BYLINE_PREFIXES = (
    r"della\snostra\s(?:inviata|corrispondente)\s",
    r"(?:scritto|pubblicato|redatto|articolo)\s(?:da|di)\s?:?\s?",
    r"dal\snostr[oa]\s(?:inviat[oa]|corrispondente)\s",
    r"(?:di|autor(?:e|i)|autrice)\s?:\s?",
    r"di\s",
    r"a cura di\s",
    r"testo di\s",
)
AUTHOR_CONJUNCTIONS = ("e", "ed")
PICTURE_LABELS = ("fotografie", "foto", "immagini", "immagine", "illustrazioni", "video")
ROLE_WORDS = frozenset(
    (
        "corrispondente",
        "redattore",
        "redattrice",
        "giornalista",
        "inviato",
        "inviata",
        "direttore",
        "direttrice",
        "redazione",
        "editorialista",
        "autore",
        "autrice",
    )
)
HELPER_LABELS = ("(?:revisionato|tradotto|modificato) da",)
GENRE_WORDS = {
    "opinion": ("opinione", "opinioni", "editoriale", "editoriali", "commenti"),
    "analysis": ("analisi",),
    "press-release": ("comunicato stampa", "comunicati stampa"),
    "live-blog": ("diretta", "in diretta"),
    "obituary": ("necrologio", "necrologi"),
    "review": ("recensione", "recensioni"),
}
HOME_LABELS = ("home",)
