"""Month names in German, long and short."""

MONTHS = (
    ("januar", "jänner", "jän"),
    ("februar", "feber"),
    (
        "mär",
        "mrz",
        "märz",
    ),
    ("april",),
    ("mai",),
    ("juni",),
    ("juli",),
    ("august",),
    ("september",),
    (
        "okt",
        "oktober",
    ),
    ("november",),
    (
        "dez",
        "dezember",
    ),
)
