"""How often the boundaries of sentences are where a careful reader puts them."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from benchmarks.report import Figure
from tracker.text.segmenting import Segment, segment

TITLE = "Segmentation: where the sentences end"

_MARKS = Path(__file__).parent.parent / "marks"
_GLUE = {"en": " ", "ja": ""}
_NAMES = {"en": "English", "ja": "Japanese"}
_MOST_WRONG = 3
_LEAST_F1 = 0.97

Span = tuple[str, int, int]
Splitter = Callable[[str, str], list[str]]


def measure(data: Path) -> Iterator[Figure]:
    """Yield what is wrong on the gold sentences and on passages that were marked by hand."""
    gold: dict[str, list[str]] = json.loads(
        (data / "segmentation" / "gold.json").read_text(encoding="utf-8")
    )
    peers = dict(_peers())
    for language, sentences in gold.items():
        yield _gold_figure(language, sentences, peers)
    for language in gold:
        try:
            texts = list(marked_texts(language, data))
        except FileNotFoundError as missing:
            name = Path(missing.filename).name
            yield Figure(f"F1 on sentences marked by hand, {_NAMES[language]}", f"no {name}")
        else:
            yield _marked_figure(language, texts, peers)


def _gold_figure(language: str, sentences: list[str], peers: dict[str, Splitter | None]) -> Figure:
    glue = _GLUE[language]
    text = glue.join(sentences)
    ends = _ends(text, sentences)
    ours = [part.text for part in segment(text, language=language)]
    wrong = len(ends ^ _ends(text, ours))
    return Figure(
        f"boundaries wrong of {len(sentences)}, {_NAMES[language]}",
        str(wrong),
        f"at most {_MOST_WRONG}",
        wrong <= _MOST_WRONG,
        tuple(
            (name, str(len(ends ^ _ends(text, split(text, language)))) if split else "missing")
            for name, split in peers.items()
        ),
    )


def _marked_figure(language: str, texts: list[Text], peers: dict[str, Splitter | None]) -> Figure:
    wanted = set[Span]().union(*(text.marked for text in texts))
    score = f1(wanted, set[Span]().union(*(text.ours for text in texts)))
    theirs = [
        (
            name,
            f"{f1(wanted, set[Span]().union(*(text.by_peer(split) for text in texts))):.3f}"
            if split
            else "missing",
        )
        for name, split in peers.items()
    ]
    return Figure(
        f"F1 on {len(wanted)} sentences marked by hand, {_NAMES[language]}",
        f"{score:.3f}",
        f"at least {_LEAST_F1}",
        score >= _LEAST_F1,
        tuple(theirs),
    )


class Text(NamedTuple):
    """A text of which passages were marked, what was marked in them, and our segments there.

    Spans carry the file's name, so that those of several files can be one set. ``prose`` are our
    paragraphs, which the peers are given, since they know no markup; ``whole`` is the rest of it.
    """

    file: str
    language: str
    text: str
    marked: set[Span]
    ours: set[Span]
    prose: set[Span]
    whole: set[Span]

    def by_peer(self, split: Splitter) -> set[Span]:
        """Return what a peer makes of the passages."""
        made = set(self.whole)
        for _, first, last in self.prose:
            words = self.text[first:last]
            for start, end in _places(words, split(words, self.language)):
                made.add((self.file, first + start, first + end))
        return made


def marked_texts(language: str, data: Path) -> Iterator[Text]:
    """Yield the texts of a language that were marked; ValueError for one that is another now."""
    file = _MARKS / f"sentences_{language}.json"
    found = json.loads(file.read_text(encoding="utf-8"))
    for marks in found:
        name = marks["file"]
        content = (data / name).read_bytes()
        if hashlib.sha256(content).hexdigest() != marks["sha256"]:
            raise ValueError(f"{name} is not the text that was marked")
        text = content.decode("utf-8")
        marked = set[Span]()
        passages = []
        for passage in marks["passages"]:
            passages.append((passage["start"], passage["end"]))
            marked |= {(name, start, end) for start, end in passage["sentences"]}

        sentences = segment(text, language=language)
        paragraphs = segment(text, language=language, unit="paragraph")
        whole = set(_places_of(sentences, ("paragraph", "heading"), name, passages))
        ours = set(_places_of(sentences, ("sentence",), name, passages)) | whole
        prose = set(_places_of(paragraphs, ("paragraph",), name, passages)) - whole
        yield Text(name, language, text, marked, ours, prose, whole)


def _places_of(
    segments: list[Segment], kinds: tuple[str, ...], name: str, passages: list[tuple[int, int]]
) -> Iterator[Span]:
    """Yield where the segments of some kinds stand that lie in one of the passages."""
    position = 0
    for part in segments:
        start = position + len(part.lead)
        position = start + len(part.text)
        inside = any(start < last and position > first for first, last in passages)
        if inside and part.text and part.kind in kinds:
            yield name, start, position


def f1(wanted: set[Span], found: set[Span]) -> float:
    """Return the harmonic mean of precision and recall of what was found."""
    return 2 * len(wanted & found) / (len(wanted) + len(found)) if wanted or found else 1.0


def _places(text: str, sentences: list[str]) -> list[tuple[int, int]]:
    """Return where the sentences stand in the text, without white space around them."""
    spans = []
    position = 0
    for sentence in sentences:
        words = sentence.strip()
        start = text.find(words, position) if words else -1
        if start >= 0:
            position = start + len(words)
            spans.append((start, position))
    return spans


def _ends(text: str, sentences: list[str]) -> set[int]:
    return {end for _, end in _places(text, sentences)}


def _peers() -> Iterator[tuple[str, Splitter | None]]:
    yield "sentencex", _sentencex()
    yield "pysbd", _pysbd()
    yield "naive (after . ! ? before a space, after 。！？)", _naive


def _sentencex() -> Splitter | None:
    try:
        import sentencex
    except ImportError:
        return None
    return lambda text, language: list(sentencex.segment(language, text))


def _pysbd() -> Splitter | None:
    try:
        import pysbd
    except ImportError:
        return None

    def split(text: str, language: str) -> list[str]:
        made: list[str] = pysbd.Segmenter(language=language, clean=False).segment(text)
        return made

    return split


def _naive(text: str, _language: str) -> list[str]:
    return re.split(r"(?<=[.!?])\s+|(?<=[。！？])", text)
