"""Month names in Slovene that the common lists lack."""

MONTHS = (
    ("januarja",),
    ("februarja",),
    ("marca",),
    ("aprila",),
    ("maja",),
    ("junija",),
    ("julija",),
    ("avgusta",),
    ("septembra",),
    ("oktobra",),
    ("novembra",),
    ("decembra",),
)
