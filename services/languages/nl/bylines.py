"""Words that pages in Dutch put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("gepubliceerd", "geplaatst", "gepubliceerd op", "datum")
UPDATE_LABELS = ("bijgewerkt", "geüpdatet", "gewijzigd", "laatst bijgewerkt", "laatste update")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minuut", "minuten", "min"),
        "hour": ("uur", "uren"),
        "day": ("dag", "dagen"),
        "week": ("week", "weken"),
        "month": ("maand", "maanden"),
        "year": ("jaar", "jaren"),
    },
    after="geleden",
    one=("een", "één"),
    days={"vandaag": 0, "gisteren": 1, "eergisteren": 2},
)
BYLINE_PREFIXES = (
    r"van\sonze\s(?:correspondent|verslaggever|verslaggeefster|redacteur)\s",
    r"(?:geschreven|gepubliceerd)\sdoor\s?:?\s?",
    r"door\sonze\s(?:verslaggever|verslaggeefster|correspondent|redacteur)\s",
    r"(?:door|auteurs?)\s?:\s?",
    r"door\s",
    r"tekst\s?(?::|door)\s?",
)
AUTHOR_CONJUNCTIONS = ("en",)
PICTURE_LABELS = ("fotografie", "foto's", "foto", "beeld", "illustraties", "video")
ROLE_WORDS = frozenset(
    (
        "correspondent",
        "redacteur",
        "verslaggever",
        "verslaggeefster",
        "journalist",
        "journaliste",
        "redactie",
        "columnist",
        "auteur",
    )
)
HELPER_LABELS = ("(?:bewerkt|vertaald|geredigeerd) door",)
GENRE_WORDS = {
    "opinion": ("opinie", "commentaar", "column", "columns"),
    "analysis": ("analyse",),
    "press-release": ("persbericht", "persberichten"),
    "live-blog": ("liveblog", "live"),
    "obituary": ("necrologie", "overleden"),
    "review": ("recensie", "recensies"),
}
HOME_LABELS = ("home", "voorpagina")
