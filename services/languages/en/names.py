"""English words that belong to names or stand beside them."""

from services.languages.en.given_names import FEMININE_NAMES, MASCULINE_NAMES
from services.languages.name_words import NameWords

NEVER_NAMES = frozenset(
    "i it he she we they you his her their our your my its me him them us who what this that"
    " these those there here yes no not all some any one two three first second third last next"
    " new old monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"
    " january february march april may june july august september october november december jan"
    " feb mar apr jun jul aug sep sept oct nov dec gmt est edt pst cet utc am pm mr mrs ms dr"
    " sir the a an and or but if so as at by for from in into of on to with president minister"
    " chairman director secretary general king queen prince princess pope god sun moon earth"
    " internet government parliament police army navy court".split()
)

COMMON_NOUNS = frozenset(
    "turnout groundwater traffic rainfall unemployment inflation tourism attendance production"
    " construction drivers ships trains passengers residents farmers workers teachers students"
    " voters investors analysts shares profits sales prices doctors nurses firefighters soldiers"
    " protesters officials ministers lawmakers prosecutors lawyers scientists researchers"
    " experts critics campaigners organisers organizers witnesses neighbours neighbors parents"
    " pupils visitors tourists miners fishermen fans players temperatures schools hospitals"
    " shops flights ferries buses roads elections polls talks opinion photograph photo story"
    " analysis reporting editing correspondent households ticket tickets staff crews rescuers"
    " engineers volunteers migrants refugees commuters motorists cyclists pensioners tenants"
    " landlords retailers lenders borrowers exports imports wages rents output demand supply"
    " growth harvests crops cattle debris rubble smoke floodwater floodwaters landslides"
    " aftershocks heatwaves snowfall sleet fog winds gusts waves tides headline caption"
    " editorial letters obituary review interview supporters opponents delegates diplomats"
    " negotiators jurors inmates suspects victims survivors relatives mourners worshippers"
    " pilgrims spectators demonstrators strikers unionists donors".split()
)
"""Nouns that open sentences."""

STOP_WORDS = frozenset(
    "about above after again against also am are because been before being below between both"
    " can could did do does doing down during each few further had has have having he'd how just"
    " like made make many more most much must no nor now off once only other ought out over own"
    " said same say says shall she should since still such than their then through too under"
    " until up very was way we were when where which while whom why will would".split()
)

HONORIFICS = frozenset(
    "apprentice recruit cllr ald alderman dcc dsu acc dac firefighter paramedic sister brother"
    " canon deacon archdeacon sub-inspector subinspector ofc cpt sfc csm wo1 wo2 1lt 2lt"
    " midshipman coxswain bombardier fusilier sapper airman seaman airwoman atty amb chieftain"
    " sri smt shri begum hajji pundit sheikha emir nawab mr mrs ms miss mister mx messrs sir"
    " dame lord lady dr prof professor rev reverend fr msgr monsignor rabbi imam ayatollah"
    " mullah pastor hon judge justice baroness baron sen rep gov pte pvt pfc spc cpl lcpl"
    " corporal sgt sergeant ssgt msgt lt lieutenant ltjg ens ensign capt captain maj major col"
    " colonel brig brigadier gen general cmdr commander lcdr adm admiral radm vadm commodore"
    " marshal wo cpo cadet trooper gunner pc wpc const constable det detective insp inspector"
    " supt superintendent ds di dci dcs sheriff deputy warden".split()
).union(
    "lance corporal|flight lieutenant|wing commander|squadron leader|group captain"
    "|staff sergeant|master sergeant|gunnery sergeant|petty officer|chief petty officer"
    "|rear admiral|vice admiral|air marshal|air commodore|field marshal|private first"
    "|first class|first lieutenant|second lieutenant|sub lieutenant|warrant officer"
    "|flying officer|pilot officer|madam justice|lady justice|lord justice|lord chief"
    "|right honourable|right reverend|most reverend|first minister|first lady".split("|")
)
"""Forms of address and ranks."""

ADDRESS_WORDS = frozenset(
    "cllr ald. atty. amb. dci dsu dac sfc sub-inspector mr mrs ms mx messrs dr prof cpl lcpl sgt"
    " ssgt msgt lt capt col cmdr lcdr adm radm vadm supt insp pte pvt pfc brig sen. rep. gov."
    " gen. maj. rev. det. const. hon. fr. ens.".split()
).union(
    "lady justice|lord justice|madam justice|lance corporal|flight lieutenant|staff sergeant"
    "|master sergeant|petty officer|warrant officer|sub lieutenant|detective constable"
    "|detective sergeant|detective inspector|police constable".split("|")
)

