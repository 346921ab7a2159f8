"""Whether a merge loses or doubles anything, and how it agrees with git.

What the edits put in, took out and left is known from how they were made, without a diff.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate, combinations
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.merging_pairs import Atom, Pair, applied, overlap, pairs
from benchmarks.accuracy.merging_peers import Texts, merged_by_git, patched
from benchmarks.report import Figure
from tracker.text.merging import Merge, merge
from tracker.text.words import tokens

TITLE = "Merging two revisions"
PAIRS = 10_000
SEED = 20_240_601
# How many words may stand between two changes that collide.
MARGIN = 1


class _Seen(NamedTuple):
    """A pair, its three texts, and what became of them here and with git."""

    pair: Pair
    texts: Texts
    ours: Merge
    git: str | None


def measure(data: Path) -> Iterator[Figure]:
    """Yield what was lost and doubled, where git judges otherwise, and real proposals."""
    made = list(pairs(data, PAIRS, SEED))
    given = [_texts(pair) for pair in made]
    merged = [merge(*texts) for texts in given]
    seen = [_Seen(*one) for one in zip(made, given, merged, merged_by_git(given), strict=True)]
    yield from _kept(seen)
    yield from _beside_git(seen)
    yield from _proposals(data)


def _kept(seen: list[_Seen]) -> Iterator[Figure]:
    """Yield what got lost or doubled of all that the edits put in, took out or left alone."""
    beside: dict[str, list[tuple[int, int]] | None] = {
        "git, one unit a line": _faults_of_clean(seen, [one.git for one in seen])
    }
    try:
        beside["diff-match-patch"] = _faults_of_clean(seen, [patched(one.texts) for one in seen])
    except ImportError:
        beside["diff-match-patch"] = None
    faults = [_faults(one.pair, one.ours) for one in seen]
    for number, name in enumerate(("lost", "doubled")):
        count = sum(fault[number] > 0 for fault in faults)
        theirs = tuple(
            (peer, "missing" if found is None else f"{sum(one[number] > 0 for one in found):,}")
            for peer, found in beside.items()
        )
        yield Figure(f"pairs of {PAIRS:,} with words {name}", str(count), "0", not count, theirs)
    moved = sum(
        one.ours.text is not None
        and not _overlapping(one.pair)
        and one.ours.text != applied(one.pair.base, one.pair.ours + one.pair.theirs)
        for one in seen
    )
    yield Figure("merged, but a change at another place", str(moved), "0", not moved)
    halved = sum(not _is_whole(one.pair, one.ours) for one in seen)
    yield Figure("in conflict, half of a change outside of it", str(halved))


def _beside_git(seen: list[_Seen]) -> Iterator[Figure]:
    """Yield where git judges otherwise, told apart by how near to each other the changes are."""
    kinds: Counter[str] = Counter()
    for one in seen:
        is_clean, git_is_clean = one.ours.text is not None, one.git is not None
        if is_clean and git_is_clean:
            kinds["clean"] += 1
            kinds["other text"] += one.ours.text != one.git
        elif git_is_clean:
            kinds[_why(one.pair)] += 1
        elif is_clean:
            shared = set(one.pair.ours) & set(one.pair.theirs)
            kinds["shared" if shared else "merged"] += 1
        else:
            kinds["conflict"] += 1
    yield Figure("both merge", f"{kinds['clean']:,}")
    yield Figure("both see a conflict", f"{kinds['conflict']:,}")
    yield Figure("both merge, to other texts", str(kinds["other text"]))
    yield Figure("collide here, git merges: a word between", str(kinds["near"]))
    yield Figure("collide here, git merges: moved and deleted", str(kinds["moved"]))
    yield Figure("collide here, git merges: any other", *_none(kinds["far"]))
    yield Figure("merged here, conflict for git: a change of both", str(kinds["shared"]))
    yield Figure("merged here, conflict for git: any other", *_none(kinds["merged"]))


def _none(count: int) -> tuple[str, str, bool]:
    return str(count), "0", not count


def _faults_of_clean(seen: list[_Seen], merged: list[str | None]) -> list[tuple[int, int]]:
    return [
        _faults(one.pair, Merge((text,)))
        for one, text in zip(seen, merged, strict=True)
        if text is not None
    ]


def _texts(pair: Pair) -> Texts:
    return "".join(pair.base), applied(pair.base, pair.ours), applied(pair.base, pair.theirs)


def _overlapping(pair: Pair) -> bool:
    return any(overlap(*two) for two in combinations({*pair.ours, *pair.theirs}, 2))


def _faults(pair: Pair, one: Merge) -> tuple[int, int]:
    """Count what a merge lost and doubled; a mark may be on one side of a conflict, or on both.

    Of a merge without conflict the other words are counted as well, letter by letter.
    """
    sides = [
        one.resolve([conflict[side] for conflict in one.conflicts])
        for side in ((1, 2) if one.conflicts else (1,))
    ]
    counts = [max(text.count(mark) for text in sides) for mark in pair.marks]
    lost, doubled = counts.count(0), sum(count > 1 for count in counts)
    if one.text is not None:
        gone = {unit for atom in pair.ours + pair.theirs for unit in range(*atom[:2])}
        kept = [unit for at, unit in enumerate(pair.base) if at not in gone]
        new = [atom.text for atom in {*pair.ours, *pair.theirs}]
        expected, there = _letters("".join(kept + new)), _letters(one.text)
        lost += (expected - there).total()
        doubled += (there - expected).total()
    return lost, doubled


def _letters(text: str) -> Counter[str]:
    return Counter("".join(text.split()))


def _is_whole(pair: Pair, one: Merge) -> bool:
    """Say whether one side, chosen in each conflict, gives it and whole changes of the other."""
    sides = (
        ([conflict.ours for conflict in one.conflicts], pair.ours, pair.theirs),
        ([conflict.theirs for conflict in one.conflicts], pair.theirs, pair.ours),
    )
    for chosen, own, other in sides:
        got = one.resolve(chosen)
        rest = [atom for atom in other if atom not in own]
        some = (own + part for size in range(len(rest) + 1) for part in combinations(rest, size))
        if one.conflicts and not any(
            _letters(applied(pair.base, atoms)) == _letters(got)
            for atoms in some
            if not any(overlap(*two) for two in combinations(atoms, 2))
        ):
            return False
    return True


def _why(pair: Pair) -> str:
    """Say why two changes may collide: only a word is between, or one deletes what one moves."""
    spans = [[_touched(pair.base, atom) for atom in atoms] for atoms in (pair.ours, pair.theirs)]
    for own, span in zip(pair.ours, spans[0], strict=True):
        for other, other_span in zip(pair.theirs, spans[1], strict=True):
            start, end = min(span[1], other_span[1]), max(span[0], other_span[0])
            if own != other and sum(not unit.isspace() for unit in pair.base[start:end]) <= MARGIN:
                return "near"
    gone = {atom for atom in pair.ours if atom in pair.theirs and not atom.text}
    put = {atom.text for atom in {*pair.ours} ^ {*pair.theirs}}
    moved = any("".join(pair.base[atom.start : atom.end]) in put for atom in gone)
    return "moved" if moved else "far"


def _touched(base: Sequence[str], atom: Atom) -> tuple[int, int]:
    """Return the units that a change changes: more than its own where words run together.

    会議の委員 without の is one word. And what could as well be taken out next to it counts, too.
    """
    alone = applied(base, [atom])
    edges = set(accumulate(map(len, tokens(alone)), initial=0))
    begins = len("".join(base[: atom.start]))
    start = atom.start - (begins not in edges)
    end = atom.end + (begins + len(atom.text) not in edges)
    if not atom.text:
        length = atom.end - atom.start
        while end < len(base) and "".join([*base[: end + 1 - length], *base[end + 1 :]]) == alone:
            end += 1
    return max(0, start), end


def _proposals(data: Path) -> Iterator[Figure]:
    """Yield what becomes of pairs of real proposals whose changed lines are apart."""
    folder = data / "proposals"
    lines = (folder / "proposals.jsonl").read_text(encoding="utf-8").splitlines()
    proposals = [json.loads(line) for line in lines]
    read = {
        name: (folder / name).read_bytes().decode("utf-8")
        for proposal in proposals
        for name in (proposal["base"], proposal["proposed"])
    }
    apart = collide = other = 0
    for one, two in combinations(proposals, 2):
        base = read[one["base"]].splitlines(keepends=True)
        atoms = [_line_atoms(base, read[proposal["proposed"]], proposal) for proposal in (one, two)]
        near = any(
            own != their and max(own.start, their.start) - min(own.end, their.end) <= 0
            for own in atoms[0]
            for their in atoms[1]
        )
        if one["base"] != two["base"] or near:
            continue
        apart += 1
        merged = merge(read[one["base"]], read[one["proposed"]], read[two["proposed"]])
        collide += merged.text is None
        other += merged.text not in (None, applied(base, atoms[0] + atoms[1]))
    yield Figure("real proposals, pairs with no line in common", str(apart))
    yield Figure("of these colliding", *_none(collide))
    yield Figure("of these without all of both", *_none(other))


def _line_atoms(base: list[str], proposed: str, proposal: dict[str, list[list[int]]]) -> list[Atom]:
    """Return a proposal's changes of lines, from git's hunks."""
    new = proposed.splitlines(keepends=True)
    atoms = []
    for start, count, new_start, new_count in proposal["hunks"]:
        # git names the line before what a hunk of no lines inserts.
        first, new_first = start - (count > 0), new_start - (new_count > 0)
        text = "".join(new[new_first : new_first + new_count])
        atoms.append(Atom(first, first + count, text))
    assert applied(base, atoms) == proposed
    return atoms
