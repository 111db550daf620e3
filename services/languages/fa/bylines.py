"""Words that pages in Persian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("انتشار", "تاریخ انتشار", "منتشر شده")
UPDATE_LABELS = ("به\u200cروزرسانی", "به روز شده", "آخرین به\u200cروزرسانی")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("دقیقه",),
        "hour": ("ساعت",),
        "day": ("روز",),
        "week": ("هفته",),
        "month": ("ماه",),
        "year": ("سال",),
    },
    after="پیش|قبل",
    one=("یک",),
    days={"امروز": 0, "دیروز": 1},
)
BYLINE_PREFIXES = (
    r"نویسنده\s?:\s?",
    r"به قلم\s",
)
AUTHOR_CONJUNCTIONS = ("و",)
PICTURE_LABELS = ("عکس", "ویدئو")
ROLE_WORDS = frozenset(("خبرنگار", "سردبیر", "گزارشگر"))
HOME_LABELS = ("خانه",)