FEMININE_HONORIFICS = frozenset("mrs ms miss dame lady baroness".split())

MASCULINE_HONORIFICS = frozenset("mr sir lord mister baron".split())

PARTICLES = frozenset("al el bin ibn abu abd ul un".split())
"""Parts of Arabic and Korean names, in the Latin spelling of English-language news."""

GENERATION_SUFFIXES = frozenset("jr jr. sr sr. ii iii iv".split())

OFFICES = frozenset(
    "firefighter nurse paramedic activist campaigner teacher farmer baker pilot solicitor"
    " barrister coroner registrar ombudsman marshal trustee publisher editor columnist presenter"
    " broadcaster midwife pharmacist chemist biologist physicist astronaut geologist pathologist"
    " psychologist seismologist meteorologist climatologist virologist epidemiologist"
    " archaeologist sociologist whip shadow emeritus incumbent interim caretaker acting"
    " comptroller sergeant-at-arms usher postmaster stationmaster quartermaster bandleader"
    " conductor composer drummer guitarist choreographer filmmaker screenwriter producer cyclist"
    " sprinter boxer golfer jockey swimmer keeper forward winger quarterback pitcher catcher"
    " goaltender defenceman defenseman centre-back full-back fly-half president minister premier"
    " secretary chancellor senator governor mayor spokesman spokeswoman spokesperson chairman"
    " chairwoman chair coach captain analyst general colonel judge striker defender midfielder"
    " goalkeeper actor actress singer director manager congressman congresswoman ambassador"
    " commissioner king queen prince princess pope bishop archbishop cardinal sheikh sultan"
    " emperor officer economist lawyer attorney professor champion winner skipper batsman bowler"
    " lawmaker leader founder author journalist reporter sergeant lieutenant major admiral"
    " treasurer envoy negotiator mp mep msp prime vice deputy speaker councillor councilman"
    " councilwoman alderman magistrate prosecutor sheriff constable inspector superintendent"
    " detective headmaster headteacher principal dean provost rector taoiseach vicar curate"
    " executive ceo cfo boss head chief rapper comedian novelist playwright philosopher"
    " historian scientist researcher engineer surgeon harbourmaster".split()
)

ROYAL_TITLES = frozenset("king queen prince princess pope sultan emperor sheikh".split())

PORTFOLIOS = frozenset(
    "defense defence foreign finance agriculture trade interior justice health education energy"
    " labor labour transport culture commerce environment treasury economy home state industry"
    " development housing prime vice deputy assistant".split()
)

ORGANISATION_HEADS = tuple(
    "Agency Alliance Assembly Association Authority Bank Board Bureau Chamber Club Coalition"
    " Commission Committee Company Confederation Conference Congress Consortium Cooperative"
    " Corporation Council Court Department Federation Forum Foundation Front Fund Group"
    " Inspectorate Institute Institution Laboratory League Ministry Movement Office Organisation"
    " Organization Parliament Partnership Party Senate Service Society Tribunal Trust Union"
    " University College Hospital School Academy Infirmary Museum Clinic".split()
)

ORGANISATION_KINDS = frozenset(
    "agency alliance association authority bank bureau coalition commission committee company"
    " confederation consortium corporation council federation foundation fund institute league"
    " ministry organisation organization partnership tribunal union university hospital"
    " museum".split()
)

KNOWN_ACRONYMS = {
    "ap": ("associated press",),
    "ecb": ("european central bank",),
    "eu": ("european union",),
    "fbi": ("federal bureau of investigation",),
    "icc": ("international criminal court",),
    "icj": ("international court of justice",),
    "ilo": ("international labor organization",),
    "imf": ("international monetary fund",),
    "nato": ("north atlantic treaty organization",),
    "oecd": ("organization for economic cooperation and development",),
    "opec": ("organization of the petroleum exporting countries",),
    "osce": (
        "organization for security and cooperation",
        "organization for security and cooperation in europe",
    ),
    "un": ("united nations", "united nations organization"),
    "unesco": ("united nations educational, scientific and cultural organization",),
    "unicef": ("united nations children's fund",),
    "who": ("world health organization",),
    "wto": ("world trade organization",),
}
"""Acronyms that stand for one organisation whatever else has these initials; American spelling."""

