"""Portuguese words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

QUOTATIONS = QuotationWords(
    speech_verbs=tuple(
        "atirou atira rematou remata disparou dispara ironizou ironiza brinca desabafa suspirou"
        " suspira sorriu sorri riu ri sussurrou sussurra grita exclama gritam protestou protesta"
        " rebateu rebate retrucou retruca replicou replica contrapôs acusou acusa implorou"
        " implora suplicou apelou apela previu prevê resumiu resume refletiu reflete confiou"
        " confia celebra comemorou comemora detalhou detalha frisam vaticinou prosseguiu"
        " prossegue continuou continua partilhou compartilhou jurou jura repetiu repete"
        " justifica denuncia antecipou antecipa asseverou sugeriu sugere propôs propõe"
        " aconselhou aconselha esperou teme temeu duvida duvidou acredita acreditou pensa pensou"
        " contava explicava acrescentava lembrava lamentava insistia advertia sentenciou"
        " sentencia arrematou arremata cravou indagou indaga disparam criticaram disse disseram"
        " diz dizem dizia dito afirmou afirmaram afirma afirmam declarou declararam declara"
        " explicou explicaram explica explicam acrescentou acrescentaram acrescenta ressaltou"
        " ressalta destacou destaca salientou salienta sublinhou sublinha frisou frisa apontou"
        " aponta informou informaram informa anunciou anunciaram anuncia alertou alerta advertiu"
        " adverte avisou avisa respondeu responderam responde perguntou pergunta questionou"
        " questiona comentou comenta contou conta relatou relata escreveu escreve tuitou"
        " publicou postou garantiu garante assegurou assegura admitiu admite reconheceu"
        " reconhece insistiu insiste reiterou reitera reforçou reforça lembrou lembra recordou"
        " recorda criticou critica pediu pede exigiu prometeu promete concluiu conclui completou"
        " completa observou observa considerou considera avaliou avalia defendeu defende"
        " argumentou argumenta exclamou gritou lamentou lamenta confessou confessa revelou"
        " revela adiantou adianta referiu refere esclareceu esclarece enfatizou enfatiza"
        " ponderou brincou desabafou denunciou celebrou justificou sustentou sustenta".split()
    ),
    subject_pronouns=("ele", "ela", "eles", "elas"),
    feminine_pronouns=frozenset({"ela"}),
    masculine_pronouns=frozenset({"ele"}),
    attribution_phrases=("segundo", "de acordo com", "conforme", "nas palavras de"),
    description_articles=("o", "a", "os", "as", "um", "uma"),
    clause_joiners=("e", "mas", "que", "quem"),
    speech_negations=frozenset({"não", "nunca"}),
    titled_things=frozenset(
        "programa plano lei campanha projeto projecto iniciativa operação festival exposição"
        " documentário série disco álbum canção música peça associação revista jornal navio"
        " barco restaurante hotel plataforma movimento partido relatório estudo prêmio prémio"
        " concurso aplicativo portal marca feira mostra".split()
    ),
    viewpoint_words=("para",),
    question_labels=frozenset("p r pergunta resposta".split()),
    naming_words=frozenset(
        "chamado chamada chamados chamadas denominado intitulado intitulada apelidado romance"
        " livro filme lema palavra termo".split()
    ),
    dash_dialogue=True,
)  # fmt: skip
