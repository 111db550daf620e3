"""Words that pages in Japanese put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("公開", "公開日", "掲載", "投稿日", "配信", "作成", "発行")
UPDATE_LABELS = ("更新", "更新日", "最終更新", "改定")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("分",),
        "hour": ("時間",),
        "day": ("日",),
        "week": ("週間",),
        "month": ("か月", "ヶ月", "カ月"),
        "year": ("年",),
    },
    after="前",
    days={"今日": 0, "本日": 0, "昨日": 1},
)
BYLINE_PREFIXES = (
    r"(?:取材・文|文・写真|文|著者|執筆|取材|筆者)\s?[:：・/／]?\s?",
    r"記者\s",
)
AUTHOR_CONJUNCTIONS = ()
PICTURE_LABELS = ("写真", "撮影", "動画")
OUTLET_WORDS = frozenset("新聞 新聞デジタル ニュース テレビ 新報 日報 通信".split())
ROLE_WORDS = frozenset(("記者", "編集", "編集部", "特派員", "論説委員", "編集委員"))
HOME_LABELS = ("ホーム", "トップ")
