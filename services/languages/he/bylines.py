"""Words that pages in Hebrew put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("פורסם", "פורסם ב", "תאריך")
UPDATE_LABELS = ("עודכן", "עדכון אחרון")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("דקה", "דקות"),
        "hour": ("שעה", "שעות"),
        "day": ("יום", "ימים"),
        "week": ("שבוע", "שבועות"),
        "month": ("חודש", "חודשים"),
        "year": ("שנה", "שנים"),
    },
    before="לפני",
    unit_alone=True,
    pairs={
        "hour": ("שעתיים",),
        "day": ("יומיים",),
        "week": ("שבועיים",),
        "month": ("חודשיים",),
        "year": ("שנתיים",),
    },
    days={"היום": 0, "אתמול": 1},
)
BYLINE_PREFIXES = (r"מאת\s?:?\s?",)
AUTHOR_CONJUNCTIONS = ()
ATTACHED_CONJUNCTION = "ו"
NAMES_LIKE_ATTACHED = frozenset(
    "ורד ורדה ויקטור ויקטוריה ולדימיר ויליאם וולף ולרי ויזל וינר וייס וקנין ואנונו".split()
)
PICTURE_LABELS = ("צילום", "צילומים", "וידאו")
ROLE_WORDS = frozenset(("כתב", "כתבת", "עורך", "עורכת"))
HOME_LABELS = ("ראשי", "דף הבית")
