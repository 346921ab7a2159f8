"""Carrying anchors: a comment stays on the words it flagged, or says that they are gone."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk
from tracker.services.proposals.deciding import Accepted
from tracker.store import tables

LINE = THREE[1]  # "Each party may inspect any ship that enters."


def stands(desk: Desk, name: str, state: str | None = None) -> tuple[str | None, str | None]:
    """The state of a comment's anchor and the words it is on now."""
    anchor = desk.comment(name, state).anchors[0]
    text = desk.line(anchor.line or "", state).text
    words = text[anchor.start : anchor.stop] if anchor.start is not None else None
    return anchor.state, words


def change(desk: Desk, text: str, label: str = "2") -> Accepted:
    return desk.accept(desk.replace(label, text))


def test_words_that_moved_are_still_flagged(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    done = change(desk, "In time of peace each party may inspect any ship that enters.")
    assert stands(desk, name) == ("exact", "any ship")
    assert [(c.comment, c.state, c.quote) for c in done.carried] == [(name, "exact", "any ship")]
    assert done.orphaned == ()
    desk.check()


def test_words_with_others_written_in_between_are_all_there(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    change(desk, "Each party may inspect any foreign ship that enters.")
    assert stands(desk, name) == ("exact", "any foreign ship")
    assert desk.comment(name).quote == "any ship"


def test_words_that_are_half_there_are_flagged_in_part_and_quoted_as_they_were(desk: Desk) -> None:
    name = desk.say("2", words="inspect any ship")
    done = change(desk, "Each party may inspect any vessel that enters.")
    assert stands(desk, name) == ("partial", "inspect any")
    assert desk.comment(name).quote == "inspect any ship"
    assert [c.state for c in done.carried] == ["partial"]


def test_words_that_are_gone_are_said_to_be_gone(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    done = change(desk, "Each party may inspect vessels that enter.")
    assert stands(desk, name) == ("orphaned", None)
    assert desk.comment(name).quote == "any ship"
    assert done.orphaned == (name,)


def test_words_that_are_gone_are_not_found_again_by_guessing(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    change(desk, "Each party may inspect vessels that enter.")
    done = change(desk, LINE)
    assert stands(desk, name) == ("orphaned", None)
    # It was an earlier entry that orphaned it.
    assert done.orphaned == ()
    assert done.carried == ()


def test_words_written_in_between_are_no_loss_when_they_go_again(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    change(desk, "Each party may inspect any large, foreign or stateless ship that enters.")
    change(desk, LINE)
    assert stands(desk, name) == ("exact", "any ship")


def test_what_is_left_of_words_is_measured_by_all_of_them(desk: Desk) -> None:
    name = desk.say("2", words="inspect any ship that enters")
    change(desk, "Each party may inspect any ship.")
    assert stands(desk, name) == ("partial", "inspect any ship")
    change(desk, "Each party may inspect vessels.")
    assert stands(desk, name) == ("orphaned", None)


def test_words_once_lost_in_part_are_never_called_whole_again(desk: Desk) -> None:
    name = desk.say("2", words="inspect any ship")
    change(desk, "Each party may inspect any vessel that enters.")
    change(desk, LINE)
    assert stands(desk, name) == ("partial", "inspect any")


def test_what_flags_a_whole_line_follows_it_whatever_it_says(desk: Desk) -> None:
    name = desk.say("2")
    done = change(desk, "Nothing of it is left.")
    anchor = desk.comment(name).anchors[0]
    assert (anchor.scope, anchor.state) == ("line", "exact")
    assert anchor.wording == desk.line("2").wording
    assert done.carried == ()


def test_replies_go_where_their_parent_goes(desk: Desk) -> None:
    parent = desk.say("2", words="any ship")
    reply = desk.reply(parent)
    own = desk.reply(parent, words="inspect")
    change(desk, "Each party may inspect vessels.")
    assert stands(desk, parent) == stands(desk, reply) == ("orphaned", None)
    assert stands(desk, own) == ("exact", "inspect")
    late = desk.reply(parent)
    assert stands(desk, late) == ("orphaned", None)
    assert desk.comment(late).anchors[0].inherited


def test_a_line_that_is_deleted_takes_all_its_words_with_it(desk: Desk) -> None:
    words, whole, gone = desk.say("2", words="any ship"), desk.say("2"), desk.say("2", words="that")
    elsewhere = desk.say("1", words="harbour")
    change(desk, "Each party may inspect any ship.")
    done = desk.accept(desk.delete("2"))
    assert done.orphaned == (words, whole)
    assert {stands(desk, name)[0] for name in (words, whole, gone)} == {"orphaned"}
    assert stands(desk, elsewhere) == ("exact", "harbour")
    desk.check()


def test_a_comment_on_several_lines_loses_only_those_that_go(desk: Desk) -> None:
    name = desk.say("1", "2")
    desk.accept(desk.delete("2"))
    found = desk.comment(name)
    assert [anchor.state for anchor in found.anchors] == ["exact", "orphaned"]
    assert (found.lines, found.anchor_state) == (("1", "2"), "orphaned")


def test_where_words_stood_at_every_entry_is_still_known(desk: Desk) -> None:
    name = desk.say("2", words="inspect any ship")
    first = desk.at
    change(desk, "Each party may inspect any vessel that enters.")
    second = desk.at
    change(desk, "Ships may enter.")
    assert stands(desk, name, first) == ("exact", "inspect any ship")
    assert stands(desk, name, second) == ("partial", "inspect any")
    assert stands(desk, name) == ("orphaned", None)


@pytest.mark.parametrize(
    ("old", "words", "new", "now"),
    [
        ("港は全ての船に開かれる。", "船に", "港は、平時には、全ての船に開かれる。", "船に"),
        (
            "Open 🎌 harbours 👩‍👩‍👧 for all.",
            "👩‍👩‍👧 for",
            "All open 🎌 harbours 👩‍👩‍👧 for all.",
            "👩‍👩‍👧 for",
        ),
        ("Caf\u00e9 and tea.", "Caf\u00e9", "Tea and cafe, Cafe\u0301 and tea.", "Cafe\u0301"),
    ],
    ids=["Japanese", "emoji", "another spelling of the same"],
)
def test_words_of_every_script_are_carried(
    desk: Desk, old: str, words: str, new: str, now: str
) -> None:
    change(desk, old)
    name = desk.say("2", words=words)
    change(desk, new)
    assert stands(desk, name) == ("exact", now)


def test_every_step_of_an_anchor_is_a_row_of_its_own(desk: Desk) -> None:
    name = desk.say("2", words="any ship")
    change(desk, "Each party may inspect any ship.")
    desk.accept(desk.delete("2"))
    anchor = tables.anchor
    with desk.reading() as now:
        rows = now.connection.execute(anchor.select().order_by(anchor.c.number)).all()
    assert [(row.number, row.state, row.quote) for row in rows] == [
        (1, "exact", "any ship"),
        (2, "exact", "any ship"),
        (3, "orphaned", "any ship"),
    ]
    assert desk.comment(name).quote == "any ship"
