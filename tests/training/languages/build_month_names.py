"""Write the names of the months of all languages.

Run it with `python -m tests.training.languages.build_month_names`.

The names are those of the Unicode Common Locale Data Repository, as Babel ships them. Written are
the languages that the language detector knows, with names that are words, in lower case. The
output is `services/languages/month_names.json`: by language twelve lists of names.
"""

from __future__ import annotations

import json
import re
from pathlib import Path

from babel import Locale, UnknownLocaleError, localedata

_OUTPUT = Path("services/languages/month_names.json")
_LANGUAGES = [
    "af",
    "als",
    "am",
    "an",
    "ar",
    "arz",
    "as",
    "ast",
    "av",
    "az",
    "azb",
    "ba",
    "bar",
    "bcl",
    "be",
    "bg",
    "bh",
    "bn",
    "bo",
    "bpy",
    "br",
    "bs",
    "bxr",
    "ca",
    "cbk",
    "ce",
    "ceb",
    "ckb",
    "co",
    "cs",
    "cv",
    "cy",
    "da",
    "de",
    "diq",
    "dsb",
    "dty",
    "dv",
    "el",
    "eml",
    "en",
    "eo",
    "es",
    "et",
    "eu",
    "fa",
    "fi",
    "fr",
    "frr",
    "fy",
    "ga",
    "gd",
    "gl",
    "gn",
    "gom",
    "gu",
    "gv",
    "he",
    "hi",
    "hif",
    "hr",
    "hsb",
    "ht",
    "hu",
    "hy",
    "ia",
    "id",
    "ie",
    "ilo",
    "io",
    "is",
    "it",
    "ja",
    "jbo",
    "jv",
    "ka",
    "kk",
    "km",
    "kn",
    "ko",
    "krc",
    "ku",
    "kv",
    "kw",
    "ky",
    "la",
    "lb",
    "lez",
    "li",
    "lmo",
    "lo",
    "lrc",
    "lt",
    "lv",
    "mai",
    "mg",
    "mhr",
    "min",
    "mk",
    "ml",
    "mn",
    "mr",
    "mrj",
    "ms",
    "mt",
    "mwl",
    "my",
    "myv",
    "mzn",
    "nah",
    "nap",
    "nds",
    "ne",
    "new",
    "nl",
    "nn",
    "no",
    "oc",
    "or",
    "os",
    "pa",
    "pam",
    "pfl",
    "pl",
    "pms",
    "pnb",
    "ps",
    "pt",
    "qu",
    "rm",
    "ro",
    "ru",
    "rue",
    "sa",
    "sah",
    "sc",
    "scn",
    "sco",
    "sd",
    "sh",
    "si",
    "sk",
    "sl",
    "so",
    "sq",
    "sr",
    "su",
    "sv",
    "sw",
    "ta",
    "te",
    "tg",
    "th",
    "tk",
    "tl",
    "tr",
    "tt",
    "tyv",
    "ug",
    "uk",
    "ur",
    "uz",
    "vec",
    "vep",
    "vi",
    "vls",
    "vo",
    "wa",
    "war",
    "wuu",
    "xal",
    "xmf",
    "yi",
    "yo",
    "yue",
    "zh",
]
"""Codes that the detector returns (fastText's lid.176)."""
_VARIANTS = {"sr": ("sr_Cyrl", "sr_Latn"), "sh": ("sr_Latn",), "no": ("nb", "no"),
             "bs": ("bs_Latn", "bs_Cyrl"), "uz": ("uz_Latn", "uz_Cyrl"),
             "az": ("az_Latn", "az_Cyrl"), "tl": ("fil",), "ku": ("ku",), "ar": ("ar", "ar_LB",
             "ar_MA", "ar_DZ")}  # fmt: skip
_WORD = re.compile(r"[^\W\d_][^\d\s,;:/|()]{1,15}")


def month_names(code: str) -> list[list[str]]:
    """Return twelve lists of names, long and short; empty if the repository has none."""
    names: list[set[str]] = [set() for _ in range(12)]
    for variant in _VARIANTS.get(code, (code,)):
        localedata._cache.clear()
        try:
            months = Locale.parse(variant).months
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    word = name.lower().strip(". ")
                    if _WORD.fullmatch(word) and not re.fullmatch(r"m\d+", word):
                        names[number - 1].add(word)
    return [sorted(of_month) for of_month in names] if all(names) else []


def main() -> None:
    """Write the file, one language a line."""
    lines = [
        f"{json.dumps(code)}: {json.dumps(names, ensure_ascii=False)}"
        for code in sorted(_LANGUAGES)
        if (names := month_names(code))
    ]
    _OUTPUT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
