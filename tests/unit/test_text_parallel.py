"""Pairing a text with its translation, against pairs that were set by hand."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from tracker.formats import draft
from tracker.text.fitting import Piece
from tracker.text.paralleling import Pair, parallel

TEXTS = Path(__file__).parents[1] / "parallel"

Shape = tuple[tuple[int, ...], tuple[int, ...]]


def pieces(name: str) -> list[Piece]:
    """A text as it is paired."""
    language = name.split(".")[1]
    read = draft.read((TEXTS / name).read_bytes(), name, language=language)
    made: list[Piece] = []
    for line in read.lines:
        joint = "line" if "\n" in line.lead else "inline"
        joint = "paragraph" if "\n\n" in line.lead or not made else joint
        mark = line.lead.rpartition("\n")[2].strip(" #") if joint != "inline" else ""
        made.append(Piece(line.text, line.kind, line.level, joint, mark))
    return made


def truth(name: str) -> set[Shape]:
    """The pairs set by hand, a line each: ``2 3 = 2``; nothing where there is no partner."""
    rows = (TEXTS / f"{name}.pairs.txt").read_text(encoding="utf-8").splitlines()
    sides = [row.partition("=") for row in rows if row and not row.startswith("#")]
    return {(_places(old), _places(new)) for old, _, new in sides}


def _places(numbers: str) -> tuple[int, ...]:
    return tuple(int(number) - 1 for number in numbers.split())


def shapes(pairs: list[Pair]) -> set[Shape]:
    return {(pair.old, pair.new) for pair in pairs}


def test_a_text_written_by_hand_pairs_as_it_was_meant() -> None:
    found = parallel(pieces("harbour.en.md"), pieces("harbour.ja.md"))
    assert shapes(found) == truth("harbour")
    assert not any(pair.doubtful for pair in found)


def test_a_longer_text_with_gaps_pairs_well_and_says_where_it_doubts() -> None:
    found = parallel(pieces("fisheries.en.md"), pieces("fisheries.ja.md"))
    meant = truth("fisheries")
    right = shapes(found) & meant
    # Measured: 52 of 56 pairs, in 54; a sentence more or less goes with its neighbour.
    assert len(right) >= 0.92 * len(meant)
    assert len(right) >= 0.92 * len(found)
    sure = [pair for pair in found if pair.old and pair.new and not pair.doubtful]
    wrong = [pair for pair in sure if (pair.old, pair.new) not in meant]
    assert len(wrong) <= 0.04 * len(sure)


def test_every_piece_is_in_just_one_pair_in_order() -> None:
    old, new = pieces("fisheries.en.md"), pieces("harbour.ja.md")
    found = parallel(old, new)
    assert [place for pair in found for place in pair.old] == list(range(len(old)))
    assert [place for pair in found for place in pair.new] == list(range(len(new)))


@pytest.mark.parametrize(("old", "new"), [([], []), (["A."], []), ([], ["あ。"])])
def test_empty_texts_pair_with_nothing(old: list[str], new: list[str]) -> None:
    found = parallel([Piece(text) for text in old], [Piece(text) for text in new])
    assert len(found) == len(old) + len(new)
    assert all(pair.score == 0 for pair in found)


def test_a_heading_is_rendered_by_a_heading() -> None:
    old = [Piece("Aims", "heading", 2, "paragraph"), Piece("We meet often.", joint="paragraph")]
    new = [
        Piece("われわれはしばしば会合する。", joint="paragraph"),
        Piece("目的", "heading", 2, "paragraph"),
        Piece("その他", joint="paragraph"),
    ]
    assert ((0,), (1,)) in shapes(parallel(old, new))


def test_a_sentence_of_another_text_finds_no_sure_partner() -> None:
    old, new = pieces("harbour.en.md"), pieces("harbour.ja.md")
    odd = Piece(
        "なお、" + "この訳文は参考のためのものであり、正文ではない。" * 4, joint="paragraph"
    )
    at = next(n for n, piece in enumerate(new) if piece.text == "費用")
    found = parallel(old, [*new[:at], odd, *new[at:]])
    assert all(pair.score < 0.5 for pair in found if at in pair.new)


def test_items_pair_by_their_numbers() -> None:
    old = [Piece(f"Item of the {n}th day.", joint="line", mark=f"{n}.") for n in range(1, 9)]
    new = [
        Piece(f"その日の議題の項目。{'あ' * (n % 3)}", joint="line", mark=f"{n}.")
        for n in range(1, 9)
    ]
    del new[3]
    found = parallel(old, new)
    assert ((3,), ()) in shapes(found)
    assert ((7,), (6,)) in shapes(found)


def test_names_and_numbers_hold_a_pair_together() -> None:
    old = [Piece("It met in 1999."), Piece("The WTO said so."), Piece("It met in 2007.")]
    new = [Piece("会合は1999年。"), Piece("会合は2007年。")]
    found = parallel(old, new)
    assert ((0,), (0,)) in shapes(found)
    assert any(2 in pair.old and pair.new == (1,) for pair in found)


def test_a_long_text_pairs_in_a_moment() -> None:
    dice = random.Random(7)
    old, new = [], []
    for number in range(4000):
        length = dice.randint(20, 160)
        joint = "paragraph" if number % 5 == 0 else "inline"
        old.append(Piece("a" * length, joint=joint))
        if dice.random() > 0.02:
            new.append(Piece("あ" * max(2, round(length * dice.gauss(0.45, 0.05))), joint=joint))
    start = time.monotonic()
    found = parallel(old, new)
    assert time.monotonic() - start < 20
    assert [place for pair in found for place in pair.old] == list(range(len(old)))
