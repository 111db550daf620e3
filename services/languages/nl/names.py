"""Dutch words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    sentence_openers=frozenset(
        "maar want terwijl toen omdat hoewel als dat die wie waar met zonder voor over onder"
        " tegen bij van uit naar door tot volgens sinds tijdens ook nog wel niet dan toch"
        " dus daarna en of".split()
    ),
    honorifics=frozenset(
        "meneer mevrouw dhr mevr mw dr prof professor drs ir mr ds kolonel kapitein"
        " luitenant sergeant majoor generaal admiraal pastoor rechter".split()
    ),
    address_words=frozenset("meneer mevrouw dhr mevr mw dr prof drs".split()),
    feminine_honorifics=frozenset("mevrouw mevr mw".split()),
    masculine_honorifics=frozenset("meneer dhr".split()),
    particles=frozenset("van der den ter ten".split()),
    offices=frozenset(
        "president premier minister minister-president burgemeester wethouder"
        " woordvoerder woordvoerster voorzitter directeur secretaris senator"
        " staatssecretaris rechter advocaat trainer coach spits keeper koning koningin"
        " paus bisschop kardinaal ambassadeur leider chef commissaris analist econoom"
        " kamerlid hoogleraar schrijver schrijfster acteur actrice zanger zangeres"
        " onderzoeker onderzoekster".split()
    ),
    royal_titles=frozenset("koning koningin paus prins prinses".split()),
    feminine_names=frozenset(
        "anna sanne lotte femke marieke ingrid joke anneke wilma sigrid kajsa lieke"
        " fleur saskia yvonne monique ans ida emma julia eva".split()
    ),
    masculine_names=frozenset(
        "jan piet kees willem hendrik mark geert dick johan pieter bas daan sven jeroen"
        " maarten wouter ruud frans bram joost thijs".split()
    ),
    place_endings=frozenset("straat plein laan brug gracht".split()),
    organisation_endings=frozenset("ziekenhuis universiteit".split()),
    organisation_openers=frozenset("universiteit ziekenhuis ministerie stichting".split()),
    legal_forms=frozenset("nv bv".split()),
    page_labels=frozenset("delen printen reageren abonneren kopieer".split()),
    byline_words=frozenset("door".split()),
)
