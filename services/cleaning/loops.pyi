import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Kinds = NDArray[np.int8]

def formatting(data: bytes, names: NDArray[np.uint64]) -> tuple[int, int]: ...
def without(data: bytes, names: tuple[bytes, ...]) -> bytes: ...
def tags(
    data: bytes, codes: NDArray[np.uint64], kinds: Kinds, longer: dict[bytes, int], most: int
) -> tuple[Ints, Ints, Kinds, Ints]: ...
def elements(kind: Kinds, step: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]: ...
def says(data: bytes, text_from: Ints, text_to: Ints) -> Ints: ...
def texts(
    data: bytes,
    text_from: Ints,
    text_to: Ints,
    first: Ints,
    last: Ints,
    links_of: Ints,
    longest_link: int,
    most: int,
) -> tuple[list[str], list[int]]: ...
def different(data: bytes, start: Ints, end: Ints) -> tuple[list[bytes], Ints]: ...
def folds_to(text: str, key: str) -> bool: ...
def vocabulary(
    texts: list[str],
    longest: int,
    odds: dict[str, float],
    title_words: frozenset[str],
    title_key: str,
    title_from: int,
    title_to: int,
) -> NDArray[np.float32]: ...
def styles(
    texts: list[str], kinds: NDArray[np.uint8], later: dict[int, int]
) -> NDArray[np.float32]: ...
def sum_of_leaves(
    columns: NDArray[np.float32],
    feature: Ints,
    threshold: NDArray[np.float32],
    cleared: NDArray[np.uint16],
    leaf: NDArray[np.float32],
) -> NDArray[np.float32]: ...
