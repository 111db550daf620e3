from numpy import float64, uint8
from numpy.typing import NDArray

from services.cleaning.classifier.feature_table import Floats, Ints

type Doubles = NDArray[float64]
type Marks = NDArray[uint8]

def row_properties(
    form: Floats,
    link_share: Doubles,
    tag: Ints,
    good_from: float,
    linked_below: float,
    tag_codes: tuple[int, int, int],
) -> tuple[Floats, Floats, Floats, Marks, Doubles]: ...
def fill_names(
    out: Floats,
    owner: Ints,
    parent: Ints,
    flags: Ints,
    own_groups: Ints,
    groups: Ints,
    scores: tuple[Floats, Floats, Floats],
    flag_count: int,
    group_count: int,
) -> None: ...
def fill_containers(
    out: Floats, levels: list[Ints], held: Doubles, first: Ints, last: Ints, total_good: float
) -> None: ...
def fill_main(
    out: Floats, owner: Ints, depth: Ints, main: int, start: int, end: int, share: float
) -> None: ...
def fill_neighbours(
    out: Floats,
    weights: Floats,
    link_share: Floats,
    marks: Marks,
    totals: Doubles,
    images: Ints,
) -> None: ...
def fill_templates(
    out: Floats, template: Ints, weights: Floats, good_weights: Floats, link_share: Floats
) -> None: ...
def fill_page(
    out: Floats,
    tag: Ints,
    weights: Floats,
    total_weight: float,
    total_good: float,
    has_body: bool,
    h1: int,
) -> None: ...
def fill_candidate(
    out: Floats,
    element: int,
    holder: Ints,
    common: Ints,
    owner: Ints,
    depth: Ints,
    start: int,
    end: int,
) -> None: ...
def fill_dates(
    out: Floats,
    form: Floats,
    marks: Marks,
    tag: Ints,
    link_share: Floats,
    digits: int,
    max_weight: float,
    all_link: float,
    h1: int,
) -> None: ...
def fill_siblings(
    out: Floats,
    classes: Ints,
    held: Doubles,
    first: Ints,
    last: Ints,
    class_of_block: list[Ints],
) -> None: ...
def fill_second_pass(
    out: Floats,
    p: Floats,
    mass: Floats,
    weights: Floats,
    total: float,
    levels: list[Ints],
    first: Ints,
    last: Ints,
) -> None: ...
def fill_share_of_others(
    out: Floats, classes: Ints, count: int, mass: Floats, weights: Floats
) -> None: ...
def fill_decayed_means(before: Floats, after: Floats, p: Floats, decay: float) -> None: ...
def fill_lines(
    out: Floats,
    form: Floats,
    vocabulary: Floats,
    good: Marks,
    header: Marks,
    total: float,
    start: int,
    end: int,
) -> None: ...
def fill_second_pass_of_lines(
    out: Floats,
    p: Floats,
    mass: Floats,
    weights: Floats,
    total: float,
    start: int,
    end: int,
    likely: float,
    unlikely: float,
    max_header: float,
) -> None: ...
