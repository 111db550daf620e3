"""Words that pages in Turkish put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "yayınlanma",
    "yayınlandı",
    "yayın tarihi",
    "yayınlanma tarihi",
    "yayımlanma",
    "tarih",
    "giriş",
    "oluşturulma",
)
UPDATE_LABELS = ("güncelleme", "güncellendi", "güncellenme", "son güncelleme", "güncellenme tarihi")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("dakika", "dk"),
        "hour": ("saat",),
        "day": ("gün",),
        "week": ("hafta",),
        "month": ("ay",),
        "year": ("yıl",),
    },
    after="önce",
    one=("bir",),
    days={"bugün": 0, "dün": 1},
)
BYLINE_PREFIXES = (
    r"(?:haberi|metin)\s?:\s?",
    r"yazar\s?:\s?",
    r"haber\s?:\s?",
    r"yazan\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("ve", "ile")
PICTURE_LABELS = ("fotoğraflar", "fotoğraf", "görseller", "video")
ROLE_WORDS = frozenset(
    ("muhabir", "muhabiri", "editör", "editörü", "yazar", "yazarı", "gazeteci", "temsilcisi")
)
HOME_LABELS = ("anasayfa", "ana sayfa")
