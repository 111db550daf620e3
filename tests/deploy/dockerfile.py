"""Parse the parts of the Dockerfile syntax that deploy/Dockerfile uses."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field

_VARIABLE = re.compile(r"\$\{?([A-Za-z_]\w*)\}?")


@dataclass(frozen=True, slots=True)
class Step:
    """An instruction: its name in capitals, and its arguments joined to one line."""

    name: str
    rest: str

    def words(self) -> list[str]:
        """Return the arguments, given as a JSON list (exec form) or as shell words."""
        if self.rest.startswith("["):
            found: list[str] = json.loads(self.rest)
            return found
        return shlex.split(self.rest)

    def pairs(self) -> dict[str, str]:
        """Return the `name=value` pairs of ENV, LABEL or ARG."""
        return {name: value for name, _, value in (word.partition("=") for word in self.words())}

    def with_values(self, values: Mapping[str, str]) -> Step:
        """Return the step with `${NAME}` replaced where the name is known."""
        filled = _VARIABLE.sub(lambda m: values.get(m.group(1), m.group(0)), self.rest)
        return Step(self.name, filled)


@dataclass(slots=True)
class Stage:
    """A build stage: the steps after one FROM."""

    base: str
    name: str
    steps: list[Step] = field(default_factory=list)

    def of(self, name: str) -> list[Step]:
        """Return the steps of one kind, in order."""
        return [step for step in self.steps if step.name == name]

    def pairs(self, name: str) -> dict[str, str]:
        """Return the pairs of all steps of one kind; later ones replace earlier ones."""
        return {key: value for step in self.of(name) for key, value in step.pairs().items()}


def parse(text: str) -> list[Stage]:
    """Return the stages of a Dockerfile; FROM has the ARGs before it substituted."""
    lines = [line for line in text.splitlines() if not line.lstrip().startswith("#")]
    joined = re.sub(r"\s*\\\n\s*", " ", "\n".join(lines))
    stages: list[Stage] = []
    values: dict[str, str] = {}
    for line in filter(None, map(str.strip, joined.splitlines())):
        name, rest = line.split(None, 1)
        step = Step(name.upper(), rest)
        if step.name == "FROM":
            base, *named = step.with_values(values).words()
            stages.append(Stage(base, named[1] if named else str(len(stages))))
        elif not stages:
            values |= step.pairs()
        else:
            if step.name == "ARG":
                values |= step.pairs()
            stages[-1].steps.append(step if step.name == "RUN" else step.with_values(values))
    return stages
