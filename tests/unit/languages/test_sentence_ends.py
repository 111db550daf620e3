from __future__ import annotations

from itertools import pairwise

import pytest

from services.languages.sentence_ends import sentence_ends


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It rained. It snowed.", ["It rained. ", "It snowed."]),
        ("“It rained.” It snowed.", ["“It rained.” ", "It snowed."]),
        ("« Il pleut. » Il neige.", ["« Il pleut. ", "» Il neige."]),
        ("«Идёт дождь!» Идёт снег.", ["«Идёт дождь!» ", "Идёт снег."]),
        ("下雨了。 下雪了。", ["下雨了。 ", "下雪了。"]),
        ("هل تمطر؟ نعم.", ["هل تمطر؟ ", "نعم."]),
        ("Mr. Falk met J. Berg.", ["Mr. Falk met J. Berg."]),
        ("Version 2.5 came.", ["Version 2.5 came."]),
    ],
)
def test_text_is_split_after_marks_and_not_after_abbreviations(
    text: str, sentences: list[str]
) -> None:
    ends = [0, *(match.end() for match in sentence_ends(text, 0, len(text))), len(text)]

    assert [text[start:end] for start, end in pairwise(ends)] == sentences