ORGANISATION_NICKNAMES = {
    "alliance": ("nato", "north atlantic treaty organization"),
    "fed": ("federal reserve", "federal reserve board", "federal reserve bank"),
}
"""Words that news uses for an organisation, and names of it that do not contain them."""

LEGAL_FORMS = frozenset(
    "inc corp co ltd llc plc ag sa gmbh nv bv spa ab asa oyj kk pty lp llp inc. corp. co. ltd."
    " limited incorporated corporation company group holdings a/s se sl slu zrt kft nyrt aps"
    " kgaa ohg ug eg bhd cie doo sro ltda sarl sas srl".split()
)
"""Legal forms of any country, for English-language news writes them as they are."""

WRITTEN_LEGAL_FORMS = tuple(
    "SE S.L S.L.U Zrt Kft Nyrt d.o.o d.d s.r.o a.s ApS KGaA eG UG Inc Corp Co Ltd LLC LLP PLC"
    " Plc plc AG SA GmbH NV BV SpA AB Oyj Limited Group Holdings S.A S.p.A S.r.l SARL SAS SRL KG"
    " OHG ASA A/S K.K Pty Bhd N.V B.V AS OY Ltda OAO PAO JSC".split()
)

PLACE_KINDS = frozenset(
    "town city village province state region district island islands county port capital suburb"
    " republic municipality hamlet settlement prefecture mayor council outskirts streets suburbs"
    " north south east west centre center coast residents borough parish harbour".split()
)

PLACE_ANNOUNCERS = frozenset(
    "road to|roads to|flight to|flights to|train to|trains to|bus to|buses to|ferry to|ferries to"
    "|flew to|travelled to|traveled to|drove to|sailed to|moved to|trip to|visit to|outskirts of"
    "|south of|north of|east of|west of|bound for|arrived in|lives in|based in|residents of"
    "|people of|streets of|miles from|kilometres from|kilometers from|born in|near|outside".split(
        "|"
    )
)

DEMONYM_ENDINGS = ("ians?", "eans?", "ans?", "ns?", "is?", "ese", "ish")

PLACE_ENDINGS = frozenset(
    "drive lock wharf dock dam reservoir terrace canal crossing roundabout viaduct pavilion"
    " esplanade promenade beach docks lighthouse observatory street avenue boulevard road square"
    " plaza airport airfield station stadium arena terminal highway motorway freeway expressway"
    " parkway cathedral cemetery mosque tunnel crescent hall lane bridge park quay pier tower"
    " towers gardens palace".split()
)
"""Some are surnames as well; where an article addresses the name as a person's, it is one."""

PERSON_PLACE_ENDINGS = frozenset("way close row hill heights green common court point".split())

NAMES_WITH_POSSESSIVE = frozenset(
    "mcdonald's|sainsbury's|lloyd's|macy's|moody's|sotheby's|christie's|levi's|wendy's|domino's"
    "|kellogg's|dillard's|kohl's|lowe's|arby's|hardee's|denny's|applebee's|chili's|trader joe's"
    "|reese's|hershey's|ben & jerry's|bloomingdale's|barron's|papa john's|standard & poor's"
    "|lord's|st. james's|wetherspoon's|nando's|jack daniel's|bonham's|hamley's|asprey's|boodle's"
    "|annabel's|schraft's|sardi's|carluccio's|dunkin's|zaxby's|culver's|jimmy john's|cadbury's"
    "|st. john's|st john's|st. mary's|st mary's|st. paul's|st paul's|st. peter's|st. thomas's"
    "|st george's|st. george's|st. james'|land's end".split("|")
)

BORROWED_GIVEN_NAMES = frozenset(
    "santiago salvador rosario wellington aurora guadalupe montserrat leon april may june august"
    " paris jordan austin chelsea brooklyn florence sydney georgia virginia carolina dakota"
    " savannah madison charlotte victoria israel chad kenya india asia lincoln jackson houston"
    " dallas denver phoenix troy orlando milan valencia vienna verona adelaide camden kingston"
    " logan preston trenton weston wesley cairo ireland geneva sofia lourdes summer autumn dawn"
    " hope faith grace joy rose ivy olive hazel amber ruby jade crystal mark bill bob jack drew"
    " grant chase will rich frank guy art pat rob sky storm hunter mason taylor carter parker"
    " cooper christian dean earl duke prince miles max".split()
)

