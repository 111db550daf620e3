"""Compile the Cython modules of the stages when the package is built.

Each `.pyx` file becomes an extension module in the same folder. The compiler is the one that Python
was built with, or else the one of the package `ziglang`, if that is installed. Without any the
package is still built; `newsloom` reports the missing modules when it starts.
"""

from __future__ import annotations

import os
import shutil
import sys
import sysconfig
from contextlib import chdir
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Loops(BuildHookInterface[Any]):
    """A build hook that runs before each wheel is built, including editable ones."""

    PLUGIN_NAME = "custom"

    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        """Compile the changed modules, add them to the wheel and tag it for this platform."""
        from setuptools.errors import CCompilerError, PlatformError  # noqa: PLC0415 - needed only for a build

        try:
            compile_all(Path(self.root))
        except (CCompilerError, PlatformError) as error:
            self.app.display_warning(
                f"The pipeline's Cython modules were not compiled, because there is no working "
                f"C compiler: {error}"
            )
            return
        build_data["artifacts"].append("services/**/*.so")
        build_data["pure_python"] = False
        build_data["infer_tag"] = True


def compile_all(root: Path) -> None:
    """Compile each `.pyx` file that is newer than its extension module.

    Raises `CCompilerError` or `PlatformError` if the compiler is missing or fails.
    """
    from Cython.Build import cythonize  # noqa: PLC0415 - needed only for a build
    from setuptools import Distribution, Extension  # noqa: PLC0415 - as above

    if compiler := packaged_compiler():
        os.environ["CC"] = compiler  # setuptools reads it
    with chdir(root):
        sources = sorted(Path("services").rglob("*.pyx"))
        # Without joined operations the results are the same on all processors.
        options = ["-g0", "-ffp-contract=off"]
        extensions = [
            Extension(".".join(path.with_suffix("").parts), [str(path)], extra_compile_args=options)
            for path in sources
        ]
        modules = cythonize(extensions, build_dir="build/cython", quiet=True)  # type: ignore[no-untyped-call] # Cython has no types here
        command = Distribution({"ext_modules": modules}).get_command_obj("build_ext")
        command.inplace = True
        command.build_temp = "build/cython"
        command.parallel = os.cpu_count()
        command.ensure_finalized()
        command.run()


def packaged_compiler() -> str | None:
    """Return the command of the compiler in the package `ziglang`, if it is needed and there.

    A compiler of the system, or one that the user has chosen with `CC`, comes first.
    """
    usual = (sysconfig.get_config_var("CC") or "cc").split()[0]
    if "CC" in os.environ or shutil.which(usual) or find_spec("ziglang") is None:
        return None
    return f"{sys.executable} -m ziglang cc"


if __name__ == "__main__":
    compile_all(Path(__file__).parent)
