"""Turkish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "dedi dediler diyor diyen söyledi söylediler söylüyor belirtti belirttiler"
            " belirtiyor açıkladı açıkladılar açıklıyor ekledi eklediler ekliyor vurguladı"
            " vurguluyor kaydetti kaydettiler anlattı anlatıyor yazdı yazıyor sordu soruyor"
            " yanıtladı yanıtlıyor cevapladı uyardı uyarıyor savundu savunuyor doğruladı"
            " duyurdu duyurdular bildirdi bildirdiler konuştu konuşuyor bağırdı fısıldadı"
            " paylaştı hatırlattı yorumladı"
        ).split(),
        "ifade etti", "iddia etti", "kabul etti", "söz verdi",
    ),
    subject_pronouns=("o", "onlar"),
    attribution_phrases=("göre",),
    description_articles=("bir",),
    clause_joiners=("ve", "ama", "ki"),
    speech_negations=frozenset({"değil"}),
    naming_words=frozenset(
        "sözde adlı isimli başlıklı roman kitap film kelimesi".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
