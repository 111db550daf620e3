"""German words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "empört empörte poltert polterte wettert wetterte ärgert ärgerte wundert wunderte"
        " erinnert erinnerte seufzt seufzte lacht lachte lächelt lächelte flüstert flüsterte"
        " murmelt murmelte brüllt brüllte schreit schrie jubelt jubelte spottet spottete ätzt"
        " ätzte höhnt höhnte droht drohte hofft hoffte wünscht wünschte rät riet meldet meldete"
        " informiert informierte kommentiert kommentierte konstatiert konstatierte moniert"
        " monierte rechtfertigt rechtfertigte schwärmt schwärmte fasst fasste beschreibt"
        " beschrieb beschwört beschwor beteuert beteuerte bezeichnet bezeichnete dementiert"
        " dementierte ermahnt ermahnte fleht flehte gratuliert gratulierte grummelt jammert"
        " jammerte klagt klagte leugnet leugnete mutmaßt mutmaßte plädiert plädierte pocht"
        " präzisiert präzisierte protestiert protestierte referiert sinniert sinnierte staunt"
        " staunte stöhnt stöhnte tadelt tobt tobte unterstellt vermeldet verdeutlicht"
        " verdeutlichte verweist verwies wiederholt wiederholte witzelt witzelte würdigt"
        " würdigte zürnt zweifelt zweifelte sagte sagten sagt sagen sag gesagt erklärte"
        " erklärten erklärt erklären betonte betonten betont meinte meinten meint ergänzte"
        " ergänzt fügte warnte warnten warnt forderte forderten fordert kritisierte kritisierten"
        " kritisiert teilte schrieb schrieben schreibt twitterte postete berichtete berichteten"
        " berichtet antwortete antworteten antwortet fragte fragten fragt behauptete behaupteten"
        " behauptet versicherte versicherten versichert bestätigte bestätigten bestätigt"
        " kündigte kündigten äußerte äußerten äußert bemerkte bemerkt erzählte erzählten erzählt"
        " erläuterte erläutert erwiderte erwidert entgegnete entgegnet bekräftigte bekräftigt"
        " beklagte beklagt mahnte mahnt räumte versprach verspricht verkündete verkündet verriet"
        " verrät befand urteilte urteilt resümierte resümiert zitierte zitiert stellte"
        " unterstrich unterstreicht rief ruft schimpfte schimpft scherzte lobte lobt freute"
        " bilanzierte prophezeite vermutete vermutet glaubt glaubte findet fand hieß heißt"
        " sprach spricht konterte kontert appellierte appelliert bat gestand gesteht bedauerte"
        " bedauert verteidigte ließ befürchtet befürchtete schätzt schätzte verlangte verlangt"
        " schilderte schildert mitgeteilt".split()
    ),
    subject_pronouns=("er", "sie", "es"),
    feminine_pronouns=frozenset({"sie"}),
    masculine_pronouns=frozenset({"er"}),
    attribution_phrases=(
        "laut", "zufolge", "so", "nach Angaben von", "nach Angaben des", "nach Angaben der",
        "nach Worten von",
    ),
    description_articles=("der", "die", "das", "ein", "eine"),
    clause_joiners=tuple(
        "und aber oder die der dass weil".split()
    ),
    speech_negations=frozenset({"nicht", "nie", "zu", "nichts"}),
    titled_things=frozenset(
        "gesetz plan programm kampagne projekt initiative aktion festival ausstellung"
        " dokumentation serie album lied song stück sendung verein zeitschrift zeitung schiff"
        " fähre restaurant hotel partei bewegung bericht studie preis wettbewerb app portal"
        " marke reihe tagung messe verordnung paket".split()
    ),
    viewpoint_words=("für",),
    question_labels=frozenset("frage antwort f a".split()),
    naming_words=frozenset(
        "sogenannte sogenannten sogenanntes sogenannter genannt namens Titel Motto Roman Buch"
        " Film Begriff Wort".split()
    ),
)  # fmt: skip
