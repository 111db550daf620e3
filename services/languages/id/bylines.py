"""Words that pages in Indonesian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("diterbitkan", "dipublikasikan", "dibuat", "tanggal", "terbit")
UPDATE_LABELS = ("diperbarui", "diubah", "pembaruan")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("menit",),
        "hour": ("jam",),
        "day": ("hari",),
        "week": ("minggu",),
        "month": ("bulan",),
        "year": ("tahun",),
    },
    after="(?:yang )?lalu",
    one=("se",),
    days={"hari ini": 0, "kemarin": 1},
)
BYLINE_PREFIXES = (
    r"(?:ditulis|laporan)\s(?:oleh)?\s?:?\s?",
    r"oleh\s?:?\s?",
    r"penulis\s?:\s?",
    r"reporter\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("dan",)
PICTURE_LABELS = ("foto", "gambar", "video")
ROLE_WORDS = frozenset(
    ("koresponden", "editor", "wartawan", "jurnalis", "penulis", "redaksi", "kontributor")
)
HOME_LABELS = ("beranda",)
