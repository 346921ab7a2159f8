"""How long a command takes as a whole process, beside the least that any such program needs.

The peer is a typer program of one command that imports sqlalchemy and rich.table in its body and
returns. Each round runs all of them once, in turn; what is printed are medians and their ratios.

    python -m benchmarks.startup [--rounds 21] [--database URL]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PEER = """
import typer

app = typer.Typer(add_completion=False)


@app.command()
def main() -> None:
    import rich.table
    import sqlalchemy


app()
"""
COMMANDS = (("flagged",), ("show", "1"), ("--help",))
LIMIT = 1.25


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description="Time whole commands beside a bare program.")
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--database", help="A store with the example; else a new SQLite file.")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        peer = Path(folder) / "peer.py"
        peer.write_text(PEER, encoding="utf-8")
        database = options.database or str(Path(folder) / "tracker.db")
        if options.database is None:
            _run([sys.executable, "-m", "tracker", "init", "--example"], database)
        programs = {"bare typer program": [sys.executable, str(peer)]}
        for command in COMMANDS:
            programs["tracker " + " ".join(command)] = [sys.executable, "-m", "tracker", *command]
        _report(_measure(programs, database, options.rounds))


def _measure(programs: dict[str, list[str]], database: str, rounds: int) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {name: [] for name in programs}
    for number in range(rounds + 1):
        for name, program in programs.items():
            start = time.perf_counter()
            _run(program, database)
            # The first round fills the caches of the disk and compiles the modules.
            if number:
                times[name].append(time.perf_counter() - start)
    return times


def _run(program: list[str], database: str) -> None:
    environment = {**os.environ, "TRACKER_DATABASE": database}
    subprocess.run(program, env=environment, check=True, capture_output=True)


def _report(times: dict[str, list[float]]) -> None:
    peer = statistics.median(next(iter(times.values())))
    print(f"{'program':<22}{'median ms':>11}{'best ms':>9}{'ratio':>7}")
    for name, taken in times.items():
        median = statistics.median(taken)
        print(f"{name:<22}{median * 1000:>11.0f}{min(taken) * 1000:>9.0f}{median / peer:>7.2f}")
    print(f"flagged and show 1 should stay within {LIMIT} times the bare program")


if __name__ == "__main__":
    main()
