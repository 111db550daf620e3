"""The development broker: a real Apache Kafka with one node (KRaft) on a loopback port.

Its jars are downloaded by `services/kafka/jars.py`; its data is in a folder of its own.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from services.kafka.java import find_java
from services.kafka.ports import free_port, why_not_free
from services.messaging.errors import UsageError

_START_SECONDS = 300.0  # a busy machine may need minutes; a broker that fails ends by itself
_STOP_SECONDS = 30.0
_CLUSTER_ID = "newsloomDevelopmentXYZ"  # any 22 characters of base64url
_STATE = "broker.json"

_EXCEPTION = re.compile(
    r"^(?:Exception in thread .*? )?[\w.$]+(?:Exception|Error): (.+)$", re.MULTILINE
)
"""The line with which Java begins the traceback of an exception."""

_PROPERTIES = """\
process.roles=broker,controller
node.id=1
controller.quorum.bootstrap.servers=127.0.0.1:{controller}
listeners={listeners},CONTROLLER://127.0.0.1:{controller}
advertised.listeners={listeners}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,{protocols}
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
# As long as `_START_SECONDS`: a broker that is not registered by then ends itself.
initial.broker.registration.timeout.ms=300000
message.max.bytes=10485760
replica.fetch.max.bytes=10485760
"""


@dataclass(frozen=True, slots=True)
class BrokerAdditions:
    """Additions to a broker's plain listener, for tests of security.

    `listeners` are further security protocols with their ports, `properties` are added to its
    configuration, `users` are SCRAM users with their passwords.
    """

    listeners: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, str] = field(default_factory=dict)
    users: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Broker:
    """A running development broker."""

    pid: int
    port: int
    home: str

    @property
    def bootstrap(self) -> str:
        """The bootstrap server."""
        return f"127.0.0.1:{self.port}"


def running(home: Path) -> Broker | None:
    """Return the broker whose data is in `home`, if it is running."""
    try:
        broker = Broker(**json.loads((home / _STATE).read_text()))
    except (OSError, ValueError, TypeError):
        return None
    return broker if _is_java(broker.pid) else None


def start(
    home: Path,
    libs: Path,
    port: int = 0,
    additions: BrokerAdditions | None = None,
    preferred: int = 0,
) -> Broker:
    """Start a broker, or return the one that is running.

    Without a `port` it is the one of last time, else `preferred`, else any; the first two only if
    they are free. Raises `UsageError` if Java or the jars are missing, if the port is taken or the
    running broker has another one, or if the broker does not start.
    """
    there = running(home)
    if there is not None:
        if port not in (0, there.port):
            raise UsageError(
                f"Kafka already runs at {there.bootstrap}; stop it with `newsloom broker stop` to "
                f"start it on port {port}."
            )
        return there
    if port and (taken := why_not_free(port)):
        raise UsageError(f"Kafka can't use port {port} on 127.0.0.1: {taken}.")
    java = find_java()
    jars = sorted(libs.glob("*.jar"))
    if not jars:
        raise UsageError(
            f"The jars of Kafka are not in {libs.absolute()}; run `newsloom broker download`."
        )
    home.mkdir(parents=True, exist_ok=True)
    port = port or next(filter(_is_free, (_remembered_port(home), preferred)), 0) or free_port()
    additions = additions or BrokerAdditions()
    properties = home / "server.properties"
    properties.write_text(_properties(home, {"PLAINTEXT": port, **additions.listeners}, additions))
    log4j = home / "log4j2.properties"
    log4j.write_text(_LOG4J)
    classpath = f"{libs}/*"
    base = [java, "-Xms256m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    base += [f"-Dlog4j2.configurationFile={log4j.absolute()}", "-cp", classpath]
    if not (home / "data" / "meta.properties").exists():
        _format(base, properties, additions.users)
    with (home / "broker.log").open("ab") as log:
        logged_before = log.tell()
        process = subprocess.Popen(  # noqa: S603 - our own program and files
            [*base, "kafka.Kafka", str(properties)],
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C in the terminal is for the caller to handle
        )
    broker = Broker(process.pid, port, str(home))
    (home / _STATE).write_text(json.dumps(asdict(broker)))
    _await_start(process, broker, logged_before)
    return broker


def _await_start(process: subprocess.Popen[bytes], broker: Broker, logged_before: int) -> None:
    """Wait until the broker listens; stop it and raise `UsageError` if it ends or takes too long.

    `logged_before` is the size in bytes of its log before it was started.
    """
    deadline = time.monotonic() + _START_SECONDS
    home = Path(broker.home)
    log = (home / "broker.log").absolute()
    while process.poll() is None:
        if _listens(broker.port):
            return
        if time.monotonic() > deadline:
            stop(home)
            raise UsageError(f"Kafka did not start within {_START_SECONDS:.0f} s; see {log}.")
        time.sleep(0.1)
    said = log.read_bytes()[logged_before:].decode("utf-8", "replace")
    raise UsageError(f"Kafka ended while it started: {failure_in(said)} (see {log}).")


def failure_in(log: str) -> str:
    """Return the reason that a broker's log gives for its end: its first exception.

    Without one it is the last line, and for an empty log a sentence that says so.
    """
    found = _EXCEPTION.search(log)
    if found:
        return found[1].strip().rstrip(".")
    lines = log.strip().splitlines()
    return lines[-1].strip() if lines else "it logged nothing"


def stop(home: Path) -> bool:
    """Stop the broker of `home`; return False if none is running."""
    broker = running(home)
    if broker is None:
        return False
    os.kill(broker.pid, signal.SIGTERM)
    deadline = time.monotonic() + _STOP_SECONDS
    while _is_java(broker.pid):
        if time.monotonic() > deadline:
            os.kill(broker.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(broker.pid, os.WNOHANG)  # reaps it if it is a child of this process
        time.sleep(0.05)
    return True


def await_end(pid: int) -> None:
    """Wait until the broker's process has ended."""
    while _is_java(pid):
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)  # reaps it if it is a child of this process
        time.sleep(0.05)


