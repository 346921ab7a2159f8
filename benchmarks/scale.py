"""How long commands take, as whole processes, on a long store beside a short one.

The short store has 100 lines. Each round runs all commands on both in turn; what is printed are
medians and their ratios. Without a database, both are made on SQLite and on a PostgreSQL of our
own, which the development tools bring along.

    python -m benchmarks.scale [--on sqlite|postgresql] [--lines 100000] [--comments 1000000]
                               [--editions 50] [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import NamedTuple

from benchmarks.filled import HOT, RARE, Size, dispose, fill
from benchmarks.report import Figure, show

LIMIT = 1.5
SMALL = Size(lines=100, comments=1_000, hot=100, editions=1, proposals=60)
OPEN = (7, 50, 93)
"""The lines that stay open."""

ASKED = {
    "flagged": "flagged",
    "show, the line most is said of": f"show {HOT}",
    "log --limit 20": "log --limit 20",
    "search, a rare word": f"search {RARE}",
    "search, a common word": "search the",
    "search, two words": "search the line",
    "search, two Japanese characters": "search 人権",
    "flagged, filter without a match": "flagged --meeting M11",
    "flagged, filters never met together": "flagged --side Japan --kind question",
    "flagged --json": "flagged --json",
}
BESIDE = {
    "flagged --meeting": "flagged --meeting M3",
    "flagged --all --kind": "flagged --all --kind objection",
    "status": "status",
    "comment list": "comment list",
    "comment list --line": f"comment list --line {HOT}",
    "proposal list": "proposal list",
    "text": "text",
    "show, a line as others": "show 50",
}
"""Commands that nobody asked a limit for."""


class Pair(NamedTuple):
    """The two stores to compare."""

    short: str
    long: str


def main() -> None:
    """Make the stores, time the commands and print the tables."""
    parser = argparse.ArgumentParser(description="Time commands on a long store and a short one.")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--comments", type=int, default=1_000_000)
    parser.add_argument("--editions", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    hot = min(10_000, options.comments // 10)
    size = Size(options.lines, options.comments, hot, options.editions, proposals=300)
    met = [_compare(kind, size, options.rounds) for kind in options.on or ("sqlite", "postgresql")]
    sys.exit(0 if all(met) else 1)


def _compare(kind: str, size: Size, rounds: int) -> bool:
    with _pair(kind) as pair:
        for database, what in ((pair.short, SMALL), (pair.long, size)):
            start = time.perf_counter()
            fill(database, what)
            print(f"{kind}: {what} in {time.perf_counter() - start:.0f} s", flush=True)
        met = _timed(f"{kind}, every line open", pair, ASKED | BESIDE, rounds)
        for database, what in ((pair.short, SMALL), (pair.long, size)):
            start = time.perf_counter()
            dispose(database, what, OPEN)
            print(f"{kind}: disposed of most in {time.perf_counter() - start:.0f} s", flush=True)
        few = ASKED | {"flagged --all": "flagged --all"} | BESIDE
        return _timed(f"{kind}, three lines open", pair, few, rounds) and met


@contextmanager
def _pair(kind: str) -> Iterator[Pair]:
    """Give two databases that are gone at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="tracker-scale-")))
        if kind == "sqlite":
            yield Pair(str(folder / "short.db"), str(folder / "long.db"))
            return
        from tests.databases import postgres_cluster

        cluster = stack.enter_context(postgres_cluster(folder / "lock"))
        databases = [stack.enter_context(cluster.database()) for _ in range(2)]
        yield Pair(*databases)


def _timed(title: str, pair: Pair, commands: Mapping[str, str], rounds: int) -> bool:
    taken: dict[str, tuple[list[float], list[float]]] = {name: ([], []) for name in commands}
    for number in range(rounds + 1):
        for name, command in commands.items():
            for times, database in zip(taken[name], pair, strict=True):
                start = time.perf_counter()
                _run(command, database)
                # The first round fills the caches.
                if number:
                    times.append(time.perf_counter() - start)
    return show(title, (_figure(name, *times) for name, times in taken.items()))


def _run(command: str, database: str) -> None:
    environment = {**os.environ, "TRACKER_DATABASE": database}
    program = [sys.executable, "-m", "tracker", *command.split()]
    subprocess.run(program, env=environment, check=True, capture_output=True)


def _figure(name: str, short: list[float], long: list[float]) -> Figure:
    ours, other = statistics.median(long) * 1000, statistics.median(short) * 1000
    asked = name in ASKED
    return Figure(
        f"{name}: {other:.0f} ms on 100 lines",
        f"{ours:.0f} ms, {ours / other:.2f}",
        f"at most {LIMIT}" if asked else "",
        ours / other <= LIMIT if asked else None,
    )


if __name__ == "__main__":
    main()
