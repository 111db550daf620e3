"""Month names in Polish, long and short."""

MONTHS = (
    ("stycznia",),
    ("lutego",),
    ("marca",),
    ("kwietnia",),
    ("maja",),
    ("czerwca",),
    ("lipca",),
    ("sierpnia",),
    ("września",),
    ("października",),
    ("listopada",),
    ("grudnia",),
)
