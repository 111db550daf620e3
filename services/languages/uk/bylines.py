"""Words that pages in Ukrainian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("опубліковано", "дата публікації", "дата", "розміщено", "створено")
UPDATE_LABELS = ("оновлено", "змінено", "востаннє оновлено")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("хвилину", "хвилини", "хвилин", "хв"),
        "hour": ("годину", "години", "годин", "год"),
        "day": ("день", "дні", "днів"),
        "week": ("тиждень", "тижні", "тижнів"),
        "month": ("місяць", "місяці", "місяців"),
        "year": ("рік", "роки", "років"),
    },
    after="тому",
    unit_alone=True,
    days={"сьогодні": 0, "вчора": 1},
)
BYLINE_PREFIXES = (
    r"(?:підготувала?|підготував|написала?|написав|записала?|записав)\s?:?\s",
    r"автор(?:и|ка)?\s?:\s?",
    r"текст\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("та", "і", "й")
PICTURE_LABELS = ("фото", "фотографії", "ілюстрації", "відео")
ROLE_WORDS = frozenset(
    (
        "кореспондент",
        "кореспондентка",
        "редактор",
        "редакторка",
        "журналіст",
        "журналістка",
        "редакція",
    )
)
HOME_LABELS = ("головна",)
