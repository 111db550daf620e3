"""Store the results of the fault tests in `build/reports/faults.json`, one row for each fault.

Running a test again replaces its row, so the tests can be run one at a time.
`python -m tests.faults.results` prints the table of docs/reliability.md.
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.faults import run_size

FILE = Path("build/reports/faults.json")
_FACTS = ("lost", "doubled", "out_of_order", "redelivered")


def note(row: str, began: float, report: dict[str, Any], **facts: Any) -> None:
    """Save the results of a test. `began` is the `time.monotonic` of its start, in seconds."""
    rows = _rows()
    rows[row] = {
        "size": "full" if run_size.FULL else "short",
        "seed": run_size.SEED,
        "when": datetime.now(UTC).isoformat(timespec="seconds"),
        "seconds": round(time.monotonic() - began),
        "messages": report["messages"],
        **{name: report[name] for name in _FACTS},
        **facts,
    }
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(rows, indent=2) + "\n")


def _rows() -> dict[str, dict[str, Any]]:
    try:
        rows: dict[str, dict[str, Any]] = json.loads(FILE.read_text())
    except (OSError, ValueError):
        return {}
    return rows


def table() -> str:
    """Return the rows as a Markdown table."""
    columns = ("fault", "messages", *_FACTS, "also measured", "size, seed, date")
    lines = [f"| {' | '.join(columns)} |".replace("_", " "), "|---" * len(columns) + "|"]
    shown = {"size", "seed", "when", "seconds", "messages", *_FACTS}
    for name, row in sorted(_rows().items()):
        also = ", ".join(
            f"{key.replace('_', ' ')} {value}" for key, value in row.items() if key not in shown
        )
        facts = " | ".join(f"{row[fact]:,}" for fact in _FACTS)
        lines.append(
            f"| {name} | {row['messages']:,} | {facts} | {also} | {row['size']}, {row['seed']}, "
            f"{row['when'][:10]} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    print(table())  # noqa: T201 - the command's output
