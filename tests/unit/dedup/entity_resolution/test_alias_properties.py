"""What holds for the aliases of any entities."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.dedup.entity_resolution.aliases import find_aliases
from services.dedup.entity_resolution.named_entity import NamedEntity
from tests.unit.dedup.entity_resolution.named import named

GIVEN = ["Jens", "J.", "Ida", "Bill", "William", "Martin", "van", "Kim"]
MIDDLE = ["", "", "B.", "Berta", "der", "Lvovich"]
SURNAMES = ["Falk", "Lind", "Falk-Lind", "Martin", "Kim", "Falk Jr."]
ORGANISATIONS = [
    "NATO", "Alliance", "North Atlantic Treaty Organization", "Commission", "Port Commission",
    "Nordic Air Transport Office", "Falk", "Falk Ltd",
]  # fmt: skip
SALIENCES = st.floats(0.05, 5).map(lambda one: round(one, 3))
PEOPLE = st.builds(
    lambda words, salience: named(" ".join(filter(None, words)), "person", salience),
    st.tuples(st.sampled_from(["", *GIVEN]), st.sampled_from(MIDDLE), st.sampled_from(SURNAMES)),
    SALIENCES,
)
OTHERS = st.builds(
    named, st.sampled_from(ORGANISATIONS), st.sampled_from(["organisation", "place"]), SALIENCES
)
STORIES = st.lists(st.one_of(PEOPLE, OTHERS), max_size=12, unique_by=lambda one: one.entity_id)


@given(STORIES, st.randoms(use_true_random=False))
def test_the_order_of_the_entities_changes_nothing(
    entities: list[NamedEntity], chance: Random
) -> None:
    mixed = list(entities)
    chance.shuffle(mixed)
    assert find_aliases(mixed) == find_aliases(entities)


@given(STORIES)
def test_an_alias_leads_to_an_entity_of_its_type_that_is_none(entities: list[NamedEntity]) -> None:
    by_id = {one.entity_id: one for one in entities}
    found = find_aliases(entities)
    assert found.keys() <= by_id.keys()
    assert not found.keys() & set(found.values())
    assert all(by_id[one].type == by_id[other].type for one, other in found.items())


@given(STORIES)
def test_two_people_with_one_surname_leave_it_alone(entities: list[NamedEntity]) -> None:
    both = [named("Olga Falk"), named("Signe Falk"), named("Falk")]
    ids = {one.entity_id for one in both}
    story = [one for one in entities if one.entity_id not in ids] + both
    found = find_aliases(story)
    assert "person:falk" not in found
    assert found.get("person:olga-falk") != "person:signe-falk"


@given(STORIES)
def test_a_person_with_a_surname_of_their_own_is_always_found(entities: list[NamedEntity]) -> None:
    own = [named("Signe Ravnsborg"), named("Ravnsborg")]
    assert find_aliases([*entities, *own])["person:ravnsborg"] == "person:signe-ravnsborg"
