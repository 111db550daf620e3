"""Find environment variables that look like settings and are none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from services.messaging.misspelling import did_you_mean
from services.settings import Settings

_PREFIX = "NEWSLOOM_"
_OTHER = frozenset({"NEWSLOOM_REGISTRY"})
"""Variables that a single command reads, and that are no setting of the workers."""

_SERVICE_LINK = re.compile(r"_SERVICE_(HOST|PORT)|_PORT_\d+_(TCP|UDP)")
"""Kubernetes sets such variables in each container for services that are called newsloom-…."""


def unknown_variables(environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for each variable that begins with NEWSLOOM_ and that nothing reads.

    A misspelt setting would otherwise have no effect, without a word.
    """
    known = {f"{_PREFIX}{name.upper()}" for name in Settings.model_fields} | _OTHER
    for name in sorted(environment):
        if not name.upper().startswith(_PREFIX) or name.upper() in known:
            continue
        if _SERVICE_LINK.search(name) or environment[name].startswith(("tcp://", "udp://")):
            continue
        yield f"{name} is no setting and has no effect{did_you_mean(name.upper(), sorted(known))}"
