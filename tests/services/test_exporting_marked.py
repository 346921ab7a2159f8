"""The text as it goes out with its changes marked and its comments on their words."""

from __future__ import annotations

import pytest

from tests.services.desk import THREE, Desk, Placed, document
from tracker.errors import Refused
from tracker.exchange.marked import Remark
from tracker.exchange.marked_source import Flow, MarkedSource, accepted
from tracker.formats import text as plain
from tracker.formats.criticmarkup.read import parse
from tracker.formats.criticmarkup.write import write
from tracker.formats.odt import read as odt_reading
from tracker.formats.odt import write as odt_writing
from tracker.formats.paragraphs import paragraphed
from tracker.services.comments import sealing
from tracker.services.exporting import text as exporting
from tracker.services.exporting.marked import marked
from tracker.services.exporting.text import Request
from tracker.store.open import Store


def out(
    desk: Desk, *names: str, redline: str | None = None, with_internal: bool = False
) -> MarkedSource:
    with desk.reading() as now:
        return marked(now, Request(redline, names), with_internal=with_internal)


def clean(desk: Desk, *names: str, state: str | None = None) -> str:
    """The clean export, without a notice."""
    with desk.reading(state) as then:
        return plain.write(
            exporting.view(then, Request(None, names))._replace(notice=None)
        ).decode()


def check(desk: Desk, *names: str, redline: str | None = None) -> MarkedSource:
    """Both texts are had back from the marks, also when they went out and came in again."""
    found = out(desk, *names, redline=redline)
    before, after = clean(desk, state=redline), clean(desk, *names)
    for one in (found, parse(write(found))):
        assert one.text == before
        assert accepted(one.text, one.marks) == after
    home = odt_reading.read(odt_writing.write(paragraphed(found)), "a.odt")
    assert home.text == paragraphed(found).text
    assert accepted(home.text, home.marks) == paragraphed(MarkedSource(after)).text
    return found


def words(source: MarkedSource, name: str) -> str:
    """The words that a comment is on, in the flow of the text."""
    remark = next(each for each in source.remarks if each.id == name)
    flow = Flow(source.text, source.marks)
    start, end = flow.range(remark)
    whole = "".join([part.text for part in flow.parts])
    return whole[start:end]


def said(source: MarkedSource, name: str) -> Remark:
    return next(each for each in source.remarks if each.id == name)


def test_without_changes_it_is_the_text_as_it_is(desk: Desk) -> None:
    found = check(desk)
    assert found.marks == ()
    assert found.stamp is not None
    assert found.stamp.lines[1] == ("2", len(THREE[0]) + 2, len(THREE[0]) + 2 + len(THREE[1]))


def test_each_proposal_changes_the_text_under_the_name_of_who_it_is_from(desk: Desk) -> None:
    one = desk.replace("1", THREE[0].replace("harbour", "port"), proposer="US side")
    two = desk.insert("2", "Nobody is turned away.", proposer="Japan")
    desk.delete("3", to=two)
    found = check(desk, one, two)
    assert [(m.kind, m.author, m.text) for m in found.marks] == [
        ("delete", "US side", "harbour"),
        ("insert", "US side", "port"),
        ("delete", "Japan", f"\n\n{THREE[2]}"),
        ("insert", "Japan", "\n\nNobody is turned away."),
    ]
    assert found.stamp is not None
    assert found.stamp.proposals == (one, two)
    assert found.marks[0].date is not None
    assert found.notice is not None
    assert found.notice.startswith("DRAFT")


def test_proposals_that_collide_are_refused(desk: Desk) -> None:
    one, two = desk.replace("1", "Open to all."), desk.replace("1", "Closed to all.")
    with pytest.raises(Refused, match="collide"):
        out(desk, one, two)


