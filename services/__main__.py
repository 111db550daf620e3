"""Run the command line: the entry point of `newsloom` and of `python -m services`."""

from __future__ import annotations

import faulthandler
import sys
from importlib.util import find_spec


def main() -> None:
    """Run the command line, or explain which of its dependencies is missing.

    The libraries of a command are imported when it is used.
    """
    try:
        _run()
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] in {"schemas", "services"}:
            raise
        sys.exit(
            f"newsloom: the command line needs {error.name}, which is not installed; "
            "install newsloom[pipeline] (newsloom alone is the subscriber's client)."
        )


def _run() -> None:
    from services.cli import main as run  # noqa: PLC0415 - its libraries are an extra

    if find_spec("services.dedup.features.tokenizer") is None:
        sys.exit(
            "newsloom: its loops are not compiled; install a C compiler "
            "(Debian: gcc, python3-dev), then newsloom again."
        )
    faulthandler.enable()  # print a traceback if native code crashes
    run()


if __name__ == "__main__":
    main()
