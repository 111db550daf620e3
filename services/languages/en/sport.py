"""English words of sports reports."""

from services.languages.sport_words import SportWords

SPORT = SportWords(
    sport_only=frozenset(
        "soccer rugby cricket baseball basketball hockey tennis handball volleyball innings wicket"
        " wickets scorer scorers striker midfielder goalkeeper halftime playoff playoffs"
        " quarterback touchdown touchdowns homer homers pitcher premiership referee".split()
    ),
    also_sport=frozenset(
        "football goal goals league standings fixture fixtures championship tournament cup coach"
        " defeat season qualifier match matches beat victory team teams game games".split()
    ),
    after_team=tuple(
        "beat beats defeated drew lost won scored face faces play played host led lead trail swept"
        " routed edged thrashed crushed hammered coach captain striker players? defender manager"
        " midfielder fans".split()
    ),
    before_team=(
        "beat", "beats", "defeated", "beating", "against", "over", "v", "vs", "versus",
        "defeat to", "lost to",
    ),
    place_prepositions=tuple("in at near from of to around outside".split()),
)  # fmt: skip