def test_moves_splits_and_merges_are_marked_so_that_both_texts_can_be_had(store: Store) -> None:
    document(
        store,
        Placed("The Coast", markup="# ", gap="\n\n", kind="heading"),
        Placed("One. Two.", gap="\n \n\n"),
        Placed("Three.", block="inline", gap="  "),
        Placed("a first item;", block="line", markup="- ", gap="\n\t"),
        Placed("a second item.", block="line", markup="- "),
        Placed("Last.", gap="\n\n\n"),
    )
    desk = Desk(store)
    then = desk.at
    desk.accept(desk.split("2", "One.", "Two."))
    desk.accept(desk.move("6", "1"))
    desk.accept(desk.merge("4", "5", text="an item."))
    check(desk, redline=then)
    moved = desk.move("3", "0")
    check(desk, moved)
    check(desk, moved, redline=then)
    again = desk.move("3", "6")
    check(desk, again, redline=then)
    for label in ("2", "2a", "3"):
        desk.accept(desk.delete(label))
    check(desk, redline=then)
    split = desk.split("4", "an", "item.")
    check(desk, split, redline=then)


def test_what_changed_is_under_the_name_of_who_the_accepted_proposal_was_from(desk: Desk) -> None:
    then = desk.at
    desk.accept(desk.replace("1", THREE[0].replace("harbour", "port"), proposer="US side"))
    found = check(desk, redline=then)
    assert {mark.author for mark in found.marks} == {"US side"}
    desk.set(attribution="none")
    assert {mark.author for mark in out(desk, redline=then).marks} == {"the secretary"}


def test_comments_stand_on_their_words_and_on_a_line_at_its_end(desk: Desk) -> None:
    one = desk.say("1", text="What of boats?", words="all ships", speaker="Kimura", side="Japan")
    two = desk.say("2", text="Strike it.", speaker="Smith", kind="objection")
    desk.reply(one, "answers", text="They are ships.")
    found = check(desk)
    assert words(found, one) == "all ships"
    place = said(found, two)
    assert place.start == place.end == len(THREE[0]) + 2 + len(THREE[1])
    assert said(found, "C3").parent == one
    assert said(found, one).author == "Kimura (Japan)"
    again = parse(write(found))
    for name in (one, two, "C3"):
        assert words(again, name) == words(found, name)
        assert said(again, name).text == said(found, name).text
    desk.dispose(one, outcome="rejected", reason="They are meant.", by="The chair")
    assert said(out(desk), one).done
    assert "→ rejected (by The chair): They are meant." in said(out(desk), one).text


def test_comments_stay_on_their_words_through_what_changed_and_would_change(desk: Desk) -> None:
    then = desk.at
    desk.accept(desk.replace("1", THREE[0].replace("all ships", "all large ships")))
    whole = desk.say("1", text="Too much.", words="open to all large ships")
    new = desk.say("1", text="How large?", words="large")
    since = check(desk, redline=then)
    assert words(since, whole) == "open to all large ships"
    assert words(since, new) == "large"
    assert said(since, new).within is not None
    name = desk.replace("1", THREE[0].replace("open to all ships", "free for all large vessels"))
    drafted = check(desk, name)
    assert words(drafted, new) == "large"
    assert said(drafted, new).within is None
    both = check(desk, name, redline=then)
    assert words(both, new) == "large"


def test_what_is_said_of_no_line_has_no_place_and_is_written_last(example_once: Desk) -> None:
    found = out(example_once)
    assert said(found, "C1").start is None
    written = write(found)
    assert written.index("tracker: comments on the whole") < written.index(" (C1): ")
    assert written.index("tracker: comments on the whole") > written.index(" (C47): ")
    again = parse(written)
    assert said(again, "C1").start is None
    assert len(again.remarks) == len(found.remarks) == 47


def test_no_name_leaves_that_the_rule_forbids_and_nothing_that_is_internal(desk: Desk) -> None:
    desk.say("1", text="Openly.", speaker="Kimura", side="Japan")
    desk.say("1", text="Among us.", speaker="Smith", internal=True)
    name = desk.replace("1", "Open.", proposer="Kimura")
    desk.set(attribution="none")
    written = write(out(desk, name)) + odt_writing.write(paragraphed(out(desk, name))).hex()
    for secret in ("Kimura", "Japan", "Among us", "Smith"):
        assert secret not in written
        assert secret.encode().hex() not in written
    assert "Among us." in write(out(desk, with_internal=True))


def test_a_sealed_comment_says_only_that(desk: Desk) -> None:
    desk.say("1", text="A secret.")
    plan = desk.read(sealing.plan, "C1")
    with desk.writing("comment seal") as (entry, now):
        sealing.apply(entry, now, plan, "The speaker asked for it.")
    assert said(out(desk), "C1").text.endswith("(sealed at the speaker's request)")
