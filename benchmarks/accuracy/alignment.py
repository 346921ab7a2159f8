"""Alignment of essay drafts, against what people marked."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import product
from pathlib import Path
from typing import Any

from benchmarks.report import Figure
from tracker.text.aligning import align

TITLE = "Alignment of essay drafts (F1 of links, %)"
WANTED = 98.0
WANTED_CHANGED = 95.0
# What two sentences share of their words by chance.
CHANCE = 0.2

Links = set[tuple[int, int]]
Aligner = Callable[[Sequence[str], Sequence[str]], Links]


def measure(data: Path) -> Iterator[Figure]:
    lines = (data / "alignment" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    pairs = [json.loads(line) for line in lines]
    found = {name: [aligner(pair["old"], pair["new"]) for pair in pairs] for name, aligner in ALL}
    for what, wanted, changed in (("all", WANTED, False), ("changed", WANTED_CHANGED, True)):
        scores = {name: _score(pairs, links, changed) for name, links in found.items()}
        ours = scores.pop("ours")
        peers = tuple((name, f"{score:.2f}") for name, score in scores.items())
        yield Figure(f"{what} pairs", f"{ours:.2f}", f"at least {wanted}", ours >= wanted, peers)


def _score(pairs: Sequence[dict[str, Any]], found: Sequence[Links], changed: bool) -> float:
    right = ours = true = 0
    for pair, links in zip(pairs, found, strict=True):
        every = product(enumerate(pair["old"]), enumerate(pair["new"])) if changed else ()
        unchanged = {(i, j) for (i, old), (j, new) in every if old == new}
        gold = {(i, j) for i, j in pair["gold"]} - unchanged
        right += len(gold & links)
        ours += len(links - unchanged)
        true += len(gold)
    return 200 * right / (ours + true)


def tracked(old: Sequence[str], new: Sequence[str]) -> Links:
    """Return our links; a move is none here: the people marked it as a deletion and an addition."""
    return {
        link
        for match in align(old, new)
        if not match.moved
        for link in product(match.old, match.new)
    }


def equal(old: Sequence[str], new: Sequence[str]) -> Links:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {(i + n, j + n) for i, j, length in blocks for n in range(length)}


def in_order(old: Sequence[str], new: Sequence[str]) -> Links:
    """Pair equal lines, and the lines of replaced blocks in their order."""
    links: Links = set()
    for kind, i, i_end, j, j_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind in ("equal", "replace"):
            links.update(zip(range(i, i_end), range(j, j_end), strict=False))
    return links


def jaccard(old: Sequence[str], new: Sequence[str]) -> Links:
    """Return the best monotone alignment by the share of words in common."""
    left, right = ([set(re.findall(r"\w+", line.lower())) for line in side] for side in (old, new))
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    gain = [[0.0] * len(new) for _ in old]
    for i, j in product(reversed(range(len(old))), reversed(range(len(new)))):
        either = len(left[i] | right[j])
        alike = len(left[i] & right[j]) / either if either else float(old[i] == new[j])
        gain[i][j] = max(0.0, alike - CHANCE)
        best[i][j] = max(best[i + 1][j], best[i][j + 1], gain[i][j] + best[i + 1][j + 1])
    links: Links = set()
    i = j = 0
    while i < len(old) and j < len(new):
        if gain[i][j] and best[i][j] == gain[i][j] + best[i + 1][j + 1]:
            links.add((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return links


ALL: tuple[tuple[str, Aligner], ...] = (
    ("ours", tracked),
    ("exact lines", equal),
    ("difflib, replaced blocks in order", in_order),
    ("token-Jaccard, monotone", jaccard),
)
