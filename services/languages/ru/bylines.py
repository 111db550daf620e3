"""Words that pages in Russian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "опубликовано",
    "опубликован",
    "дата публикации",
    "дата",
    "размещено",
    "создано",
)
UPDATE_LABELS = ("обновлено", "обновлён", "обновлен", "изменено", "последнее обновление")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("минуту", "минуты", "минут", "мин"),
        "hour": ("час", "часа", "часов", "ч"),
        "day": ("день", "дня", "дней"),
        "week": ("неделю", "недели", "недель"),
        "month": ("месяц", "месяца", "месяцев"),
        "year": ("год", "года", "лет"),
    },
    after="назад",
    days={"сегодня": 0, "вчера": 1, "позавчера": 2},
)
BYLINE_PREFIXES = (
    r"автор(?:ы)?\s?:\s?",
    r"текст\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("и",)
PICTURE_LABELS = ("фото", "фотографии", "иллюстрации", "видео")
ROLE_WORDS = frozenset(
    (
        "корреспондент",
        "редактор",
        "репортёр",
        "репортер",
        "журналист",
        "журналистка",
        "обозреватель",
        "редакция",
    )
)
GENRE_WORDS = {
    "opinion": ("мнение", "мнения", "колонка", "колонки"),
    "analysis": ("анализ", "аналитика"),
    "press-release": ("пресс-релиз", "пресс-релизы"),
    "live-blog": ("онлайн", "хроника"),
    "obituary": ("некролог", "некрологи"),
    "review": ("рецензия", "рецензии", "обзор"),
}
HOME_LABELS = ("главная",)
