"""Month names in Spanish, long and short."""

MONTHS = (
    (
        "ene",
        "enero",
    ),
    ("febrero",),
    ("marzo",),
    (
        "abr",
        "abril",
    ),
    ("mayo",),
    ("junio",),
    ("julio",),
    (
        "ago",
        "agosto",
    ),
    (
        "set",
        "septiembre",
    ),
    ("octubre",),
    ("noviembre",),
    (
        "dic",
        "diciembre",
    ),
)
