"""Company results on a wire: tickers name the company, and a table of results carries no topic.

The reports are invented, in the form of a news agency's tables.
"""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from schemas.article import TaggedArticle
from services.dedup.features.article_features import extract_features
from services.dedup.features.tickers import find_symbols, title_tickers
from services.dedup.settings import DedupSettings
from services.dedup.storage.article_row import decode_article, encode_article
from services.dedup.storage.rows import ARTICLES, JOURNAL
from tests.unit.dedup.make import NOON, PersistedShard, article, prose, words

COMPANIES = 40


def results(number: int, title: str, seed: int | None = None) -> TaggedArticle:
    """Return a table of results as a wire sends it, without entities."""
    chance = random.Random(number if seed is None else seed)  # noqa: S311 - invented figures

    def pair(low: int, high: int) -> str:
        return f"{chance.randrange(low, high):,} vs {chance.randrange(low, high):,}"

    body = (
        f"Shr {chance.randrange(10, 99)} cts vs {chance.randrange(10, 99)} cts\n"
        f"Net {pair(100_000, 9_000_000)}\nRevs {pair(9_000_000, 90_000_000)}\n"
        f"Avg shrs {pair(1_000_000, 9_000_000)}\nNine mths\n"
        f"Shr {chance.randrange(10, 99)} cts vs {chance.randrange(10, 99)} cts\n"
        f"Net {pair(100_000, 9_000_000)}\nRevs {pair(9_000_000, 90_000_000)}"
    )
    at = NOON + timedelta(minutes=5 * number)
    return article(f"results-{number}", body, title=title, at=at, source="wire")


def company(number: int) -> str:
    return words(1000 + number, 1)[0].upper()


def ticker(number: int) -> str:
    return f"{chr(65 + number // 26)}{chr(65 + number % 26)}X"


@pytest.mark.parametrize(
    ("title", "symbols"),
    [
        ("HARLOW MILLS <HLW> 3RD QTR NET", ["HLW"]),
        ("Velden <VEL.L> sees a better year", ["VEL.L"]),
        ("Orbis Inc. (NYSE: ORB) reports results", ["ORB"]),
        ("Orbis (Nasdaq Copenhagen: ORB-B) reports results", ["ORB-B"]),
        ("Orbis (TSX: ORB, NYSE: OBX) reports results", ["ORB", "OBX"]),
        ("Shares of VEL.L slip", ["VEL"]),
        ("Kolvar Motors (HKEX: 0700) cuts prices", ["0700"]),
        ("$ORB and $VEL fall", ["ORB", "VEL"]),
        ("<HARLOW MILLS INC> 3RD QTR NET", []),
        ("U.S. and U.K. sign (BBC: report)", []),
        ("Tickets cost US$20 or A$30", []),
    ],
)
def test_tickers_are_found_in_the_forms_that_wires_use(title: str, symbols: list[str]) -> None:
    assert find_symbols(title) == symbols


def test_the_exchange_makes_no_other_ticker_and_a_long_list_names_no_company() -> None:
    assert np.array_equal(title_tickers("Velden <VEL.L>"), title_tickers("Velden (LSE: VEL)"))
    assert not len(title_tickers(" ".join(f"<A{letter}>" for letter in "BCDEFGHIJ")))


def test_results_of_companies_with_other_tickers_are_stories_of_their_own() -> None:
    run = PersistedShard()
    found = [
        run.take(results(i, f"{company(i)} INC <{ticker(i)}> 3RD QTR NET")).story_id
        for i in range(COMPANIES)
    ]
    assert len(set(found)) == COMPANIES


def test_a_corrected_table_of_the_same_company_stays_in_its_story() -> None:
    run = PersistedShard()
    for i in range(COMPANIES):
        run.take(results(i, f"{company(i)} INC <{ticker(i)}> 3RD QTR NET"))
    first = run.take(results(50, "HARLOW MILLS INC <HLW> 3RD QTR NET"))
    corrected = results(51, "CORRECTED-HARLOW MILLS INC <HLW> 3RD QTR", seed=50)
    assert run.take(corrected).story_id == first.story_id


def test_reports_of_two_companies_in_one_deal_are_one_story() -> None:
    run = PersistedShard()
    shared = prose(1)
    bid = article(
        "bid",
        f"Orbis said it bids for Velden <VELD>. {shared}",
        title="ORBIS <ORB> BIDS 2 BLN DLRS",
    )
    answer = article(
        "answer",
        f"Velden said it studies the bid. {shared} It has fourteen days.",
        title="VELDEN <VELD> STUDIES BID",
        at=NOON + timedelta(hours=1),
    )
    assert run.take(bid).story_id == run.take(answer).story_id


def test_a_form_that_recurs_in_the_stream_joins_nothing_by_itself() -> None:
    run = PersistedShard()
    found = [
        run.take(results(i, f"<{company(i)} INC> 3RD QTR NET")).story_id
        for i in range(4 * COMPANIES)
    ]
    assert len(set(found[COMPANIES:])) >= 0.9 * len(found[COMPANIES:])


def test_a_stored_article_has_its_tickers_again() -> None:
    run = PersistedShard()
    one = results(0, "HARLOW MILLS <HLW> 3RD QTR NET")
    run.take(one)
    (row,) = [
        row for (table, key), row in run.rows.rows.items() if table == ARTICLES and key != JOURNAL
    ]
    tickers = extract_features(one, DedupSettings()).tickers
    assert len(tickers) == 1
    assert np.array_equal(decode_article(row).features.tickers, tickers)
    read = decode_article(row)
    without = replace(read, features=replace(read.features, tickers=tickers[:0]))
    assert encode_article(without) == row
