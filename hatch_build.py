"""Compiles the loops: each `.pyx` of a stage, into a library beside it.

Without a C compiler the package is built all the same: its client for subscribers has no
loops. The pipeline says what it lacks when it is started.
"""

from __future__ import annotations

import os
from contextlib import chdir
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Loops(BuildHookInterface[Any]):
    """Runs before a wheel is built, also one that only points here (`pip install -e`)."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Compile what has changed, and take it into the wheel, which is then a platform's own."""
        from setuptools.errors import CCompilerError, PlatformError  # noqa: PLC0415 - to build only

        try:
            compile_all(Path(self.root))
        except (CCompilerError, PlatformError) as error:
            self.app.display_warning(
                f"without the pipeline's loops, for want of a compiler: {error}"
            )
            return
        build_data["artifacts"].append("services/**/*.so")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_all(root: Path) -> None:
    """Compile each `.pyx` that is newer than its library.

    Raises `CCompilerError` or `PlatformError` where that can't be done.
    """
    from Cython.Build import cythonize  # noqa: PLC0415 - to build only
    from setuptools import Distribution, Extension  # noqa: PLC0415 - as above

    with chdir(root):
        found = sorted(Path("services").rglob("*.pyx"))
        named = [
            Extension(".".join(path.with_suffix("").parts), [str(path)], extra_compile_args=["-g0"])
            for path in found
        ]
        made = cythonize(named, build_dir="build/cython", quiet=True)  # type: ignore[no-untyped-call] # carries no types
        command = Distribution({"ext_modules": made}).get_command_obj("build_ext")
        command.inplace = True
        command.build_temp = "build/cython"
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()


if __name__ == "__main__":
    compile_all(Path(__file__).parent)
