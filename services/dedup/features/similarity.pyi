from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

type Hashes = npt.NDArray[np.uint32]
type Floats = npt.NDArray[np.float32]

def count(
    terms: Hashes,
    by: int,
    counts: npt.NDArray[np.int32],
    prior: Floats,
    logs: Floats,
) -> None: ...
def recompute_logs(
    counts: npt.NDArray[np.int32],
    prior: Floats,
    logs: Floats,
) -> None: ...
def tfidf_weights(
    terms: Hashes,
    factors: Floats,
    title: Hashes,
    logs: Floats,
    total: float,
) -> Floats: ...
def compare(
    one: Sequence[tuple[Hashes, Floats | None]],
    many: Sequence[tuple[Hashes, Floats | None]],
    lengths: npt.NDArray[np.int32],
    logs: Floats,
    total: float,
    table: Floats,
    found: npt.NDArray[np.float64],
) -> None: ...
def count_common(
    mine: Hashes,
    theirs: Hashes,
    lengths: npt.NDArray[np.int32],
    table: npt.NDArray[np.uint8],
) -> npt.NDArray[np.float64]: ...
