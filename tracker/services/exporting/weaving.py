"""A text woven from what it said at several stages: what was deleted and inserted, and by which.

The stages are running texts, each made from the one before: as it was, as it is, as it would read
with one proposal after another. What a stage does is found passage by passage, so that all that was
kept is kept, and both the first and the last text can be had back to the last space.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from tracker.services import joints
from tracker.services.comparing import Lineage, moved_lines
from tracker.services.lines import Line
from tracker.text import diff


class Stage(NamedTuple):
    """A running text, with what joins each line to the one before, and what stands behind all.

    ``kin`` names for lines that were split off or merged away the line of it.
    """

    lines: Sequence[Line]
    kin: Mapping[int, int]
    leads: Sequence[str]
    trail: str


def as_written(lines: Sequence[Line], kin: Mapping[int, int]) -> Stage:
    """Return a stage as a text file has it, with its markup and white space."""
    return Stage(lines, kin, joints.leads(lines), joints.trail(lines))


def kin_of(family: Lineage) -> dict[int, int]:
    """Return the line of each one that was split off or merged away."""
    return {**family.split_from, **family.merged_into}


class Letter(NamedTuple):
    """A code point: where it stood at first, or the stage that brought it; where at ``now``."""

    sign: str
    first: int | None
    stage: int
    now: int | None = None


class Woven(NamedTuple):
    """A passage: the first text, the last one, and which stage deleted each place of the first.

    ``ids`` are its lines. ``lines`` says where the words of each begin and end at the stage that is
    ``now``, and ``now`` holds the letters of that stage; where nothing changed there are none.
    """

    ids: tuple[int, ...]
    first: str
    lines: dict[int, tuple[int, int]]
    changed: bool = False
    last: tuple[Letter, ...] = ()
    gone: dict[int, int] = {}  # noqa: RUF012  # a NamedTuple's default, never changed
    now: tuple[Letter, ...] = ()


def woven(stages: Sequence[Stage], now: int) -> Iterator[Woven]:
    """Yield the passages of a text from the first stage to the last; ``now`` is one of them."""
    texts = [_Texts(stage) for stage in stages]
    moves = _moves(stages)
    for ids in _passages(stages, moves):
        yield _one(ids, texts, now)
    yield _woven((), [stage.trail for stage in stages], now, {})


class _Texts:
    """What each line of a running text says, with what joins it to the line before."""

    def __init__(self, stage: Stage) -> None:
        pairs = zip(stage.lines, stage.leads, strict=True)
        self.leads = {line.id: lead for line, lead in pairs}
        self.texts = {line.id: line.text for line in stage.lines}

    def raw(self, line: int) -> str:
        return self.leads.get(line, "") + self.texts.get(line, "")


class _Passage(NamedTuple):
    """Lines that are one passage, from one stage to before another (a line that moves has two)."""

    ids: tuple[int, ...]
    start: int
    end: int


def _moves(stages: Sequence[Stage]) -> dict[int, int]:
    """Return the stage at which each line that moved came to its last place."""
    found: dict[int, int] = {}
    for number in range(1, len(stages)):
        for line in moved_lines(stages[number - 1].lines, stages[number].lines):
            found[line] = number
    # What moved there and back did not.
    ends = moved_lines(stages[0].lines, stages[-1].lines)
    return {line: found.get(line, len(stages) - 1) for line in ends}


def _passages(stages: Sequence[Stage], moves: Mapping[int, int]) -> Iterator[_Passage]:
    """Yield the passages in order: what went stands behind what it stood behind."""
    before, after, last = stages[0].lines, stages[-1].lines, len(stages)
    unmoved = {line.id for line in before} & {line.id for line in after} - moves.keys()
    kin: dict[int, int] = {}
    for stage in stages:
        kin.update(stage.kin)
    old, new = _runs(before, unmoved), _runs(after, unmoved)
    for head in [None, *(line.id for line in before if line.id in unmoved)]:
        went, came = old[head], new[head]
        own: list[int] = []
        if head is not None:
            gone = _kin_of(head, went, kin)
            brought = _kin_of(head, came, kin)
            own = [head, *gone, *brought]
            went, came = went[len(gone) :], came[len(brought) :]
            yield _Passage(tuple(own), 0, last)
        for line in went:
            yield _Passage((line,), 0, moves.get(line, last))
        for line in came:
            yield _Passage((line,), moves.get(line, 0), last)


def _runs(lines: Sequence[Line], heads: set[int]) -> dict[int | None, list[int]]:
    """Return the lines that follow each head, up to the next."""
    found: dict[int | None, list[int]] = {None: []}
    head: int | None = None
    for line in lines:
        if line.id in heads:
            head = line.id
            found[head] = []
        else:
            found[head].append(line.id)
    return found


def _kin_of(head: int, following: Sequence[int], kin: Mapping[int, int]) -> list[int]:
    """Return which of the lines right behind one were split off it, or merged into it."""
    found: list[int] = []
    for line in following:
        source = kin.get(line)
        if source != head and source not in found:
            break
        found.append(line)
    return found


def _one(passage: _Passage, texts: Sequence[_Texts], now: int) -> Woven:
    said = [
        "".join([text.raw(line) for line in passage.ids])
        if passage.start <= number < passage.end
        else ""
        for number, text in enumerate(texts)
    ]
    lines: dict[int, tuple[int, int]] = {}
    if passage.start <= now < passage.end:
        at = 0
        for line in passage.ids:
            at += len(texts[now].leads.get(line, ""))
            if line in texts[now].texts:
                lines[line] = (at, at + len(texts[now].texts[line]))
                at = lines[line][1]
    return _woven(passage.ids, said, now, lines)


def _woven(
    ids: tuple[int, ...], said: Sequence[str], now: int, lines: dict[int, tuple[int, int]]
) -> Woven:
    """Weave what a passage said at each stage."""
    if all(text == said[0] for text in said):
        return Woven(ids, said[0], lines)
    letters = [Letter(sign, place, 0) for place, sign in enumerate(said[0])]
    current = letters
    gone: dict[int, int] = {}
    for stage, text in enumerate(said):
        if stage and text != said[stage - 1]:
            left = _changed(letters, said[stage - 1], text, stage)
            kept = {letter.first for letter in left}
            for letter in letters:
                if letter.first is not None and letter.first not in kept:
                    gone[letter.first] = stage
            letters = left
        if stage == now:
            letters = [letter._replace(now=place) for place, letter in enumerate(letters)]
            current = letters
    return Woven(ids, said[0], lines, True, tuple(letters), gone, tuple(current))


def _changed(letters: Sequence[Letter], old: str, new: str, stage: int) -> list[Letter]:
    """Return the letters of a text as it is changed into another."""
    found: list[Letter] = []
    at = 0
    for op in diff(old, new).ops:
        if op.kind == "equal" and op.text == op.old:
            found += letters[at : at + len(op.text)]
        elif op.kind != "delete":
            found += [Letter(sign, None, stage) for sign in op.text]
        at += len(op.old)
    return found
