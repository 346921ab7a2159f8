"""What is typed at the projector: a letter, the names it is about, other words."""

from __future__ import annotations

import pytest

from tracker.cli.projector.acts import ACTS
from tracker.cli.projector.keys import KEYS, Typed, read
from tracker.errors import UsageError


@pytest.mark.parametrize(
    ("line", "typed"),
    [
        ("", Typed("", (), "")),
        (" \t", Typed("", (), "")),
        ("a", Typed("a", (), "")),
        ("A p2", Typed("a", ("P2",), "")),
        ("adopt P2.1", Typed("a", ("P2.1",), "")),
        ("c c4, C7 accepted in principle", Typed("c", ("C4", "C7"), "accepted in principle")),
        ("c noted", Typed("c", (), "noted")),
        ("d P1 after C4", Typed("d", ("P1",), "after C4")),
        ("h vote 7-2-1", Typed("h", (), "vote 7-2-1")),
        ("a 2", Typed("a", ("2",), "")),
    ],
)
def test_a_letter_or_its_word_then_names_then_words(line: str, typed: Typed) -> None:
    assert read(line) == typed


@pytest.mark.parametrize("line", ["x", "P1", "aP1", "1", "\x1b[A", "はい", "agree1"])
def test_anything_else_is_no_key_and_the_keys_are_told(line: str) -> None:
    with pytest.raises(UsageError, match="is no key") as refused:
        read(line)
    assert "a adopt" in str(refused.value.hint)


def test_every_key_but_that_which_ends_has_an_act() -> None:
    assert set(ACTS) == set(KEYS) - {"q"}
