"""Italian words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    honorifics=frozenset(
        "signor signora signorina sig dott dottor dottoressa prof professor"
        " professoressa ing avv avvocato don suor padre generale colonnello capitano"
        " tenente maresciallo ammiraglio monsignor giudice onorevole on".split()
    ),
    address_words=frozenset("signor signora sig dott dottor dottoressa avv ing".split()),
    feminine_honorifics=frozenset("signora signorina dottoressa professoressa suor".split()),
    masculine_honorifics=frozenset("signor dottor don".split()),
    particles=frozenset("de della di dal d del".split()),
    offices=frozenset(
        "presidente premier ministro ministra sindaco sindaca governatore portavoce"
        " direttore direttrice segretario segretaria senatore senatrice deputato"
        " deputata magistrato procuratore allenatore attaccante portiere re regina papa"
        " vescovo cardinale ambasciatore leader capo amministratore commissario analista"
        " economista assessore assessora scrittore scrittrice attore attrice cantante"
        " ricercatore ricercatrice".split()
    ),
    royal_titles=frozenset("re regina papa principe principessa".split()),
    feminine_names=frozenset(
        "giulia francesca chiara sara anna elena laura martina alessia federica"
        " valentina silvia paola giovanna maria lucia giorgia elisa roberta claudia"
        " daniela monica simona cristina ida beatrice".split()
    ),
    masculine_names=frozenset(
        "marco andrea luca matteo francesco alessandro davide lorenzo giuseppe giovanni"
        " antonio mario paolo stefano roberto luigi salvatore vincenzo pietro carlo"
        " enrico massimo sergio fabio simone riccardo giorgio silvio".split()
    ),
    organisation_openers=frozenset(
        "università ospedale banca ministero museo istituto fondazione scuola"
        " federazione associazione partito".split()
    ),
    place_openers=frozenset(
        "via piazza corso viale largo ponte aeroporto stazione stadio porto".split()
    ),
    legal_forms=frozenset("spa srl snc".split()),
    page_labels=frozenset("condividi stampa commenta copia iscriviti".split()),
)
