"""Hindi words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "कहा कहते कहती कहता बताया बताते बताती बोले बोला बोली लिखा पूछा जोड़ा दोहराया"
        ).split(),
        "जवाब दिया", "दावा किया", "चेतावनी दी", "स्वीकार किया", "घोषणा की", "ट्वीट किया",
        "पुष्टि की",
    ),
    subject_pronouns=("उन्होंने", "उसने", "वह", "वे"),
    attribution_phrases=("के अनुसार", "के मुताबिक"),
    description_articles=("एक",),
    clause_joiners=("और", "लेकिन", "कि", "जो"),
    speech_negations=frozenset({"नहीं", "न"}),
    naming_words=frozenset(
        "तथाकथित नामक शीर्षक उपन्यास किताब फिल्म शब्द".split()
    ),
)  # fmt: skip
