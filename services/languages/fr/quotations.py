"""French words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

AUXILIARIES = ("a", "ont", "avait")

PARTICIPLES = tuple(
    "tranché tempéré souri ri soufflé chuchoté hurlé grondé fulminé pesté tancé taclé asséné"
    " lâché complété enchaîné repris certifié garanti juré espéré craint redouté énuméré décrit"
    " relativisé minimisé raillé vitupéré accusé imploré supplié conseillé suggéré questionné"
    " interrogé déclaré dit affirmé ajouté expliqué indiqué estimé souligné précisé annoncé"
    " assuré confié répondu lancé rappelé regretté averti demandé écrit raconté commenté admis"
    " reconnu insisté martelé tweeté twitté publié posté prévenu promis dénoncé critiqué déploré"
    " constaté conclu poursuivi répété soutenu jugé noté observé relevé témoigné réagi rétorqué"
    " répliqué plaidé avoué glissé tonné ironisé plaisanté salué soupiré murmuré crié exhorté"
    " réclamé exigé renchéri résumé nuancé confirmé fustigé argué avancé détaillé évoqué"
    " prédit".split()
)

PRESENT = tuple(
    "grommelle maugrée bougonne grogne gémit sanglote marmonne bafouille balbutie bredouille"
    " soupèse vocifère éructe rugit siffle s’emporte s'emporte s’agace s'agace s’étonne s'étonne"
    " s’inquiète s'inquiète s’amuse s'amuse s’enthousiasme s'enthousiasme s’émeut s'émeut"
    " s’offusque s'offusque s’énerve s'énerve s’excuse s'excuse s’enflamme s’impatiente"
    " s’esclaffe s'esclaffe tranche tempère sourit rit rigole souffle chuchote hurle gronde"
    " fulmine peste râle tacle assène lâche philosophe recadre complète enchaîne reprend embraye"
    " certifie garantit jure espère craint redoute déclame énumère décrit décrypte relativise"
    " minimise raille persifle fustige étrille éreinte vitupère accuse réclame exige implore"
    " supplie conseille suggère questionne interroge rétorquait confiait expliquait racontait"
    " ajoutait soulignait précisait estimait assurait regrettait affirmait disait déclarait"
    " tonnait tweete twitte poste déclare déclarent dit disent affirme affirment ajoute ajoutent"
    " explique expliquent indique indiquent estime estiment souligne soulignent précise"
    " précisent assure assurent confie confient répond répondent lance rappelle rappellent"
    " regrette avertit demande écrit raconte commente admet reconnaît insiste martèle prévient"
    " promet dénonce critique déplore constate conclut poursuit répète soutient juge note"
    " observe relève témoigne réagit rétorque réplique plaide avoue glisse tonne ironise"
    " plaisante soupire murmure crie s'exclame s’exclame s'insurge s’insurge renchérit résume"
    " nuance confirme argue avance détaille prédit s'interroge s’interroge s'indigne s’indigne"
    " s'alarme s’alarme déclara répondit ajouta affirma expliqua demanda lança reprit s'écria"
    " s’écria murmura cria".split()
)

QUOTATIONS = QuotationWords(
    speech_verbs=(
        *(f"{auxiliary} {participle}" for participle in PARTICIPLES for auxiliary in AUXILIARIES),
        *PRESENT,
        "s'est exclamé", "s’est exclamé", "s'est exclamée", "s’est exclamée", "s'est félicité",
        "s’est félicité", "s'est félicitée",
        "se souvient", "se souviennent", "se rappelle", "se félicite", "se réjouit", "se désole",
        "se lamente", "se plaint", "se défend", "se justifie", "se moque",
        "se demande", "se révolte",
        "se rassure", "s'est emporté", "s’est emporté", "s'est emportée", "s’est emportée",
        "s'est indigné", "s’est indigné", "s'est indignée", "s’est indignée", "s'est réjoui",
        "s’est réjoui", "s'est réjouie", "s’est réjouie", "s'est inquiété", "s’est inquiété",
        "s'est inquiétée", "s’est inquiétée", "s'est souvenu", "s’est souvenu", "s'est étonné",
        "s’est étonné", "s'est défendu", "s’est défendu", "s'est défendue", "s’est défendue",
        "s’est félicitée", "fait savoir", "a fait savoir",
        "a fait valoir", "fait valoir",
    ),
    subject_pronouns=("il", "elle", "ils", "elles", "t-il", "t-elle", "t-on"),
    feminine_pronouns=frozenset({"elle", "elles", "t-elle"}),
    masculine_pronouns=frozenset({"il", "ils", "t-il"}),
    attribution_phrases=(
        "selon", "d'après", "d’après", "aux yeux de", "dixit", "de l'avis de",
        "de l’avis de",
    ),
    description_articles=("le", "la", "les", "un", "une", "l'", "l’"),
    clause_joiners=("et", "mais", "qui", "que", "dont"),
    speech_negations=frozenset("pas jamais rien de à".split()),
    titled_things=frozenset(
        "plan loi programme campagne projet initiative dispositif opération festival exposition"
        " documentaire série album chanson pièce émission association revue journal navire ferry"
        " restaurant hôtel spectacle collectif mouvement parti rapport étude prix concours"
        " application site marque".split()
    ),
    viewpoint_words=("pour",),
    question_labels=frozenset("q r question réponse".split()),
    naming_words=frozenset(
        "dit dite dits dites appelé appelée nommé nommée intitulé intitulée baptisé baptisée"
        " surnommé surnommée roman livre film slogan mot terme soi-disant".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
