"""Build an image without a container engine: run the steps of a Dockerfile in a plain folder.

The folder represents the root of the image. Paths of the image in the steps, also in the
commands of RUN, are mapped to paths under it. An environment of the Python that runs the tests
replaces the base image. The project's environment is not used.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

from tests.deploy.dockerfile import Stage, Step

_IMAGE_PATH = re.compile(r"(?<![\w./-])/(opt|src|usr/local|var/lib|tmp)(?=[/\s:]|$)")
_SYSTEM = "/usr/bin:/bin"
_DEBIAN = "/usr/bin/"
"""Where Debian's packages put their programs: those of this machine are taken."""
_KEPT = re.compile(r"(?i)home$|uv_cache_dir$|(uv|pip)_.*(index|cert)|(https?|no|all)_proxy$|ssl_")
"""Variables of this machine that RUN receives: locations of caches, and access to packages."""


@dataclass(frozen=True, slots=True)
class Image:
    """A built image: its root folder, and how to start a container in it."""

    root: Path
    stage: Stage
    environment: dict[str, str]

    def path(self, inside: str) -> Path:
        """Return the path in the plain folder of a path in the image."""
        return Path(_under(self.root, inside))

    def command(self, name: str) -> list[str]:
        """Return ENTRYPOINT or CMD in exec form, with the full path of its program."""
        program, *arguments = self.stage.of(name)[-1].words()
        found = shutil.which(program, path=self.environment["PATH"])
        assert found, f"{program} is not on the image's PATH"
        return [found, *arguments]

    def bytes(self) -> dict[str, int]:
        """Return the bytes that the layers add to the base image, by folder."""
        return {name: _bytes(self.path(name)) for name in ("/opt/newsloom", "/var/lib/newsloom")}


def build(stages: list[Stage], context: Path, folder: Path) -> Image:
    """Run the steps. Raises CalledProcessError if a command of a RUN step fails."""
    root = folder / "root"
    finished: dict[str, Path] = {}
    for stage in stages:
        _base(root)
        follower = _Follower(root, context, finished)
        for step in stage.steps:
            follower.follow(step)
        # Scripts contain the path of their environment, so each stage is built at the same path.
        finished[stage.name] = folder / f"stage-{stage.name}"
        root.rename(finished[stage.name])
    finished.pop(stages[-1].name).rename(root)
    for path in finished.values():
        shutil.rmtree(path)
    return Image(root, stages[-1], follower.environment)


class _Follower:
    """Runs the steps of one stage."""

    def __init__(self, root: Path, context: Path, finished: dict[str, Path]) -> None:
        self._root = root
        self._context = context
        self._finished = finished
        self._at = root
        self.environment = {"PATH": _under(root, f"/usr/local/bin:{_SYSTEM}")}

    def follow(self, step: Step) -> None:
        if step.name == "WORKDIR":
            self._at = Path(_under(self._root, step.rest))
            self._at.mkdir(parents=True, exist_ok=True)
        elif step.name == "ENV":
            pairs = step.pairs().items()
            self.environment |= {key: _under(self._root, value) for key, value in pairs}
        elif step.name == "COPY":
            self._copy(step)
        elif step.name == "RUN":
            self._run(step)

    def _copy(self, step: Step) -> None:
        words = step.words()
        origin, hidden = self._context, shutil.ignore_patterns("__pycache__", "*.so")
        if words[0].startswith("--from="):
            origin = self._finished[words.pop(0).removeprefix("--from=")]
            hidden = shutil.ignore_patterns()
        *sources, target = words
        into = Path(_under(self._root, target)) if target[0] == "/" else self._at / target
        for source in sources:
            path = Path(source) if source.startswith(_DEBIAN) else origin / source.lstrip("/")
            if path.is_dir():
                shutil.copytree(path, into, symlinks=True, ignore=hidden, dirs_exist_ok=True)
            else:
                shutil.copy(path, into / path.name if target.endswith("/") else into)

    def _run(self, step: Step) -> None:
        if step.rest.startswith("apt-get"):
            return  # the packages of Debian must be installed on this machine
        command = _under(self._root, step.rest)
        if os.geteuid():
            command = re.sub(r" -[og] \d+", "", command)  # only root can change the owner
        # The package caches of the user who runs this; the build of an image has none.
        kept = {key: value for key, value in os.environ.items() if _KEPT.match(key)}
        subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self._at,
            env=kept | self.environment,
            check=True,
            capture_output=True,
            text=True,
        )


def _under(root: Path, text: str) -> str:
    return _IMAGE_PATH.sub(lambda found: f"{root}/{found.group(1)}", text)


def _base(root: Path) -> None:
    """Create what the steps need of the base image `python`."""
    for name in ("tmp", "opt", "var/lib"):
        (root / name).mkdir(parents=True)
    (root / "tmp").chmod(0o1777)
    venv.create(root / "usr/local", with_pip=True, symlinks=True)


def _bytes(folder: Path) -> int:
    # Counted like `du`: blocks on disk; a file with several hard links counts once.
    found = {path.lstat().st_ino: path.lstat().st_blocks * 512 for path in folder.rglob("*")}
    return sum(found.values())


def confined(image: Image, command: list[str], writable: list[Path]) -> list[str] | None:
    """Return a command that runs as the image's user, as process 1, on a read-only root.

    Only the `writable` folders can be written. The result is None if this machine does not allow
    it: that needs root or user namespaces, and `unshare` of Linux.
    """
    user, group = image.stage.of("USER")[-1].rest.split(":")
    # Each is a separate mount, so that it can stay writable while the root is remounted.
    steps = [f"mount --bind '{path}' '{path}'" for path in (image.root, *writable)]
    steps += [f"mount -o remount,bind,ro '{path}'" for path in (image.root, "/")]
    steps.append("mount -t proc proc /proc")
    # The replacement of the base image may be in a folder that only root can read.
    reading = "-all,+dac_read_search"
    steps.append(
        f"exec setpriv --reuid {user} --regid {group} --clear-groups --no-new-privs "
        f'--bounding-set {reading} --inh-caps {reading} --ambient-caps {reading} "$@"'
    )
    namespaces = ["unshare", "--mount", "--pid", "--fork", "--kill-child"]
    prefix = [*namespaces, "sh", "-c", " && ".join(steps), "sh"]
    if sys.platform != "linux" or not shutil.which("unshare") or not shutil.which("setpriv"):
        return None
    tried = subprocess.run([*prefix, "true"], capture_output=True, check=False)
    return [*prefix, *command] if tried.returncode == 0 else None
