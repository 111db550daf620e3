from collections.abc import Buffer, Sequence

import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]
type Flags = npt.NDArray[np.bool_]

def words(
    text: str, kinds: npt.NDArray[np.uint8], folded: npt.NDArray[np.uint32], most: int
) -> tuple[Hashes, Flags, Flags, Flags, npt.NDArray[np.int64]]: ...
def places(text: str, wanted: npt.NDArray[np.uint8]) -> list[int]: ...
def shingles(hashes: Hashes, size: int) -> Hashes: ...
def numbers(text: str) -> list[str]: ...
def shared(left: Hashes, right: Hashes) -> int: ...
def counted(ranked: Hashes) -> tuple[Hashes, npt.NDArray[np.int64]]: ...
def count(
    terms: Hashes,
    by: int,
    counts: npt.NDArray[np.int32],
    prior: npt.NDArray[np.float32],
    logs: npt.NDArray[np.float32],
) -> None: ...
def count_again(
    counts: npt.NDArray[np.int32],
    prior: npt.NDArray[np.float32],
    logs: npt.NDArray[np.float32],
) -> None: ...
def heaviness(
    terms: Hashes,
    factors: npt.NDArray[np.float32],
    title: Hashes,
    logs: npt.NDArray[np.float32],
    total: float,
) -> npt.NDArray[np.float32]: ...
def drop(listed: Buffer, keys: Hashes) -> list[int]: ...
def tally(
    postings: list[tuple[int, Buffer]],
    stories: int,
    sums: npt.NDArray[np.float64],
    least: float,
) -> list[tuple[float, int]]: ...
def compare(
    one: Sequence[tuple[Hashes, npt.NDArray[np.float32] | None]],
    many: Sequence[tuple[Hashes, npt.NDArray[np.float32] | None]],
    lengths: npt.NDArray[np.int32],
    logs: npt.NDArray[np.float32],
    total: float,
    table: npt.NDArray[np.float32],
    found: npt.NDArray[np.float64],
) -> None: ...
def common(
    mine: Hashes,
    theirs: Hashes,
    lengths: npt.NDArray[np.int32],
    table: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float64]: ...
def link(
    keys: Hashes,
    start: int,
    end: int,
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
) -> None: ...
def unlink(
    keys: Hashes,
    gone: Hashes,
    slot: int,
    slots: npt.NDArray[np.int32],
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
    most: int,
) -> int: ...
def find(
    sought: Hashes,
    keys: Hashes,
    slots: npt.NDArray[np.int32],
    lives: npt.NDArray[np.uint8],
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
    most: int,
    latest: int,
) -> dict[int, int]: ...
