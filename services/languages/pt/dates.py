"""Month names in Portuguese, long and short."""

MONTHS = (
    ("janeiro",),
    ("fevereiro",),
    ("março",),
    (
        "abr",
        "abril",
    ),
    ("maio",),
    ("junho",),
    ("julho",),
    (
        "ago",
        "agosto",
    ),
    (
        "set",
        "setembro",
    ),
    (
        "out",
        "outubro",
    ),
    ("novembro",),
    (
        "dez",
        "dezembro",
    ),
)
