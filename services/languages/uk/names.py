"""Ukrainian words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    honorifics=frozenset(
        "пан пані лікар професор генерал полковник підполковник майор капітан лейтенант"
        " сержант адмірал суддя".split()
    ),
    address_words=frozenset("пан пані".split()),
    feminine_honorifics=frozenset("пані".split()),
    masculine_honorifics=frozenset("пан".split()),
    offices=frozenset(
        "президент прем'єр прем'єр-міністр міністр голова мер губернатор депутат"
        " директор секретар спікер посол суддя прокурор тренер король королева".split()
    ),
    royal_titles=frozenset("король королева".split()),
    feminine_names=frozenset(
        "олена ірина наталія тетяна світлана катерина юлія людмила галина оксана марія"
        " ольга анна".split()
    ),
    masculine_names=frozenset(
        "олександр сергій дмитро андрій олексій іван володимир микола михайло євген"
        " павло віктор олег ігор юрій петро василь тарас богдан".split()
    ),
    organisation_openers=frozenset(
        "університет лікарня банк міністерство музей інститут фонд".split()
    ),
    place_openers=frozenset(
        "вулиця вулиці вулицю проспект проспекту площа площі площу бульвар бульварі".split()
    ),
)
