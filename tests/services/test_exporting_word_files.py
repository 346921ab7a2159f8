"""A text that came in as a Word file goes out in that file, with what became of it since."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.services.desk import Desk
from tests.services.marks import marked
from tests.services.test_importing_marked import bring_in, on, remark
from tests.settled import applied, settled_text
from tracker.exchange.marked import Marked, Remark
from tracker.services.exporting import word
from tracker.services.exporting.word import Parcel
from tracker.store.open import Store

THREE = marked(
    "The sea is {-A:very -}wide.¶Ships {-B:may-}{+B:shall+} sail.{+A: In peace.+}¶Nobody owns it."
)


def text(desk: Desk) -> list[str]:
    return [words for _, words in desk.text()]


def sent(desk: Desk, told: Marked, *asked: Any) -> Parcel:
    """What goes out; the file says ``told``."""
    made: Parcel = desk.read(word.marked, lambda _, __: told, *asked)
    return made


@pytest.fixture
def brought(store: Store) -> Callable[..., Desk]:
    def bring(told: Marked) -> Desk:
        bring_in(store, told)
        return Desk(store)

    return bring


def test_nothing_is_changed_in_a_file_about_which_nothing_was_decided(
    brought: Callable[..., Desk],
) -> None:
    said = (on(THREE, "wide", 1), remark(2, "So it is.", parent="1"), remark(3, "And then?"))
    told = THREE._replace(remarks=said)
    desk = brought(told)
    made = sent(desk, told, "@1")
    assert made.base is not None
    assert made.outgoing.kept == frozenset(range(len(told.marks)))
    assert (made.outgoing.settled, made.outgoing.tracked) == ((), ())
    back = {bubble.remark.text: bubble.remark for bubble in made.outgoing.comments}
    assert [_place(back[each.text]) for each in said] == [_place(each) for each in said]


def _place(said: Remark) -> tuple[object, ...]:
    return said.start, said.end, said.author, said.date


def test_clean_is_the_untouched_text_without_marks_and_comments(
    brought: Callable[..., Desk],
) -> None:
    desk = brought(THREE)
    made = desk.read(word.clean, lambda _, __: THREE)
    assert made.text == THREE.text
    assert made.outgoing.kept == frozenset()
    assert made.outgoing.comments == ()


def test_what_was_accepted_since_is_in_the_text_and_the_rest_stays_tracked(
    brought: Callable[..., Desk],
) -> None:
    desk = brought(THREE)
    desk.accept("P2")
    clean = desk.read(word.clean, lambda _, __: THREE)
    assert settled_text(THREE.text, THREE.marks, clean.outgoing) == clean.text
    assert "Ships shall sail." in clean.text
    made = sent(desk, THREE, "@2")
    assert [THREE.marks[n].text for n in sorted(made.outgoing.kept)] == ["very ", " In peace."]
    assert "Ships shall sail." in made.text


def test_a_redline_from_before_an_acceptance_shows_it(brought: Callable[..., Desk]) -> None:
    desk = brought(THREE)
    desk.accept("P2")
    made = sent(desk, THREE, "@1")
    assert made.text == THREE.text
    assert [(e.text, e.author) for e in made.outgoing.tracked if e.text == "shall"] == [
        ("shall", "B")
    ]
    becomes = applied(made.text, [(e.start, e.end, e.text) for e in made.outgoing.tracked])
    assert "Ships shall sail." in becomes


def test_what_was_rejected_is_no_longer_in_the_file(brought: Callable[..., Desk]) -> None:
    desk = brought(THREE)
    desk.decide("rejected", "P2", reason="No.")
    made = sent(desk, THREE, "@1")
    assert {THREE.marks[n].author for n in made.outgoing.kept} == {"A"}


def test_a_mark_that_no_proposal_says_stays_in_the_file(brought: Callable[..., Desk]) -> None:
    told = marked("The sea is wide.{+A:¶+} Ships sail.")
    made = sent(brought(told), told, "@1")
    assert made.outgoing.kept == frozenset({0})


def test_a_comment_whose_line_changed_stands_where_they_stand_now(
    brought: Callable[..., Desk],
) -> None:
    told = THREE._replace(remarks=(on(THREE, "owns", 1),))
    desk = brought(told)
    desk.accept(desk.replace("3", "In truth nobody at all owns it.", proposer="C"))
    made = sent(desk, told, f"@{desk.head[0]}")
    (bubble,) = made.outgoing.comments
    assert made.text[bubble.remark.start : bubble.remark.end] == "owns"


def test_no_name_leaves_in_a_file_where_none_may(brought: Callable[..., Desk]) -> None:
    desk = brought(THREE)
    desk.set(attribution="none")
    made = sent(desk, THREE, "@1")
    assert {made.outgoing.name(mark.author) for mark in THREE.marks} == {"Revision"}
