"""English words that decide where a sentence ends and how a headline is written."""

ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen sen rep gov lt col sgt st jan feb mar apr jun jul aug sep sept oct"
    " nov dec no vs jr sr inc co corp ltd".split()
)
"""Abbreviations whose dot does not end a sentence."""

HEADLINE_FUNCTION_WORDS = frozenset(
    "a an the and or but nor for of in on at to by from with without over under after before as"
    " is are was were be been has have had do does did will would can could may might must shall"
    " should not no it its his her their our your my this that these those who what when where"
    " why how which than then up down out off into onto about against between during through"
    " says said say new old more most less least all some any set get gets amid vs win wins won"
    " beat beats lose loses lost".split()
)
"""Words that headlines use and names seldom contain."""

BACKWARD_OPENERS = (
    "he", "she", "it", "they", "his", "hers", "her", "their", "theirs", "its", "him", "them",
    "this", "that", "these", "those", "but", "and", "or", "however", "also", "meanwhile",
    "moreover", "furthermore", "therefore", "thus", "hence", "nevertheless", "nonetheless",
    "instead", "still", "yet", "so", "then", "besides", "additionally", "otherwise",
    "similarly", "likewise", "consequently", "accordingly", "afterwards", "afterward",
    "later", "earlier", "both", "neither", "such", "another", "the former", "the latter",
    "the same", "in addition", "for example", "for instance", "as a result", "by contrast",
    "in contrast", "on the other hand", "at the same time", "after that", "since then",
    "in the meantime", "in turn", "that is why", "because of this", "despite this",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
