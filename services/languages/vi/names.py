"""Vietnamese words that belong to names or stand beside them."""

from services.languages.name_words import NameWords

NAMES = NameWords(
    leading_family_names=frozenset("nguyen tran pham phan vo dang bui do ngo duong ly".split()),
)
