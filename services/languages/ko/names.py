"""Korean words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    leading_family_names=frozenset(
        "kim lee park choi jung chung jeong kang cho jo yoon yun jang chang lim im han oh seo"
        " shin kwon hwang ahn an song ryu yoo yu hong jeon jun ko moon mun yang son sohn bae"
        " baek paik heo hur nam noh roh ban rhee ri pak".split()
    ),
)
