from collections.abc import Buffer

import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]

def sum_weights(
    postings: list[tuple[int, Buffer]],
    stories: int,
    sums: npt.NDArray[np.float64],
    min_share: float,
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float64]]: ...
def move_to_end(listed: Buffer, keys: Hashes) -> list[int]: ...
