"""English words that attribute a quotation to its speaker."""

from services.languages.quotation_words import QuotationWords

PAST = tuple(
    "scoffed mocked jeered recounted captioned bemoaned chimed declaimed elucidated enunciated"
    " explicated extolled gloated hypothesised hypothesized inveighed joshed leered lambasted"
    " mentioned narrated niggled nattered orated ordained paraphrased piped postulated prayed"
    " prevaricated quavered quibbled raged railed rambled rasped rhapsodised riposted sermonised"
    " signalled signaled slurred sniped summed tattled trilled twittered underlined underscored"
    " vocalised waffled yapped proffered recapped reasserted rebuked rebutted recommended"
    " refuted reproached ridiculed upbraided said told added stressed stated announced warned"
    " insisted argued explained noted claimed replied asked admitted declared wrote tweeted"
    " retweeted posted concluded continued recalled remarked quipped commented observed"
    " emphasised emphasized reiterated acknowledged confirmed urged vowed promised joked"
    " answered exclaimed shouted complained predicted responded maintained affirmed agreed"
    " alleged apologised apologized appealed asserted assured attested averred avowed blogged"
    " boasted bragged cautioned chided clarified conceded concurred confessed confided"
    " conjectured contended countered cried criticised criticized decried demanded demurred"
    " denied denounced deplored disagreed disclosed echoed elaborated enthused enquired"
    " estimated exhorted expounded fretted fumed grumbled gushed hinted hollered implored"
    " inquired instructed interjected interposed intoned lamented lied lectured mused mumbled"
    " murmured muttered objected opined pleaded pledged pondered posited proclaimed professed"
    " pronounced prophesied protested queried questioned quoted ranted reasoned reassured"
    " rejoined relayed remonstrated reminded reminisced repeated reported retorted revealed"
    " roared scolded screamed shrieked snapped sneered speculated spoke stammered stipulated"
    " stormed stuttered submitted suggested summarised summarized surmised swore testified"
    " texted messaged emailed e-mailed theorised theorized thundered tooted uttered deadpanned"
    " marvelled marveled tutted chirped croaked droned huffed fibbed lisped blustered ventured"
    " vented volunteered whispered wondered yelled believed thought reckoned".split()
)

PRESENT = tuple(
    "bemoans recaps underlines underscores ripostes rages narrates chides deadpans rejoins"
    " rebuts mentions says say tells adds stresses states announces warns insists argues"
    " explains notes claims replies asks admits declares writes tweets posts concludes continues"
    " recalls remarks quips comments observes emphasises emphasizes reiterates acknowledges"
    " confirms urges vows promises jokes answers exclaims shouts complains predicts responds"
    " maintains affirms agrees alleges apologises apologizes asserts assures attests boasts"
    " brags cautions clarifies concedes concurs confesses confides contends counters cries"
    " criticises criticizes decries demands denies denounces deplores disagrees discloses"
    " elaborates enthuses estimates frets fumes grumbles gushes hints implores inquires"
    " interjects laments lectures muses murmurs mutters objects opines pleads pledges ponders"
    " posits proclaims professes pronounces protests queries questions quotes rants reasons"
    " reassures reckons recounts relays reminds reminisces repeats reports retorts reveals roars"
    " scolds screams shrieks snaps sneers speaks speculates submits suggests summarises"
    " summarizes surmises swears testifies theorises theorizes thinks believes thunders utters"
    " ventures vents volunteers whispers wonders yells".split()
)

PARTICIPLES = tuple(
    "saying adding telling writing stressing stating announcing warning insisting arguing"
    " explaining noting claiming replying asking admitting declaring tweeting posting concluding"
    " recalling remarking quipping commenting observing emphasising emphasizing reiterating"
    " acknowledging confirming urging vowing promising joking answering exclaiming shouting"
    " complaining predicting responding maintaining affirming alleging asserting assuring"
    " boasting cautioning clarifying conceding confessing contending countering crying"
    " declaiming demanding denouncing echoing lamenting muttering pleading pledging proclaiming"
    " protesting quoting repeating retorting screaming suggesting testifying wondering"
    " whispering yelling".split()
)

