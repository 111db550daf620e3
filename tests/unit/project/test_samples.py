"""The sample articles match their gold annotations."""

from __future__ import annotations

import html
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from schemas.article import RawArticle

SAMPLES = Path(__file__).parents[3] / "samples"
ARTICLES = SAMPLES / "articles"
GOLD: dict[str, dict[str, Any]] = json.loads((SAMPLES / "gold.json").read_text("utf-8"))["articles"]
ENRICHED_FILES = [name for name, row in GOLD.items() if row["outcome"] != "filtered"]

INLINE = re.compile(r"</?(?:a|b|em|i|small|span|strong)\b[^>]*>")
TAG = re.compile(r"<[^>]+>")
CANONICAL = re.compile(r'<link [^>]*rel="canonical"[^>]*>')
HREF = re.compile(r'href="([^"]+)"')


def decoded(path: Path) -> str:
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def fold(text: str) -> str:
    return " ".join(text.split())


def visible(page: str) -> str:
    return fold(html.unescape(TAG.sub(" ", INLINE.sub("", page))))


def raw(name: str) -> dict[str, Any]:
    """Return the raw article of a row, as a loader would."""
    file, _, line = name.partition("#")
    text = decoded(ARTICLES / file)
    if line:
        return dict(json.loads(text.splitlines()[int(line) - 1]))
    if file.endswith(".json"):
        return dict(json.loads(text))
    if file.endswith(".txt"):
        address, _, rest = text.partition("\n")
        return {"url": address.strip(), "source": urlsplit(address).hostname, "text": rest}
    link = CANONICAL.search(text)
    assert link, f"{name} names no canonical address"
    href = HREF.search(link.group())
    assert href
    return {"url": href[1], "source": urlsplit(href[1]).hostname, "html": text}


def content(name: str) -> str:
    article = raw(name)
    return visible(article["html"]) if "html" in article else fold(article["text"])


def shingles(name: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", content(name).lower())
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def test_every_row_has_its_file_and_every_file_its_row() -> None:
    names = []
    for path in sorted(ARTICLES.iterdir()):
        if path.suffix == ".jsonl":
            count = len(path.read_text("utf-8").splitlines())
            names += [f"{path.name}#{line}" for line in range(1, count + 1)]
        else:
            names.append(path.name)
    assert list(GOLD) == names


@pytest.mark.parametrize("name", ENRICHED_FILES)
def test_keep_and_drop_texts_are_in_the_file(name: str) -> None:
    row, text = GOLD[name], content(name)
    assert 2 <= len(row["keep"]) <= 4
    assert 3 <= len(row["drop"]) <= 6
    assert [part for part in row["keep"] + row["drop"] if fold(part) not in text] == []
    assert [part for part in row["drop"] if part in (row["title"] or "")] == []
    kept = " ".join(row["keep"])
    assert [part for part in row["drop"] if part in kept] == []


@pytest.mark.parametrize("name", ENRICHED_FILES)
def test_names_and_speakers_are_in_the_file(name: str) -> None:
    row, text = GOLD[name], content(name)
    assert 3 <= len(row["entities"]) <= 6
    assert set(row["entities"].values()) <= {"PER", "ORG", "LOC"}
    assert [entity for entity in row["entities"] if entity not in text] == []
    assert [speaker for speaker in row["quote_speakers"] if speaker not in text] == []


@pytest.mark.parametrize("name", [n for n in GOLD if n.endswith(".json") or "#" in n])
def test_json_articles_fit_the_contract(name: str) -> None:
    article = raw(name)
    RawArticle.model_validate(article)
    assert set(article) <= set(RawArticle.model_fields)


def test_outlets_are_invented() -> None:
    for name in GOLD:
        article = raw(name)
        url = urlsplit(article["url"])
        assert (url.hostname or "").endswith(".example"), name
        assert article["source"] == url.hostname, name


def test_the_samples_cover_every_outcome() -> None:
    outcomes = Counter(row["outcome"] for row in GOLD.values())
    copies = Counter(row["copy_kind"] for row in GOLD.values() if row["copy_kind"])
    languages = Counter(row["language"] for row in GOLD.values())
    assert outcomes["original"] >= 44
    assert outcomes["revision"] >= 4
    assert outcomes["retraction"] == 1
    assert outcomes["repeat"] == 1
    assert outcomes["filtered"] >= 3
    assert copies["exact"] >= 3
    assert copies["near"] >= 4
    assert copies["excerpt"] >= 3
    assert languages["fr"] >= 2
    assert languages["de"] >= 2
    assert len({row["story"] for row in GOLD.values() if row["story"]}) >= 13
    assert sum(1 for name in ENRICHED_FILES if GOLD[name]["published"] is None) >= 3


def test_copies_and_revisions_come_after_their_original() -> None:
    order = {name: i for i, name in enumerate(GOLD)}
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for name, row in GOLD.items():
        assert (row["outcome"] == "copy") == bool(row["copy_of"]) == bool(row["copy_kind"]), name
        before = row["copy_of"] or row.get("revision_of") or row.get("repeat_of")
        if before is None:
            continue
        assert order[before] < order[name]
        assert GOLD[before]["outcome"] == "original"
        assert GOLD[before]["story"] == row["story"]
        if not row["copy_of"]:
            first, now = raw(before), raw(name)
            assert first.get("external_id", first["url"]) == now.get("external_id", now["url"])
            numbers[before].append(row.get("revision", 1))
    assert max(numbers.values(), key=len) == [2, 3]


def test_the_repeat_differs_in_its_fetch_time_only() -> None:
    name = next(n for n, row in GOLD.items() if row["outcome"] == "repeat")
    first, again = raw(GOLD[name]["repeat_of"]), raw(name)
    assert first.pop("fetched_at") < again.pop("fetched_at")
    assert first == again


def test_copies_share_their_text_and_other_articles_do_not() -> None:
    known = {name: shingles(name) for name in ENRICHED_FILES}
    for name, row in GOLD.items():
        if row["copy_of"]:
            shared = known[name] & known[row["copy_of"]]
            assert len(shared) / len(known[row["copy_of"]]) > 0.2, name
    originals = [name for name in ENRICHED_FILES if GOLD[name]["outcome"] == "original"]
    for i, one in enumerate(originals):
        for other in originals[i + 1 :]:
            if raw(one)["source"] != raw(other)["source"]:
                either = known[one] | known[other]
                assert len(known[one] & known[other]) / len(either) < 0.25, (one, other)
