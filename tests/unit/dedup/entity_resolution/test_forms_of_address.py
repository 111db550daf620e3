"""A form of address says whether a woman or a man is meant by a surname."""

from __future__ import annotations

import pytest

from schemas.tags import EntityType, Mention, TextField
from services.dedup.entity_resolution.forms_of_address import Gender, addressed_as, united
from tests.unit.dedup.make import article, entity


@pytest.mark.parametrize(
    ("body", "gender"),
    [
        ("Mrs Falk spoke.", Gender.WOMAN),
        ("Then Ms. Falk spoke.", Gender.WOMAN),
        ("Mr. Falk spoke.", Gender.MAN),
        ("Falk spoke; Mr Falk agreed with Falk.", Gender.MAN),
        ("Mr and Mrs Falk spoke.", Gender.BOTH),
        ("Mr Falk spoke. Mrs Falk agreed.", Gender.BOTH),
        ("Dr Falk spoke.", None),
        ("Falk spoke to Mrs Quist.", None),
        ("He told Mr Quist and Falk to wait.", None),
    ],
)
def test_the_word_before_a_surname_decides(body: str, gender: Gender | None) -> None:
    places = [at for at in range(len(body)) if body.startswith("Falk", at)]
    mentions = [
        Mention(field=TextField.BODY, start=at, end=at + 4, text="Falk", by="test") for at in places
    ]
    falk = entity("Falk", EntityType.PERSON).model_copy(update={"mentions": mentions})
    found = addressed_as(article("one", body, entities=[falk]))
    assert found == ({} if gender is None else {"person:falk": gender})


def test_the_language_of_the_article_has_its_own_forms() -> None:
    mention = Mention(field=TextField.BODY, start=5, end=9, text="Falk", by="test")
    falk = entity("Falk", EntityType.PERSON).model_copy(update={"mentions": [mention]})
    one = article("one", "Frau Falk sprach.", entities=[falk], language="de-AT")
    assert addressed_as(one) == {"person:falk": Gender.WOMAN}


def test_full_names_and_other_entities_are_not_looked_at() -> None:
    entities = [entity("Mrs Ida Falk", EntityType.PERSON), entity("Falk", EntityType.PLACE)]
    assert addressed_as(article("one", "Mrs Falk", title="Mrs Falk", entities=entities)) == {}


def test_statements_that_differ_are_of_two_people() -> None:
    assert united(None, Gender.MAN) is Gender.MAN
    assert united(Gender.MAN, Gender.MAN) is Gender.MAN
    assert united(Gender.MAN, Gender.WOMAN) is Gender.BOTH
    assert united(Gender.BOTH, Gender.WOMAN) is Gender.BOTH
