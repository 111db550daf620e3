"""Words that pages in Arabic put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("نشر", "نُشر", "نشرت", "تاريخ النشر", "تم النشر")
UPDATE_LABELS = ("تحديث", "آخر تحديث", "تم التحديث", "محدث")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("دقيقة", "دقائق"),
        "hour": ("ساعة", "ساعات"),
        "day": ("يوم", "أيام"),
        "week": ("أسبوع", "أسابيع"),
        "month": ("شهر", "أشهر"),
        "year": ("سنة", "سنوات", "عام", "أعوام"),
    },
    before="منذ|قبل",
    unit_alone=True,
    pairs={
        "minute": ("دقيقتين",),
        "hour": ("ساعتين",),
        "day": ("يومين",),
        "week": ("أسبوعين",),
        "month": ("شهرين",),
        "year": ("سنتين", "عامين"),
    },
    days={"اليوم": 0, "أمس": 1},
)
BYLINE_PREFIXES = (
    r"بقلم\s?:?\s?",
    r"كتب(?:ت)?\s?:?\s?",
    r"الكاتب\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("و",)
ATTACHED_CONJUNCTION = "و"
NAMES_LIKE_ATTACHED = frozenset(
    "وليد وائل وفاء وسام وسيم وداد وجدي ورد وردة وحيد وهبة وهبي وصفي وجيه "
    " وضاح ولاء وهب ولي وجدان وفيق".split()
)
PICTURE_LABELS = ("تصوير", "صور", "فيديو")
ROLE_WORDS = frozenset(("مراسل", "مراسلة", "محرر", "صحفي", "صحفية", "كاتب"))
HOME_LABELS = ("الرئيسية",)
