"""Month names in German, long and short."""

MONTHS = (
    ("januar",),
    ("februar",),
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
