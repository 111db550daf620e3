"""Italian words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(
            "sbotta sbottato ironizza ironizzato scherza scherzato sorride sorriso ride "
            "sospira sospirato sussurra sussurrato urla urlato grida gridato tuona tuonato "
            "attaccato accusa accusato ribatte ribattuto rincara rincarato taglia chiosa "
            "chiosato puntualizza puntualizzato rimarca rimarcato rivendica rivendicato "
            "rimprovera protesta protestato implora supplica ammonisce ammonito garantisce "
            "garantito giura giurato spera sperato teme temuto crede pensa riflette riflettuto "
            "sintetizza sintetizzato riassume riassunto esulta esultato gioisce festeggia "
            "elogia lamentato rivela rivelato svela svelato anticipa anticipato argomenta "
            "argomentato suggerisce suggerito propone proposto consiglia consigliato chiosa "
            "insorge insorto incalza incalzato interviene intervenuto domanda domandato "
            "esclamato replicano spiegava raccontava aggiungeva sosteneva ricordava ammetteva "
            "affermava scriveva confidato "
            "disse dissero dice dicono diceva detto dichiarò dichiara dichiarano dichiarato"
            " affermò afferma affermano affermato spiegò spiega spiegano spiegato aggiunse"
            " aggiunge aggiungono aggiunto sottolineò sottolinea sottolineato precisato"
            " precisa precisò commentò commenta commentato osservò osserva osservato ribadì"
            " ribadisce ribadito rispose risponde risposto chiese chiede chiesto avvertì"
            " avverte avvertito annunciò annuncia annunciato assicurò assicura assicurato"
            " ammise ammette ammesso sostenne sostiene sostengono sostenuto scrisse scrive"
            " scritto raccontò racconta raccontato ricordò ricorda ricordato confermò"
            " conferma confermato riferì riferisce riferito concluse conclude concluso"
            " replicò replica replicato esclamò esclama gridò insiste insistette promise"
            " promette promesso denunciò denuncia denunciato twittato twitta postato attaccò"
            " attacca confessò confessa lamentò lamenta evidenziato evidenzia rilevato"
            " rileva chiarito chiarisce continua prosegue esordisce confida auspica"
            " auspicato"
        ).split(),
        "fatto sapere",
    ),
    subject_pronouns=("lui", "lei", "egli", "ella", "loro"),
    feminine_pronouns=frozenset({"lei", "ella"}),
    masculine_pronouns=frozenset({"lui", "egli"}),
    attribution_phrases=(
        "secondo", "stando a", "a detta di", "a giudizio di", "per bocca di",
    ),
    description_articles=tuple(
        "il lo la i gli le un uno una".split()
    ),
    clause_joiners=("e", "ma", "che", "chi"),
    speech_negations=frozenset({"non", "mai"}),
    titled_things=frozenset(
        "programma piano legge campagna progetto iniziativa operazione festival mostra"
        " documentario serie disco album canzone spettacolo trasmissione associazione rivista"
        " giornale nave traghetto ristorante albergo movimento partito rapporto studio premio"
        " concorso applicazione portale marchio decreto".split()
    ),
    viewpoint_words=("per",),
    question_labels=frozenset("d r domanda risposta".split()),
    naming_words=frozenset(
        "cosiddetto cosiddetta cosiddetti cosiddette intitolato intitolata chiamato chiamata"
        " romanzo libro film motto parola termine".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
