"""Other programs and libraries that compare texts word by word, each timed by its own means.

A library is timed in a process of its own, without its import, so that it can be stopped, by the
processor's time; a program as a whole process, since that is how it is used.

    python -m benchmarks.speed.peers NAME OLD NEW    prints the seconds and the megabytes it took
"""

from __future__ import annotations

import importlib
import importlib.util
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 3
TURNS = 7
PATIENCE = 60.0
PROGRAMS = {
    "dwdiff": ["dwdiff"],
    "wdiff": ["wdiff"],
    "git diff --word-diff": ["git", "diff", "--no-index", "--word-diff=plain"],
    "git diff": ["git", "diff", "--no-index"],
}
Compare = Callable[[str, str], object]


class Cost(NamedTuple):
    """The median of the times, and the most memory that the process held."""

    seconds: float
    megabytes: float = 0.0


def program(name: str, old: Path, new: Path, rounds: int = ROUNDS) -> Cost | str:
    """Return what a program costs, or why that is not known."""
    command = PROGRAMS[name]
    if shutil.which(command[0]) is None:
        return "missing"
    times = []
    for _ in range(rounds):
        begun = time.perf_counter()
        try:
            subprocess.run(
                [*command, str(old), str(new)],
                stdout=subprocess.DEVNULL,
                timeout=PATIENCE,
                check=False,
            )
        except subprocess.TimeoutExpired:
            return f"over {PATIENCE:.0f} s"
        times.append(time.perf_counter() - begun)
    return Cost(statistics.median(times))


def library(name: str, old: Path, new: Path) -> Cost | str:
    """Return what a library costs, ours too, or why that is not known."""
    module = LIBRARIES[name][0]
    if importlib.util.find_spec(module) is None:
        return "missing"
    command = [sys.executable, "-m", "benchmarks.speed.peers", name, str(old), str(new)]
    try:
        done = subprocess.run(
            command, stdout=subprocess.PIPE, timeout=PATIENCE, check=True, text=True
        )
    except subprocess.TimeoutExpired:
        return f"over {PATIENCE:.0f} s"
    seconds, megabytes = map(float, done.stdout.split())
    return Cost(seconds, megabytes)


def _ours() -> Compare:
    from tracker.text import diff

    return diff


def _dmp_words() -> Compare:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0

    def compare(old: str, new: str) -> object:
        left, right = _letters(old, new)
        ops = engine.diff_main(left, right, False)
        engine.diff_cleanupSemantic(ops)
        return ops

    return compare


def _dmp_characters() -> Compare:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0

    def compare(old: str, new: str) -> object:
        ops = engine.diff_main(old, new)
        engine.diff_cleanupSemantic(ops)
        return ops

    return compare


def _fast_dmp() -> Compare:
    fast = importlib.import_module("fast_diff_match_patch")

    def compare(old: str, new: str) -> object:
        left, right = _letters(old, new)
        return fast.diff(left, right, timelimit=0, checklines=False, cleanup="Semantic")

    return compare


def _redlines() -> Compare:
    redlines = importlib.import_module("redlines")
    return lambda old, new: redlines.Redlines(old, new).output_markdown


def _difflib() -> Compare:
    from difflib import SequenceMatcher

    from tracker.text.words import tokens

    return lambda old, new: SequenceMatcher(
        None, tokens(old), tokens(new), autojunk=False
    ).get_opcodes()


# The module that must be there, and what prepares the comparison.
LIBRARIES: dict[str, tuple[str, Callable[[], Compare]]] = {
    "ours": ("tracker", _ours),
    "diff-match-patch in C++, by words": ("fast_diff_match_patch", _fast_dmp),
    "diff-match-patch, by words": ("diff_match_patch", _dmp_words),
    "diff-match-patch, by characters": ("diff_match_patch", _dmp_characters),
    "redlines": ("redlines", _redlines),
    "difflib, by words": ("difflib", _difflib),
}


def _letters(old: str, new: str) -> tuple[str, str]:
    """Map each word to one private-use character, as word mode does."""
    from tracker.text.words import tokens

    letters: dict[str, str] = {}
    left, right = (
        "".join([letters.setdefault(token, chr(0xF0000 + len(letters))) for token in tokens(text)])
        for text in (old, new)
    )
    return left, right


def timed(compare: Compare, old: str, new: str, rounds: int = ROUNDS) -> float:
    """Return the median of the processor's seconds, after one round to warm up."""
    compare(old, new)
    times = []
    for _ in range(rounds):
        begun = time.process_time()
        compare(old, new)
        times.append(time.process_time() - begun)
    return statistics.median(times)


def beside(
    name: str, compare: Compare, pair: tuple[str, str, Path, Path]
) -> tuple[float, Cost | str]:
    """Return what a comparison in this process costs, and a program run in turn with it.

    In turn, so that whatever else the machine does falls on both.
    """
    old, new, old_path, new_path = pair
    compare(old, new)
    ours, theirs = [], []
    for _ in range(TURNS):
        begun = time.perf_counter()
        compare(old, new)
        ours.append(time.perf_counter() - begun)
        theirs.append(program(name, old_path, new_path, rounds=1))
    seconds = statistics.median(ours)
    known = [cost.seconds for cost in theirs if isinstance(cost, Cost)]
    return seconds, Cost(statistics.median(known)) if known else theirs[0]


def _main(arguments: Sequence[str]) -> None:
    name, *paths = arguments
    compare = LIBRARIES[name][1]()
    compare("warm", "up")
    old, new = (Path(path).read_text(encoding="utf-8") for path in paths)
    times: list[float] = []
    # What takes long is timed once: it is stopped after a minute.
    while len(times) < ROUNDS and sum(times) < PATIENCE / 8:
        begun = time.process_time()
        compare(old, new)
        times.append(time.process_time() - begun)
    print(statistics.median(times), _most_memory())


def _most_memory() -> float:
    """Return the most memory this process had, in megabytes."""
    status = Path("/proc/self/status")
    if status.exists():
        # What getrusage tells includes the process that started this one.
        peak = re.search(r"VmHWM:\s+(\d+) kB", status.read_text(encoding="ascii"))
        if peak:
            return int(peak[1]) / 1024
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


if __name__ == "__main__":
    _main(sys.argv[1:])
