"""Arabic words that decide how a sentence stands in its text."""

BACKWARD_OPENERS = (
    "هو", "هي", "هم", "وهو", "وهي", "هذا", "هذه", "ذلك", "تلك", "وهذا", "وهذه", "وذلك",
    "لكن", "ولكن", "غير أن", "إلا أن", "كما", "أيضا", "لذلك", "ولذلك", "ثم", "وأضاف",
    "وتابع", "وقال", "في المقابل", "بينما", "مع ذلك", "ومع ذلك", "على سبيل المثال",
    "في الوقت نفسه",
)  # fmt: skip
"""Words with which a sentence begins that refers to an earlier one."""
