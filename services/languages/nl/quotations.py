"""Dutch words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "tipt tipte raadt aanraadt foetert foeterde besluit besloot briest brieste moppert"
        " mopperde lacht lachte zucht zuchtte glimlacht schreeuwt herinnert herinnerde vertrouwt"
        " twijfelt jubelt juicht schampert sneert sneerde tiert bromt zegden vervolgt vervolgde"
        " adviseert adviseerde dreigt dreigde smeekt smeekte kondigt kondigde verzucht"
        " verzuchtte relativeert relativeerde nuanceert nuanceerde benadrukken blikt constateert"
        " constateerde verwijt verweet beschuldigt twittert zei zeiden zegt zeggen gezegd"
        " vertelde vertelden vertelt verklaarde verklaarden verklaart voegde benadrukte"
        " benadrukten benadrukt legde meldde meldden meldt waarschuwde waarschuwden waarschuwt"
        " stelde stelden stelt schreef schreven schrijft twitterde plaatste antwoordde"
        " antwoordden antwoordt vroeg vroegen vraagt beweerde beweert erkende erkent bevestigde"
        " bevestigt beloofde belooft benoemde betoogde betoogt reageerde reageert aldus merkte"
        " herhaalde herhaalt riep roept klaagde klaagt vindt vond denkt dacht meent meende"
        " concludeerde concludeert liet grapte hoopt hoopte vreest vreesde oordeelde oordeelt"
        " bekende bekent eiste eist pleitte pleit fluisterde schreeuwde lichtte noemt noemde"
        " weet verzekerde verzekert berichtte bericht".split()
    ),
    subject_pronouns=("hij", "zij", "ze"),
    feminine_pronouns=frozenset({"zij", "ze"}),
    masculine_pronouns=frozenset({"hij"}),
    attribution_phrases=(
        "volgens", "aldus", "in de woorden van", "naar de mening van",
    ),
    description_articles=("de", "het", "een"),
    clause_joiners=("en", "maar", "of", "die", "dat"),
    speech_negations=frozenset({"niet", "nooit", "te"}),
    titled_things=frozenset(
        "wet plan programma campagne project initiatief actie festival tentoonstelling"
        " documentaire serie album lied voorstelling vereniging tijdschrift krant schip veerboot"
        " restaurant hotel partij beweging rapport studie prijs".split()
    ),
    question_labels=frozenset("v a vraag antwoord".split()),
    naming_words=frozenset(
        "zogenaamde zogeheten genaamd getiteld roman boek film motto woord term".split()
    ),
)  # fmt: skip
