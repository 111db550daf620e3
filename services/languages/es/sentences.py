"""Spanish words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "él", "ella", "ellos", "ellas", "ello", "su", "sus", "este", "esta", "estos", "estas",
    "esto", "ese", "esa", "esos", "esas", "eso", "aquel", "aquella", "aquello", "pero", "y",
    "o", "sin embargo", "no obstante", "además", "también", "por tanto", "por lo tanto",
    "por eso", "por ello", "así", "entonces", "luego", "después", "mientras tanto",
    "en cambio", "por ejemplo", "por el contrario", "asimismo", "en consecuencia", "ambos",
    "ambas", "dicho", "dicha",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
