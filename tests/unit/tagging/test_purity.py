from __future__ import annotations

import subprocess
import sys


def test_the_core_imports_neither_faust_nor_kafka_nor_a_model_library() -> None:
    code = (
        "import sys, services.tagging.core, services.tagging.gazetteer.file;"
        "print([name for name in ('faust', 'aiokafka', 'spacy', 'natasha') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)

    assert done.stdout.strip() == "[]"
