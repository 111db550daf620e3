"""Persian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "گفت گفتند می‌گوید میگوید گفته افزود افزودند نوشت پرسید"
        ).split(),
        "اعلام کرد", "اظهار کرد", "اظهار داشت", "تاکید کرد", "تأکید کرد", "توضیح داد",
        "هشدار داد", "پاسخ داد", "بیان کرد", "تصریح کرد", "خاطرنشان کرد", "یادآور شد",
        "ادامه داد", "اعتراف کرد", "تایید کرد",
    ),
    subject_pronouns=("او", "وی", "آنها"),
    attribution_phrases=("به گفته", "به گفتهٔ", "به گفته‌ی", "بنا بر"),
    description_articles=("یک",),
    clause_joiners=("و", "اما", "که"),
    speech_negations=frozenset({"نه"}),
    naming_words=frozenset(
        "موسوم نام عنوان رمان کتاب فیلم واژه".split()
    ),
)  # fmt: skip
