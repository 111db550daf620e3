"""French words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    stop_words=frozenset(
        "le la les un une des de du et est il elle on ne pas que qui dans pour sur au aux avec"
        " ce cette ces son sa ses se par plus mais ou où ils elles nous vous je tu leur y".split()
    ),
    sentence_openers=frozenset(
        "alors mais bien tandis quand que comme puisque lorsque car donc or ni avant après"
        " avec sans chez vers depuis pendant contre entre sous puis ensuite tout très moins"
        " aussi même encore déjà jamais toujours souvent ici là dont malgré ainsi cependant"
        " pourtant toutefois notamment surtout parce afin lors dès outre parmi".split()
    ),
    honorifics=frozenset(
        "m mm mme mmes mlle me dr pr docteur maître professeur monsieur madame mademoiselle mgr"
        " général colonel capitaine commandant lieutenant sergent adjudant brigadier caporal"
        " amiral abbé père juge".split()
    ),
    address_words=frozenset("mme mmes mlle monsieur madame mademoiselle mgr dr".split()),
    feminine_honorifics=frozenset("mme mlle madame mademoiselle".split()),
    masculine_honorifics=frozenset("m monsieur mgr".split()),
    particles=frozenset("de du des la le d l".split()),
    offices=frozenset(
        "président présidente premier ministre première chancelier chancelière maire gouverneur"
        " porte-parole directeur directrice secrétaire sénateur sénatrice député députée"
        " magistrat procureur procureure avocat avocate entraîneur attaquant gardien roi reine"
        " pape évêque archevêque cardinal ambassadeur ambassadrice chef cheffe patron patronne"
        " commissaire analyste économiste préfet préfète chercheur chercheuse".split()
    ),
    royal_titles=frozenset("roi reine pape prince princesse".split()),
    feminine_names=frozenset(
        "inès odile lucile laurence véronique agnès alice annie audrey aude béatrice bénédicte"
        " carole caroline cécile charlotte christelle clémence colette corinne danielle delphine"
        " denise dominique édith éliane elsa emma estelle eugénie fabienne fanny florence"
        " gabrielle geneviève ghislaine jacqueline jeannine joséphine justine karine laetitia"
        " laure léonie liliane lina louise lucienne maëlle madeleine marguerite marianne marion"
        " mathilde mélanie mireille muriel nadège nadia noémie océane odette pascale patricia"
        " pauline rachel renée rose sabrina sandrine simone solange solène stéphanie suzanne"
        " sylvia thérèse valentine vanessa virginie yvette yvonne zoé marie jeanne françoise"
        " anne catherine isabelle sylvie nathalie sophie valérie céline julie camille léa manon"
        " chloé claire hélène brigitte martine monique élisabeth christine marine ségolène"
        " aurélie amélie élise lucie juliette margaux".split()
    ),
    masculine_names=frozenset(
        "hugo alexandre alexis alphonse anatole andré anthony armand arnaud arthur aurélien"
        " baptiste bastien bertrand boris bruno cédric charles christian claude clément cyril"
        " damien daniel david denis didier dominique edgar émile emile ernest fabien fabrice"
        " félix fernand florent franck frédéric gabriel gaël gaston gautier geoffroy georges"
        " gilbert grégory guy gustave hugues jérémy jérôme joël joseph jules justin karim léon"
        " léo lionel loïc lucas lucien ludovic marcel marius martin mathis maurice maxime mehdi"
        " mohamed nathan octave patrice patrick paul quentin raphaël raymond régis robert robin"
        " roger roland romain samuel sébastien serge simon stéphane sylvain tanguy thibault"
        " thomas tristan valentin victor vincent xavier yann yannick yvan jean pierre michel"
        " philippe alain bernard nicolas emmanuel françois jacques louis laurent olivier éric"
        " thierry pascal christophe julien antoine mathieu guillaume benoît gérard rené henri"
        " luc marc édouard étienne gilles hervé yves rémi théo".split()
    ),
    organisation_openers=frozenset(
        "université hôpital banque ministère musée institut fondation école lycée collège"
        " clinique fédération association".split()
    ),
    place_openers=frozenset(
        "rue avenue boulevard place quai pont aéroport gare stade square impasse".split()
    ),
    legal_forms=frozenset("sarl sas".split()),
    page_labels=frozenset(
        "courriel lien partager imprimer commenter abonnez-vous newsletter copier envoyer"
        " enregistrer écouter réagir".split()
    ),
    byline_words=frozenset("par".split()),
    acronym_link_words=frozenset("de la des du et".split()),
)
