"""Word lists of document logic, English unless said otherwise; each says what it is for."""

from __future__ import annotations

NO_NAMES = frozenset(
    "i it he she we they you his her their our your my its me him them us who what this that these"
    " those there here yes no not all some any one two three first second third last next new old"
    " monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow"
    " january february march april may june july august september october november december"
    " jan feb mar apr jun jul aug sep sept oct nov dec gmt est edt pst cet utc am pm"
    " mr mrs ms dr sir the a an and or but if so as at by for from in into of on to with"
    " president minister chairman director secretary general king queen prince princess pope"
    " god sun moon earth internet government parliament police army navy court".split()
)
"""Single words that are never a name by themselves, however a model marks them."""

ORGANISATION_HEADS = (
    "Agency|Alliance|Assembly|Association|Authority|Bank|Board|Bureau|Chamber|Club|Coalition"
    "|Commission|Committee|Company|Confederation|Conference|Congress|Consortium|Cooperative"
    "|Corporation|Council|Court|Department|Federation|Forum|Foundation|Front|Fund|Group"
    "|Inspectorate|Institute|Institution|Laboratory|League|Ministry|Movement|Office"
    "|Organisation|Organization|Parliament|Partnership|Party|Senate|Service|Society|Tribunal"
    "|Trust|Union|University"
)
"""Last words that make a name an organisation's, as a pattern."""

COMPANY_SUFFIXES = frozenset(
    "inc corp co ltd llc plc ag sa gmbh nv bv spa ab asa oyj kk pty lp llp inc. corp. co. ltd."
    " limited incorporated corporation company group holdings".split()
)
"""Legal forms of companies, in small letters."""

SPEECH_VERBS = frozenset(
    "said says say told tells added adds stressed stresses stated states announced announces"
    " warned warns insisted insists argued argues explained explains noted notes claimed claims"
    " replied replies asked asks admitted admits declared declares wrote writes tweeted concluded"
    " continued recalled recalls remarked quipped commented observed emphasised emphasized"
    " reiterated acknowledged confirmed confirms urged urges vowed vows promised joked answered"
    " saying adding telling writing"
    " exclaimed shouted complained predicted responded responds believes thinks maintained".split()
)
"""Verbs that mark speech, as they stand beside a quote."""

PARTICLES = frozenset(
    "de da do dos das del della di du des van von der den ter ten la le el al bin ibn abu abd"
    " zu zum zur af av ul un d l dal e y".split()
)
"""Small words that begin or join a person's or a place's name, in several languages."""

OFFICES = frozenset(
    "president minister premier secretary chancellor senator governor mayor spokesman"
    " spokeswoman spokesperson chairman chairwoman chair coach captain analyst general colonel"
    " judge striker defender midfielder goalkeeper actor actress singer director manager"
    " congressman congresswoman ambassador commissioner king queen prince princess pope bishop"
    " archbishop cardinal sheikh sultan emperor officer economist lawyer attorney professor"
    " champion winner skipper batsman bowler lawmaker leader founder author journalist"
    " reporter sergeant lieutenant major admiral treasurer envoy negotiator".split()
)
"""Words before a name that say it is a person's."""

PORTFOLIOS = frozenset(
    "defense defence foreign finance agriculture trade interior justice health education energy"
    " labor labour transport culture commerce environment treasury economy home state industry"
    " development housing prime vice deputy assistant".split()
)
"""What ministers are ministers of; models take the word for an organisation."""

PLACE_KINDS = frozenset(
    "town city village province state region district island islands county port capital suburb"
    " republic municipality hamlet settlement prefecture".split()
)
"""Words that, with "of", say that a place's name follows."""

STOP_WORDS = NO_NAMES | frozenset(
    "about above after again against also am are because been before being below between both"
    " can could did do does doing down during each few further had has have having he'd how just"
    " like made make many more most much must no nor now off once only other ought out over own"
    " said same say says shall she should since still such than their then through too under"
    " until up very was way we were when where which while whom why will would"
    " и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее"
    " мне было вот от меня еще нет о из ему это этот они мы для при или"
    " le la les un une des du de et est il elle on ne pas que qui dans pour sur au aux avec ce"
    " cette ces son sa ses se par plus mais ou où ils elles nous vous je tu leur y".split()
)
"""Words that stand in every English, Russian or French text; as aliases they are refused."""
