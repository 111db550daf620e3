import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]

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
    removed: Hashes,
    slot: int,
    slots: npt.NDArray[np.int32],
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
    max_steps: int,
) -> int: ...
def find(
    sought: Hashes,
    keys: Hashes,
    slots: npt.NDArray[np.int32],
    is_live: npt.NDArray[np.uint8],
    heads: npt.NDArray[np.int32],
    following: npt.NDArray[np.int32],
    bits: int,
    max_steps: int,
    max_per_key: int,
) -> dict[int, int]: ...
