"""Italian words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "in di da a ad al allo alla ai agli alle del dello della dei degli delle dal dallo dalla"
        " dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle con"
        " col per tra fra su senza sotto sopra dopo prima durante contro verso presso come"
        " quando mentre anche perché ma però e o né che se non già ancora oggi ieri domani ora"
        " poi qui così più meno tutto tutta tutti tutte altro altra suo sua questo questa questi"
        " queste quello quella ogni lunedì martedì mercoledì giovedì venerdì sabato domenica"
        " secondo".split()
    ),
    honorifics=frozenset(
        "signor signora signorina sig dott dottor dottoressa prof professor professoressa ing"
        " avv avvocato don suor padre generale colonnello capitano tenente maresciallo"
        " ammiraglio monsignor giudice onorevole on".split()
    ),
    address_words=frozenset("signor signora sig dott dottor dottoressa avv ing".split()),
    feminine_honorifics=frozenset("signora signorina dottoressa professoressa suor".split()),
    masculine_honorifics=frozenset("signor dottor don".split()),
    particles=frozenset("de della di dal d del".split()),
    offices=frozenset(
        "tassista pescatore turista operaio operaia cuoco cuoca barista pensionato pensionata"
        " studente studentessa autista camionista geologo geologa meteorologo tenore soprano"
        " bagnino prefetto prefetta regista infermiera infermiere medico insegnante maestra"
        " giornalista imprenditore imprenditrice attivista storico storica pittore poeta"
        " calciatore centrocampista difensore tecnico ct viceministro viceministra"
        " sottosegretario sottosegretaria vicepresidente consigliere consigliera rettore"
        " rettrice fondatore fondatrice ingegnere biologo biologa testimone agricoltore"
        " panettiere sindacalista candidato candidata questore pm gip comandante avvocata"
        " governatrice eurodeputato eurodeputata parlamentare presidente premier ministro"
        " ministra sindaco sindaca governatore portavoce direttore direttrice segretario"
        " segretaria senatore senatrice deputato deputata magistrato procuratore allenatore"
        " attaccante portiere re papa vescovo cardinale ambasciatore leader capo amministratore"
        " commissario analista economista assessore assessora scrittore scrittrice attore"
        " attrice cantante ricercatore ricercatrice".split()
    ),
    royal_titles=frozenset("re papa principe principessa".split()),
    feminine_names=frozenset(
        "teresa rita carla franca margherita mariangela marta michela milena nicoletta ornella"
        " patrizia raffaella rosa sabrina serena sofia sonia stefania susanna tiziana vanessa"
        " veronica vittoria alice ambra angela anita annalisa antonella arianna barbara bianca"
        " camilla carlotta carolina caterina cecilia cinzia donatella debora eleonora eliana"
        " emanuela emma enrica erica fabiana flavia gabriella gaia giada gianna ilaria irene"
        " isabella ivana letizia liliana lorena loredana luisa maddalena manuela marina marisa"
        " giulia francesca chiara sara anna elena laura martina alessia federica valentina"
        " silvia paola giovanna maria lucia giorgia elisa roberta claudia daniela monica simona"
        " cristina ida beatrice".split()
    ),
    masculine_names=frozenset(
        "franco tommaso tiziano umberto ugo valerio vittorio walter alberto aldo alessio alfredo"
        " angelo armando arturo bruno cesare claudio corrado cristian daniele dario diego"
        " domenico edoardo emanuele emilio enzo ernesto eugenio fabrizio federico felice"
        " ferdinando filippo gabriele gaetano gennaro gianluca gianni gianfranco gianmarco"
        " giacomo giulio guido ivan jacopo leonardo livio luciano manuel marcello mariano mattia"
        " mauro maurizio michele mirko nicola nicolò oscar pasquale piero raffaele renato renzo"
        " rocco romano samuele sandro marco andrea luca matteo francesco alessandro davide"
        " lorenzo giuseppe giovanni antonio mario paolo stefano roberto luigi salvatore vincenzo"
        " pietro carlo enrico massimo sergio fabio simone riccardo giorgio silvio".split()
    ),
    organisation_openers=frozenset(
        "università ospedale banca ministero museo istituto fondazione scuola federazione"
        " associazione partito".split()
    ),
    place_openers=frozenset(
        "via piazza corso viale largo ponte aeroporto stazione stadio porto".split()
    ),
    legal_forms=frozenset("spa srl snc".split()),
    page_labels=frozenset("condividi stampa commenta copia iscriviti".split()),
)
