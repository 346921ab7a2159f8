"""Flagged words followed to later versions: against small steps, eyes, and known truth."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from benchmarks.accuracy.edits import samples
from benchmarks.edited import WORDS, Edited, edited
from benchmarks.report import Figure
from tracker.text.anchor import locate, quote_at
from tracker.text.carrying import carry

TITLE = "Anchors: flagged words in later versions"
MARKS = Path(__file__).parent.parent / "marks"
HISTORIES = {"English": "github-tos", "Japanese": "ja-mirai-gyosei"}
JUMP = 25
SPANS = 150

Span = tuple[int, int]  # Code points of a text, half open.
Follow = Callable[[str, str, Sequence[Span]], list[Span | None]]


def measure(data: Path) -> Iterator[Figure]:
    for language, folder in HISTORIES.items():
        yield from _against_a_chain(language, data / "histories" / folder)
    for language, name in (("English", "anchors_en.json"), ("Japanese", "anchors_ja.json")):
        yield from _against_eyes(language, MARKS / name, data)
    for language, texts in samples(data).items():
        yield from _against_the_truth(language, texts)


def ours(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """Follow spans of a text by its lines; a span over several lines by its parts."""
    old_lines, new_lines = old.split("\n"), new.split("\n")
    starts, new_starts = _starts(old_lines), _starts(new_lines)
    parts: list[tuple[int, int, int]] = []
    owners: list[int] = []
    for number, (start, end) in enumerate(spans):
        for line, text in enumerate(old_lines):
            first, last = max(start - starts[line], 0), min(end - starts[line], len(text))
            if first < last:
                parts.append((line, first, last))
                owners.append(number)
    found: list[Span | None] = [None] * len(spans)
    for number, place in zip(owners, carry(parts, old_lines, new_lines), strict=True):
        if place is not None:
            span = (new_starts[place[0]] + place[1], new_starts[place[0]] + place[2])
            before = found[number] or span
            found[number] = (min(before[0], span[0]), max(before[1], span[1]))
    return found


def quotes(old: str, new: str, spans: Sequence[Span]) -> list[Span | None]:
    """Search for the words with what stood around them: the usual way of the web."""
    return [locate(quote_at(old, *span), new) for span in spans]


PEERS: dict[str, Follow] = {"quote search": quotes}


def judged(text: str, found: Span | None, truth: Span | None) -> str:
    """Say whether a place is right: the same words, up to spaces and marks at the ends."""
    if truth is None:
        return "right" if found is None else "false place"
    if found is None:
        return "orphaned"
    if _bare(text, found) == _bare(text, truth):
        return "right"
    return "partly" if found[0] < truth[1] and truth[0] < found[1] else "other words"


def _bare(text: str, span: Span) -> Span:
    start, end = span
    while start < end and not text[start].isalnum():
        start += 1
    while start < end and not text[end - 1].isalnum():
        end -= 1
    return (start, end) if start < end else span


def _starts(lines: Sequence[str]) -> list[int]:
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    return starts


def _some_spans(text: str, seed: int) -> list[Span]:
    """Choose spans: whole lines, some words, and in Japanese some signs."""
    chance = random.Random(seed)
    lines = text.split("\n")
    starts = _starts(lines)
    worded = [number for number, line in enumerate(lines) if any(map(str.isalnum, line))]
    spans: list[Span] = []
    for _ in range(SPANS):
        number = chance.choice(worded)
        line, start = lines[number], starts[number]
        edges = _edges(line)
        first = chance.randrange(len(edges) - 1)
        last = min(len(edges) - 1, first + chance.randint(1, 8))
        if chance.random() < 0.2:
            first, last = 0, len(edges) - 1
        span = (start + edges[first], start + edges[last])
        if any(map(str.isalnum, text[span[0] : span[1]])):
            spans.append((span[0], start + len(line[: edges[last]].rstrip())))
    return spans


def _edges(line: str) -> list[int]:
    """Return where the words of a line begin, and its end."""
    return [*(found.start() for found in WORDS.finditer(line) if found[0].strip()), len(line)]


def _against_a_chain(language: str, folder: Path) -> Iterator[Figure]:
    paths = sorted(folder.glob("*.md"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    verdicts: dict[str, Counter[str]] = {name: Counter() for name in ("ours", *PEERS)}
    for first in range(0, len(texts) - JUMP, 5):
        old, new = texts[first], texts[first + JUMP]
        spans = _some_spans(old, first)
        steps: list[Span | None] = list(spans)
        unclear: set[int] = set()
        for one, two in pairwise(texts[first : first + JUMP + 1]):
            standing = [number for number, span in enumerate(steps) if span]
            places = ours(one, two, [span for span in steps if span])
            for number, place in zip(standing, places, strict=True):
                if place is None and _stands_elsewhere(one, steps[number], two, new):
                    unclear.add(number)
                steps[number] = place
        for name, follow in (("ours", ours), *PEERS.items()):
            for number, place in enumerate(follow(old, new, spans)):
                if number in unclear:
                    continue
                verdicts[name][judged(new, place, steps[number])] += 1
                verdicts[name]["deleted"] += steps[number] is None
    share = {name: _share(found, "right") for name, found in verdicts.items()}
    wrong = {name: _share(found, "other words") for name, found in verdicts.items()}
    false = {name: 100 * v["false place"] / max(1, v["deleted"]) for name, v in verdicts.items()}
    total = verdicts["ours"].total() - verdicts["ours"]["deleted"]
    what = f"{language}, {JUMP} versions at once, % of {total}"
    yield _figure(f"{what}: as step by step", share, "at least 97", lambda value: value >= 97)
    yield _figure(f"{language}: % on other words", wrong, "below 1", lambda value: value < 1)
    yield _figure(
        f"{language}: % of {verdicts['ours']['deleted']} deleted given a place",
        false,
        "below 10",
        lambda value: value < 10,
    )


def _stands_elsewhere(old: str, span: Span | None, new: str, last: str) -> bool:
    """Say whether lost words are not truly deleted: restored later, or one of two copies of a line.

    No one can say where these belong, so they are left out.
    """
    assert span is not None
    words = old[slice(*span)]
    end = old.find("\n", span[1])
    line = old[old.rfind("\n", 0, span[0]) + 1 : end if end >= 0 else None].strip(" \t*-・")
    return line in new or line in last or (words not in new and words in last)


def _share(verdicts: Counter[str], which: str) -> float:
    return 100 * verdicts[which] / (verdicts.total() - verdicts["deleted"])


def _figure(
    what: str, values: dict[str, float], limit: str, is_met: Callable[[float], bool]
) -> Figure:
    shown = {name: f"{value:.2f}" for name, value in values.items()}
    met = is_met(values["ours"])
    return Figure(what, shown.pop("ours"), limit, met, tuple(shown.items()))


def _against_eyes(language: str, path: Path, data: Path) -> Iterator[Figure]:
    what = f"{language}, spans judged by eye: right"
    if not path.is_file():
        yield Figure(what, "missing")
        return
    verdicts = {
        name: by_eye(path, data, follow) for name, follow in {"ours": ours, **PEERS}.items()
    }
    total = verdicts["ours"].total()
    for which in ("right", "partly", "orphaned", "other words", "false place"):
        peers = tuple((name, str(verdicts[name][which])) for name in PEERS)
        yield Figure(
            f"{language}, {total} judged by eye: {which}", str(verdicts["ours"][which]), peers=peers
        )


def by_eye(path: Path, data: Path, follow: Follow) -> Counter[str]:
    """Count the verdicts on the spans of a table that were judged by eye."""
    verdicts: Counter[str] = Counter()
    for pair in json.loads(path.read_text(encoding="utf-8"))["pairs"]:
        old, new = (_marked(data, pair, side) for side in ("from", "to"))
        spans = [(mark["start"], mark["end"]) for mark in pair["spans"]]
        truths = [tuple(mark["truth"]) if mark["truth"] else None for mark in pair["spans"]]
        verdicts.update(map(judged, [new] * len(spans), follow(old, new, spans), truths))
    return verdicts


def _marked(data: Path, pair: dict[str, str], side: str) -> str:
    """Return a text that was judged; ValueError if it is not the one that was."""
    content = (data / pair[side]).read_bytes()
    if sha256(content).hexdigest() != pair[f"{side}_sha256"]:
        raise ValueError(f"{pair[side]} is not the text that was judged")
    return content.decode("utf-8")


def _against_the_truth(
    language: str, texts: Sequence[tuple[list[str], list[str]]]
) -> Iterator[Figure]:
    clear: dict[str, Counter[str]] = {name: Counter() for name in ("ours", *PEERS)}
    rewritten: dict[str, Counter[str]] = {name: Counter() for name in ("ours", *PEERS)}
    for seed, text in enumerate(texts[::3]):
        case = edited(*text, seed)
        old, new = "\n".join(case.old), "\n".join(case.new)
        spans = _some_spans(old, seed)
        truths = [_truth(case, old, span) for span in spans]
        for name, follow in (("ours", ours), *PEERS.items()):
            places = follow(old, new, spans)
            for place, (truth, is_clear) in zip(places, truths, strict=True):
                verdicts = clear if is_clear else rewritten
                verdicts[name][judged(new, place, truth)] += 1
    total = clear["ours"].total()
    share = {name: 100 * found["right"] / total for name, found in clear.items()}
    what = f"{language}, edits generated: % right of {total} kept or gone"
    yield _figure(what, share, "at least 99", lambda value: value >= 99)
    others = {name: 100 * _elsewhere(found) / total for name, found in clear.items()}
    yield _figure(f"{language}: % of these on other words", others, "0", lambda value: not value)
    total = rewritten["ours"].total()
    for which in ("right", "partly", "orphaned", "false place", "other words"):
        peers = tuple((name, str(rewritten[name][which])) for name in PEERS)
        figure = str(rewritten["ours"][which])
        yield Figure(f"{language}, {total} partly rewritten: {which}", figure, peers=peers)


def _elsewhere(verdicts: Counter[str]) -> int:
    return verdicts["other words"] + verdicts["false place"]


def _truth(case: Edited, old: str, span: Span) -> tuple[Span | None, bool]:
    """Return where a span of an edited text stands, as its words remember, and if it is clear.

    It is clear if all words stand or none, or if the span is a whole line.

    A whole line is where its line is; other spans are from the first to the last word that stands,
    in the line with most of them, if at least half of the letters stand.
    """
    line = old.count("\n", 0, span[0])
    start = sum(map(len, case.old[:line])) + line
    first, last = span[0] - start, span[1] - start
    starts = _starts(case.new)
    standing: dict[int, list[Span]] = {}
    letters: Counter[int] = Counter()
    places = sorted(new for i, new in case.links if i == line)
    for number in places:
        at = starts[number]
        for word in case.words[number]:
            if word.line == line and first <= word.start < last and word.text.strip():
                standing.setdefault(number, []).append((at, at + len(word.text)))
                letters[number] += len(word.text)
            at += len(word.text)
    sources = [new for _, new in case.links].count(places[0]) if len(places) == 1 else 0
    if (first, last) == (0, len(case.old[line])) and sources == 1:
        return (starts[places[0]], starts[places[0]] + len(case.new[places[0]])), True
    size = len("".join(old[slice(*span)].split()))
    is_clear = letters.total() in (0, size)
    if letters.total() * 2 < size:
        return None, is_clear
    best = max(sorted(standing), key=lambda number: letters[number])
    return (standing[best][0][0], standing[best][-1][1]), is_clear
