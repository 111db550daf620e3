"""A few bad messages go past; a flood of them stops the worker, and nothing is lost."""

from __future__ import annotations

from schemas.article import RawArticle
from schemas.topics import CLEAN, RAW
from services.faust_adapter.worker import EXIT_POISON
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord
from tests.integration.harness import PATIENCE, Cluster, eventually

WORDS = (
    "The council of {place} met on day {day} and agreed after a long debate to reopen the road "
    "along the coast, which a landslide had closed {day} weeks before; engineers under {place} "
    "said that the slope was safe again and that buses would run by the end of month {day}."
)
POISON = b"no JSON at all"
IN_A_ROW = 2000


def good_records(number: int) -> list[OutgoingRecord]:
    return [
        raw_record(
            RawArticle(
                url=f"https://a.example/{day}",
                source="a.example",
                text=WORDS.format(place=f"Town{day}", day=day),
            )
        )
        for day in range(number)
    ]


def test_every_fiftieth_goes_on_and_a_flood_stops_the_worker(cluster: Cluster) -> None:
    good = good_records(294)
    mixed = [(one.key, one.value, list(one.headers)) for one in good]
    for number in range(0, 300, 50):
        mixed.insert(number, (b"k", POISON, []))
    (worker,) = cluster.start("cleaning")

    cluster.send(mixed)
    eventually(lambda: worker.counted("newsloom_messages_out_total") >= 300, "all are done")
    assert len(cluster.outcomes().letters) == 6, "every fiftieth is a dead letter"
    cluster.send([(f"key-{number}".encode(), POISON, []) for number in range(IN_A_ROW)])

    assert worker.process.wait(PATIENCE) == EXIT_POISON
    said = worker.log.read_text()
    assert "100 messages in a row failed; the worker stops with the rest unread." in said
    assert "Traceback" not in said
    letters = cluster.outcomes().letters
    assert 6 <= len(letters) < 6 + 100
    for letter, record in letters:
        assert (letter.reason, letter.stage, letter.topic) == ("not_json", "cleaning", RAW.name)
        assert record.value == POISON
    origins = {(letter.partition, letter.offset) for letter, _ in letters}
    assert len(origins) == len(letters)

    # What the operator does who wants them out of the way.
    cluster.workers.remove(worker)
    cluster.start("cleaning", NEWSLOOM_POISON_IN_A_ROW="0", NEWSLOOM_POISON_RATIO="0")
    everything = 6 + IN_A_ROW
    cluster.wait_for(
        lambda seen: len({letter.id for letter, _ in seen.letters}) == everything, "all are read"
    )
    revisions = {dict(record.headers)["ce_correlationid"] for record in cluster.stored(CLEAN.name)}
    assert revisions == {dict(one.headers)["ce_correlationid"] for one in good}
    checked = cluster.newsloom("check", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
