"""Portuguese words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "ele", "ela", "eles", "elas", "seu", "sua", "seus", "suas", "este", "esta", "estes",
    "estas", "isto", "esse", "essa", "esses", "essas", "isso", "aquele", "aquela", "aquilo",
    "mas", "e", "ou", "porém", "contudo", "no entanto", "entretanto", "todavia",
    "além disso", "também", "portanto", "por isso", "assim", "então", "depois",
    "por exemplo", "pelo contrário", "ambos", "ambas", "enquanto isso",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
