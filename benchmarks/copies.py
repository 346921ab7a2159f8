"""How long an edited copy of a long document takes to come in, as whole processes.

Each round brings the copy in as a proposal and as the next edition, each into a store that holds
the document alone; what is printed are medians. Of the lines that are edited, one in ten is
deleted, one in ten has a new line behind it, the others have a word or two replaced.

    python -m benchmarks.copies [--on sqlite|postgresql] [--lines 10000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

from benchmarks.report import Figure, show
from benchmarks.speed.texts import words

LIMIT = 5.0
SHARES = (0.01, 0.1, 0.5)
SENTENCE = 18
KINDS = {
    "proposal": ("--from", "A colleague"),
    "edition": ("--edition", "The next one"),
}


def main() -> None:
    """Measure on each database and print the tables."""
    parser = argparse.ArgumentParser(description="Time edited copies that come back.")
    parser.add_argument("--on", choices=("sqlite", "postgresql"), action="append")
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    met = [
        _measured(kind, options.lines, options.rounds)
        for kind in options.on or ("sqlite", "postgresql")
    ]
    sys.exit(0 if all(met) else 1)


def _measured(kind: str, count: int, rounds: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="tracker-copies-") as name, ExitStack() as stack:
        folder = Path(name)
        original = _sentences(count)
        _write(folder / "original.txt", original)
        databases = _databases(kind, folder, stack)
        return show(
            f"{kind}: an edited copy of {count:,} lines",
            (
                _figure(databases, folder, original, share, into, rounds)
                for share in SHARES
                for into in KINDS
            ),
        )


def _sentences(count: int) -> list[str]:
    text = words(count * SENTENCE)
    parts = (text[at : at + SENTENCE] for at in range(0, len(text), SENTENCE))
    return [" ".join(part).rstrip(".") + "." for part in parts]


def _edited(lines: Sequence[str], share: float, seed: int = 20220930) -> list[str]:
    chance = random.Random(seed)
    chosen = set(chance.sample(range(len(lines)), round(len(lines) * share)))
    result: list[str] = []
    for number, line in enumerate(lines):
        kind = chance.randrange(10) if number in chosen else None
        if kind == 0:
            continue
        if kind not in (None, 1):
            result.append(_reworded(line, lines, chance))
            continue
        result.append(line)
        if kind == 1:
            result.append(" ".join(reversed(chance.choice(lines).split())))
    return result


def _reworded(line: str, lines: Sequence[str], chance: random.Random) -> str:
    said = line.split()
    for _ in range(chance.randint(1, 2)):
        said[chance.randrange(1, len(said) - 1)] = chance.choice(lines).split()[1]
    return " ".join(said)


def _write(file: Path, lines: Sequence[str]) -> None:
    file.write_text("\n\n".join(lines) + "\n", encoding="utf-8")


def _databases(kind: str, folder: Path, stack: ExitStack) -> Iterator[AbstractContextManager[str]]:
    """Yield empty databases, each gone when it is left."""
    if kind == "sqlite":
        while True:
            yield _file(folder / "copies.db")
    from tests.databases import postgres_cluster

    cluster = stack.enter_context(postgres_cluster(folder / "lock"))
    while True:
        yield cluster.database()


@contextmanager
def _file(path: Path) -> Iterator[str]:
    yield str(path)
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()


def _figure(
    databases: Iterator[AbstractContextManager[str]],
    folder: Path,
    original: Sequence[str],
    share: float,
    into: str,
    rounds: int,
) -> Figure:
    copy = folder / "copy.txt"
    _write(copy, _edited(original, share))
    taken = []
    for _ in range(rounds):
        with next(databases) as database:
            _run(database, "init")
            _run(database, "import", str(folder / "original.txt"), "--document", "long", "--yes")
            start = time.perf_counter()
            _run(database, "import", str(copy), "--document", "long", *KINDS[into], "--yes")
            taken.append(time.perf_counter() - start)
    median = statistics.median(taken)
    limit = f"under {LIMIT:.0f} s"
    return Figure(f"{share:.0%} edited, as {into}", f"{median:.2f} s", limit, median < LIMIT)


def _run(database: str, *command: str) -> None:
    environment = {**os.environ, "TRACKER_DATABASE": database}
    program = [sys.executable, "-m", "tracker", *command]
    subprocess.run(program, env=environment, check=True, capture_output=True)


if __name__ == "__main__":
    main()
