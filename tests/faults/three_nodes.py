"""Run a Kafka cluster of three nodes on free loopback ports; each is broker and controller."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from services.kafka import development_broker
from services.kafka.java import find_java
from services.kafka.ports import free_port
from tests.integration.harness import LIBS, eventually

_NODES = (1, 2, 3)
_CLUSTER_ID = "newsloomThreeNodesXYZ0"
_PROPERTIES = """\
process.roles=broker,controller
node.id={node}
controller.quorum.voters={voters}
listeners=PLAINTEXT://127.0.0.1:{port},CONTROLLER://127.0.0.1:{controller}
advertised.listeners=PLAINTEXT://127.0.0.1:{port}
controller.listener.names=CONTROLLER
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
log.dirs={data}
auto.create.topics.enable=false
offsets.topic.replication.factor=3
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=3
transaction.state.log.min.isr=2
min.insync.replicas=2
group.initial.rebalance.delay.ms=0
message.max.bytes=10485760
replica.fetch.max.bytes=10485760
broker.session.timeout.ms=6000
replica.lag.time.max.ms=6000
"""


@dataclass
class ThreeNodeCluster:
    """The processes and ports of the nodes, by node number."""

    home: Path
    ports: dict[int, int] = field(default_factory=dict)
    processes: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)

    @property
    def bootstrap(self) -> str:
        return ",".join(f"127.0.0.1:{port}" for port in self.ports.values())

    def prepare(self) -> None:
        controllers = {node: free_port() for node in _NODES}
        self.ports = {node: free_port() for node in _NODES}
        voters = ",".join(f"{node}@127.0.0.1:{port}" for node, port in controllers.items())
        for node in _NODES:
            folder = self.home / str(node)
            folder.mkdir(parents=True)
            (folder / "server.properties").write_text(
                _PROPERTIES.format(
                    node=node,
                    voters=voters,
                    port=self.ports[node],
                    controller=controllers[node],
                    data=folder / "data",
                )
            )
            (folder / "log4j2.properties").write_text(development_broker._LOG4J)
            tool = ["kafka.tools.StorageTool", "format", "-t", _CLUSTER_ID, "-c"]
            subprocess.run(
                [*self._java(node), *tool, str(folder / "server.properties")],
                check=True,
                capture_output=True,
            )

    def start(self, node: int) -> None:
        folder = self.home / str(node)
        with (folder / "broker.log").open("ab") as log:
            self.processes[node] = subprocess.Popen(
                [*self._java(node), "kafka.Kafka", str(folder / "server.properties")],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
            )

    def kill(self, node: int) -> None:
        self.processes[node].send_signal(signal.SIGKILL)
        self.processes[node].wait(30)

    def await_listening(self) -> None:
        for port in self.ports.values():
            eventually(partial(development_broker._listens, port), "a node listens", 90)

    def stop(self) -> None:
        for process in self.processes.values():
            if process.poll() is None:
                process.kill()
                process.wait(30)

    def _java(self, node: int) -> list[str]:
        log4j = self.home / str(node) / "log4j2.properties"
        return [
            find_java(),
            *("-Xms128m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            f"-Dlog4j2.configurationFile={log4j}",
            *("-cp", f"{LIBS}/*"),
        ]


@contextmanager
def running(home: Path) -> Iterator[ThreeNodeCluster]:
    """Run three nodes and stop them at the end of the block."""
    nodes = ThreeNodeCluster(home)
    try:
        nodes.prepare()
        for node in _NODES:
            nodes.start(node)
        nodes.await_listening()
        yield nodes
    finally:
        nodes.stop()
