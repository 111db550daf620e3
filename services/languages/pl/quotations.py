"""Polish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "radzi radził radziła doradza doradzał doradzała sugeruje sugerował oburza oburzył"
        " oburzyła wspomina wspominał wspominała śmieje zaśmiał zaśmiała uśmiecha uśmiechnął"
        " uśmiechnęła wzdycha westchnął westchnęła narzeka narzekał narzekała żartuje żartowała"
        " grzmi grzmiał ironizuje kwituje skwitował skwitowała ripostuje odparł odparła odpiera"
        " kontynuuje kontynuował kontynuowała podsumowuje podsumował podsumowała precyzuje"
        " sprecyzował sprecyzowała deklaruje zadeklarował zadeklarowała obiecuje przekonuje"
        " przekonywał przekonywała argumentuje argumentował wyznaje wyznał wyznała zdradza"
        " zdradził zdradziła ujawnia ujawnił ujawniła alarmuje alarmował grozi groził prosi"
        " prosił prosiła dziękuje dziękował dziękowała cieszy cieszył dziwi dziwił martwi"
        " krytykuje krytykował krytykowała oskarża oskarżył zarzuca zarzucił woła zawołał"
        " zawołała wykrzykuje szepcze mruknął mruknęła przypomina wyjaśniali tweetuje"
        " zatweetował konkluduje powiedział powiedziała powiedzieli mówi mówią mówił mówiła"
        " stwierdził stwierdziła stwierdzili stwierdza dodał dodała dodali dodaje podkreślił"
        " podkreśliła podkreślili podkreśla zaznaczył zaznaczyła zaznacza wyjaśnił wyjaśniła"
        " wyjaśnia tłumaczył tłumaczyła tłumaczy oświadczył oświadczyła oświadcza poinformował"
        " poinformowała poinformowali informuje zapowiedział zapowiedziała zapowiada ostrzegł"
        " ostrzegła ostrzega zapytał zapytała pyta odpowiedział odpowiedziała odpowiada napisał"
        " napisała napisali pisze przyznał przyznała przyznaje potwierdził potwierdziła"
        " potwierdza zapewnił zapewniła zapewnia ocenił oceniła ocenia uważa uważają twierdzi"
        " twierdzą skomentował skomentowała komentuje przypomniał przypomniała zauważył"
        " zauważyła zauważa relacjonuje opowiada opowiadał opowiadała krzyknął krzyknęła szepnął"
        " szepnęła apeluje zaapelował zaapelowała obiecał obiecała żartował".split()
    ),
    subject_pronouns=("on", "ona", "oni", "one"),
    feminine_pronouns=frozenset({"ona"}),
    masculine_pronouns=frozenset({"on"}),
    attribution_phrases=("według", "zdaniem", "jak podał", "jak podała"),
    description_articles=("ten", "ta"),
    clause_joiners=("i", "ale", "że", "który", "która"),
    speech_negations=frozenset({"nie", "nigdy"}),
    titled_things=frozenset(
        "ustawa plan program kampania projekt inicjatywa akcja festiwal wystawa dokument serial"
        " album piosenka spektakl stowarzyszenie pismo gazeta statek prom restauracja hotel"
        " partia ruch raport nagroda konkurs".split()
    ),
    question_labels=frozenset("pytanie odpowiedź".split()),
    naming_words=frozenset(
        "tak zwany zwana tytułem powieść książka film hasłem słowo".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
