"""Spanish words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "aconseja aconsejó gruñe gruñó solloza sollozó sentencia zanja bromea remata remató"
        " espeta espetó suelta soltó dispara disparó ironiza ironizó reprocha reprochó recrimina"
        " recriminó rebate rebatió contraataca suspira suspiró sonríe sonrió ríe rió susurra"
        " grita murmura exclama protesta protestó clama clamó implora imploró suplica suplicó"
        " ruega rogó augura vaticina pronostica pronosticó resume resumió reflexiona reflexionó"
        " confía confió celebra detalla puntualiza ratifica matiza enfatiza remarca plantea"
        " tuitea prosigue continúa continuó comparte compartió avisa avisó jura juró garantiza"
        " garantizó cuestiona cuestionó interroga repite repitió defiende defendió justifica"
        " justificó revela reveló desvela desveló adelanta adelantó asevera aseveró aduce adujo"
        " acota acotó apostilla apostilló arremete arremetió tercia terció deplora deploró"
        " ordena ordenó recomienda recomendó sugiere sugirió propone propuso teme temió duda"
        " dudó cree creyó piensa pensó decían contaba explicaba añadía señalaba afirmaba"
        " comentaba recordaba lamentaba insistía advertía dijo dijeron dice dicen decía dicho"
        " afirmó afirmaron afirma afirman aseguró aseguraron asegura aseguran explicó explicaron"
        " explica explican señaló señalaron señala señalan añadió añadieron añade agregó"
        " agregaron agrega indicó indicaron indica manifestó manifestaron manifiesta declaró"
        " declararon declara expresó expresaron expresa comentó comentaron comenta apuntó apunta"
        " subrayó subraya destacó destacaron destaca recalcó recalca reiteró reitera sostuvo"
        " sostiene advirtió advirtieron advierte preguntó pregunta respondió respondieron"
        " responde contestó contesta reconoció reconoce admitió admite insistió insiste anunció"
        " anunciaron anuncia informó informaron informa precisó precisa recordó recuerda relató"
        " relata contó cuenta escribió escribe tuiteó publicó exclamó gritó lamentó lamenta"
        " criticó critica pidió pide exigió exige prometió promete aclaró aclara concluyó"
        " concluye opinó opina consideró considera confesó confiesa denunció denuncia replicó"
        " replica prosiguió bromeó celebró murmuró susurró sentenció matizó zanjó enfatizó"
        " remarcó argumentó argumenta alegó alega alertó alerta auguró vaticinó planteó detalló"
        " puntualizó ratificó".split()
    ),
    subject_pronouns=("él", "ella", "ellos", "ellas"),
    feminine_pronouns=frozenset({"ella"}),
    masculine_pronouns=frozenset({"él"}),
    attribution_phrases=(
        "según", "de acuerdo con", "en palabras de", "a juicio de", "en opinión de",
    ),
    description_articles=("el", "la", "los", "las", "un", "una"),
    clause_joiners=("y", "pero", "que", "quien"),
    speech_negations=frozenset({"no", "nunca"}),
    titled_things=frozenset(
        "programa plan ley campaña proyecto iniciativa operación festival exposición documental"
        " serie disco álbum canción obra asociación revista diario barco ferri restaurante hotel"
        " plataforma movimiento partido informe estudio premio concurso aplicación portal marca"
        " jornada feria muestra".split()
    ),
    viewpoint_words=("para",),
    question_labels=frozenset("p r pregunta respuesta".split()),
    naming_words=frozenset(
        "llamado llamada llamados llamadas denominado denominada titulado titulada apodado"
        " novela libro película lema palabra término".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
