"""Hebrew words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "אמר אמרה אמרו אומר אומרת הוסיף הוסיפה הוסיפו מוסיף מוסיפה ציין ציינה ציינו"
        " מציין הסביר הסבירה מסביר מסבירה הדגיש הדגישה מדגיש הודיע הודיעה כתב כתבה כותב"
        " כותבת הזהיר הזהירה מזהיר ענה ענתה השיב השיבה שאל שאלה טען טענה טוען טוענת הודה"
        " הודתה אישר אישרה הבטיח הבטיחה סיפר סיפרה מספר מספרת הצהיר הצהירה הגיב הגיבה"
        " צייץ".split()
    ),
    subject_pronouns=("הוא", "היא", "הם"),
    feminine_pronouns=frozenset({"היא"}),
    masculine_pronouns=frozenset({"הוא"}),
    attribution_phrases=("לפי", "לדברי", "על פי"),
    description_articles=(),
    clause_joiners=("ו", "אבל", "ש"),
    speech_negations=frozenset({"לא"}),
    naming_words=frozenset({"המכונה", "בשם", "הנקרא", "ספר", "סרט", "המילה"}),
)
