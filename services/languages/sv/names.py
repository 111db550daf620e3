"""Swedish words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "men och medan när eftersom fast trots att som med utan för efter över under mot vid"
        " av från till genom om innan sedan också ännu redan inte då så därför enligt hos"
        " bland mellan".split()
    ),
    honorifics=frozenset("herr fru fröken dr prof överste kapten löjtnant major general".split()),
    address_words=frozenset("herr fru fröken".split()),
    feminine_honorifics=frozenset("fru fröken".split()),
    masculine_honorifics=frozenset("herr".split()),
    particles=frozenset("af av".split()),
    offices=frozenset(
        "president statsminister minister borgmästare talesperson ordförande direktör kung"
        " drottning påve biskop ambassadör ledare chef utrikesminister finansminister"
        " tränare".split()
    ),
    royal_titles=frozenset("kung drottning påve".split()),
    feminine_names=frozenset(
        "malin elin astrid birgitta britta camilla cecilia charlotta ellen elsa emelie frida"
        " gunilla hanna helena inger ingrid jenny johanna josefin julia katarina klara linda"
        " linnea lisa lotta louise lovisa marianne märta mona monica pernilla sofia susanne"
        " therese tove ulla ulrika veronica viktoria åsa anna eva maria karin kristina lena sara"
        " emma magdalena ebba annika ida".split()
    ),
    masculine_names=frozenset(
        "axel bengt bo christer claes daniel david elias emil gustaf gustav göran hans håkan"
        " henrik joakim johannes jonas kjell leif linus magnus martin mats mattias niklas oskar"
        " ove patrik pontus rickard robert sten sven thomas tobias torbjörn tommy viktor åke"
        " lars anders johan per nils erik karl jan peter mikael fredrik björn ulf stefan".split()
    ),
    place_endings=frozenset("gatan torget".split()),
)
