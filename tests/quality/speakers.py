"""Generate pairs of reports: one speaker at two occasions, or one occasion in two outlets.

`data/speakers.json` contains ten subjects, each used in three variants. The reports of a pair
differ in their quotations, cues and order of paragraphs; some quotations are indirect speech;
one report, both, or neither has a date.
"""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

DATA = Path(__file__).with_name("data") / "speakers.json"
VARIANTS = 3

_LEADS = (
    "{role} {name} {verb} on {day} in {place} about {subject}, {tail}.",
    "Speaking in {place} on {day}, {role} {name} set out the position on {subject}, {tail}.",
    "{name}, the {role}, addressed {subject} at a news conference in {place} on {day}, {tail}.",
    "News on {subject} from {place}: {role} {name} met the press on {day}, {tail}.",
)
_TAILS = (
    "after days of speculation",
    "while critics waited outside",
    "in an appearance of half an hour",
    "and left some questions open",
    "before a crowded hall",
)
_TITLES = (
    "{last} on {subject}: '{words}'",
    "{role} {last} speaks about {subject}",
    "{subject}: what {last} said",
    "'{words}', says {last}",
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")


def _direct(quote: str, name: str, rng: random.Random) -> str:
    last = name.rsplit(" ", 1)[-1]
    form = rng.choice(
        ("“{q},” {n} said.", "“{q},” said {n}.", "{n} added: “{q}.”", "“{q},” {n} told reporters.")
    )
    return form.format(q=quote.rstrip("."), n=rng.choice((name, last, last)))


def _indirect(quote: str, name: str) -> str:
    kept = quote.rstrip(".")
    return f"{name.rsplit(' ', 1)[-1]} also said that {kept[0].lower()}{kept[1:]}."


def _report(
    entry: dict[str, Any], quotes: list[str], indirect: list[str], day: str, rng: random.Random
) -> dict[str, Any]:
    name = entry["speaker"]
    values = {
        "role": entry["role"],
        "name": name,
        "last": name.rsplit(" ", 1)[-1],
        "place": entry["place"],
        "subject": entry["subject"],
        "day": day,
        "verb": rng.choice(("spoke", "answered questions", "gave an account")),
        "tail": rng.choice(_TAILS),
        "words": " ".join(rng.choice(quotes).split()[:6]).rstrip(",."),
    }
    lead = rng.choice(_LEADS).format(**values)
    direct = [_direct(quote, name, rng) for quote in quotes]
    direct += [_indirect(quote, name) for quote in indirect]
    rng.shuffle(direct)
    background = rng.sample(entry["background"], 2)
    parts = [lead[0].upper() + lead[1:], direct[0], background[0], *direct[1:], background[1]]
    title = rng.choice(_TITLES).format(**values)
    return {"title": title[0].upper() + title[1:], "text": "\n\n".join(parts)}


def pairs() -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the same 30 pairs of each kind on every call.

    Each pair has its kind ("two" or "one", the number of occasions) and two rows.
    """
    rng = random.Random(5)  # noqa: S311 - not for security; fixed for repeatable figures
    all_pairs: list[tuple[str, list[dict[str, Any]]]] = []
    for number, entry in enumerate(json.loads(DATA.read_text(encoding="utf-8"))):
        for variant in range(VARIANTS):
            for kind in ("two", "one"):
                day, later = _DAYS[(number + variant) % 4], _DAYS[(number + variant + 2) % 4]
                first, second = list(entry["first"]), list(entry["second"])
                rng.shuffle(first)
                rng.shuffle(second)
                if kind == "two":
                    rows = [
                        _report(entry, first[:4], [], day, rng),
                        _report(entry, second[:4], [], later, rng),
                    ]
                    dates = (10, 12 + number)
                else:
                    # Two quotations are in both reports, one of them as indirect speech in the
                    # second report.
                    rows = [
                        _report(entry, first[:3], [first[3]], day, rng),
                        _report(entry, [first[0], first[4]], [first[1]], day, rng),
                    ]
                    dates = (10, 10)
                for which, row in enumerate(rows):
                    row["id"] = f"{kind}-{number}-{variant}-{which}"
                    row["source"] = f"outlet{which}.example"
                    row["set"] = "speakers"
                    dated = variant == 0 or (variant == 1 and which == 0)
                    row["date"] = f"2031-03-{dates[which]:02d}" if dated else None
                all_pairs.append((kind, rows))
    return all_pairs
