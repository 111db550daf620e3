"""Words that pages in Chinese put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = (
    "发布",
    "發布",
    "发表",
    "發表",
    "发布时间",
    "發布時間",
    "时间",
    "時間",
    "日期",
    "来源",
    "发布于",
    "發佈",
)
UPDATE_LABELS = ("更新", "更新时间", "更新時間", "修改", "最后更新", "最後更新")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("分钟", "分鐘"),
        "hour": ("小时", "小時"),
        "day": ("天", "日"),
        "week": ("周", "週", "星期"),
        "month": ("个月", "個月", "月"),
        "year": ("年",),
    },
    after="前",
    days={"今天": 0, "昨天": 1},
)
BYLINE_PREFIXES = (
    r"(?:作者|记者|記者|文|撰文|编辑|編輯)\s?[:：/／|]\s?",
    r"(?:本报记者|本報記者|记者|記者)\s?",
)
AUTHOR_CONJUNCTIONS = ()
PICTURE_LABELS = ("摄影", "攝影", "图", "圖", "视频", "影片")
OUTLET_WORDS = frozenset(
    "新闻 新聞 日报 日報 晚报 晚報 邮报 郵報 时报 時報 早报"
    " 新闻网 新聞網 电视台 電視台 通讯社".split()
)
BYLINE_NOISE = frozenset(("报道", "報道", "報導", "综合", "綜合", "整理"))
ROLE_WORDS = frozenset(("记者", "記者", "编辑", "編輯", "通讯员", "特派员"))
HOME_LABELS = ("首页", "首頁")
