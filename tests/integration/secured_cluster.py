"""Run a broker with TLS, users and ACLs, and create the certificates for it."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from services.kafka import development_broker
from services.kafka.development_broker import BrokerAdditions
from services.kafka.ports import free_port
from tests.integration.harness import LIBS, Cluster, create_topics

PASSWORD = "a word that nobody may see"  # noqa: S105 - of users that exist only during the test


@dataclass(frozen=True)
class Certificates:
    """PEM files: an authority, an unrelated authority, a client and a broker certificate."""

    ca: Path
    other_ca: Path
    client: Path
    server: Path


def _openssl(*arguments: str, folder: Path) -> None:
    subprocess.run(
        ["openssl", *arguments],  # noqa: S607 - the installed openssl
        cwd=folder,
        check=True,
        capture_output=True,
    )


def make_certificates(folder: Path) -> Certificates:
    """Create certificates that are valid for two days."""
    request = ["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    request += ["-days", "2"]
    for name in ("ca", "other"):
        usage = ["-addext", "keyUsage=critical,keyCertSign"]
        files = ["-subj", f"/CN={name}", "-keyout", f"{name}.key", "-out", f"{name}.pem"]
        _openssl(*request, *usage, *files, folder=folder)
    for name in ("server", "client"):
        address = ["-addext", "subjectAltName=IP:127.0.0.1", "-subj", f"/CN={name}"]
        signed = ["-CA", "ca.pem", "-CAkey", "ca.key", "-addext", "basicConstraints=CA:FALSE"]
        files = ["-keyout", f"{name}.key", "-out", f"{name}.crt"]
        _openssl(*request, *address, *signed, *files, folder=folder)
        both = (folder / f"{name}.key").read_text() + (folder / f"{name}.crt").read_text()
        (folder / f"{name}.pem").write_text(both)
    return Certificates(*(folder / f"{n}.pem" for n in ("ca", "other", "client", "server")))


@dataclass
class SecuredCluster:
    """A cluster whose plaintext listener the test uses, with the ports of its other listeners."""

    plain: Cluster
    certificates: Certificates
    ports: dict[str, int]

    def settings(self, protocol: str, **more: str) -> dict[str, str]:
        """Return the environment of a client of a protocol; `more` are settings in capitals."""
        found = {
            "KAFKA": f"127.0.0.1:{self.ports[protocol.upper()]}",
            "KAFKA_SECURITY": protocol,
            "KAFKA_CA_FILE": str(self.certificates.ca),
            **more,
        }
        return {f"NEWSLOOM_{name}": value for name, value in found.items()}


def _configuration(certificates: Certificates, users: list[str]) -> dict[str, str]:
    scram = "org.apache.kafka.common.security.scram.ScramLoginModule required;"
    plain = "org.apache.kafka.common.security.plain.PlainLoginModule required " + " ".join(
        f'user_{name}="{PASSWORD}"' for name in users
    )
    found = {
        "ssl.keystore.type": "PEM",
        "ssl.keystore.location": str(certificates.server),
        "ssl.truststore.type": "PEM",
        "ssl.truststore.location": str(certificates.ca),
        "listener.name.ssl.ssl.client.auth": "required",
        "sasl.enabled.mechanisms": "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512",
        "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
        "super.users": "User:ANONYMOUS;User:root;User:CN=client",
    }
    for listener in ("sasl_ssl", "sasl_plaintext"):
        for kind in ("scram-sha-256", "scram-sha-512"):
            found[f"listener.name.{listener}.{kind}.sasl.jaas.config"] = scram
        found[f"listener.name.{listener}.plain.sasl.jaas.config"] = f"{plain};"
    return found


@contextmanager
def secured_cluster(home: Path, users: list[str]) -> Iterator[SecuredCluster]:
    """Start a broker with the users (`root` has all permissions) and all topics."""
    certificates = make_certificates(home)
    ports = {name: free_port() for name in ("SSL", "SASL_SSL", "SASL_PLAINTEXT")}
    additions = BrokerAdditions(
        ports, _configuration(certificates, users), dict.fromkeys(users, PASSWORD)
    )
    cluster = Cluster(home, development_broker.start(home / "broker", LIBS, additions=additions))
    try:
        create_topics(cluster.bootstrap)
        yield SecuredCluster(cluster, certificates, ports)
    finally:
        cluster.stop()
        development_broker.stop(home / "broker")
