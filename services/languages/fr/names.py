"""French words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    stop_words=frozenset(
        "le la les un une des de du et est il elle on ne pas que qui dans pour sur au"
        " aux avec ce cette ces son sa ses se par plus mais ou où ils elles nous vous je"
        " tu leur y".split()
    ),
    honorifics=frozenset(
        "m mm mme mmes mlle me dr pr docteur maître professeur monsieur madame"
        " mademoiselle mgr général colonel capitaine commandant lieutenant sergent"
        " adjudant brigadier caporal amiral abbé père juge".split()
    ),
    address_words=frozenset("mme mmes mlle monsieur madame mademoiselle mgr dr".split()),
    feminine_honorifics=frozenset("mme mlle madame mademoiselle".split()),
    masculine_honorifics=frozenset("m monsieur mgr".split()),
    particles=frozenset("de du des la le d l".split()),
    offices=frozenset(
        "président présidente premier ministre première chancelier chancelière maire"
        " gouverneur porte-parole directeur directrice secrétaire sénateur sénatrice"
        " député députée magistrat procureur procureure avocat avocate entraîneur"
        " attaquant gardien roi reine pape évêque archevêque cardinal ambassadeur"
        " ambassadrice chef cheffe patron patronne commissaire analyste économiste"
        " préfet préfète chercheur chercheuse".split()
    ),
    royal_titles=frozenset("roi reine pape prince princesse".split()),
    feminine_names=frozenset(
        "marie jeanne françoise anne catherine isabelle sylvie nathalie sophie valérie"
        " céline julie camille léa manon chloé claire hélène brigitte martine monique"
        " élisabeth christine marine ségolène aurélie amélie élise lucie juliette"
        " margaux".split()
    ),
    masculine_names=frozenset(
        "jean pierre michel philippe alain bernard nicolas emmanuel françois jacques"
        " louis laurent olivier éric thierry pascal christophe julien antoine mathieu"
        " guillaume benoît gérard rené henri luc marc édouard étienne gilles hervé yves"
        " rémi théo".split()
    ),
    organisation_openers=frozenset(
        "université hôpital banque ministère musée institut fondation école lycée"
        " collège clinique fédération association".split()
    ),
    place_openers=frozenset(
        "rue avenue boulevard place quai pont aéroport gare stade square impasse".split()
    ),
    legal_forms=frozenset("sarl sas".split()),
    page_labels=frozenset(
        "courriel lien partager imprimer commenter abonnez-vous newsletter copier"
        " envoyer enregistrer écouter réagir".split()
    ),
    byline_words=frozenset("par".split()),
    acronym_link_words=frozenset("de la des du et".split()),
)