SHORT_GIVEN_NAMES = {
    short: tuple(full)
    for short, *full in map(
        str.split,
        (
            "abby abigail|al albert alan alfred alexander|alex alexander alexandra alexis"
            "|andy andrew|beth elizabeth|ben benjamin|bernie bernard|betty elizabeth|bill william"
            "|billy william|bob robert|bobby robert|cathy catherine|charlie charles"
            "|chris christopher christine christina|chuck charles|dan daniel|danny daniel"
            "|dave david|deb deborah debra|debbie deborah debra|dick richard|don donald"
            "|doug douglas|ed edward edwin edgar|eddie edward|frank francis franklin"
            "|fred frederick|gabe gabriel|gene eugene|greg gregory|hank henry|jack john"
            "|jake jacob|jeff jeffrey|jerry gerald jerome|jim james|jimmy james|joe joseph"
            "|joey joseph|johnny john|jon jonathan|josh joshua|kate katherine catherine"
            "|kathy katherine kathleen|katie katherine|ken kenneth|kenny kenneth|larry lawrence"
            "|liz elizabeth|lou louis|maggie margaret|matt matthew|max maxwell maximilian"
            "|meg margaret|mick michael|mike michael|mitch mitchell|nate nathan nathaniel"
            "|ned edward|nick nicholas|pam pamela|pat patrick patricia|patty patricia"
            "|peggy margaret|pete peter|phil philip phillip|ray raymond|rich richard|rick richard"
            "|rob robert|ron ronald|russ russell|sam samuel samantha|sandy sandra"
            "|steve stephen steven|stu stuart|sue susan|ted edward theodore|terry terence"
            "|tim timothy|tom thomas|tommy thomas|tony anthony antony|val valerie|vicky victoria"
            "|vince vincent|walt walter|will william|zach zachary|zack zachary"
        ).split("|"),
    )
}
"""By a short given name, the names that it is short for."""

PAGE_LABELS = frozenset(
    "share tweet email print comment comments copy link subscribe newsletter follow bookmark"
    " whatsapp pinterest reddit download listen watch menu search login facebook twitter".split()
)
"""Names consist of more than these words."""

SITE_ENDINGS = frozenset(
    "com net org ru ua by kz de fr it es pl uk eu io tv info biz news co".split()
)

SENTENCE_OPENERS = frozenset(
    "though although while whereas because since as but and or nor yet so when where"
    " until unless despite with without for after before during over under against near"
    " by from through about among between like than also even still then there here not"
    " only once".split()
)

NAMES = NameWords(
    site_endings=SITE_ENDINGS,
    never_names=NEVER_NAMES,
    common_nouns=COMMON_NOUNS,
    sentence_openers=SENTENCE_OPENERS,
    stop_words=STOP_WORDS,
    articles=frozenset({"the", "an", "a"}),
    honorifics=HONORIFICS,
    address_words=ADDRESS_WORDS,
    feminine_honorifics=FEMININE_HONORIFICS,
    masculine_honorifics=MASCULINE_HONORIFICS,
    feminine_names=FEMININE_NAMES,
    masculine_names=MASCULINE_NAMES,
    short_given_names=SHORT_GIVEN_NAMES,
    borrowed_given_names=BORROWED_GIVEN_NAMES,
    royal_titles=ROYAL_TITLES,
    place_endings=PLACE_ENDINGS,
    person_place_endings=PERSON_PLACE_ENDINGS,
    place_announcers=PLACE_ANNOUNCERS,
    names_with_possessive=NAMES_WITH_POSSESSIVE,
    page_labels=PAGE_LABELS,
    byline_words=frozenset({"by"}),
    particles=PARTICLES,
    generation_suffixes=GENERATION_SUFFIXES,
    offices=OFFICES,
    portfolios=PORTFOLIOS,
    organisation_heads=ORGANISATION_HEADS,
    organisation_kinds=ORGANISATION_KINDS,
    known_acronyms=KNOWN_ACRONYMS,
    organisation_nicknames=ORGANISATION_NICKNAMES,
    legal_forms=LEGAL_FORMS,
    written_legal_forms=WRITTEN_LEGAL_FORMS,
    acronym_link_words=frozenset("of for the and in on".split()),
    place_kinds=PLACE_KINDS,
    demonym_endings=DEMONYM_ENDINGS,
)
