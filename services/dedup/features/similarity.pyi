from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]
type Floats = npt.NDArray[np.float32]

def update_counts(
    terms: Hashes,
    change: int,
    counts: npt.NDArray[np.int32],
    prior: Floats,
    log_counts: Floats,
) -> None: ...
def recompute_log_counts(
    counts: npt.NDArray[np.int32],
    prior: Floats,
    log_counts: Floats,
) -> None: ...
def term_weights(
    terms: Hashes,
    factors: Floats,
    title: Hashes,
    log_counts: Floats,
    log_total: float,
) -> Floats: ...
def compare(
    one: Sequence[tuple[Hashes, Floats | None]],
    many: Sequence[tuple[Hashes, Floats | None]],
    lengths: npt.NDArray[np.int32],
    log_counts: Floats,
    log_total: float,
    table: Floats,
    output: npt.NDArray[np.float64],
) -> None: ...
def count_common(
    hashes: Hashes,
    others: Hashes,
    lengths: npt.NDArray[np.int32],
    table: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float64]: ...
