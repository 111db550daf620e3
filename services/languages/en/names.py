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
    "mr mrs ms miss mister mx messrs sir dame lord lady dr prof professor rev reverend fr msgr"
    " monsignor rabbi imam ayatollah mullah pastor hon judge justice baroness baron sen rep gov"
    " pte pvt pfc spc cpl lcpl corporal sgt sergeant ssgt msgt lt lieutenant ltjg ens ensign capt"
    " captain maj major col colonel brig brigadier gen general cmdr commander lcdr adm admiral radm"
    " vadm commodore marshal wo cpo cadet trooper gunner pc wpc const constable det detective insp"
    " inspector supt superintendent ds di dci dcs sheriff deputy marshal warden".split()
).union(
    "lance corporal|flight lieutenant|wing commander|squadron leader|group captain|staff sergeant"
    "|master sergeant|gunnery sergeant|petty officer|chief petty officer|rear admiral|vice admiral"
    "|air marshal|air commodore|field marshal|private first|first class|first lieutenant"
    "|second lieutenant|sub lieutenant|warrant officer|flying officer|pilot officer|madam justice"
    "|lady justice|lord justice|lord chief|right honourable|right reverend|most reverend"
    "|first minister|first lady".split("|")
)
"""Forms of address and ranks."""

ADDRESS_WORDS = frozenset(
    "mr mrs ms mx messrs dr prof cpl lcpl sgt ssgt msgt lt capt col cmdr lcdr adm radm vadm supt"
    " insp pte pvt pfc brig sen. rep. gov. gen. maj. rev. det. const. hon. fr. ens.".split()
)

FEMININE_HONORIFICS = frozenset("mrs ms miss dame lady baroness".split())

MASCULINE_HONORIFICS = frozenset("mr sir lord mister baron".split())

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
    " reporter sergeant lieutenant major admiral treasurer envoy negotiator mp mep msp prime vice"
    " deputy speaker councillor councilman councilwoman alderman magistrate prosecutor sheriff"
    " constable inspector superintendent detective headmaster headteacher principal dean provost"
    " rector taoiseach vicar curate executive ceo cfo boss head chief rapper comedian novelist"
    " playwright philosopher historian scientist researcher engineer surgeon harbourmaster".split()
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
    " Inspectorate Institute Institution Laboratory League Ministry Movement Office"
    " Organisation Organization Parliament Partnership Party Senate Service Society Tribunal"
    " Trust Union University College Hospital School Academy Infirmary Museum Clinic".split()
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
    " limited incorporated corporation company group holdings".split()
)
"""Legal forms of any country, for English-language news writes them as they are."""

WRITTEN_LEGAL_FORMS = tuple(
    "Inc Corp Co Ltd LLC LLP PLC Plc plc AG SA GmbH NV BV SpA AB Oyj Limited Group Holdings S.A"
    " S.p.A S.r.l SARL SAS SRL KG OHG ASA A/S K.K Pty Bhd N.V B.V AS OY Ltda OAO PAO JSC".split()
)

PLACE_KINDS = frozenset(
    "town city village province state region district island islands county port capital suburb"
    " republic municipality hamlet settlement prefecture mayor council outskirts streets suburbs"
    " north south east west centre center coast residents borough parish harbour".split()
)

DEMONYM_ENDINGS = ("ians?", "eans?", "ans?", "ns?", "is?", "ese", "ish")

PLACE_ENDINGS = frozenset(
    "street avenue boulevard road square plaza airport airfield station stadium arena terminal"
    " highway motorway freeway expressway parkway cathedral cemetery mosque tunnel crescent"
    " hall lane bridge park quay pier tower towers gardens palace".split()
)
"""Some are surnames as well; where an article addresses the name as a person's, it is one."""

NAMES_WITH_POSSESSIVE = frozenset(
    "mcdonald's|sainsbury's|lloyd's|macy's|moody's|sotheby's|christie's|levi's|wendy's|domino's"
    "|kellogg's|dillard's|kohl's|lowe's|arby's|hardee's|denny's|applebee's|chili's|trader joe's"
    "|reese's|hershey's|ben & jerry's|bloomingdale's|barron's|papa john's"
    "|standard & poor's|lord's|st. james's|wetherspoon's|nando's|jack daniel's|bonham's"
    "|hamley's|asprey's|boodle's|annabel's|schraft's|sardi's|carluccio's|dunkin's|zaxby's|culver's"
    "|jimmy john's|cadbury's|st. john's"
    "|st john's|st. mary's|st mary's|st. paul's|st paul's|st. peter's"
    "|st. thomas's|st george's|st. george's|st. james'|land's end".split("|")
)

