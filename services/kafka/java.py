"""Find a Java that can run Apache Kafka."""

from __future__ import annotations

import shutil
import subprocess

from services.messaging.errors import UsageError


def find_java() -> str:
    """Return the path of a Java of version 17 or later.

    Raises `UsageError` that tells how to install one.
    """
    java = shutil.which("java")
    advice = "install Java 17 or later (Debian: apt-get install openjdk-17-jre-headless)."
    if java is None:
        raise UsageError(f"Java is not installed; {advice}")
    said = subprocess.run(  # noqa: S603 - java from PATH
        [java, "-XshowSettings:properties", "-version"], capture_output=True, text=True, check=False
    )
    for line in said.stderr.splitlines():
        name, _, value = line.partition("=")
        if name.strip() == "java.specification.version":
            if float(value) >= 17:  # noqa: PLR2004 - what Kafka 4 needs
                return java
            raise UsageError(f"Java {value.strip()} is too old for Kafka 4; {advice}")
    raise UsageError(f"`{java} -version` fails; {advice}")
