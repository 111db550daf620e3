"""Compare how dates are read with dateparser: `python -m tests.quality.score_dates`.

dateparser reads a single date, and does not choose one of a page, so both read the same invented
strings (`date_strings.py`), each with its language. A date with a time counts if it is right to the
minute and has the offset that is stated; the name of a zone (`EDT`) may be read or left out.
`--details` lists what is read wrongly.
"""

from __future__ import annotations

import argparse
import warnings
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from schemas.article import DateSource
from services.cleaning.dates.context import DateContext
from services.cleaning.dates.parsing import parse_date
from services.cleaning.dates.relative import parse_relative
from tests.quality import report
from tests.quality.date_strings import DAYS, DISTANCES, FETCHED, TIMES

Read = Callable[[str, str], str]
_NOW = datetime(2031, 7, 1, tzinfo=UTC)
_DAY, _MINUTE, _OFFSET = len("2031-06-17"), len("2031-06-17T18:30"), len("+02:00")


def read_ours(language: str, text: str) -> str:
    """Return the value that Newsloom reads, empty if none."""
    context = DateContext(_NOW, language, fetched_at=FETCHED)
    date = parse_date(text, DateSource.TEXT, context) or parse_relative(text, context)
    return date.value if date else ""


def read_dateparser(language: str, text: str) -> str:
    """Return the value that dateparser reads, in its usual setting; empty if none."""
    import dateparser  # type: ignore[import-untyped]  # noqa: PLC0415 - it may not be installed

    settings = {"RELATIVE_BASE": FETCHED.replace(tzinfo=None)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        code = "nb" if language == "no" else language
        date = dateparser.parse(text, languages=[code], settings=settings)
    return date.isoformat(timespec="minutes") if date else ""


def is_right(value: str, expected: str, *, with_offset: bool) -> bool:
    """Return whether a value is the expected one, to the precision that the text has."""
    if len(expected) == _DAY:
        return value[:_DAY] == expected
    offset = value[_MINUTE:][-_OFFSET:] if with_offset and "+" in value else ""
    return value[:_MINUTE] + offset == (expected if with_offset else expected[:_MINUTE])


def score(rows: Sequence[tuple[str, str, str]], read: Read, *, distances: bool) -> list[str]:
    """Return the rows that are read wrongly, as text."""
    wrong = []
    for language, text, expected in rows:
        value = read(language, text)
        # dateparser gives distances no offset
        if not is_right(value, expected, with_offset="+" in expected and not distances):
            wrong.append(f"{language} {text!r}: {value or 'nothing'} instead of {expected}")
    return wrong


def main() -> int:
    """Print the share of strings that each reads right, and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--details", action="store_true", help="list what is read wrongly")
    details = parser.parse_args().details
    readers: dict[str, Read] = {"newsloom": read_ours, "dateparser": read_dateparser}
    figures: dict[str, float | int | str] = {}
    rows = []
    for name, strings in (("time", TIMES), ("day", DAYS), ("distance", DISTANCES)):
        wrong = {
            who: score(strings, read, distances=strings is DISTANCES)
            for who, read in readers.items()
        }
        shares = {who: 1 - len(lines) / len(strings) for who, lines in wrong.items()}
        rows.append((name, *(f"{share:.3f}" for share in shares.values()), len(strings)))
        figures |= {f"{name}.{who}": round(share, 4) for who, share in shares.items()}
        if details:
            print(*(f"{who}: {line}" for who, lines in wrong.items() for line in lines), sep="\n")
    report.show("Strings that are read right", ("kind", *readers, "of"), rows)
    report.write("score-dates", figures)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
