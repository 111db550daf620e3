"""Read secrets from files, such as those that a container platform mounts."""

from __future__ import annotations

from pathlib import Path


def read_secret(variable: str, path: Path) -> str:
    """Return a secret from a file, without the trailing newline.

    Raises `ValueError` that names the `variable` if the file can't be read.
    """
    try:
        return path.read_text().rstrip("\r\n")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not text"
        raise ValueError(f"{path} ({variable}) can't be read: {why}.") from error
