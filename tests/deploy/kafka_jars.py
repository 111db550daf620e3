"""Write `services/kafka/kafka_jars.lock`: the jars of a version of Apache Kafka, with checksums.

    python -m tests.deploy.kafka_jars 4.4.0

Resolves the dependencies of Kafka's server as Maven does, and downloads them.
"""

from __future__ import annotations

import hashlib
import sys

from jgo.maven import MavenContext

from services.kafka.jars import LOCK_FILE

HEADER = (
    "# The jars of Apache Kafka's server: coordinates and SHA-256. Written by `make kafka-lock`.\n"
)
LOG_BINDING = "log4j-slf4j-impl"
"""Passes Kafka's log messages to log4j; Kafka's release has it, but its server does not depend on
it. Without it the broker logs nothing, not even why it ends."""


def main(version: str) -> None:
    """Resolve Kafka's jars and write the lock file."""
    maven = MavenContext()
    root = maven.create_dependency(f"org.apache.kafka:kafka_2.13:{version}")
    resolved = [root, *(node.dep for node in maven.resolver.get_dependency_list([root])[1])]
    artifacts = [dependency.artifact for dependency in resolved]
    (logger,) = [one for one in artifacts if one.artifactId == "log4j-core"]
    binding = f"{logger.groupId}:{LOG_BINDING}:{logger.version}"
    lines = []
    for artifact in [*artifacts, maven.create_dependency(binding).artifact]:
        digest = hashlib.sha256(artifact.resolve().read_bytes()).hexdigest()
        lines.append(f"{artifact.groupId}:{artifact.artifactId}:{artifact.version} {digest}\n")
    LOCK_FILE.write_text(HEADER + "".join(sorted(set(lines))))


if __name__ == "__main__":
    main(sys.argv[1])
