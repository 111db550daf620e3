"""English words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NEVER_NAMES = frozenset(
    "i it he she we they you his her their our your my its me him them us who what this that these"
    " those there here yes no not all some any one two three first second third last next new old"
    " monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"
    " january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec gmt est edt pst cet utc am pm"
    " mr mrs ms dr sir the a an and or but if so as at by for from in into of on to with"
    " president minister chairman director secretary general king queen prince princess pope"
    " god sun moon earth internet government parliament police army navy court".split()
)

STOP_WORDS = frozenset(
    "about above after again against also am are because been before being below between both"
    " can could did do does doing down during each few further had has have having he'd how just"
    " like made make many more most much must no nor now off once only other ought out over own"
    " said same say says shall she should since still such than their then through too under"
    " until up very was way we were when where which while whom why will would".split()
)

HONORIFICS = frozenset(
    "mr mrs ms miss mister sir dame lord lady dr prof professor gen col capt sgt lt rev fr"
    " judge justice".split()
)

PARTICLES = frozenset("al el bin ibn abu abd ul un".split())
"""Parts of Arabic and Korean names, in the Latin spelling of English-language news."""

GENERATION_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())

OFFICES = frozenset(
    "president minister premier secretary chancellor senator governor mayor spokesman"
    " spokeswoman spokesperson chairman chairwoman chair coach captain analyst general colonel"
    " judge striker defender midfielder goalkeeper actor actress singer director manager"
    " congressman congresswoman ambassador commissioner king queen prince princess pope bishop"
    " archbishop cardinal sheikh sultan emperor officer economist lawyer attorney professor"
    " champion winner skipper batsman bowler lawmaker leader founder author journalist"
    " reporter sergeant lieutenant major admiral treasurer envoy negotiator".split()
)

PORTFOLIOS = frozenset(
    "defense defence foreign finance agriculture trade interior justice health education energy"
    " labor labour transport culture commerce environment treasury economy home state industry"
    " development housing prime vice deputy assistant".split()
)

ORGANISATION_HEADS = tuple(
    "Agency Alliance Assembly Association Authority Bank Board Bureau Chamber Club Coalition"
    " Commission Committee Company Confederation Conference Congress Consortium Cooperative"
    " Corporation Council Court Department Federation Forum Foundation Front Fund Group"
    " Inspectorate Institute Institution Laboratory League Ministry Movement Office"
    " Organisation Organization Parliament Partnership Party Senate Service Society Tribunal"
    " Trust Union University".split()
)

LEGAL_FORMS = frozenset(
    "inc corp co ltd llc plc ag sa gmbh nv bv spa ab asa oyj kk pty lp llp inc. corp. co. ltd."
    " limited incorporated corporation company group holdings".split()
)
"""Legal forms of any country, for English-language news writes them as they are."""

WRITTEN_LEGAL_FORMS = tuple(
    "Inc Corp Co Ltd LLC PLC Plc plc AG SA GmbH NV SpA AB Oyj Limited Group Holdings".split()
)

PLACE_KINDS = frozenset(
    "town city village province state region district island islands county port capital suburb"
    " republic municipality hamlet settlement prefecture".split()
)

DEMONYM_ENDINGS = ("ians?", "eans?", "ans?", "ns?", "is?", "ese", "ish")

NAMES = NameWords(
    never_names=NEVER_NAMES,
    stop_words=STOP_WORDS,
    articles=frozenset({"the", "an", "a"}),
    honorifics=HONORIFICS,
    particles=PARTICLES,
    generation_suffixes=GENERATION_SUFFIXES,
    offices=OFFICES,
    portfolios=PORTFOLIOS,
    organisation_heads=ORGANISATION_HEADS,
    legal_forms=LEGAL_FORMS,
    written_legal_forms=WRITTEN_LEGAL_FORMS,
    acronym_link_words=frozenset("of for the and in on".split()),
    place_kinds=PLACE_KINDS,
    demonym_endings=DEMONYM_ENDINGS,
)
