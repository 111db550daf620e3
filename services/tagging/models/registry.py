"""The language models by language, each loaded when the first text of its language arrives."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path

from services.tagging.models import model_rules
from services.tagging.models.base import LanguageModel, ModelMissingError

Loader = Callable[[], LanguageModel]

LANGUAGES = ("en", "ru", "fr")
"""Languages with a model: each has a `model_<language>.py` beside this file."""

RULE_LANGUAGES = ("de", "es", "it", "pt", "nl", "pl", "sv", "uk")
"""Languages without a model, whose people are found by rule (`model_rules.py`)."""


def default_loaders(onnx_folder: Path | None = None) -> dict[str, Loader]:
    """Return a loader for each language; `onnx_folder` replaces the English model."""
    loaders: dict[str, Loader] = {language: _lazy_loader(language) for language in LANGUAGES}
    for language in RULE_LANGUAGES:
        loaders[language] = partial(model_rules.load, language)
    if onnx_folder is not None:
        loaders["en"] = lambda: _load_onnx(onnx_folder)
    return loaders


class ModelRegistry:
    """The language models by language, each loaded at most once."""

    def __init__(self, loaders: Mapping[str, Loader]) -> None:
        self._loaders = dict(loaders)
        self._loaded: dict[str, LanguageModel | None] = {}
        self.load_errors: dict[str, str] = {}
        """By language, why its model could not be loaded."""

    def get(self, language: str) -> LanguageModel | None:
        """Return the model of a language (`en`, `en-GB`).

        The result is None where there is no model or where it cannot be loaded; the reason
        is then in `load_errors`.
        """
        primary = language.partition("-")[0].lower()
        if primary not in self._loaded:
            loader = self._loaders.get(primary)
            if loader is None:
                return None
            try:
                self._loaded[primary] = loader()
            except ModelMissingError as reason:
                self._loaded[primary] = None
                self.load_errors[primary] = str(reason)
        return self._loaded[primary]

    def require(self, language: str) -> LanguageModel:
        """Return the model of a language; raise `ModelMissingError` where there is none."""
        model = self.get(language)
        if model is None:
            raise ModelMissingError(
                self.load_errors.get(language, f"no model for the language {language!r}")
            )
        return model


def _lazy_loader(language: str) -> Loader:
    def load() -> LanguageModel:
        model: LanguageModel = import_module(f"services.tagging.models.model_{language}").load()
        return model

    return load


def _load_onnx(folder: Path) -> LanguageModel:
    from services.tagging.models import model_onnx

    return model_onnx.load(folder)
