import numpy as np
from numpy.typing import NDArray

def sum_leaves(
    columns: NDArray[np.float32],
    feature: NDArray[np.int64],
    threshold: NDArray[np.float32],
    excluded_leaves: NDArray[np.uint16],
    leaf: NDArray[np.float32],
) -> NDArray[np.float32]: ...
