from numpy import float64, int8, int64, uint8
from numpy.typing import NDArray

type Ints = NDArray[int64]

def readable_tags(
    data: bytes,
    start: Ints,
    end: Ints,
    kind: NDArray[int8],
    direction: Ints,
    max_menus: int,
    running_text: int,
) -> tuple[bytes, NDArray[int8], Ints, Ints, Ints, Ints, Ints]: ...
def read_head(head: bytes, name_attributes: tuple[bytes, ...]) -> tuple[bytes, bytes, bool]: ...
def group_tags(
    data: bytes,
    kind: NDArray[int8],
    direction: Ints,
    text_from: Ints,
    text_to: Ints,
    max_break_distance: int,
) -> tuple[Ints, NDArray[uint8]]: ...
def block_runs(
    full: Ints,
    text_from: Ints,
    text_to: Ints,
    group: Ints,
    in_link: NDArray[uint8],
    innermost: Ints,
    list_of: Ints,
    all_link: float,
) -> tuple[Ints, NDArray[float64]]: ...
