"""Revert: what an entry changed of the text is taken back, and nothing that came later is lost."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk, Placed, document
from tests.stores import Stores
from tracker.errors import NotFound, Refused
from tracker.services import lines, reverting
from tracker.services.reverting import Reverted
from tracker.store.open import Store, open_store

ONE, TWO, THIRD = THREE


def revert(desk: Desk, name: str, take: str | None = None) -> Reverted:
    with desk.writing("revert") as (entry, now):
        return reverting.revert(entry, now, name, take)


def refused(desk: Desk, name: str) -> str:
    before = desk.everything()
    with pytest.raises((Refused, NotFound)) as told:
        revert(desk, name)
    assert told.value.hint
    assert desk.everything() == before
    return told.value.message


def test_the_words_of_before_come_back_and_their_comments_with_them(desk: Desk) -> None:
    comment = desk.say("1", words="harbour")
    desk.accept(desk.replace("1", "The parties shall keep the port open to all ships."))
    entry = desk.at
    later = desk.say("1", words="port")
    assert desk.comment(comment).anchor_state == "orphaned"
    done = revert(desk, entry)
    assert desk.text()[0] == ("1", ONE)
    assert done.stored[0].orphaned == (later,)
    assert desk.comment(comment).anchor_state == "orphaned"
    assert desk.proposal("P1").state == "accepted"
    desk.check()


def test_what_was_changed_since_elsewhere_in_the_line_stays(desk: Desk) -> None:
    desk.accept(desk.replace("1", "The parties shall keep the port open to all ships."))
    entry = desk.at
    desk.accept(desk.replace("1", "All parties shall keep the port open to all ships."))
    revert(desk, entry)
    assert desk.text()[0] == ("1", "All parties shall keep the harbour open to all ships.")
    desk.check()


def test_words_that_were_changed_again_collide_and_one_side_may_be_taken(desk: Desk) -> None:
    desk.accept(desk.replace("1", "The parties shall keep the port open to all ships."))
    entry = desk.at
    desk.accept(desk.replace("1", "The parties shall keep the bay open to all ships."))
    told = refused(desk, entry)
    assert told.startswith(f"the words that {entry} changed were changed again since")
    assert "now: The parties shall keep the bay" in told
    revert(desk, entry, "before")
    assert desk.text()[0] == ("1", ONE)


def offered(desk: Desk, name: str) -> str:
    """What is offered where words collide."""
    with pytest.raises(Refused) as told:
        revert(desk, name)
    return told.value.hint or ""


def test_the_words_of_now_are_offered_only_where_something_is_taken_back_beside_them(
    desk: Desk,
) -> None:
    desk.accept(desk.replace("1", "The parties shall keep the port open to all ships."))
    entry = desk.at
    desk.accept(desk.replace("1", "The parties shall keep the bay open to all ships."))
    assert "--take now" not in offered(desk, entry)
    with pytest.raises(Refused, match="beside the words of now, nothing of what"):
        revert(desk, entry, "now")
    name = desk.replace("1", "The parties shall keep the port open to all ships.")
    desk.replace("2", "Nobody may inspect.", to=name)
    desk.accept(name)
    entry = desk.at
    desk.accept(desk.replace("1", "The parties shall keep the gulf open to all ships."))
    assert "--take now" in offered(desk, entry)
    revert(desk, entry, "now")
    assert [text for _, text in desk.text()][:2] == [
        "The parties shall keep the gulf open to all ships.",
        TWO,
    ]


def test_a_line_that_was_put_in_goes_and_one_that_went_comes_back(desk: Desk) -> None:
    name = desk.insert("1", "A new line.")
    desk.delete("2", to=name)
    desk.accept(name)
    entry = desk.at
    desk.accept(desk.insert("3", "At the end."))
    revert(desk, entry)
    assert desk.text() == [("1", ONE), ("2", TWO), ("3", THIRD), ("3a", "At the end.")]
    assert desk.view().lines[1].lead == "\n\n"
    desk.check()


def test_what_went_on_in_the_paragraph_of_a_line_does_so_again(stores: Stores) -> None:
    def paragraphs(store: Store) -> None:
        document(store, "One.", "Two.", Placed("Three.", block="inline"), "Four.")

    with stores.copy(paragraphs) as url:
        desk = Desk(open_store(url))
        before = desk.view()
        desk.accept(desk.delete("2"))
        revert(desk, desk.at)
        assert [line.lead for line in desk.view().lines] == [line.lead for line in before.lines]
        desk.accept(desk.delete("2"))
        deleted = desk.at
        desk.accept(desk.insert("1", "Between."))
        revert(desk, deleted)
        leads = [line.lead for line in desk.view().lines]
        assert (desk.labels(), leads) == (
            ["1", "2", "1a", "3", "4"],
            ["", "\n\n", "\n\n", "\n\n", "\n\n"],
        )


def test_a_new_line_that_was_reworded_since_collides(desk: Desk) -> None:
    desk.accept(desk.insert("1", "A new line."))
    entry = desk.at
    desk.accept(desk.replace("1a", "A newer line."))
    assert "line 1a before" in refused(desk, entry)
    assert "--take now" not in offered(desk, entry)
    revert(desk, entry, "before")
    assert desk.labels() == ["1", "2", "3"]


def test_a_revert_can_be_reverted(desk: Desk) -> None:
    desk.accept(desk.replace("1", "Open."))
    revert(desk, desk.at)
    assert desk.text()[0] == ("1", ONE)
    revert(desk, desk.at)
    assert desk.text()[0] == ("1", "Open.")
    with desk.reading() as now:
        assert [v.origin for v in lines.versions(now, 1)] == [
            *("imported", "edited", "reverted", "reverted"),
        ]


def test_what_changed_no_text_brought_it_in_or_is_no_entry_is_refused(desk: Desk) -> None:
    desk.say("1")
    assert refused(desk, "@2").startswith("nothing of what @2 (comment add) did stands")
    assert refused(desk, "@1") == "@1 brought the text in; there was none before"
    assert refused(desk, "@9") == "there is no entry @9"
    assert refused(desk, "C1") == "'C1' is no entry"
    desk.accept(desk.replace("1", "Open."))
    revert(desk, desk.at)
    assert refused(desk, "@4").startswith("nothing of what @4")
