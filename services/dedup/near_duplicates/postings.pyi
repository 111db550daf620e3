from collections.abc import Buffer

import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]

def sum_weights(
    postings: list[tuple[int, Buffer]],
    stories: int,
    sums: npt.NDArray[np.float64],
    least: float,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]: ...
def remove_keys(listed: Buffer, keys: Hashes) -> list[int]: ...
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
    alive: npt.NDArray[np.uint8],
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
    most: int,
    latest: int,
) -> dict[int, int]: ...
