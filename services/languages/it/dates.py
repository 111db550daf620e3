"""Month names in Italian, long and short."""

MONTHS = (
    (
        "genn",
        "gennaio",
    ),
    ("febbraio",),
    ("marzo",),
    ("aprile",),
    ("maggio",),
    ("giugno",),
    ("luglio",),
    (
        "ago",
        "agosto",
    ),
    ("settembre",),
    (
        "ott",
        "ottobre",
    ),
    ("novembre",),
    (
        "dic",
        "dicembre",
    ),
)
