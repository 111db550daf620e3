"""Run the command line: the entry point of `newsloom` and of `python -m services`."""

from __future__ import annotations

import faulthandler
import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line, or explain that its Cython modules are missing."""
    if find_spec("services.dedup.features.tokenizer") is None:
        sys.exit(
            "newsloom: its loops are not compiled; install a C compiler "
            "(Debian: gcc, python3-dev; or the package ziglang), then newsloom-server again."
        )
    from services.cli import main as run  # noqa: PLC0415 - it imports the modules checked above

    faulthandler.enable()  # print a traceback if native code crashes
    run()


if __name__ == "__main__":
    main()
