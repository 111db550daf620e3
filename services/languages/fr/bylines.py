"""Words that pages in French put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publié", "publiée", "posté", "créé", "mis en ligne", "paru", "publication")
UPDATE_LABELS = ("mis à jour", "mise à jour", "modifié", "actualisé", "màj", "maj")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minute", "minutes", "min", "mn"),
        "hour": ("heure", "heures", "h"),
        "day": ("jour", "jours"),
        "week": ("semaine", "semaines"),
        "month": ("mois",),
        "year": ("an", "ans", "année", "années"),
    },
    before="il y a|depuis",
    one=("un", "une"),
    days={"aujourd'hui": 0, "hier": 1},
)
BYLINE_PREFIXES = (
    r"de\snotre\s(?:correspondante?|envoyée?\sspéciale?|journaliste)\s",
    r"(?:rédigé|publié|écrit|posté|article)\spar\s?:?\s?",
    r"(?:par|auteur(?:e|s)?)\s?:\s?",
    r"par\s",
    r"texte\s?(?::|de)\s?",
    r"propos recueillis par\s",
)
AUTHOR_CONJUNCTIONS = ("et",)
PICTURE_LABELS = ("photographies", "photos", "photo", "images", "image", "illustrations", "vidéo")
ROLE_WORDS = frozenset(
    (
        "correspondant",
        "correspondante",
        "journaliste",
        "rédacteur",
        "rédactrice",
        "envoyé",
        "envoyée",
        "reporter",
        "chroniqueur",
        "chroniqueuse",
        "éditorialiste",
        "rédaction",
        "auteur",
    )
)
HELPER_LABELS = ("(?:relu|traduit|édité|vérifié) par",)
GENRE_WORDS = {
    "opinion": (
        "opinion",
        "opinions",
        "tribune",
        "tribunes",
        "éditorial",
        "éditos",
        "édito",
        "chronique",
        "chroniques",
        "idées",
        "débats",
    ),
    "analysis": ("analyse", "analyses", "décryptage"),
    "press-release": ("communiqué de presse", "communiqué"),
    "live-blog": ("direct", "en direct", "live"),
    "obituary": ("nécrologie", "disparition", "disparitions"),
    "review": ("critique", "critiques"),
}
HOME_LABELS = ("accueil",)
