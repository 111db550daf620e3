"""Portuguese words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "em de do da dos das no na nos nas ao à aos às com sem por pelo pela pelos pelas para"
        " segundo sobre após ante sob entre até desde durante como quando enquanto embora porque"
        " mas e ou nem que se não já ainda também além hoje ontem amanhã agora então ali aqui"
        " assim mais menos todo toda todos todas outro outra outros outras seu sua seus suas"
        " este esta estes estas esse essa aquele aquela cada segunda terça quarta quinta sexta"
        " sábado domingo".split()
    ),
    honorifics=frozenset(
        "senhor senhora sr sra dr dra doutor doutora prof professor professora dom dona general"
        " coronel capitão tenente sargento major cabo almirante padre juiz juíza delegado"
        " delegada".split()
    ),
    address_words=frozenset("senhor senhora sr sra dr dra doutor doutora dona".split()),
    feminine_honorifics=frozenset("senhora sra dra doutora professora dona juíza delegada".split()),
    masculine_honorifics=frozenset("senhor sr dr doutor dom".split()),
    particles=frozenset("de da do dos das e".split()),
    offices=frozenset(
        "pescador pescadora turista taxista motorista cozinheiro cozinheira aposentado"
        " aposentada estudante operário operária vizinho vizinha geólogo geóloga salva-vidas"
        " enfermeira enfermeiro médica médico professora jornalista empresário empresária"
        " ativista historiador pintor poeta futebolista zagueiro guarda-redes avançado"
        " ex-ministro ex-ministra ex-presidente vice-presidente vice-governador relator relatora"
        " conselheiro conselheira reitor reitora fundador fundadora engenheiro engenheira"
        " biólogo bióloga testemunha agricultor padeiro padeira sindicalista candidato candidata"
        " promotor promotora procurador procuradora desembargador desembargadora cineasta"
        " apresentador apresentadora bombeiro bombeira presidente primeiro ministro ministra"
        " prefeito prefeita governador governadora vereador vereadora deputado deputada senador"
        " senadora secretário secretária porta-voz diretor diretora advogado advogada treinador"
        " técnico atacante goleiro rei rainha papa bispo arcebispo cardeal embaixador"
        " embaixadora líder chefe gerente comissário analista economista autarca escritor"
        " escritora ator atriz cantor cantora pesquisador pesquisadora".split()
    ),
    royal_titles=frozenset("rei rainha papa príncipe princesa".split()),
    feminine_names=frozenset(
        "teresa vera alice amanda amélia andreia ângela antónia antônia aparecida aurora bárbara"
        " bianca bruna carla carolina cecília célia clara cristina daniela débora denise diana"
        " eduarda elaine elisa eliana elza emília érica estela eva fabiana fátima filipa flávia"
        " francisca gisele glória graça helena heloísa ingrid irene isabel isabela ivone"
        " jaqueline jéssica josefa laura lídia lúcia lurdes luísa madalena manuela mara"
        " margarida marta matilde mónica mônica natália paula raquel renata rosa sara simone"
        " sílvia sónia sônia susana tânia tatiana valéria vanessa vitória viviane maria ana"
        " júlia juliana fernanda camila beatriz mariana larissa letícia gabriela patrícia márcia"
        " adriana luciana cláudia sandra rita inês catarina joana sofia dilma marina".split()
    ),
    masculine_names=frozenset(
        "nelson abel wesley adriano afonso alberto alexandre álvaro anderson andré ângelo"
        " armando arnaldo artur augusto benjamim bernardo caio celso césar cláudio cristiano"
        " daniel danilo davi david diego diogo domingos duarte edson eduardo elias emanuel"
        " ernesto everton fábio fabrício francisco gabriel geraldo gilberto gonçalo guilherme"
        " heitor hélio henrique hugo igor ivan jaime jair joaquim júlio leandro leonardo leonel"
        " lourenço manuel marcelo mário martim matheus mateus maurício murilo nicolau óscar"
        " otávio raul renan renato roberto rogério romeu ronaldo samuel sandro silvio silas"
        " simão tomás valdir valter vicente victor vitor vítor wagner wellington william zeca"
        " joão josé antónio antônio carlos paulo pedro lucas luiz luís marcos rafael bruno"
        " felipe gustavo fernando rodrigo ricardo jorge sérgio márcio flávio thiago tiago miguel"
        " rui nuno vasco".split()
    ),
    organisation_openers=frozenset(
        "universidade hospital banco ministério museu instituto fundação escola federação"
        " associação partido".split()
    ),
    place_openers=frozenset(
        "rua avenida praça largo ponte aeroporto estação estádio porto travessa".split()
    ),
    legal_forms=frozenset("sa ltda lda".split()),
    page_labels=frozenset("compartilhar partilhar imprimir comentar copiar".split()),
    byline_words=frozenset("por".split()),
)
