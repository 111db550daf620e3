"""Words that pages in Bulgarian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("публикувано", "публикувана", "дата")
UPDATE_LABELS = ("обновено", "обновена", "актуализирано", "променено")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("минута", "минути", "мин"),
        "hour": ("час", "часа"),
        "day": ("ден", "дни"),
        "week": ("седмица", "седмици"),
        "month": ("месец", "месеца"),
        "year": ("година", "години"),
    },
    before="преди",
    days={"днес": 0, "вчера": 1},
)
BYLINE_PREFIXES = (
    r"текст\s?:\s?",
    r"автор(?:и)?\s?:\s?",
    r"от\s",
)
AUTHOR_CONJUNCTIONS = ("и",)
PICTURE_LABELS = ("снимки", "снимка", "видео")
ROLE_WORDS = frozenset(
    ("кореспондент", "редактор", "репортер", "журналист", "журналистка", "редакция")
)
HOME_LABELS = ("начало",)
