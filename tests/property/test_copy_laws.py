"""Laws of edited copies: whatever was done to a text, it goes out as it came back."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.services.desk import Desk
from tests.services.test_importing_copy import as_edition, as_proposal, compared, exported
from tests.services.test_importing_draft import bring
from tests.stores import template
from tracker.errors import Refused
from tracker.services import lines
from tracker.store.open import open_store

WORDS = (
    "the ports",
    "of both parties",
    "stay open",
    "to ships",
    "which enter",
    "港は",
    "開いて",
    "no",
)
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5).map(
    lambda words: " ".join(words).capitalize() + "."
)
marks = st.sampled_from(["", "", "# ", "- ", "> ", "1. "])
paragraphs = st.tuples(marks, st.lists(sentences, min_size=1, max_size=3)).map(
    lambda parts: parts[0] + " ".join(parts[1])
)
texts = st.lists(paragraphs, min_size=1, max_size=6)
gaps = st.sampled_from(["\n\n", "\n\n", "\n", "\n\n\n"])


@st.composite
def copies(draw: st.DrawFn) -> tuple[str, list[str]]:
    """A text and copies of it that were edited one after another."""
    parts = draw(texts)
    gap = draw(gaps)
    first = gap.join(parts) + "\n"
    edited = []
    for _ in range(draw(st.integers(1, 3))):
        for _ in range(draw(st.integers(0, 3))):
            parts = _edited(draw, parts)
        edited.append(gap.join(parts) + draw(st.sampled_from(["\n", "", "\n\n"])))
    return first, edited


def _edited(draw: st.DrawFn, parts: Sequence[str]) -> list[str]:
    found = list(parts)
    place = draw(st.integers(0, len(found) - 1))
    kind = draw(st.sampled_from(["insert", "delete", "move", "replace", "join"]))
    if kind == "insert":
        found.insert(place, draw(paragraphs))
    elif kind == "replace":
        found[place] = draw(paragraphs)
    elif len(found) > 1:
        taken = found.pop(place)
        if kind == "move":
            found.insert(draw(st.integers(0, len(found))), taken)
        elif kind == "join":
            other = draw(st.integers(0, len(found) - 1))
            found[other] = f"{found[other]} {taken.lstrip('#->1. ')}"
    return found


def desk_with(folder: str, text: str) -> Desk:
    path = Path(folder) / "tracker.db"
    shutil.copyfile(template(), path)
    return bring(open_store(str(path)), text.encode())


@given(copies())
@settings(max_examples=40, deadline=None)
def test_editions_that_come_in_one_after_another_go_out_as_they_came(
    drawn: tuple[str, list[str]],
) -> None:
    first, edited = drawn
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_with(folder, first)
        owners: dict[str, int] = {}
        for number, text in enumerate(edited):
            for line in desk.read(lines.running_text):
                assert owners.setdefault(line.label, line.id) == line.id
            before = desk.head
            refused = refusal(partial(as_edition, desk, text, f"edition-{number}"))
            if refused:
                # The text as it stands is no next edition, and another text is no copy.
                assert text == exported(desk) or "no copy" in refused
                assert desk.head == before
                continue
            assert exported(desk) == text
            assert not compared(desk, text).changes_words


def refusal(act: Callable[[], object]) -> str:
    """Why it was refused; nothing if it was not."""
    try:
        act()
    except Refused as refused:
        return refused.message
    return ""


@given(copies())
@settings(max_examples=40, deadline=None)
def test_an_accepted_copy_reads_as_the_copy_does(drawn: tuple[str, list[str]]) -> None:
    first, [text, *_] = drawn
    with tempfile.TemporaryDirectory() as folder:
        desk = desk_with(folder, first)
        refused = refusal(partial(as_proposal, desk, text))
        if refused:
            expected = ("no words differ", "no copy", "was imported at @1 already")
            assert any(each in refused for each in expected)
            return
        proposed = desk.proposal("P1").changes
        desk.accept("P1")
        wanted = [line.text.split() for line in compared(desk, text).draft.lines]
        assert [words.split() for _, words in desk.text()] == wanted
        assert [c.result for c in desk.proposal("P1").changes] == [c.result for c in proposed]
