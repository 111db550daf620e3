"""Finnish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "sanoi sanoivat sanoo sanovat kertoi kertoivat kertoo kertovat totesi totesivat"
        " toteaa toteavat lisäsi lisää korosti korostaa selitti selittää ilmoitti"
        " ilmoittivat ilmoittaa varoitti varoittaa kirjoitti kirjoittaa vastasi vastaa"
        " kysyi kysyy väitti väittää myönsi myöntää vahvisti vahvistaa lupasi lupaa"
        " huomautti huomauttaa muistutti muistuttaa arvioi kommentoi painotti painottaa"
        " jatkoi jatkaa pohti pohtii iloitsi huusi".split()
    ),
    subject_pronouns=("hän", "he"),
    attribution_phrases=("mukaan",),
    description_articles=(),
    clause_joiners=("ja", "mutta", "että", "joka"),
    speech_negations=frozenset({"ei"}),
    naming_words=frozenset("niin sanottu nimeltä niminen romaani kirja elokuva sana".split()),
    dash_dialogue=True,
)
