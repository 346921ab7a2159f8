"""What is measured, part by part: each yields its figures as they become known."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Figure
from benchmarks.speed import peers, texts
from benchmarks.speed.peers import Cost
from tracker.text import align

SENTENCE_WORDS = 42
SENTENCE_LIMIT = 0.2
DOCUMENT_WORDS = 100_000
SHARES = (0.01, 0.1, 0.5)
PROGRAM_LIMIT = 2.0
LIBRARY_LIMIT = 10.0
MEMORY_LIMIT = 300
GROWTH_WORDS = 62_500
GROWTH_STEPS = 5
GROWTH_LIMIT = 2.2
LINES = 100_000
LINES_LIMIT = 5.0
LINE_WORDS = 10


class Pair(NamedTuple):
    """Two texts, also as files."""

    old: str
    new: str
    old_path: Path
    new_path: Path


def sentence() -> Iterator[Figure]:
    """One sentence of 42 words edited a little: the median of many, in this process."""
    for name, words, space in (
        ("English", texts.words(SENTENCE_WORDS * 200), " "),
        ("Japanese", texts.phrases(SENTENCE_WORDS // 2 * 200), ""),
    ):
        size = len(words) // 200
        sentences = [words[start : start + size] for start in range(0, len(words), size)]
        pairs = [
            (space.join(one), space.join(texts.edited(one, 0.07, "mix", seed)))
            for seed, one in enumerate(sentences)
        ]
        ours = _median_ms("ours", pairs)
        others = tuple(
            (peer, f"{_median_ms(peer, pairs):.3f} ms")
            for peer in ("diff-match-patch, by words", "difflib, by words", "redlines")
            if _is_there(peer)
        )
        yield Figure(
            f"{name}, {size} words or phrases",
            f"{ours:.3f} ms",
            f"at most {SENTENCE_LIMIT} ms",
            ours <= SENTENCE_LIMIT,
            others,
        )


def document() -> Iterator[Figure]:
    """A document of 100,000 words with some of them changed, beside every peer."""
    too_slow: set[str] = set()
    compare = peers.LIBRARIES["ours"][1]()
    for share in SHARES:
        with tempfile.TemporaryDirectory() as folder:
            pair = _english(Path(folder), share, "replace")
            costs: dict[str, Cost | str] = {}
            beside, costs["dwdiff"] = peers.beside("dwdiff", compare, pair)
            ours = peers.timed(compare, pair.old, pair.new)
            for name in ("wdiff", "git diff --word-diff"):
                costs[name] = peers.program(name, pair.old_path, pair.new_path)
            for name in list(peers.LIBRARIES)[1:]:
                costs[name] = "slower still"
                if name not in too_slow:
                    costs[name] = peers.library(name, pair.old_path, pair.new_path)
                if isinstance(costs[name], str) and costs[name] != "missing":
                    too_slow.add(name)
        yield _beside_dwdiff(f"{share:.0%} of the words replaced", beside, costs)
        libraries = [
            cost.seconds / ours
            for name, cost in costs.items()
            if name in peers.LIBRARIES and isinstance(cost, Cost) and "C++" not in name
        ]
        yield Figure(
            "    the fastest of the pure libraries that end",
            f"{min(libraries):.0f} times" if libraries else "none ends",
            f"at least {LIBRARY_LIMIT:.0f} times",
            min(libraries, default=LIBRARY_LIMIT) >= LIBRARY_LIMIT,
        )


def edits() -> Iterator[Figure]:
    """The same document changed in other ways, beside dwdiff."""
    compare = peers.LIBRARIES["ours"][1]()
    for how, burst in (("delete", 1), ("insert", 1), ("swap", 1), ("mix", 1), ("mix", 12)):
        for share in SHARES:
            with tempfile.TemporaryDirectory() as folder:
                pair = _english(Path(folder), share, how, burst)
                ours, dwdiff = peers.beside("dwdiff", compare, pair)
            together = f", {burst} at a time" if burst > 1 else ""
            yield _beside_dwdiff(f"{share:.0%}, {how}{together}", ours, {"dwdiff": dwdiff})


def growth() -> Iterator[Figure]:
    """Twice the text again and again, a tenth of it changed."""
    compare = peers.LIBRARIES["ours"][1]()
    for name, make, space in (("English", texts.words, " "), ("Japanese", texts.phrases, "")):
        before = 0.0
        for step in range(GROWTH_STEPS):
            words = make(GROWTH_WORDS << step)
            old, new = space.join(words), space.join(texts.edited(words, 0.1))
            seconds = peers.timed(compare, old, new)
            ratio = seconds / before if before else 0.0
            yield Figure(
                f"{name}, {len(words):,} words: {seconds * 1000:,.0f} ms",
                f"{ratio:.2f} times" if before else "",
                f"at most {GROWTH_LIMIT} times" if before else "",
                ratio <= GROWTH_LIMIT if before else None,
            )
            before = seconds


def memory() -> Iterator[Figure]:
    """The most memory of a fresh process that compares the document, interpreter and all."""
    for share in SHARES:
        with tempfile.TemporaryDirectory() as folder:
            pair = _english(Path(folder), share, "replace")
            cost = peers.library("ours", pair.old_path, pair.new_path)
        megabytes = cost.megabytes if isinstance(cost, Cost) else float("inf")
        yield Figure(
            f"{share:.0%} of the words replaced",
            f"{megabytes:.0f} MB",
            f"under {MEMORY_LIMIT} MB",
            megabytes < MEMORY_LIMIT,
        )


def lines() -> Iterator[Figure]:
    """100,000 lines of which one in a hundred was edited: aligned, beside git."""
    words = texts.words(LINES * LINE_WORDS)
    old = [
        " ".join(words[start : start + LINE_WORDS]) for start in range(0, len(words), LINE_WORDS)
    ]
    new = old[:]
    for place in range(0, LINES, 100):
        new[place] = " ".join(texts.edited(old[place].split(" "), 0.2, seed=place))
    with tempfile.TemporaryDirectory() as folder:
        pair = _written(Path(folder), "\n".join(old) + "\n", "\n".join(new) + "\n")
        ours, git = peers.beside("git diff", lambda *_: align(old, new), pair)
    ratio = ours / git.seconds if isinstance(git, Cost) else None
    yield Figure(
        f"{LINES:,} lines, 1% edited: {ours * 1000:,.0f} ms",
        "" if ratio is None else f"{ratio:.2f} times",
        f"under {LINES_LIMIT:.0f} times git",
        None if ratio is None else ratio < LINES_LIMIT,
        (("git diff --no-index", _shown(git)),),
    )


PARTS: dict[str, tuple[str, Callable[[], Iterator[Figure]]]] = {
    "sentence": ("One sentence, edited a little", sentence),
    "document": (f"A document of {DOCUMENT_WORDS:,} words, ratio to dwdiff", document),
    "edits": (f"{DOCUMENT_WORDS:,} words edited in other ways, ratio to dwdiff", edits),
    "growth": ("Twice the text, a tenth of its words changed", growth),
    "memory": (f"Peak memory on {DOCUMENT_WORDS:,} words", memory),
    "lines": ("Lines aligned", lines),
}


def _beside_dwdiff(what: str, ours: float, costs: dict[str, Cost | str]) -> Figure:
    dwdiff = costs["dwdiff"]
    ratio = ours / dwdiff.seconds if isinstance(dwdiff, Cost) else None
    return Figure(
        f"{what}: {ours * 1000:,.0f} ms",
        "" if ratio is None else f"{ratio:.2f} times",
        f"at most {PROGRAM_LIMIT} times",
        None if ratio is None else ratio <= PROGRAM_LIMIT,
        tuple((name, _shown(cost)) for name, cost in costs.items()),
    )


def _shown(cost: Cost | str) -> str:
    return cost if isinstance(cost, str) else f"{cost.seconds * 1000:,.0f} ms"


def _english(folder: Path, share: float, how: str, burst: int = 1) -> Pair:
    words = texts.words(DOCUMENT_WORDS)
    return _written(folder, " ".join(words), " ".join(texts.edited(words, share, how, burst=burst)))


def _written(folder: Path, old: str, new: str) -> Pair:
    paths = folder / "old.txt", folder / "new.txt"
    for path, text in zip(paths, (old, new), strict=True):
        path.write_text(text, encoding="utf-8", newline="")
    return Pair(old, new, *paths)


def _is_there(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(peers.LIBRARIES[name][0]) is not None


def _median_ms(name: str, pairs: list[tuple[str, str]]) -> float:
    compare = peers.LIBRARIES[name][1]()
    return statistics.median(peers.timed(compare, old, new) for old, new in pairs) * 1000
