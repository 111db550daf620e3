"""A few bad messages become dead letters; a series stops the worker, and nothing is lost."""

from __future__ import annotations

import pytest

from schemas.article import RawArticle
from schemas.topics import CLEAN, RAW
from services.messaging.errors import EXIT_POISON
from services.messaging.raw_records import raw_record
from services.messaging.records import OutgoingRecord
from tests.integration.harness import PATIENCE, Cluster, eventually, get

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


@pytest.mark.timeout(600)  # three workers start one after another
def test_the_worker_tolerates_every_fiftieth_message_and_stops_on_a_series(
    cluster: Cluster,
) -> None:
    good = good_records(294)
    mixed = [(one.key, one.value, list(one.headers)) for one in good]
    for number in range(0, 300, 50):
        mixed.insert(number, (b"k", POISON, []))
    (worker,) = cluster.start("cleaning")

    cluster.send(mixed)
    eventually(lambda: worker.counted("newsloom_messages_out_total") >= 300, "all are done")
    assert len(cluster.outcomes().dead_letters) == 6, "every fiftieth is a dead letter"
    cluster.send([(f"key-{number}".encode(), POISON, []) for number in range(IN_A_ROW)])

    assert worker.process.wait(PATIENCE) == EXIT_POISON
    said = worker.log.read_text()
    assert "100 messages in a row failed; the worker stops with the rest unread." in said
    assert "Traceback" not in said
    dead_letters = cluster.outcomes().dead_letters
    assert 6 <= len(dead_letters) < 6 + 100
    for letter, record in dead_letters:
        assert (letter.reason, letter.stage, letter.topic) == ("not_json", "cleaning", RAW.name)
        assert record.value == POISON
    origins = {(letter.partition, letter.offset) for letter, _ in dead_letters}
    assert len(origins) == len(dead_letters)

    # A restarted worker continues the count, so the limit holds for both workers together.
    cluster.workers.remove(worker)
    restarted = cluster.launch("cleaning", NEWSLOOM_POISON_HOLD="true")
    eventually(
        lambda: "messages in a row failed" in get(restarted.port, "/readyz")[1],
        "the worker is stopped and held",
        worker=restarted,
    )
    assert get(restarted.port, "/readyz")[0] == 503
    assert get(restarted.port, "/livez") == (200, "ok")
    assert len({letter.id for letter, _ in cluster.outcomes().dead_letters}) < 6 + 100
    assert restarted.end() == EXIT_POISON

    # An operator raises the limits to let the bad messages pass.
    cluster.workers.remove(restarted)
    cluster.start("cleaning", NEWSLOOM_POISON_IN_A_ROW="0", NEWSLOOM_POISON_RATIO="0")
    everything = 6 + IN_A_ROW
    cluster.wait_for(
        lambda seen: len({letter.id for letter, _ in seen.dead_letters}) == everything,
        "all are read",
    )
    causes = {dict(record.headers)["ce_causationid"] for record in cluster.stored(CLEAN.name)}
    assert causes == {dict(one.headers)["ce_id"] for one in good}
    checked = cluster.newsloom("check", "--json")
    assert checked.returncode == 0, checked.stdout + checked.stderr
