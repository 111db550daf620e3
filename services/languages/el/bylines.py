"""Words that pages in Greek put beside the dates and the authors of an article."""

from services.languages.relative_date_words import RelativeDateWords

PUBLISHED_LABELS = ("δημοσιεύτηκε", "δημοσιεύθηκε", "δημοσίευση", "ημερομηνία")
UPDATE_LABELS = ("ενημερώθηκε", "τελευταία ενημέρωση", "ενημέρωση", "τροποποιήθηκε")
RELATIVE_DATES = RelativeDateWords(
    units={
        "minute": ("λεπτό", "λεπτά"),
        "hour": ("ώρα", "ώρες"),
        "day": ("ημέρα", "ημέρες", "μέρα", "μέρες"),
        "week": ("εβδομάδα", "εβδομάδες"),
        "month": ("μήνα", "μήνες"),
        "year": ("χρόνο", "χρόνια", "έτος", "έτη"),
    },
    before="πριν(?: από)?",
    one=("ένα", "μία", "μια"),
    days={"σήμερα": 0, "χθες": 1},
)
BYLINE_PREFIXES = (
    r"του\s",
    r"της\s",
    r"γράφει (?:ο|η)\s",
    r"συντάκτης\s?:\s?",
    r"κείμενο\s?:\s?",
)
AUTHOR_CONJUNCTIONS = ("και",)
PICTURE_LABELS = ("φωτογραφίες", "φωτογραφία", "φωτό", "βίντεο")
ROLE_WORDS = frozenset(
    ("ανταποκριτής", "δημοσιογράφος", "συντάκτης", "συντάκτρια", "αρχισυντάκτης")
)
HOME_LABELS = ("αρχική",)
