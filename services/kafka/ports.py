"""Find free ports on the loopback interface."""

from __future__ import annotations

import socket


def free_port() -> int:
    """Return a loopback port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def why_not_free(port: int) -> str | None:
    """Return why no server can listen on a loopback port, or None if one can."""
    with socket.socket() as probe:
        # As Java does: connections of an earlier server that are not forgotten yet do no harm.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.strerror or str(error)
    return None
