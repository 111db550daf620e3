"""Month names in Dutch, long and short."""

MONTHS = (
    ("januari",),
    ("februari",),
    (
        "mrt",
        "maart",
    ),
    ("april",),
    ("mei",),
    ("juni",),
    ("juli",),
    ("augustus",),
    ("september",),
    (
        "okt",
        "oktober",
    ),
    ("november",),
    ("december",),
)
