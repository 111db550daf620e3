"""French."""

from services.languages.fr import quotes
from services.languages.fr.stop_words import STOP_WORDS
from services.languages.language import Language

LANGUAGE = Language(
    code="fr",
    stop_words=STOP_WORDS,
    speech_verbs=quotes.SPEECH_VERBS,
    pronouns=quotes.PRONOUNS,
    according_to=quotes.ACCORDING_TO,
    articles=quotes.ARTICLES,
)
