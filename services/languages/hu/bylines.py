"""Words that pages in Hungarian put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("közzétéve", "megjelent", "létrehozva", "dátum", "publikálva")
UPDATE_LABELS = ("frissítve", "módosítva", "utolsó frissítés")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("perce", "perccel", "perc"),
        "hour": ("órája", "órával", "óra"),
        "day": ("napja", "nappal", "nap"),
        "week": ("hete", "héttel"),
        "month": ("hónapja", "hónappal"),
        "year": ("éve", "évvel"),
    },
    after=r"ezelőtt|óta|(?<=ája|rce|pja|ete|éve)",
    one=("egy",),
    days={"ma": 0, "tegnap": 1},
)
BYLINE_PREFIXES = (
    r"(?:írta\sés\sfényképezte|szerkesztette)\s?:?\s",
    r"szerző\s?:\s?",
    r"írta\s?:?\s?",
    r"szöveg\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("és",)
PICTURE_LABELS = ("fotók", "fotó", "képek", "kép", "videó")
ROLE_WORDS = frozenset(("tudósító", "szerkesztő", "újságíró", "riporter", "szerkesztőség"))
HOME_LABELS = ("kezdőlap", "főoldal")
