"""French words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        "a déclaré", "a dit", "a affirmé", "a ajouté", "a expliqué", "a indiqué", "a estimé",
        "a souligné", "a précisé", "a annoncé", "a assuré", "a confié", "a répondu", "a lancé",
        "a rappelé", "a regretté", "déclare", "dit", "affirme", "ajoute", "explique", "indique",
        "estime", "souligne", "précise", "assure", "confie", "répond", "lance", "rappelle",
    ),
    subject_pronouns=("il", "elle", "ils", "elles", "t-il", "t-elle"),
    attribution_phrases=("selon", "d'après", "d’après"),
    description_articles=("le", "la", "les", "un", "une", "l'", "l’"),
    clause_joiners=("et", "mais", "qui"),
)  # fmt: skip
