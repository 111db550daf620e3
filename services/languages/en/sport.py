"""English words of sports reports."""

from services.languages.sport_words import SportWords

TEAM_NICKNAMES = frozenset(
    "super kings|knight riders|royal challengers|daredevils|sunrisers|wildcats|seminoles|rebels"
    "|brumbies|waratahs|highlanders|stormers|cheetahs|eels|sea eagles|dragons|kookaburras|swans"
    "|demons|bombers|dockers|rhinos|wolves|orient|hotspurs|cowboys|packers|bears|lions|vikings"
    "|eagles|giants|commanders|redskins|patriots|jets|dolphins|bills|steelers|ravens|browns"
    "|bengals|titans|colts|texans|jaguars|chiefs|raiders|broncos|chargers|49ers|seahawks|rams"
    "|cardinals|falcons|saints|panthers|buccaneers|lakers|celtics|warriors|bulls|knicks|nets"
    "|76ers|raptors|bucks|pistons|cavaliers|pacers|hawks|hornets|wizards|mavericks|rockets|spurs"
    "|grizzlies|pelicans|suns|clippers|trail blazers|blazers|nuggets|jazz|timberwolves|yankees"
    "|red sox|dodgers|mets|cubs|white sox|phillies|braves|nationals|marlins|orioles|blue jays"
    "|guardians|indians|tigers|twins|royals|astros|rangers|athletics|angels|mariners|padres"
    "|diamondbacks|rockies|reds|pirates|brewers|expos|bruins|islanders|devils|flyers|penguins"
    "|capitals|hurricanes|lightning|maple leafs|canadiens|senators|sabres|red wings|blackhawks"
    "|blues|predators|avalanche|flames|oilers|canucks|kraken|sharks|ducks|golden knights|coyotes"
    "|whalers|nordiques|galaxy|sounders|timbers|roosters|rabbitohs|bulldogs|magpies|wallabies"
    "|springboks|crusaders|wanderers|rovers|albion|hotspur|united|athletic|argyle|villa"
    "|harlequins|saracens|wasps|wolfpack|huskies|hoosiers|gators|longhorns|buckeyes|wolverines"
    "|spartans|badgers|trojans|hawkeyes|crimson tide|tar heels|blue devils".split("|")
)

TEAM_OPENERS = frozenset(
    "rapid sturm admira steaua rapperswil grasshopper slavia sparta viktoria banik legia lech"
    " wisla gornik ferencvaros honved levski ludogorets crvena galatasaray fenerbahce besiktas"
    " trabzonspor olympiacos panathinaikos paok aek hajduk rijeka feyenoord ajax psv benfica"
    " flamengo corinthians gremio fluminense botafogo universitario alianza olimpia cerro"
    " atlante monterrey lokomotive hansa fortuna alemannia arminia kickers girondins hellas real"
    " atletico atlético fc ac as sc sv fk rc cf cd bayern borussia dynamo dinamo lokomotiv"
    " spartak cska olympique sporting hapoel maccabi rb vfb vfl hertha werder eintracht partizan"
    " zenit shakhtar anorthosis deportivo racing rayo celta espanyol inter".split()
).union({"red star", "young boys", "sporting clube", "club atlético"})

SPORT = SportWords(
    team_nicknames=TEAM_NICKNAMES,
    sport_nicknames=frozenset(
        "city|town|county|wednesday|forest|palace|stanley|north end|vale|park rangers".split("|")
    ),
    team_openers=TEAM_OPENERS,
    sport_only=frozenset(
        "soccer rugby cricket baseball basketball hockey tennis handball volleyball innings"
        " wicket wickets scorer scorers striker midfielder goalkeeper halftime playoff playoffs"
        " quarterback touchdown touchdowns homer homers pitcher premiership referee".split()
    ),
    also_sport=frozenset(
        "football goal goals league standings fixture fixtures championship tournament cup coach"
        " defeat season qualifier match matches beat victory team teams game games".split()
    ),
    after_team=tuple(
        "beat beats defeated drew lost won scored face faces play played host led lead trail"
        " swept routed edged thrashed crushed hammered coach captain striker players? defender"
        " manager midfielder fans".split()
    ),
    before_team=(
        "beat", "beats", "defeated", "beating", "against", "over", "v", "vs", "versus",
        "defeat to", "lost to", "drew with", "draw with", r"\d[-–]\d (?:with|against|to)",
    ),
    place_prepositions=tuple("in at near from of to around outside".split()),
)  # fmt: skip
