"""Portuguese words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    honorifics=frozenset(
        "senhor senhora sr sra dr dra doutor doutora prof professor professora dom dona"
        " general coronel capitão tenente sargento major cabo almirante padre juiz juíza"
        " delegado delegada".split()
    ),
    address_words=frozenset("senhor senhora sr sra dr dra doutor doutora dona".split()),
    feminine_honorifics=frozenset("senhora sra dra doutora professora dona juíza delegada".split()),
    masculine_honorifics=frozenset("senhor sr dr doutor dom".split()),
    particles=frozenset("de da do dos das e".split()),
    offices=frozenset(
        "presidente primeiro ministro ministra prefeito prefeita governador governadora"
        " vereador vereadora deputado deputada senador senadora secretário secretária"
        " porta-voz diretor diretora advogado advogada treinador técnico atacante"
        " goleiro rei rainha papa bispo arcebispo cardeal embaixador embaixadora líder"
        " chefe gerente comissário analista economista autarca escritor escritora ator"
        " atriz cantor cantora pesquisador pesquisadora".split()
    ),
    royal_titles=frozenset("rei rainha papa príncipe princesa".split()),
    feminine_names=frozenset(
        "maria ana júlia juliana fernanda camila beatriz mariana larissa letícia"
        " gabriela patrícia márcia adriana luciana cláudia sandra rita inês catarina"
        " joana sofia dilma marina".split()
    ),
    masculine_names=frozenset(
        "joão josé antónio antônio carlos paulo pedro lucas luiz luís marcos rafael"
        " bruno felipe gustavo fernando rodrigo ricardo jorge sérgio márcio flávio"
        " thiago tiago miguel rui nuno vasco".split()
    ),
    organisation_openers=frozenset(
        "universidade hospital banco ministério museu instituto fundação escola"
        " federação associação partido".split()
    ),
    place_openers=frozenset(
        "rua avenida praça largo ponte aeroporto estação estádio porto travessa".split()
    ),
    legal_forms=frozenset("sa ltda lda".split()),
    page_labels=frozenset("compartilhar partilhar imprimir comentar copiar".split()),
    byline_words=frozenset("por".split()),
)
