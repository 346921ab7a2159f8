"""Alignment of generated edits, where the truth is known."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.edited import edited
from benchmarks.report import Figure
from tracker.text.aligning import align

TITLE = "Alignment of generated edits (links of lines)"
SEEDS = 3
EVERY = 4
WANTED = {"English": 0.99, "Japanese": 0.985}
WANTED_MOVES = 0.9


def measure(data: Path) -> Iterator[Figure]:
    for language, texts in samples(data).items():
        cases = [edited(*text, seed) for text in texts for seed in range(SEEDS)]
        found = right = true = moved = moved_found = 0
        for case in cases:
            links = {
                (i, j) for match in align(case.old, case.new) for i in match.old for j in match.new
            }
            right += len(links & case.links)
            found += len(links)
            true += len(case.links)
            moved += len(case.moved)
            moved_found += len(links & case.moved)
        wanted = WANTED[language]
        score, recall = 2 * right / (found + true), moved_found / moved
        yield Figure(f"{language}: F1", f"{score:.4f}", f"at least {wanted}", score >= wanted)
        yield Figure(
            f"{language}: moves found",
            f"{recall:.3f}",
            f"at least {WANTED_MOVES}",
            recall >= WANTED_MOVES,
        )


def samples(data: Path) -> dict[str, list[tuple[list[str], list[str]]]]:
    """Return lines of real texts by language, each with lines from elsewhere."""
    essays = (data / "alignment" / "pairs.jsonl").read_text(encoding="utf-8").splitlines()
    sentences = [line for essay in essays for line in json.loads(essay)["old"]]
    chapters = [line for path in _files(data / "proposals" / "texts") for line in _sentences(path)]
    return {
        "English": _texts(data / "histories" / "github-tos", _paragraphs, sentences),
        "Japanese": _texts(data / "histories" / "ja-mirai-gyosei", _sentences, chapters),
    }


def _texts(
    folder: Path, lines: Callable[[Path], list[str]], strangers: list[str]
) -> list[tuple[list[str], list[str]]]:
    found = []
    for path in _files(folder)[::EVERY]:
        text = lines(path)
        own = set(text)
        found.append((text, [line for line in strangers if line not in own]))
    return found


def _files(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.md"))


def _paragraphs(path: Path) -> list[str]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip()]


def _sentences(path: Path) -> list[str]:
    """Return the lines of a Japanese text, cut after a full stop that no bracket follows."""
    cut = (part for line in _paragraphs(path) for part in re.split("(?<=。)(?=[^」』）)])", line))
    return [part.strip() for part in cut if part.strip()]
