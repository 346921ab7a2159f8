"""The text as it goes out: clean, as a redline, and as it would read with proposals."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk, Placed, document
from tracker.errors import NotFound, Refused
from tracker.exchange.view import View
from tracker.formats import text
from tracker.store.open import Store


def told(view: View) -> list[tuple[str, str]]:
    """Each line with its label, deletions as [-…-] and insertions as [+…+]."""
    marks = {"equal": "{}", "delete": "[-{}-]", "insert": "[+{}+]"}
    return [
        (line.label, "".join(marks[run.kind].format(run.text) for run in line.runs))
        for line in view.lines
    ]


def written(view: View) -> str:
    return text.write(view).decode()


def test_the_clean_text_is_the_lines_and_nothing_else(desk: Desk) -> None:
    view = desk.view()
    assert written(view) == "\n\n".join(THREE) + "\n"
    assert (view.notice, view.marked, view.title) == (None, False, "The Coast")


def test_a_text_without_lines_is_empty(desk: Desk) -> None:
    for label in "123":
        desk.accept(desk.delete(label))
    assert written(desk.view()) == ""


PARTS = (
    Placed("The Coast", markup="# ", gap="\n\n", kind="heading"),
    Placed("Ships may enter.", gap="\n \n\n"),
    Placed("Boats too.", block="inline", gap="  "),
    Placed("a first item;", block="line", markup="- ", gap="\n\t"),
    Placed("a second item.", block="line", markup="- "),
)


@pytest.fixture
def joined(store: Store) -> Desk:
    document(store, *PARTS)
    return Desk(store)


def test_white_space_is_written_as_it_was_while_the_same_line_stands_before(joined: Desk) -> None:
    whole = (
        "\n\n# The Coast\n \n\nShips may enter.  Boats too.\n\t- a first item;\n- a second item.\n"
    )
    assert written(joined.view()) == whole
    joined.accept(joined.replace("2", "All ships may enter."))
    assert written(joined.view()) == whole.replace("Ships", "All ships")


def test_lines_that_have_other_neighbours_are_joined_by_block_and_markup(joined: Desk) -> None:
    joined.accept(joined.delete("2"))
    joined.accept(joined.insert("4", "another item;"))
    assert written(joined.view()) == (
        "\n\n# The Coast\n \n\nBoats too.\n\t- a first item;\n- another item;\n- a second item.\n"
    )
    joined.accept(joined.delete("1"))
    assert written(joined.view()).startswith("Boats too.\n\t- a first item;")
    joined.accept(joined.insert("0", "In the beginning."))
    assert written(joined.view()).startswith("In the beginning.\n\nBoats too.\n\t")


def test_what_stood_in_one_paragraph_with_a_deleted_line_begins_it(store: Store) -> None:
    document(
        store,
        Placed("Before."),
        Placed("One.", block="line", markup="- ", gap="\r\n"),
        Placed("Two.", block="inline", gap=" "),
        Placed("Three.", block="inline", gap=" "),
        Placed("After.", block="line", markup="- ", gap="\r\n"),
    )
    desk = Desk(store)
    then = desk.at
    name = desk.delete("2")
    expected = "Before.\r\n- Two. Three.\r\n- After.\r\n"
    assert written(desk.view(name)).endswith(expected)
    desk.accept(name)
    assert written(desk.view()) == expected
    redline = written(desk.view(redline=then))
    assert redline == "Before.\r\n- {--One.--} Two. Three.\r\n- After.\r\n"
    desk.accept(desk.delete("3"))
    assert written(desk.view()) == "Before.\r\n- Three.\r\n- After.\r\n"
    desk.accept(desk.delete("4"))
    assert written(desk.view()) == "Before.\r\n- After.\r\n"


def test_joints_made_anew_are_those_of_the_text(store: Store) -> None:
    document(
        store,
        Placed("会議は毎年開く。", gap=""),
        Placed("委員は報告する。", block="inline", gap=""),
        Placed("See the annex.", block="inline", gap="\r\n"),
        Placed("It is short.", block="inline", gap=" "),
    )
    desk = Desk(store)
    desk.accept(desk.insert("1", "毎回記録する。"))
    desk.accept(desk.insert("4", "It is new."))
    assert written(desk.view()) == (
        "会議は毎年開く。毎回記録する。委員は報告する。"
        "\r\nSee the annex. It is short. It is new.\r\n"
    )


def test_white_space_comes_back_with_the_neighbour_a_proposal_would_take(joined: Desk) -> None:
    before = written(joined.view())
    joined.insert("1", "A preamble.")
    assert "# The Coast\n\nA preamble.\n\nShips may" in written(joined.view("P1"))
    assert written(joined.view()) == before


def test_proposals_are_read_into_the_text_and_nothing_is_decided(desk: Desk) -> None:
    one = desk.replace("1", "The harbour is open.")
    two = desk.insert("1", "Always.")
    desk.insert("1", "And to all.", to=two)
    desk.insert("0", "Preamble.", to=two)
    three = desk.delete("3")
    before = desk.everything()
    view = desk.view(two, three, one, two)
    assert told(view) == [
        ("0a", "Preamble."),
        ("1", "The harbour is open."),
        ("1a", "Always."),
        ("1b", "And to all."),
        ("2", THREE[1]),
    ]
    assert view.notice == (
        f"DRAFT of “The Coast”: the text of {desk.at} as it would read with "
        f"{two} (A side), {three} (A side), {one} (A side). Nothing here is decided."
    )
    assert written(view).startswith(f"{view.notice}\n\nPreamble.\n\nThe harbour")
    assert desk.everything() == before


def test_it_reads_as_it_will_once_they_are_accepted(desk: Desk) -> None:
    names = [
        desk.insert("2", "one"),
        desk.replace("2", "Each party may look."),
        desk.insert("2", "two"),
        desk.delete("1"),
        desk.insert("1", "three"),
        desk.insert("0", "four"),
    ]
    desk.insert("2", "five", to=names[0])
    # Those that insert behind a line come before the one that takes it out.
    order = [names[index] for index in (0, 1, 2, 4, 3, 5)]
    expected = told(desk.view(*order))
    for name in order:
        desk.accept(name)
    assert told(desk.view()) == expected


def test_rivals_are_not_read_into_one_text(desk: Desk) -> None:
    one, two = desk.replace("1", "Open."), desk.delete("1")
    with pytest.raises(Refused, match=f"{one} and {two} collide on line 1") as refused:
        desk.view(one, two)
    assert "at a time" in (refused.value.hint or "")


def test_what_is_stale_or_decided_is_not_read_into_the_text(desk: Desk) -> None:
    stale, other = desk.replace("1", "Open."), desk.replace("1", "Shut.")
    desk.accept(other)
    with pytest.raises(Refused, match="no longer current") as refused:
        desk.view(stale)
    assert "Shut." in refused.value.message
    with pytest.raises(Refused, match=f"{other} is accepted already"):
        desk.view(other)
    with pytest.raises(NotFound, match="there is no proposal P9"):
        desk.view("P9")


def test_a_redline_shows_what_was_changed_inserted_and_deleted(desk: Desk) -> None:
    then = desk.at
    desk.accept(desk.replace("1", "The parties shall keep the harbour open to ships."))
    desk.accept(desk.insert("2", "It gives its reasons."))
    desk.accept(desk.delete("3"))
    view = desk.view(redline=then)
    assert view.marked
    assert told(view) == [
        ("1", "The parties shall keep the harbour open to [-all -]ships."),
        ("2", THREE[1]),
        ("2a", "[+It gives its reasons.+]"),
        ("3", f"[-{THREE[2]}-]"),
    ] or told(view)[2:] == [("3", f"[-{THREE[2]}-]"), ("2a", "[+It gives its reasons.+]")]
    assert told(desk.view(redline=desk.at)) == desk.text()


def test_deleted_lines_stand_where_they_stood(store: Store) -> None:
    document(store, *"ABCDEFG")
    desk = Desk(store)
    then = desk.at
    for label in ("1", "2", "4", "5", "7"):
        desk.accept(desk.delete(label))
    assert [words for _, words in told(desk.view(redline=then))] == [
        *("[-A-]", "[-B-]", "C", "[-D-]", "[-E-]", "F", "[-G-]"),
    ]
    assert written(desk.view(redline=then)).startswith("{--A--}\n\n{--B--}\n\nC\n\n")
    for label in ("3", "6"):
        desk.accept(desk.delete(label))
    assert [words for _, words in told(desk.view(redline=then))] == [f"[-{c}-]" for c in "ABCDEFG"]


def test_a_redline_with_proposals_says_against_what(desk: Desk) -> None:
    desk.edition("first", "The First")
    desk.accept(desk.delete("3"))
    name = desk.replace("2", "Each party may inspect any ship that leaves.")
    view = desk.view(name, redline="first")
    assert told(view)[1:] == [
        ("2", "Each party may inspect any ship that [-enters-][+leaves+]."),
        ("3", f"[-{THREE[2]}-]"),
    ]
    assert (view.notice or "").endswith("decided. Changes are shown against first.")


def test_a_redline_against_a_state_that_is_none_is_refused(desk: Desk) -> None:
    for state in ("@9", "@0", "never", "1:2", "@" + "9" * 5000):
        with pytest.raises(NotFound, match="there is no") as refused:
            desk.view(redline=state)
        assert refused.value.hint


def test_a_line_that_came_and_went_is_in_no_redline_between(desk: Desk) -> None:
    then = desk.at
    desk.accept(desk.insert("1", "For a while."))
    desk.accept(desk.delete("1a"))
    assert told(desk.view(redline=then)) == desk.text()
