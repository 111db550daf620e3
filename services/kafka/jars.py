"""Download the jars of Apache Kafka for the development broker, without Java or Maven.

`kafka_jars.lock` beside this file names every jar with its SHA-256 checksum; the test
`tests/deploy/kafka_jars.py` writes it. The library jgo downloads them into Maven's local
repository, where other programs that use Maven find them too.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from services.messaging.errors import UsageError

LOCK_FILE = Path(__file__).with_name("kafka_jars.lock")
_TIMEOUT_SECONDS = 60
_PARALLEL_DOWNLOADS = 8


@dataclass(frozen=True, slots=True)
class LockedJar:
    """One jar: its Maven coordinates (`group:artifact:version`) and its SHA-256 checksum."""

    coordinates: str
    sha256: str

    @property
    def file_name(self) -> str:
        """The name of the file in the folder of jars."""
        _, artifact, version = self.coordinates.split(":")
        return f"{artifact}-{version}.jar"


def locked_jars(lock: Path = LOCK_FILE) -> list[LockedJar]:
    """Return the jars that a lock file names: lines of coordinates and checksum."""
    lines = (line.split() for line in lock.read_text().splitlines())
    return [LockedJar(*words) for words in lines if words and words[0] != "#"]


def missing_jars(libs: Path, lock: Path = LOCK_FILE) -> list[LockedJar]:
    """Return the locked jars that are not in the folder `libs`."""
    return [jar for jar in locked_jars(lock) if not (libs / jar.file_name).exists()]


def download_jars(
    libs: Path, step: Callable[[], None] = lambda: None, lock: Path = LOCK_FILE
) -> int:
    """Download what is missing in `libs`, and remove the jars of other versions.

    `step` is called after each jar. Returns the number of jars downloaded. Raises `UsageError`
    if the resolver is not installed, a jar can't be downloaded, or its checksum is wrong.
    """
    missing = missing_jars(libs, lock)
    wanted = {jar.file_name for jar in locked_jars(lock)}
    libs.mkdir(parents=True, exist_ok=True)
    for path in set(libs.glob("*.jar")):
        if path.name not in wanted:
            path.unlink()
    for jar, downloaded in _downloads(missing):
        _install(jar, downloaded, libs)
        step()
    return len(missing)


def _downloads(jars: list[LockedJar]) -> Iterator[tuple[LockedJar, Path]]:
    """Yield each jar with the path of its file in Maven's local repository."""
    try:
        from jgo.maven import MavenContext  # noqa: PLC0415 - an optional dependency
    except ImportError as error:
        raise UsageError(
            "The jars of Kafka are missing, and so is the library that downloads them: "
            "`pip install newsloom-server[broker]`."
        ) from error
    maven = MavenContext(timeout=_TIMEOUT_SECONDS)

    def resolve(jar: LockedJar) -> Path:
        return maven.create_dependency(jar.coordinates).artifact.resolve()

    with ThreadPoolExecutor(_PARALLEL_DOWNLOADS) as pool:
        running = {pool.submit(resolve, jar): jar for jar in jars}
        try:
            for done in as_completed(running):
                yield running[done], done.result()
        except Exception as error:  # the library raises what its HTTP client raises, and others
            raise UsageError(
                f"The jars of Kafka could not be downloaded: {error}. Check the network and that "
                "it lets requests through to Maven Central."
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def _install(jar: LockedJar, downloaded: Path, libs: Path) -> None:
    """Copy a jar whose checksum is right into `libs`; remove one whose checksum is wrong."""
    if hashlib.sha256(downloaded.read_bytes()).hexdigest() != jar.sha256:
        downloaded.unlink()
        raise UsageError(
            f"The checksum of {jar.coordinates} is not the one in {LOCK_FILE.name}; "
            "the downloaded file was removed."
        )
    partial = libs / f"{jar.file_name}.part"
    shutil.copyfile(downloaded, partial)
    partial.replace(libs / jar.file_name)
