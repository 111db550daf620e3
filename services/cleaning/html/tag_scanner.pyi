import numpy as np
from numpy.typing import NDArray

type Ints = NDArray[np.int64]
type Kinds = NDArray[np.int8]

def count_formatting_tags(data: bytes, names: NDArray[np.uint64]) -> tuple[int, int, int]: ...
def remove_elements(data: bytes, names: tuple[bytes, ...]) -> bytes: ...
def scan_tags(
    data: bytes, codes: NDArray[np.uint64], kinds: Kinds, long_names: dict[bytes, int], limit: int
) -> tuple[Ints, Ints, Kinds, Ints, bool]: ...
def pair_elements(kind: Kinds, direction: Ints) -> tuple[Ints, Ints, Ints, Ints, Ints, Ints]: ...
def non_blank_runs(data: bytes, text_from: Ints, text_to: Ints) -> Ints: ...
def block_texts(
    data: bytes,
    text_from: Ints,
    text_to: Ints,
    first: Ints,
    last: Ints,
    link_list: Ints,
    max_link_length: int,
    limit: int,
) -> tuple[list[str], list[int]]: ...
def deduplicate_slices(data: bytes, start: Ints, end: Ints) -> tuple[list[bytes], Ints]: ...
