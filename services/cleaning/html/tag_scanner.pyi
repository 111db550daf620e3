import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Kinds = NDArray[np.int8]

def formatting(data: bytes, names: NDArray[np.uint64]) -> tuple[int, int, int]: ...
def without(data: bytes, names: tuple[bytes, ...]) -> bytes: ...
def tags(
    data: bytes, codes: NDArray[np.uint64], kinds: Kinds, longer: dict[bytes, int], most: int
) -> tuple[Ints, Ints, Kinds, Ints, bool]: ...
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
