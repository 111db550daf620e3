from __future__ import annotations

from pathlib import Path

import services.languages
from services.languages.registry import languages, words_of_all_languages


def test_every_language_folder_is_found_under_its_code() -> None:
    root = Path(services.languages.__file__).parent
    folders = {path.parent.name for path in root.glob("*/__init__.py")}

    assert set(languages()) == folders
    assert all(language.code == code for code, language in languages().items())


def test_the_words_of_all_languages_are_joined() -> None:
    stop_words = words_of_all_languages(lambda language: language.names.stop_words)

    assert {"about", "nous", "или"} <= stop_words
