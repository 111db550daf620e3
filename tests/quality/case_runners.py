"""Run the cases of each set through the functions of the pipeline.

A runner gets the files and the row of a case, and returns what the row's `expected` describes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from schemas.article import CleanArticle, RawArticle, StatedDate
from services.cleaning import language
from services.cleaning.article import clean
from services.messaging import identity
from services.messaging.errors import Rejected
from services.settings import Settings
from tests.quality.case_bodies import missing_paragraphs, run_body, run_languages
from tests.quality.case_encodings import run_encoding
from tests.quality.case_files import CaseFiles, NoInput
from tests.quality.case_pipelines import run_entities, run_quotes, run_stories

Row = Mapping[str, Any]
Runner = Callable[[CaseFiles, Row], Any]

NOW = datetime(2031, 7, 1, tzinfo=UTC)
"""When the pages of the cases were fetched: their events lie in June 2031."""
PAGE_URL = "https://harbourpost.example/news/bridge-closed"
HEADLINE = "Skarholm closes swing bridge to lorries"

_URLS = {
    "D07": "https://harbourpost.example/news/harbour-suite-2031-1.2-released",
    "D07c": "https://harbourpost.example/news/remembering-1998-11-23-storm",
    "D08": "https://harbourpost.example/2031/06/bridge-closed",
    "D12": "https://harbourpost.example/2031/05/28/bridge-closed",
}
"""URLs of the pages whose case concerns the URL; the files do not state them."""
_FEED_TITLES = {
    "T13": f"{HEADLINE} - Harbour Post",
    "T13b": f"{HEADLINE} - Harbour Post",
    "T13c": "Skarholm&#8217;s bridge &amp; the lorries: &quot;no choice&quot;",
}
_FILE_OF = {"T13b": "T13", "T13c": "T13", "D28b": "D28", "B07b": "B07", "B18b": "B18"}
"""Cases that look at another field of the same page."""


def clean_case(files: CaseFiles, row: Row) -> CleanArticle | Rejected:
    """Clean the page or the text of a case as the stage does."""
    case: str = row["case"]
    name = _FILE_OF.get(case) or case
    (first, *others) = files.names(name) or [""]
    content = files.named(files.names(name)[row["number"]] if others else first).decode()
    html = first.endswith(".html")
    return clean_raw(
        RawArticle(
            url=_URLS.get(case, PAGE_URL),
            source="harbourpost.example",
            title=_FEED_TITLES.get(case),
            html=content if html else None,
            text=None if html else content,
        )
    )


def clean_raw(raw: RawArticle) -> CleanArticle | Rejected:
    """Clean an article that arrives at `NOW`; return the rejection if it is none."""
    try:
        return clean(raw, NOW, Settings())
    except Rejected as rejected:
        return rejected


def _value(date: StatedDate | None) -> str | None:
    return date.value if date else None


def run_dates(files: CaseFiles, row: Row) -> Any:  # noqa: PLR0911 - one kind of question a line
    """Return the date that the case asks for, as its value, its UTC time or with its origin."""
    article = clean_case(files, row)
    if isinstance(article, Rejected):
        return str(article)
    published, expected = article.published, str(row["expected"])
    if row["case"] == "D14":
        return _value(published), tuple(article.authors), article.title
    if row["case"] == "D31":
        return _value(published), tuple(article.authors)
    if row["what"].startswith("modified"):
        return _value(article.modified)
    if " utc " in row["what"] or row["what"].startswith("utc"):
        return published.utc.isoformat() if published and published.utc else None
    if expected.startswith("(") and published:
        return published.value, published.origin.value
    return _value(published)


def run_authors(files: CaseFiles, row: Row) -> Any:
    """Return the authors, or how many there are."""
    article = clean_case(files, row)
    if isinstance(article, Rejected):
        return str(article)
    names = tuple(article.authors)
    return len(names) if str(row["expected"]).isdigit() else names


def run_titles(files: CaseFiles, row: Row) -> Any:
    """Return the headline; the pages of T01 are numbered by separator."""
    if row["case"] == "T01":
        kind = "site" if "og:site_name" in row["what"] else "nosite"
        number = row["number"] // 2
        content = files.named(f"t01_{number:02d}_{kind}.html").decode()
        raw = RawArticle(url=PAGE_URL, source="harbourpost.example", html=content)
        article = clean_raw(raw)
    else:
        article = clean_case(files, row)
    return str(article) if isinstance(article, Rejected) else article.title


def run_more(files: CaseFiles, row: Row) -> Any:
    """Run a case of the mixed set by the letter of its kind."""
    kind = row["case"][0]
    if kind == "D":
        return run_dates(files, row)
    if row["case"] == "T13b":
        article = clean_case(files, row)
        return str(article) if isinstance(article, Rejected) else HEADLINE in article.body
    if kind == "T":
        return run_titles(files, row)
    return language.detect(files.read(row["case"]).decode())[0]


_LINE = re.compile(r"'(.+)' (?:before the headline|not in body)$")
_SUBSCRIBE = "Subscribe now to read on."
_COOKIES = "740 partners"


def _scraped_text(files: CaseFiles, row: Row) -> str:
    case = row["case"]
    if line := _LINE.search(row["what"]):
        lines = files.named("x01_skip.txt").decode().splitlines()
        if line.group(1) == "Advertisement":
            lines.insert(1, "Listen to this story now")
        return "\n".join([line.group(1), *lines[1:]])
    return files.read(case, ".txt").decode()


def run_texts(files: CaseFiles, row: Row) -> Any:  # noqa: PLR0911 - one kind of question a line
    """Return what the case asks of a scraped text: title, authors, or what is in the body."""
    text = _scraped_text(files, row)
    article = clean_raw(RawArticle(url=PAGE_URL, source="harbourpost.example", text=text))
    if isinstance(article, Rejected):
        return str(article)
    case, what = row["case"], row["what"]
    if case == "X01b" and (line := _LINE.search(what)):
        return line.group(1) in article.body
    if case == "X02":
        return tuple(article.authors)
    if case == "X06":
        return _SUBSCRIBE in article.body, article.truncated
    if case == "X08":
        return _COOKIES in article.body, article.title
    if case == "X10":
        return article.body.count("\n\n") + 1
    if case in ("X01", "X03"):
        return article.title
    unwanted = {
        "X04": ("12 comments", "Harbour Rat", "every single day", "Reply", "The ferry is a joke"),
        "X07": ("The swing bridge at dusk", "Image caption"),
    }.get(case, ())
    leaked = [words for words in unwanted if words in article.body]
    return leaked + missing_paragraphs(text.splitlines(), article.body)


_OTHER_URLS = {
    "U01": PAGE_URL,
    "U02": PAGE_URL,
    "U12": PAGE_URL,
    "U04": "https://harbourpost.example/news/bridge-closed?id=5&page=2",
    "order of parameters": "https://harbourpost.example/news/bridge-closed?id=5&page=2",
    "percent-encoded path": "https://harbourpost.example/caf%C3%A9",
    "case of percent escapes": "https://harbourpost.example/caf%C3%A9",
    "escaped tilde": "https://harbourpost.example/~ida/x",
    "dot segments": "https://harbourpost.example/a/b",
    "hash-bang routes": "https://harbourpost.example/#!/news/12",
    "hash routes": "https://harbourpost.example/news#/story/12",
    "U09": "https://harbourpost.example/news/Bridge",
    "U10": "https://harbourpost.example:8443/a",
    "U11": "https://harbourpost.example/?p=9817",
    "U13": "https://harbourpost.example/a?x=1;y=2",
    "U14": "https://harbourpost.example/a?q=b+c",
    "U15": "https://reader:secret@harbourpost.example/a",
    "U17": "https://harbourpost.example/article?utm_id=5",
}
"""The URL that each URL is compared with, by case or by the beginning of its description."""


def run_urls(_: CaseFiles, row: Row) -> Any:
    """Return whether the URL of the case and the one it is compared with are one article."""
    kind, _sep, url = row["what"].rpartition(": ")
    other = next((v for k, v in _OTHER_URLS.items() if kind.startswith(k)), None)
    other = other or _OTHER_URLS.get(row["case"])
    if other is None:
        raise NoInput("no URL to compare with")
    one, two = (
        identity.article_id(RawArticle(url=address, source="harbourpost.example", text="Text."))
        for address in (url, other)
    )
    return "same id" if one == two else "other id"


def run_nothing(_: CaseFiles, row: Row) -> Any:
    """Raise `NoInput`: nothing here runs the cases of the set."""
    raise NoInput(f"no runner for {row['set']}")


RUNNERS: dict[str, Runner] = {
    "authors": run_authors,
    "body": run_body,
    "dates": run_dates,
    "dates2": run_dates,
    "enc": run_encoding,
    "enc2": run_encoding,
    "langs": run_languages,
    "longform": run_body,
    "longform_natural": run_body,
    "more": run_more,
    "ner": run_entities,
    "ner2": run_entities,
    "quotes": run_quotes,
    "stories1": run_stories,
    "stories3": run_stories,
    "texts": run_texts,
    "titles": run_titles,
    "urls": run_urls,
}
"""The runner of each set."""
