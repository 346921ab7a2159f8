"""Proposals read into a text: those that touch none of the same lines share a step."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from tests.services.desk import Desk
from tests.services.test_exporting_word import no_file
from tracker.services import lines
from tracker.services.exporting.marked import marked
from tracker.services.exporting.marking import Owner
from tracker.services.exporting.proposed import Step, beside_one_another, owners, steps
from tracker.services.exporting.text import Request
from tracker.services.exporting.word import marked as for_word
from tracker.services.proposals.checking import all_undecided
from tracker.services.snapshot import Snapshot

SEVEN = [f"The coast {kind} is long." for kind in ("east", "west", "south", "north", "far", "old")]


@pytest.fixture
def long_desk(desk: Desk) -> Desk:
    """Nine lines."""
    for text in SEVEN:
        desk.accept(desk.insert(desk.text()[-1][0], text))
    return desk


def stepped(now: Snapshot, names: Sequence[str]) -> list[Step]:
    taken = beside_one_another("en", all_undecided(now, names))
    return list(steps(lines.running_text(now), taken, lines.labels(now)))


def whose(desk: Desk, *names: str) -> list[dict[str, str]]:
    """Of each step, which proposal touched which line that stood before."""
    labels = {desk.line(label).id: label for label in desk.labels()}
    return [
        {labels[line]: touch.proposal.id for line, touch in step.touched.items() if line in labels}
        for step in desk.read(stepped, names)
    ]


def test_proposals_on_lines_apart_share_a_step(long_desk: Desk) -> None:
    first = long_desk.replace("1", "The harbour is closed.")
    second = long_desk.insert("3", "And so on.")
    assert whose(long_desk, first, second) == [{"1": first, long_desk.labels()[3]: second}]


def test_proposals_that_touch_a_line_follow_one_another(long_desk: Desk) -> None:
    first = long_desk.insert("1", "One thing more.")
    second = long_desk.delete("2")
    assert whose(long_desk, first, second) == [{"2": first}, {"2": second, "3": second}]


def test_the_end_of_the_text_is_touched_by_one_of_a_step(long_desk: Desk) -> None:
    last = long_desk.labels()[-1]
    names = (long_desk.delete(last), long_desk.replace("1", "The harbour is closed."))
    (step,) = long_desk.read(stepped, names)
    assert owners(step, lambda proposal: proposal.id, {}).otherwise == Owner(names[0])


def test_each_change_of_a_step_has_its_own_author(long_desk: Desk) -> None:
    labels = long_desk.labels()
    made = {
        "A": long_desk.replace(labels[0], "The harbour is closed.", proposer="A"),
        "B": long_desk.insert(labels[2], "One thing more.", proposer="B"),
        "C": long_desk.delete(labels[4], proposer="C"),
        "D": long_desk.split(labels[6], "The coast far.", "It is long.", proposer="D"),
        "E": long_desk.replace(labels[8], "The end.", proposer="E"),
    }
    names = tuple(made.values())
    assert len(long_desk.read(stepped, names)) == 1
    edits = long_desk.read(for_word, no_file, None, names).outgoing.tracked
    marks = long_desk.read(marked, Request(proposals=names)).marks
    for found in (edits, marks):
        assert list(dict.fromkeys(each.author for each in found)) == list(made)
    assert {e.text for e in edits if e.author == "B"} == {"\u2029One thing more."}


def test_proposals_on_lines_side_by_side_share_a_step_while_they_are_joined_alike(
    long_desk: Desk,
) -> None:
    first = long_desk.replace("1", "The harbour is closed.")
    second = long_desk.replace("2", "They meet each autumn")
    third = long_desk.replace("3", "It may be left.")
    assert whose(long_desk, first, second) == [{"1": first, "2": second, "3": second}]
    assert whose(long_desk, second, third) == [{"2": second, "3": second}, {"3": third}]
