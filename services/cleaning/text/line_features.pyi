import numpy as np
from numpy.typing import NDArray

def fold(text: str) -> str: ...
def log_odds_sums(words: list[tuple[str, ...]], odds: dict[str, float]) -> NDArray[np.float32]: ...
def folds_to(text: str, key: str) -> bool: ...
def vocabulary_features(
    texts: list[str],
    max_length: int,
    odds: dict[str, float],
    title_words: frozenset[str],
    title_key: str,
    title_from: int,
    title_to: int,
) -> NDArray[np.float32]: ...
def metadata_features(
    texts: list[str], ld_body: str, summary: str, quoted_length: int
) -> NDArray[np.float32]: ...
def shared_word_shares(
    texts: list[str], core: list[int], others: list[int], min_length: int
) -> NDArray[np.float32]: ...
def style_features(
    texts: list[str], kinds: NDArray[np.uint8], later: dict[int, int]
) -> NDArray[np.float32]: ...
