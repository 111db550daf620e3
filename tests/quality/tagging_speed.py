"""Measure the speed of the tagger and of the bare model, the load time, and the memory.

Times are CPU times of this process, so that other processes on the machine have little effect.
Articles are stories of the Reuters wire, joined to 500 words each.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from services.tagging.core import Tagger, TextToTag
from tests.quality.bare_model import VARIANTS, BareModel

ARTICLE_WORDS = 500
BATCH = 32
"""Number of articles in one call of the tagger."""

_WRAPPED = re.compile(r"\n(?=\S)")
_LOAD = (
    "import time; started = time.perf_counter(), time.process_time();"
    "from services.tagging.core import Tagger, TextToTag; tagger = Tagger.load();"
    "took = time.perf_counter() - started[0], time.process_time() - started[1];"
    "tagger.tag_batch([TextToTag('', 'Ida Falk spoke in Oslo.', 'en')]);"
    "pages = int(open('/proc/self/statm').read().split()[1]);"
    "print(*took, pages * 4096 / 1e6)"
)


def stories(path: Path) -> Iterator[TextToTag]:
    """Yield the stories of a Reuters file with their wrapped lines joined."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if row["text"]:
                body = _WRAPPED.sub(" ", row["text"]).strip()
                body = re.sub(r"\n\s*", "\n\n", body)
                yield TextToTag(row["title"] or "", body, "en")


def articles(path: Path, count: int) -> list[TextToTag]:
    """Return `count` articles of about 500 words, each joined from different stories."""
    joined: list[TextToTag] = []
    title, parts, words = "", [], 0
    for story in stories(path):
        title = title or story.title
        parts.append(story.body)
        words += len(story.body.split())
        if words >= ARTICLE_WORDS:
            joined.append(TextToTag(title, "\n\n".join(parts), "en"))
            title, parts, words = "", [], 0
            if len(joined) == count:
                break
    return joined


def with_copies(originals: Sequence[TextToTag], seed: int = 7) -> list[TextToTag]:
    """Return a stream in which every second article copies an earlier one.

    Half of the copies are exact. The others have another headline and lack the last paragraph, as
    when outlets shorten wire reports.
    """
    rng = random.Random(seed)  # noqa: S311 - not for security
    stream: list[TextToTag] = []
    for at, original in enumerate(originals):
        stream.append(original)
        source = originals[rng.randint(max(0, at - 50), at)]
        if rng.random() < 0.5:
            shorter = source.body.rpartition("\n\n")[0] or source.body
            source = TextToTag(f"In brief: {source.title}", shorter, source.language)
        stream.append(source)
    return stream


def per_second(work: Callable[[Sequence[TextToTag]], object], texts: Sequence[TextToTag]) -> float:
    """Return how many articles `work` processes in a second of CPU time."""
    started = time.process_time()
    for at in range(0, len(texts), BATCH):
        work(texts[at : at + BATCH])
    return len(texts) / (time.process_time() - started)


def measure_speeds(path: Path, count: int) -> dict[str, float]:
    """Return the articles a second of the tagger and the bare model, without and with copies."""
    new = articles(path, count)
    stream = with_copies(new)
    speeds: dict[str, float] = {}
    for variant in VARIANTS:
        model = BareModel(variant)
        work = _bare(model)
        work(new[:BATCH])  # the first batch fills caches
        speeds[f"bare {variant}, new"] = per_second(work, new)
        if variant != "whole pipeline":
            speeds[f"bare {variant}, copies"] = per_second(work, stream)
    for name, texts in (("new", new), ("copies", stream)):
        tagger = Tagger.load()
        tagger.tag_batch([TextToTag("", "Ida Falk spoke in Oslo.", "en")])
        speeds[f"ours, {name}"] = per_second(tagger.tag_batch, texts)
    return speeds


def _bare(model: BareModel) -> Callable[[Sequence[TextToTag]], object]:
    return lambda texts: model.run([f"{text.title}\n\n{text.body}" for text in texts])


def measure_load() -> dict[str, float]:
    """Return the load time (wall and CPU time, in seconds) and the megabytes of a new process."""
    command = [sys.executable, "-c", _LOAD]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    wall, cpu, megabytes = map(float, done.stdout.split())
    return {"load_wall_s": wall, "load_cpu_s": cpu, "load_mb": megabytes}


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes (Linux only)."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


def measure_memory_in_new_process(path: Path, total: int, cache_chars: int) -> dict[int, float]:
    """Run `measure_memory` in a new process, so that no other memory is counted."""
    command = [sys.executable, "-m", __name__, str(path), str(total), str(cache_chars)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return {int(step): megabytes for step, megabytes in json.loads(done.stdout).items()}


def measure_memory(path: Path, total: int, cache_chars: int) -> dict[int, float]:
    """Tag `total` stories; return the resident megabytes after a tenth, a half and all of them.

    The file is read repeatedly, and each story gets a new first word, so that its first
    paragraph is never in the cache.
    """
    tagger = Tagger.load(cache_chars=cache_chars)
    steps = {max(BATCH, total // 10), total // 2, total}
    megabytes: dict[int, float] = {}
    done = 0
    stream = _endless(path)
    while done < total:
        batch = list(islice(stream, BATCH))
        tagger.tag_batch(batch)
        for step in steps:
            if done < step <= done + len(batch):
                megabytes[step] = resident_mb()
        done += len(batch)
    return megabytes


def _endless(path: Path) -> Iterator[TextToTag]:
    number = 0
    while True:
        for story in stories(path):
            number += 1
            yield TextToTag(story.title, f"Wire{number} reports. {story.body}", story.language)


if __name__ == "__main__":
    path, total, cache_chars = sys.argv[1:]
    json.dump(measure_memory(Path(path), int(total), int(cache_chars)), sys.stdout)
