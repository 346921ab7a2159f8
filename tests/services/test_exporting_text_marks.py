"""What a text holds can be told from the marks of its redline and from the notice above it."""

from __future__ import annotations

import re
from itertools import groupby

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.services.desk import Desk
from tracker.errors import BadInput
from tracker.exchange.view import Run, View, ViewLine
from tracker.formats import markdown, text
from tracker.formats.criticmarkup import marks as criticmarkup

MARKS = {"{--": "delete", "{++": "insert"}
ENDS = {"delete": "--}", "insert": "++}"}


def parse(written: str) -> tuple[str, str]:
    """Read CriticMarkup as any other program does, mark by mark; return the old and new text."""
    old = new = ""
    kind, run, at = "equal", "", 0
    while at <= len(written):
        three = written[at : at + 3]
        ends = ENDS.get(kind)
        if at == len(written) or three == ends or (kind == "equal" and three in MARKS):
            plain = unescape(run)
            old += plain if kind != "insert" else ""
            new += plain if kind != "delete" else ""
            kind, run = ("equal" if three == ends else MARKS.get(three, "equal")), ""
            at += 3
        else:
            run += written[at]
            at += 1
    assert kind == "equal"
    return old, new


def unescape(run: str) -> str:
    """Take out one backslash where a mark would stand without any."""
    plain, at = "", 0
    while at < len(run):
        plain += run[at]
        at += 1
        behind = run[at:]
        if behind.startswith("\\") and _is_mark(run[at - 1] + re.sub(r"\\", "", behind)[:2]):
            at += 1
    return plain


def _is_mark(three: str) -> bool:
    return three in _THREE or three[:2] == "~>"


_THREE = {*("{++", "{--", "{~~", "{==", "{>>"), *("++}", "--}", "~~}", "==}", "<<}")}

HOSTILE = [
    "a {++ b",
    "a ++} b {-- c --} d",
    "{~~ old ~> new ~~}",
    "{== this ==}{>> that <<}",
    "{{++}}",
    "+++} ---} {+++ {---",
    "{~~}",
    "~>~>",
    "-{--}-",
]
pieces = st.sampled_from([*"{+-~=<>}", "++", "--", "~~", "==", ">>", "<<", "word ", "語", " "])
texts = st.lists(pieces, max_size=12).map("".join)
runs = st.lists(st.tuples(st.sampled_from(["equal", "delete", "insert"]), texts), max_size=5)


escaped = st.lists(pieces | st.just("\\"), max_size=12).map("".join)


@settings(derandomize=True)
@given(escaped)
@example("a {\\++ b")
def test_backslashes_of_a_text_are_told_from_those_put_into_its_marks(words: str) -> None:
    assert parse(criticmarkup.redline([Run("equal", words)])) == (words, words)


@given(runs)
def test_marks_in_a_text_are_told_from_those_of_its_redline(made: list[tuple[str, str]]) -> None:
    # A redline has no two neighbours of one kind.
    kinds = groupby((run for run in made if run[1]), key=lambda run: run[0])
    redline = [Run(kind, "".join(words for _, words in neighbours)) for kind, neighbours in kinds]
    old = "".join(run.text for run in redline if run.kind != "insert")
    new = "".join(run.text for run in redline if run.kind != "delete")
    assert parse(criticmarkup.redline(redline)) == (old, new)


@pytest.mark.parametrize("words", HOSTILE)
def test_no_mark_of_the_text_itself_is_left(words: str) -> None:
    written = criticmarkup.redline([Run("equal", words)])
    assert not re.search(r"\{(\+\+|--|~~|==|>>)|(\+\+|--|~~|==|<<)\}|~>", written)
    assert parse(written) == (words, words)


def test_both_texts_of_a_redline_are_recovered_exactly(desk: Desk) -> None:
    old = "The {++ mark ++} and the {-- other --} and {~~ a ~> b ~~} stay."
    new = "The {++ sign ++} and the {--other--} and {~~ a ~> c ~~} stay {++."
    desk.accept(desk.replace("1", old))
    then = desk.at
    desk.accept(desk.replace("1", new))
    line = desk.view(redline=then).lines[0]
    assert parse(criticmarkup.redline(line.runs)) == (old, new)


@pytest.mark.parametrize("name", ["The Coast\n\n# Adopted", "not\ror", "a\u2028b", "a\x85b\x0b"])
def test_a_name_stands_on_one_line(desk: Desk, name: str) -> None:
    with pytest.raises(BadInput, match="one line"):
        desk.set(title=name)
    with pytest.raises(BadInput, match="one line"):
        desk.replace("1", "Open.", proposer=name)


def test_nothing_in_a_title_is_obeyed_in_the_notice_that_a_draft_begins_with(desk: Desk) -> None:
    desk.set(title="<b>*Final*</b> {++not++} [so](http://127.0.0.1)")
    name = desk.replace("1", "Open.", proposer="# _A_ side")
    notice = markdown.write(desk.view(name)).decode().splitlines()[0]
    assert notice.startswith("> DRAFT of “\\<b\\>\\*Final\\*\\</b\\> \\{++not++\\} \\[so\\](")
    assert "# \\_A\\_ side" in notice
    plain = text.write(desk.view(name)).decode().splitlines()[0]
    assert "{++" not in plain


def test_a_clean_text_in_markdown_has_no_notice_and_its_marks_stay() -> None:
    view = View("T", None, (ViewLine("1", "", (Run("equal", "a {++b++} c"),)),))
    assert markdown.write(view) == b"a {++b++} c\n"
