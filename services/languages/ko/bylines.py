"""Words that pages in Korean put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("입력", "등록", "게시", "작성", "발행", "승인")
UPDATE_LABELS = ("수정", "업데이트", "최종수정", "갱신")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("분",),
        "hour": ("시간",),
        "day": ("일",),
        "week": ("주",),
        "month": ("개월", "달"),
        "year": ("년",),
    },
    after="전",
    days={"오늘": 0, "어제": 1},
)
BYLINE_PREFIXES = (
    r"글[·/]사진\s?[:：]?\s?",
    r"(?:글|기자|작성자)\s?[:：=]\s?",
    r"기자\s",
    r"(?=[가-힣]{2,4}(?:[·,]\s?[가-힣]{2,4}){0,4}\s(?:[가-힣]{1,8}\s)?(?:선임)?기자(?:\s|$))",
)
AUTHOR_CONJUNCTIONS = ()
PICTURE_LABELS = ("사진", "영상")
OUTLET_WORDS = frozenset("신문 일보 뉴스 방송 통신".split())
ROLE_WORDS = frozenset(("기자", "특파원", "편집장", "논설위원", "앵커"))
HOME_LABELS = ("홈",)
