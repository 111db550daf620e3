"""Russian words that stand beside names."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    stop_words=frozenset(
        "и в во не что он на я с со как а то все она так его но да ты к у же вы за бы по только ее"
        " мне было вот от меня еще нет о из ему это этот они мы для при или".split()
    ),
)
