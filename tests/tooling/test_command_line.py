"""The command line, started as a program."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_python_can_run_it_as_a_module(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "services", "run", "weaving"],
        env={**os.environ, "NEWSLOOM_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 1
    assert "There is no stage 'weaving'" in done.stderr
