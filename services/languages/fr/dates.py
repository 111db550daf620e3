"""Month names in French, long and short."""

MONTHS = (
    (
        "janv",
        "janvier",
    ),
    (
        "févr",
        "fev",
        "février",
    ),
    ("mars",),
    (
        "avr",
        "avril",
    ),
    ("mai",),
    ("juin",),
    ("juillet",),
    ("août",),
    ("septembre",),
    ("octobre",),
    ("novembre",),
    (
        "déc",
        "décembre",
    ),
)
