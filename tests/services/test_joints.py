"""What joins the lines of a text that came from a file, after lines went and others came."""

from __future__ import annotations

import pytest

from tests.services.desk import Desk
from tests.services.desk import bring as bring_record
from tests.services.test_importing_draft import bring, known
from tests.stores import Stores, empty
from tracker.formats import text
from tracker.services.exporting import record
from tracker.store.open import open_store

CASES = {
    "a bullet stays with the rest of its item": (
        "- One. Two.\n- Three.\n",
        "-1",
        "- Two.\n- Three.\n",
    ),
    "a wrapped item keeps its bullet": (
        "- One here.\n  Two here.\n- Three.\n",
        "-1",
        "- Two here.\n- Three.\n",
    ),
    "a paragraph of lines begins with its next line": (
        "First para is here.\n\nA one is here.\nB two is here.\n\nEnd.\n",
        "-2",
        "First para is here.\n\nB two is here.\n\nEnd.\n",
    ),
    "a list begins with its next item": (
        "The items are\n\n1. first\n2. second\n",
        "-2",
        "The items are\n\n2. second\n",
    ),
    "a new item in a list with Windows' line ends": (
        "- one thing\r\n- two things\r\n",
        "+1 New.",
        "- one thing\r\n- New.\r\n- two things\r\n",
    ),
    "a quotation's empty lines": (
        "> A one.\n>\n> B two.\n",
        "+1 New.",
        "> A one.\n>\n> New.\n\n> B two.\n",
    ),
    "below a heading without an empty line": (
        "# H\nText one.\n",
        "+1 New.",
        "# H\nNew.\nText one.\n",
    ),
    "the line under a heading stays with it": (
        "Title\n=====\n\nText one.\n",
        "+1 New.",
        "Title\n=====\n\nNew.\n\nText one.\n",
    ),
    "the line under a heading goes with it": (
        "Before.\n\nTitle\n=====\n\nText one.\n",
        "-2",
        "Before.\n\nText one.\n",
    ),
    "the row under a table's head stays": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n",
        "-2",
        "| a | b |\n|---|---|\n| 3 | 4 |\n",
    ),
    "a comment of the file before a deleted line": (
        "One line.\n\n<!-- c -->\n\nTwo lines.\n\nThree lines.\n",
        "-2",
        "One line.\n\n<!-- c -->\n\nThree lines.\n",
    ),
    "a comment of the file behind a deleted line": (
        "One line.\n\nTwo lines.\n\n<!-- c -->\n\nThree lines.\n",
        "-2",
        "One line.\n\n<!-- c -->\n\nThree lines.\n",
    ),
    "front matter and a comment around a deleted line": (
        "---\ntitle: X\n---\n\nA thing.\n\n<!-- c -->\n\nB thing.\n",
        "-1",
        "---\ntitle: X\n---\n\n<!-- c -->\n\nB thing.\n",
    ),
    "a comment behind the last line": (
        "One thing.\n\nTwo things.\n\n<!-- c -->\n",
        "-2",
        "One thing.\n\n<!-- c -->\n",
    ),
    "a comment before the last line": (
        "One thing.\n\n<!-- c -->\n\nTwo things.\n",
        "-2",
        "One thing.\n\n<!-- c -->\n",
    ),
    "a line behind a comment at the end": (
        "One.\r\n\r\n<!-- c -->\r\n",
        "+1 Two.",
        "One.\r\n\r\n<!-- c -->\r\n\r\nTwo.\r\n",
    ),
    "a gap of the beginning does not come back elsewhere": (
        "<!-- c -->\n\nOne line.\n\nTwo lines.\n",
        "+0 Zero. -1",
        "<!-- c -->\n\nZero.\n\nTwo lines.\n",
    ),
    "one line of a file of Windows": ("One line.\r\n", "+1 Two.", "One line.\r\n\r\nTwo.\r\n"),
    "a table without its head stands on its own": (
        "Before.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n",
        "-2",
        "Before.\n\n| 1 | 2 |\n| 3 | 4 |\n",
    ),
    "a table without rows takes nothing in": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter.\n",
        "-2",
        "| a | b |\n|---|---|\n\nAfter.\n",
    ),
    "the line under a heading stays at the end": (
        "Title\n=====\n\nText one.\n",
        "-2",
        "Title\n=====\n",
    ),
    "a row behind the last row, and words behind a table": (
        "| a | b |\n|---|---|\n| 1 | 2 |\n\nAfter.\n",
        "+2 | 3 | 4 | +2a Words.",
        "| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\nWords.\n\nAfter.\n",
    ),
    "a second item, and one behind the last": (
        "1. One.\n2. Two.\n\n* [x] Done.\n",
        "+1 New. +2 Last. +3 To do.",
        "1. One.\n2. New.\n2. Two.\n3. Last.\n\n* [x] Done.\n\n* [ ] To do.\n",
    ),
    "Japanese sentences": (
        "一つ目です。三つ目です。\n",
        "+1 二つ目です。",
        "一つ目です。二つ目です。三つ目です。\n",
    ),
}


def change(desk: Desk, edits: str) -> None:
    """Accept changes written as ``-2`` (delete line 2) and ``+1 words`` (insert after line 1)."""
    words = edits.split()
    while words:
        place = words.pop(0)
        if place.startswith("-"):
            desk.accept(desk.delete(place[1:]))
            continue
        told = []
        while words and not words[0].startswith(("-", "+")):
            told.append(words.pop(0))
        desk.accept(desk.insert(place[1:], " ".join(told)))


@pytest.mark.parametrize("name", CASES)
def test_a_changed_text_is_joined_as_a_careful_secretary_would(stores: Stores, name: str) -> None:
    content, edits, expected = CASES[name]
    with stores.copy(empty) as url, stores.copy(empty) as other:
        desk = bring(open_store(url), content.encode())
        change(desk, edits)
        changed = text.write(desk.view())
        assert changed.decode() == expected
        assert known(desk, changed) == "coast"
        again = Desk(open_store(other), "coast")
        bring_record(again.store, desk.read(record.gather))
        assert text.write(again.view()) == changed
