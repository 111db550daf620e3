"""Arabic words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "قال قالت قالوا يقول تقول وقال وقالت أضاف أضافت وأضاف وأضافت صرح صرحت وصرح أكد"
        " أكدت وأكد وأكدت يؤكد أوضح أوضحت وأوضح وأوضحت ذكر ذكرت وذكر أعلن أعلنت وأعلن"
        " حذر حذرت وحذر كتب كتبت وكتب أجاب أجابت سأل سألت اعترف اعترفت شدد شددت وشدد"
        " أشار أشارت وأشار وأشارت تابع تابعت وتابع وتابعت اعتبر اعتبرت واعتبر لفت لفتت"
        " ولفت رد ردت ورد".split()
    ),
    subject_pronouns=("هو", "هي", "هم"),
    feminine_pronouns=frozenset({"هي"}),
    masculine_pronouns=frozenset({"هو"}),
    attribution_phrases=("وفقا ل", "وفقًا ل", "بحسب", "حسب", "على حد قول"),
    description_articles=(),
    clause_joiners=("و", "لكن", "أن", "الذي", "التي"),
    speech_negations=frozenset({"لم", "لن", "لا"}),
    naming_words=frozenset(
        "المسمى المسماة يسمى تسمى بعنوان رواية كتاب فيلم كلمة".split()
    ),
)  # fmt: skip
