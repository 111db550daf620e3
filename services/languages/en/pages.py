"""Labels that web pages in English put around articles (regular expressions)."""

BYLINE_PREFIXES = (
    r"by[:\s]\s*",
    (
        r"(?:written|posted|words|reported|story|text|article|recipe|guest post|published|created"
        r"|contributed|analysis|interview|report|column|reporting|authored|guide|compiled|opinion"
        r"|review)\sby[:\s]\s*"
    ),
    r"by(?-i:(?=[A-Z][a-z]))",  # two elements without a space between them: "ByMia Hale"
    r"(?:words|text|story|report)(?:\s(?:and|&)\s\w{4,14})?\s?(?::|\sby\s)\s*",
    r"(?:view all|view more|all|more)\s(?:\w{4,10}\s)?by\s",
    r"about\sthe\sauthors?\s?:\s*",
    r"(?:authors?|writers?|contributors?)(?:\s?:|\s)\s*(?=\S)",
)
BYLINE_SUFFIXES = (
    r"on\s\w+\s\d.*",
    r"on",
    r"(?:published|updated|posted)\b.*",
)
AUTHOR_CONJUNCTIONS = ("and", "with")
LOGIN_LABELS = (
    "log ?in",
    "sign ?in",
)
READ_MORE_LABELS = (
    "read more",
    "continue reading",
)
PAYWALL_LABELS = (
    "continue reading",
    "subscribe (?:now )?to (?:read|continue|unlock)",
    "(?:to|and) (?:read|continue reading) the (?:full|rest)",
    "for subscribers only",
)
LINE_LABELS = {
    "legal": (
        "©",
        r"\(c\)",
        r"copyright\b",
        "all rights reserved",
    ),
    "tags": (r"^(?:tags?|topics?|labels?|keywords|filed under|categor(?:y|ies)|more on)\b",),
    "follow": (
        r"\b(?:follow|join|like) us\b",
        r"\bshare\b",
        r"\bfacebook\b",
        r"\btwitter\b",
        r"\btelegram\b",
    ),
    "subscribe": (
        r"\bsubscri",
        r"\bnewsletter",
        r"\bsign up\b",
        r"\blog in\b",
        r"\binbox\b",
    ),
    "more": (r"\b(?:read|see|also|more|latest|related|popular|trending|recommended)\b",),
    "media": (r"\b(?:video|photos?|images?|credits?|gallery|getty|poster|watch|listen|audio)\b",),
    "advert": (
        "^ad$",
        r"\badvert",
        r"\bsponsored\b",
        r"\bpromo",
    ),
    "reading": (r"\b\d{1,2}[ -]min(?:ute)?s?\b",),
}
COMMENT_WORDS = (
    "comment",
    "comments",
    "reader comments",
    "readers' comments",
    "responses",
    "replies",
)
BROADCAST_LABELS = (
    "on air now",
    "on air",
    "now on air",
    "now playing",
    "live now",
    "on now",
    "up next",
    "you are listening to",
)
