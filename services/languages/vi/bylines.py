"""Words that pages in Vietnamese put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("đăng lúc", "xuất bản", "ngày đăng", "ngày")
UPDATE_LABELS = ("cập nhật", "cập nhật lúc")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("phút",),
        "hour": ("giờ", "tiếng"),
        "day": ("ngày",),
        "week": ("tuần",),
        "month": ("tháng",),
        "year": ("năm",),
    },
    after="trước",
    one=("một",),
    days={"hôm nay": 0, "hôm qua": 1},
)
BYLINE_PREFIXES = (
    r"tác giả\s?:\s?",
    r"bài\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("và",)
PICTURE_LABELS = ("ảnh", "video")
ROLE_WORDS = frozenset(("phóng", "viên", "biên", "tập"))
HOME_LABELS = ("trang chủ",)
