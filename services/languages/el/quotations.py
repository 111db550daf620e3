"""Greek words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "είπε είπαν λέει λένε δήλωσε δήλωσαν δηλώνει ανέφερε ανέφεραν αναφέρει πρόσθεσε"
        " πρόσθεσαν προσθέτει τόνισε τόνισαν τονίζει εξήγησε εξηγεί υποστήριξε"
        " υποστηρίζει σημείωσε σημειώνει προειδοποίησε προειδοποιεί έγραψε γράφει"
        " απάντησε απαντά ρώτησε ρωτά ισχυρίστηκε ισχυρίζεται παραδέχθηκε παραδέχτηκε"
        " επιβεβαίωσε υποσχέθηκε ανακοίνωσε επισήμανε υπογράμμισε σχολίασε φώναξε"
        " κατέληξε επέμεινε".split()
    ),
    subject_pronouns=("αυτός", "αυτή", "εκείνος", "εκείνη"),
    feminine_pronouns=frozenset({"εκείνη", "αυτή"}),
    masculine_pronouns=frozenset({"εκείνος", "αυτός"}),
    attribution_phrases=("σύμφωνα με", "κατά τον", "κατά την"),
    description_articles=("ο", "η", "το", "ένας", "μια"),
    clause_joiners=("και", "αλλά", "ότι", "που"),
    speech_negations=frozenset({"δεν", "μην"}),
    naming_words=frozenset(
        "λεγόμενος λεγόμενη λεγόμενο τίτλο μυθιστόρημα βιβλίο ταινία λέξη".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
