"""What the page states about its article is in the enriched message, with where it was found."""

from __future__ import annotations

from datetime import UTC, datetime

from schemas.article import FactSource, GenreKind, RawArticle
from services.cleaning.stage import CleaningStage
from services.operations.in_process import Pipeline
from services.settings import Settings
from services.tagging.core import Tagger
from services.tagging.stage import TaggingStage
from tests.unit.cleaning.sample_pages import PARAGRAPHS

PAGE = (
    '<html lang="en"><head><title>Quay opens</title>'
    '<meta property="og:image" content="https://post.example/quay.jpg">'
    '<meta property="og:video" content="https://post.example/quay.mp4">'
    '<meta property="og:description" content="The quay is open for all ferries again.">'
    '<meta property="article:section" content="Opinion">'
    '<meta name="news_keywords" content="ports, ferries"></head><body><article><h1>Quay opens</h1>'
    + "".join(f"<p>{text}</p>" for text in PARAGRAPHS)
    + "</article></body></html>"
)


def test_facts_reach_the_subscriber() -> None:
    settings = Settings()
    tagging = TaggingStage(settings, tagger=Tagger.load(preload=(), loaders={}))
    pipeline = Pipeline(settings, (CleaningStage(settings), tagging))
    raw = RawArticle(url="https://post.example/quay", source="post.example", html=PAGE)
    article = pipeline.take(raw, datetime(2031, 6, 1, tzinfo=UTC)).enriched

    assert article is not None
    assert article.image is not None
    assert article.image.url == "https://post.example/quay.jpg"
    assert article.video is not None
    assert article.video.url == "https://post.example/quay.mp4"
    assert article.description is not None
    assert article.description.origin is FactSource.OPEN_GRAPH
    assert article.keywords is not None
    assert article.keywords.values == ["ports", "ferries"]
    assert article.section_path is not None
    assert article.section_path.values == ["Opinion"]
    assert article.genre is not None
    assert article.genre.value is GenreKind.OPINION
