"""Words that pages in German put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "veröffentlicht",
    "publiziert",
    "erstellt",
    "erschienen",
    "stand",
    "datum",
    "vom",
)
UPDATE_LABELS = ("aktualisiert", "zuletzt geändert", "update", "zuletzt bearbeitet")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minute", "minuten", "min"),
        "hour": ("stunde", "stunden", "std"),
        "day": ("tag", "tagen"),
        "week": ("woche", "wochen"),
        "month": ("monat", "monaten"),
        "year": ("jahr", "jahren"),
    },
    before="vor",
    one=("einer", "einem", "einen"),
    days={"heute": 0, "gestern": 1, "vorgestern": 2},
)
BYLINE_PREFIXES = (
    r"von\sunser(?:em|er)\s\w{5,25}\s",
    r"von\s?:\s?",
    r"(?:autor(?:in|en)?|protokoll|interview|bericht|redaktion|verfasser(?:in)?)\s?:\s?",
    r"(?:geschrieben|verfasst|veröffentlicht)\svon\s",
    r"aus\s[\w-]{3,20}\sberichte(?:t|n)\s",
    r"von\s",
    r"text(?:\sund\s\w+)?\s?(?::|von)\s?",
    r"ein(?:e|en)?\s\w{4,20}\svon\s",
)
AUTHOR_CONJUNCTIONS = ("und",)
PICTURE_LABELS = ("fotos", "foto", "bilder", "bild", "fotografie", "illustration", "video")
ROLE_WORDS = frozenset(
    (
        "korrespondent",
        "korrespondentin",
        "redakteur",
        "redakteurin",
        "reporter",
        "reporterin",
        "redaktion",
        "autor",
        "autorin",
        "journalist",
        "journalistin",
        "chefredakteur",
        "chefredakteurin",
        "volontär",
        "volontärin",
        "leiter",
        "leiterin",
        "kolumnist",
        "kolumnistin",
    )
)
HELPER_LABELS = ("(?:geprüft|bearbeitet|übersetzt|redigiert) von",)
GENRE_WORDS = {
    "opinion": (
        "meinung",
        "kommentar",
        "kommentare",
        "kolumne",
        "kolumnen",
        "leitartikel",
        "gastbeitrag",
    ),
    "analysis": ("analyse", "analysen", "hintergrund"),
    "press-release": ("pressemitteilung", "pressemitteilungen", "presseinformation"),
    "live-blog": ("liveticker", "liveblog", "newsticker"),
    "obituary": ("nachruf", "nachrufe"),
    "review": ("rezension", "rezensionen", "kritik", "testbericht"),
}
HOME_LABELS = ("startseite", "start", "home")
