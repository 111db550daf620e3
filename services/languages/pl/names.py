"""Polish words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "ale i a gdy kiedy ponieważ choć chociaż że który która z bez dla po nad pod przeciw"
        " przy od do przez o jak niż także też jeszcze już nie więc dlatego według wśród"
        " między oraz lub czy".split()
    ),
    honorifics=frozenset(
        "pan pani dr prof generał pułkownik kapitan porucznik major sierżant ksiądz ks"
        " sędzia mec".split()
    ),
    address_words=frozenset("pan pani".split()),
    feminine_honorifics=frozenset("pani".split()),
    masculine_honorifics=frozenset("pan".split()),
    offices=frozenset(
        "prezydent premier minister burmistrz wójt wojewoda rzecznik rzeczniczka"
        " dyrektor poseł posłanka senator sędzia prokurator trener król królowa papież"
        " biskup kardynał prezes szef szefowa".split()
    ),
    royal_titles=frozenset("król królowa papież".split()),
    feminine_names=frozenset(
        "anna maria katarzyna małgorzata agnieszka barbara ewa krystyna elżbieta joanna"
        " magdalena monika beata".split()
    ),
    masculine_names=frozenset(
        "piotr krzysztof andrzej tomasz jan paweł marcin michał grzegorz jerzy tadeusz"
        " adam łukasz zbigniew jarosław donald mateusz".split()
    ),
    organisation_openers=frozenset(
        "uniwersytet szpital bank ministerstwo muzeum instytut fundacja".split()
    ),
    place_openers=frozenset("ulica ulicy ulicę plac placu aleja alei most moście".split()),
)