def _properties(home: Path, listeners: Mapping[str, int], additions: BrokerAdditions) -> str:
    made = _PROPERTIES.format(
        listeners=",".join(f"{name}://127.0.0.1:{port}" for name, port in listeners.items()),
        protocols=",".join(f"{name}:{name}" for name in listeners),
        controller=free_port(),
        data=(home / "data").absolute(),
    )
    return made + "".join(f"{name}={value}\n" for name, value in additions.properties.items())


def _format(base: list[str], properties: Path, users: Mapping[str, str]) -> None:
    scram = [
        word
        for name, password in users.items()
        for kind in ("SCRAM-SHA-256", "SCRAM-SHA-512")
        for word in ("--add-scram", f"{kind}=[name={name},password={password}]")
    ]
    done = subprocess.run(  # noqa: S603 - our own program and files
        [
            *base,
            "kafka.tools.StorageTool",
            "format",
            "--standalone",
            "-t",
            _CLUSTER_ID,
            "-c",
            str(properties),
            *scram,
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last = (done.stderr or done.stdout).strip().splitlines()[-1:]
        raise UsageError(f"Kafka could not format its storage: {' '.join(last)}")


def _remembered_port(home: Path) -> int:
    try:
        return int(json.loads((home / _STATE).read_text())["port"])
    except (OSError, ValueError, KeyError, TypeError):
        return 0


def _is_free(port: int) -> bool:
    return port != 0 and why_not_free(port) is None


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.5)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _is_java(pid: int) -> bool:
    """Return whether the process is alive and still the broker, not another with its number."""
    try:
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
    return b"kafka.Kafka" in command


_LOG4J = """\
status=error
appender.out.type=Console
appender.out.name=out
appender.out.layout.type=PatternLayout
appender.out.layout.pattern=%d %p %c: %m%n
rootLogger.level=warn
rootLogger.appenderRef.out.ref=out
"""