PHRASES = (
    "went on", "goes on", "pointed out", "points out", "pointing out", "made clear", "makes clear",
    "chimed in", "weighed in", "weighs in", "spoke out", "hit back", "shot back", "fired back",
    "called out", "cried out", "blurted out", "put it", "puts it", "has said", "have said",
    "had said", "was quoted as saying", "is quoted as saying", "were quoted as saying",
    "let it be known", "summed up", "sums up", "called it",
    "called the", "calls the", "called their", "branded the", "calls it", "called him",
    "called her",
    "called them", "called this", "called that", "described it as", "describes it as",
    "described him as", "described her as", "described them as", "dismissed it as",
    "summed it up", "put it this way", "had this to say", "fought back", "bit back", "lashed out",
    "broke in", "cut in", "added in", "told us", "has written", "has told", "has added",
    "had told", "had written", "had warned", "took to", "takes to",
)  # fmt: skip

WEAK = tuple(
    "dismissed branded hailed slammed blasted condemned derided lauded characterised"
    " characterized portrayed depicted likened summarised allowed cooed griped rapped spluttered"
    " chorused crooned simpered sniffled squeaked bleated clucked hooted trilled tittered yawned"
    " advised babbled barked beamed began begged bellowed bristled challenged charged cheered"
    " chuckled choked counselled counseled cracked crowed cursed decided described detailed"
    " dictated drawled ended finished gasped giggled greeted grinned groaned growled grunted"
    " guessed hissed howled imparted implied informed interrupted jeered jested judged laughed"
    " moaned mocked mourned nodded offered opened ordered outlined panted phoned praised prayed"
    " preached proposed purred rasped read reads recited recommended reflected refuted related"
    " resolved ruled scoffed screeched shared shrugged sighed smiled smirked snarled sniffed"
    " sniped snorted sobbed spat squealed sympathised sympathized taunted teased thanked"
    " trumpeted voiced wailed welcomed whimpered whined worried yelped advises barks begins"
    " challenges charges chuckles describes details grins groans growls hisses howls laughs"
    " moans mocks nods offers orders outlines praises proposes recommends reflects rules scoffs"
    " shares shrugs sighs smiles snorts sobs teases thanks wails welcomes whines worries felt"
    " feels hoped hopes feared fears found finds captioned tagged penned typed".split()
)

QUOTATIONS = QuotationWords(
    speech_verbs=(*PAST, *PRESENT, *PARTICIPLES, *PHRASES),
    weak_speech_verbs=WEAK,
    verb_endings=("ed",),
    subject_pronouns=("he", "she", "they"),
    feminine_pronouns=frozenset({"she"}),
    masculine_pronouns=frozenset({"he"}),
    attribution_phrases=(
        "according to",
        "in the words of",
        "per",
        "in the view of",
        "in the opinion of",
        "in the estimation of",
        "as per",
        "attributed to",
        "quoting",
        "citing",
    ),
    description_articles=("the", "a", "an", "one"),
    clause_joiners=("and", "but", "or", "who", "which", "that", "also"),
    speech_negations=frozenset(
        "not never to can cannot could would may might n't n’t didn't didn’t".split()
    ),
    titled_things=frozenset(
        "plan law bill act programme program campaign project initiative scheme policy strategy"
        " festival conference exhibition documentary drama musical sitcom episode chapter essay"
        " article column report study paper podcast game single track tour ship boat yacht"
        " vessel ferry trawler restaurant bar cafe café pub hotel operation exercise banner"
        " headline prize award course class module series seminar lecture painting sculpture"
        " portrait manifesto pamphlet memoir biography thriller trilogy sequel magazine"
        " newspaper party movement charity app website site blog brand model".split()
    ),
    question_labels=frozenset("q a question answer interviewer".split()),
    naming_words=frozenset({"known as", "called the", "referred to"}).union(
        "so-called called titled entitled dubbed named nicknamed termed labelled labeled branded"
        " phrase word words term slogan motto novel book film song album show series reading"
        " marked known billed play opera poem anthology exhibition".split()
    ),
    elisions=("em", "til", "tis", "twas", "cause", "n", "round", "bout"),
)
