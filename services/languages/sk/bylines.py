"""Words that pages in Slovak put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("publikované", "zverejnené", "vydané", "vytvorené", "dátum")
UPDATE_LABELS = ("aktualizované", "upravené", "zmenené")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("minútou", "minútami", "min"),
        "hour": ("hodinou", "hodinami"),
        "day": ("dňom", "dňami"),
        "week": ("týždňom", "týždňami"),
        "month": ("mesiacom", "mesiacmi"),
        "year": ("rokom", "rokmi"),
    },
    before="pred",
    days={"dnes": 0, "včera": 1},
)
BYLINE_PREFIXES = (
    r"(?:napísala?|pripravila?|spracovala?)\s?:?\s",
    r"autor(?:ka|i)?\s?:\s?",
    r"text\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("a",)
PICTURE_LABELS = ("fotografie", "foto", "ilustrácie", "video")
ROLE_WORDS = frozenset(
    (
        "redaktor",
        "redaktorka",
        "spravodajca",
        "reportér",
        "reportérka",
        "novinár",
        "novinárka",
        "redakcia",
    )
)
HOME_LABELS = ("úvod", "domov")
