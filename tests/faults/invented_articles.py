"""Generate articles for the fault tests, in families whose verdicts are deterministic.

A family consists of an original and, at random, a copy in another outlet, revisions, a report of
the same event in other words, and a retraction. All articles of a family are on one partition of
the raw topic and in one language, so that every fault preserves their order of publication.
Families share no names and no sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from itertools import islice

from aiokafka.partitioner import DefaultPartitioner

from schemas.article import RawArticle, Status
from schemas.topics import RAW
from services.messaging import identity

_WORDS = {
    "en": (
        (
            "the council minister harbour school bridge farmers judge museum railway hospital "
            "union market river budget storm forest teachers engineers villagers"
        ),
        (
            "opened closed promised refused repaired counted welcomed delayed visited praised "
            "crossed planned signed examined rejected measured"
        ),
        "old new long quiet northern wooden narrow costly public early",
        "after before near behind against without during towards",
        (
            "The {n} of {N} {v} the {a} {n} {p} the {n}, and the {n} of {N} {v} a {a} {n} that had "
            "{v} the {n} {p} the {a} {n}."
        ),
    ),
    "de": (
        (
            "Rat Minister Hafen Brücke Bauer Richter Markt Fluss Haushalt Sturm Wald Lehrer "
            "Bahnhof Turm Verein Fischer Garten Betrieb"
        ),
        (
            "öffnete schloss versprach verweigerte reparierte begrüßte verschob besuchte lobte "
            "überquerte plante prüfte vermaß"
        ),
        "alten neuen langen stillen schmalen teuren frühen hohen",
        "nach vor neben hinter gegen ohne während",
        (
            "Der {n} von {N} {v} den {a} {n}, und der {n} aus {N} {v} am Sonntag den {a} {n}, "
            "weil der {n} {p} dem {n} nicht mehr {v} wurde."
        ),
    ),
    "fr": (
        (
            "conseil ministre port pont juge musée marché fleuve budget bois professeur train "
            "village bateau syndicat quartier jardin"
        ),
        (
            "ouvert fermé promis refusé réparé compté accueilli retardé visité salué traversé "
            "prévu signé examiné"
        ),
        "ancien nouveau long petit étroit cher public premier",
        "après avant contre sans pendant vers devant",
        (
            "Le {n} de {N} a {v} le {a} {n} {p} le {n}, et le {n} de {N} avait {v} un {a} {n} "
            "qui a {v} le {n} depuis dimanche."
        ),
    ),
    "es": (
        (
            "consejo ministro puerto puente juez museo mercado río presupuesto bosque maestro tren "
            "pueblo barco sindicato barrio jardín"
        ),
        (
            "abierto cerrado prometido rechazado reparado contado recibido visitado elogiado "
            "cruzado previsto firmado examinado"
        ),
        "antiguo nuevo largo pequeño estrecho caro público primer",
        "tras antes contra sin durante hacia ante",
        (
            "El {n} de {N} ha {v} el {a} {n} {p} el {n}, y el {n} de {N} había {v} un {a} {n} que "
            "ha {v} el {n} desde el domingo."
        ),
    ),
}
LANGUAGES = tuple(_WORDS)
_BEGINNINGS = ("bar", "dol", "fen", "gra", "hul", "jor", "kel", "lum", "mar", "nor", "pel", "ras")
_MIDDLES = ("da", "ki", "lo", "mu", "ne", "ri", "so", "tu", "va", "zen")
_ENDS = ("holm", "vik", "berg", "mora")
_SENTENCES = 5
_OPEN_FAMILIES = 30


def articles(number: int, seed: str) -> list[RawArticle]:
    """Return `number` articles; the same seed gives the same articles."""
    return list(islice(endless(seed), number))


def endless(seed: str) -> Iterator[RawArticle]:
    """Yield articles without end; the same seed gives the same articles.

    About 30 families are interleaved, each in its own order.
    """
    rng = random.Random(f"load {seed}")  # noqa: S311 - nothing secret
    running: list[list[RawArticle]] = []
    families = _families(rng, f"{rng.randrange(16**6):06x}")
    while True:
        while len(running) < _OPEN_FAMILIES:
            running.append(list(next(families)))
        chosen = rng.choice(running)
        yield chosen.pop(0)
        if not chosen:
            running.remove(chosen)


def _families(rng: random.Random, run: str) -> Iterator[list[RawArticle]]:
    number = 0
    while True:
        yield _family(rng, run, number)
        number += 1


def _family(rng: random.Random, run: str, number: int) -> list[RawArticle]:
    language = LANGUAGES[number % len(LANGUAGES)]
    names = [_name(rng, number) for _ in range(4)]
    partition = number % RAW.partitions
    outlets = iter(range(9))
    title = f"{names[0]} {names[1]} {names[2]} {number}"

    def make(text: str, **fields: object) -> RawArticle:
        outlet = next(outlets)
        for attempt in range(10_000):
            article = RawArticle.model_validate(
                {
                    "url": f"https://outlet{outlet}.example/{run}/{number}/{attempt}",
                    "source": f"outlet{outlet}.example",
                    "title": title,
                    "text": text,
                    "language": language,
                    **fields,
                }
            )
            if _partition(article) == partition:
                return article
        raise AssertionError("no URL was found whose article id belongs to the partition")

    text = _text(rng, language, names)
    original = make(text)
    revised = original.model_copy(update={"text": f"{text} {_sentence(rng, language, names)}"})
    members = [original]
    chances: tuple[tuple[float, Callable[[], list[RawArticle]]], ...] = (
        (0.4, lambda: [make(text)]),  # a copy in another outlet
        (0.4, lambda: [make(_text(rng, language, names))]),  # a report in other words
        (0.4, lambda: [revised]),
        (0.1, lambda: [revised, original]),  # and the first revision again
        (0.1, lambda: [original, original]),  # the same revision again
        (0.2, lambda: [_page(rng, original), _page(rng, original)]),  # fetched again
        (0.05, lambda: [make("Too short.")]),
        (0.05, lambda: [original.model_copy(update={"status": Status.RETRACTED})]),
    )
    for chance, more in chances:
        if rng.random() < chance:
            members += more()
    return members


def _page(rng: random.Random, article: RawArticle) -> RawArticle:
    """Return the article as an HTML page with a random nonce and a random advert."""
    mark = f"{rng.randrange(16**12):012x}"
    html = (
        f'<html><head><title>{article.title}</title><script nonce="{mark}">track("{mark}")'
        f"</script></head><body><article><h1>{article.title}</h1><p>{article.text}</p></article>"
        f'<aside class="advert"><a href="https://adverts.example/{mark}">Buy now</a></aside>'
        "</body></html>"
    )
    return article.model_copy(update={"html": html, "text": None})


def _partition(article: RawArticle) -> int:
    partitions = list(range(RAW.partitions))
    partition: int = DefaultPartitioner()(
        identity.article_id(article).encode(), partitions, partitions
    )
    return partition


def _name(rng: random.Random, number: int) -> str:
    """Return a name that is unique to the family."""
    mark = ""
    while True:
        number, digit = divmod(number, len(_MIDDLES))
        mark += _MIDDLES[digit]
        if not number:
            break
    return f"{rng.choice(_BEGINNINGS)}{mark}{rng.choice(_MIDDLES)}{rng.choice(_ENDS)}".capitalize()


def _text(rng: random.Random, language: str, names: list[str]) -> str:
    return " ".join(_sentence(rng, language, names) for _ in range(_SENTENCES))


def _sentence(rng: random.Random, language: str, names: list[str]) -> str:
    nouns, verbs, adjectives, prepositions, pattern = _WORDS[language]
    lists = {
        "n": nouns.split(),
        "v": verbs.split(),
        "a": adjectives.split(),
        "p": prepositions.split(),
        "N": names,
    }
    for mark, words in lists.items():
        while f"{{{mark}}}" in pattern:
            pattern = pattern.replace(f"{{{mark}}}", rng.choice(words), 1)
    return pattern