BORROWED_GIVEN_NAMES = frozenset(
    "april may june august paris jordan austin chelsea brooklyn florence sydney georgia virginia"
    " carolina dakota savannah madison charlotte victoria israel chad kenya india asia lincoln"
    " jackson houston dallas denver phoenix troy orlando milan valencia vienna verona adelaide"
    " camden kingston logan preston trenton weston wesley cairo ireland geneva sofia lourdes"
    " summer autumn dawn hope faith grace joy rose ivy olive hazel amber ruby jade crystal mark"
    " bill bob jack drew grant chase will rich frank guy art pat rob sky storm hunter mason taylor"
    " carter parker cooper christian dean earl duke prince miles max".split()
)

FEMININE_NAMES = frozenset(
    "mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy"
    " betty margaret sandra ashley kimberly emily donna michelle carol amanda dorothy melissa"
    " deborah stephanie rebecca sharon laura cynthia kathleen amy angela shirley anna brenda"
    " pamela emma nicole helen samantha katherine christine debra rachel carolyn janet"
    " catherine maria heather diane ruth julie olivia joyce virginia victoria kelly lauren"
    " christina joan evelyn judith megan andrea cheryl hannah jacqueline martha gloria teresa"
    " theresa ann anne sara madison frances kathryn janice jean abigail alice julia judy"
    " sophia grace denise amber doris marilyn danielle beverly isabella diana natalie brittany"
    " charlotte marie kayla alexis lori ida greta lena dora hilary hillary nora sinead sinéad"
    " fiona nicola priti liz penny yvette harriet jane claire clare lucy sally rosie gillian"
    " tanya nadia leila fatima aisha amina zainab mei ingrid astrid sigrid freya elsa eva"
    " petra ursula june april may chelsea paris florence beth molly holly ella mia chloe ava"
    " zoe ivy edith agnes irene rosa carmen lucia augusta amelia lara lola mila marta inga"
    " tilda cora nell tess maud vera zelda wanda esther miriam naomi paige phoebe poppy piper"
    " quinn rhea sabrina selma gwen carla gail adele edda rita wilma elaine stella tabitha"
    " thea trudy una velma winifred yasmin priya anjali sunita indira sonia benazir aung yuki"
    " akiko ngozi chioma".split()
)

MASCULINE_NAMES = frozenset(
    "james robert john michael david william richard joseph thomas charles christopher daniel"
    " matthew anthony mark donald steven paul andrew joshua kenneth kevin brian george timothy"
    " ronald edward jason jeffrey ryan jacob gary nicholas eric jonathan stephen larry justin"
    " scott brandon benjamin samuel gregory frank alexander raymond patrick jack dennis jerry"
    " tyler aaron jose adam nathan henry douglas zachary peter kyle walter ethan jeremy harold"
    " keith christian roger noah gerald carl terry sean arthur lawrence jesse dylan bryan joe"
    " jordan billy bruce albert willie gabriel logan alan juan wayne roy ralph randy eugene"
    " vincent russell elijah louis bobby philip johnny omar nils jens oskar oscar tam egon"
    " piers boris marcus denzel mohammed muhammad ahmed ali hassan hussein ibrahim mustafa"
    " yusuf abdullah khalid tariq imran graham simon martin neil stuart ian colin derek trevor"
    " nigel clive hugh hugo oliver harry charlie freddie alfie leo max felix emmanuel vladimir"
    " sergei volodymyr dmitry ivan igor viktor noam rhys rolf sholto joss gwen augustus kirk"
    " ivo karl miles duncan fredric frederic frederick jonah jonas anton theo theodore marlo"
    " pavel harlan barnaby basil bernard bertram blake bradley brett byron cecil cedric"
    " chester clarence clayton clifford clinton conrad craig damian darren desmond dominic"
    " dwight edgar edmund edwin elliot elton ernest fergus fletcher gareth gavin geoffrey"
    " gilbert gordon harvey hector herbert horace howard idris irving isaac ivor jarvis jasper"
    " julian julius lance leonard leroy lester lionel lloyd malcolm marvin maurice maxwell"
    " melvin milton morris mortimer ned neville norman orville osbert owen percy perry quentin"
    " reginald rex rodney roland ronan rupert saul seth sheldon sidney silas spencer stanley"
    " stefan sylvester tobias toby trent tristan ulysses vernon victor wallace warren wilbur"
    " wilfred winston piotr pierre jean jacques hans klaus olaf fritz otto erik lars sven"
    " bjorn anders magnus haakon carlos luis jorge pedro pablo diego javier raj sanjay vikram"
    " arjun narendra rahul kenji takeshi shinzo wei jun chen ming kwame kofi nelson austin"
    " august ed ted tom tim jim bill bob ben dan sam mike nick tony rick steve dave greg jeff"
    " ken doug phil".split()
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

NAMES = NameWords(
    site_endings=SITE_ENDINGS,
    never_names=NEVER_NAMES,
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
