"""Which model reads which language; each is loaded when the first text in its language comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from services.tagging.models.base import LanguageModel, ModelMissingError

Loader = Callable[[], LanguageModel]

LANGUAGES = ("en", "ru", "fr")
"""Languages with a model, in `model_<language>.py` beside this file."""


def default_loaders(onnx_folder: Path | None = None) -> dict[str, Loader]:
    """Return a loader for each language; `onnx_folder` replaces English's own."""
    loaders: dict[str, Loader] = {language: _lazy(language) for language in LANGUAGES}
    if onnx_folder is not None:
        loaders["en"] = lambda: _load_onnx(onnx_folder)
    return loaders


class Models:
    """The models by language, each loaded at most once."""

    def __init__(self, loaders: Mapping[str, Loader]) -> None:
        self._loaders = dict(loaders)
        self._loaded: dict[str, LanguageModel | None] = {}
        self.missing: dict[str, str] = {}
        """By language, why its model could not be loaded."""

    def of(self, language: str) -> LanguageModel | None:
        """Return the model of a language (`en`, `en-GB`), or None if there is none."""
        primary = language.partition("-")[0].lower()
        if primary not in self._loaded:
            loader = self._loaders.get(primary)
            if loader is None:
                return None
            try:
                self._loaded[primary] = loader()
            except ModelMissingError as reason:
                self._loaded[primary] = None
                self.missing[primary] = str(reason)
        return self._loaded[primary]

    def require(self, language: str) -> LanguageModel:
        """Return the model of a language.

        Raises `ModelMissingError` if it can not be loaded.
        """
        model = self.of(language)
        if model is None:
            raise ModelMissingError(
                self.missing.get(language, f"no model for the language {language!r}")
            )
        return model


def _lazy(language: str) -> Loader:
    def load() -> LanguageModel:
        model: LanguageModel = import_module(f"services.tagging.models.model_{language}").load()
        return model

    return load


def _load_onnx(folder: Path) -> LanguageModel:
    from services.tagging.models import model_onnx

    return model_onnx.load(folder)
