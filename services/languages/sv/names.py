"""Swedish words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    honorifics=frozenset("herr fru fröken dr prof överste kapten löjtnant major general".split()),
    address_words=frozenset("herr fru fröken".split()),
    feminine_honorifics=frozenset("fru fröken".split()),
    masculine_honorifics=frozenset("herr".split()),
    particles=frozenset("af av".split()),
    offices=frozenset(
        "president statsminister minister borgmästare talesperson ordförande direktör"
        " kung drottning påve biskop ambassadör ledare chef utrikesminister"
        " finansminister tränare".split()
    ),
    royal_titles=frozenset("kung drottning påve".split()),
    feminine_names=frozenset(
        "anna eva maria karin kristina lena sara emma magdalena ebba annika ida".split()
    ),
    masculine_names=frozenset(
        "lars anders johan per nils erik karl jan peter mikael fredrik björn ulf stefan".split()
    ),
    place_endings=frozenset("gatan torget".split()),
)
