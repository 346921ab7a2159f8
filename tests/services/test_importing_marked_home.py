"""A marked text comes home: what is known is not stored again, what is new is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from tests.services.desk import Desk, Placed, document
from tests.services.marks import marked
from tests.services.test_importing_marked import COAST, bring_in, on, remark
from tracker.errors import Refused
from tracker.exchange.marked import Mark, Marked, Stamp
from tracker.formats.docx.plain import plain
from tracker.formats.docx.read import read
from tracker.formats.docx.write import write
from tracker.services.exporting import marked as exporting
from tracker.services.exporting import word
from tracker.services.exporting.text import Request
from tracker.services.importing.files import File
from tracker.services.importing.marked import returning
from tracker.services.importing.marked.who import UNTRACKED
from tracker.store.open import Store

LINES = ("The port is open.", "It is small.", "Ships are let in.")


def sent(entry: int, *proposals: str, **more: Any) -> Stamp:
    """The stamp of a file that went out."""
    return Stamp("coast", entry, "en", (), proposals, **more)


def home(
    desk: Desk,
    text: Marked,
    names: Mapping[str, str] | None = None,
    since: str | None = None,
    content: bytes = b"PK come home",
) -> returning.Plan:
    """Bring a marked text home, the way the command does; store what is new."""
    with desk.reading() as now:
        plan = returning.plan(now, text, File("home.docx", content), names or {}, since)
    if plan.brings_something:
        with desk.writing("import") as (entry, now):
            returning.apply(entry, now, plan)
        desk.check()
    return plan


@pytest.fixture
def coast(store: Store) -> Desk:
    """A document of three lines, a comment on it, a reply, and a proposal: at @4."""
    document(store, *LINES)
    desk = Desk(store)
    desk.say("1", words="open", text="It should be shut in winter.", speaker="One scholar")
    desk.reply("C1", text="Why in winter?", speaker="Another member")
    desk.replace("2", "It is small and old.")
    return desk


def out(text: str, *remarks: Any, proposals: tuple[str, ...] = ("P1",)) -> Marked:
    """The document as it went out at @4, with what was made of it."""
    return marked(text)._replace(remarks=remarks, stamp=sent(4, *proposals))


OURS = "The port is open.¶It is small{+A side: and old+}.¶Ships are let in."


def test_what_went_out_and_comes_home_as_it_was_stores_nothing(coast: Desk) -> None:
    text = out(OURS)
    said = (
        on(text, "open", 0, said="One scholar, observation: …", author="X", about="C1"),
        on(text, "open", 1, said="Anything", author="X", about="C2", parent="0"),
    )
    before = coast.head
    plan = home(coast, text._replace(remarks=said))
    assert not plan.brings_something
    assert (plan.known, plan.resolved, plan.reopened) == (2, (), ())
    assert coast.head == before


def went_out(desk: Desk, form: str) -> dict[str, str]:
    """What each comment says, and each decision, where it stands beside the text of a file."""
    with desk.reading() as now:
        if form == "bubbles":
            sent_out = word.marked(now, nothing_came_in).outgoing.comments
            return {bubble.remark.id: bubble.remark.text for bubble in sent_out}
        return {each.id: each.text for each in exporting.marked(now, Request()).remarks}


def nothing_came_in(_: bytes, name: str) -> Marked:
    raise AssertionError(name)


@pytest.mark.parametrize("form", ["bubbles", "text"])
def test_comments_are_known_by_what_they_say_when_a_program_forgot_the_rest(
    coast: Desk, form: str
) -> None:
    coast.say("1", words="port", text="A harbour?", context="He asked:", verbatim=True)
    coast.say("1", words="The port", text="Name the port, as all do.", verbatim=True)
    coast.accept(coast.replace("1", "It is open."))
    told = went_out(coast, form)
    text = out(OURS.replace("The port", "It"))._replace(stamp=sent(coast.head[0], "P1"))
    said = (
        on(text, "open", 7, said=told["C1"], author="X"),
        on(text, "open", 8, said=told["C2"], author="X", parent="7"),
        on(text, "It", 9, said=told["C4"], author="X"),
    )
    assert home(coast, text._replace(remarks=said)).known == 3


def test_what_quotes_a_comment_is_another_one(coast: Desk) -> None:
    text = out(OURS)
    said = on(text, "open", 7, said="Who wrote “It should be shut in winter.”", author="Kimura")
    assert home(coast, text._replace(remarks=(said,))).known == 0


def test_a_new_reply_a_resolved_thread_and_a_rewording_come_home(coast: Desk) -> None:
    text = out(OURS.replace("Ships are", "{-Kimura:Ships-}{+Kimura:Boats+} are"))
    said = (
        on(text, "open", 0, author="X", about="C1", done=True),
        on(text, "open", 1, author="X", about="C2", parent="0", done=True),
        on(text, "open", 2, said="I agree.", author="Kimura", parent="0"),
    )
    plan = home(coast, text._replace(remarks=said))
    assert plan.resolved == ("C1",)
    reply = coast.comment("C3")
    assert (reply.reply_to, reply.relation, reply.speaker, reply.text, reply.quote) == (
        *("C1", "answers", "Kimura", "I agree."),
        "open",
    )
    settled = coast.comment("C1").disposition
    assert settled is not None
    assert (settled.outcome, settled.reason) == ("noted", None)
    new = coast.proposal("P2")
    assert (new.proposer, [(c.line, c.result) for c in new.changes]) == (
        "Kimura",
        [("3", "Boats are let in.")],
    )
    again = home(coast, text._replace(remarks=said), content=b"PK the same, saved again")
    assert not again.brings_something


def test_a_disposition_that_went_out_as_the_last_reply_is_no_comment(coast: Desk) -> None:
    coast.dispose("C1", outcome="rejected", reason="The port never freezes.")
    text = out(OURS)._replace(stamp=sent(5, "P1"))
    told = went_out(coast, "bubbles")["C1.decided"]
    said = (
        on(text, "open", 0, author="X", about="C1", done=True),
        on(text, "open", 1, author="X", about="C2", parent="0"),
        on(text, "open", 2, said=told, author="The chairs", parent="0"),
    )
    plan = home(coast, text._replace(remarks=said))
    assert not plan.brings_something


def test_a_reply_that_names_what_was_decided_is_a_reply(coast: Desk) -> None:
    coast.dispose("C1", outcome="rejected", reason="The port never freezes.")
    text = out(OURS)._replace(stamp=sent(5, "P1"))
    asked = "Rejected? “The port never freezes.” is no reason."
    said = (
        on(text, "open", 0, author="X", about="C1", done=True),
        on(text, "open", 1, said=asked, author="Kimura", parent="0"),
    )
    home(coast, text._replace(remarks=said))
    assert coast.comment("C3").text == asked


def test_a_thread_that_was_reopened_is_told_and_stays_as_it_was_decided(coast: Desk) -> None:
    coast.dispose("C1")
    text = out(OURS)._replace(stamp=sent(5, "P1"))
    plan = home(coast, text._replace(remarks=(on(text, "open", 0, about="C1", done=False),)))
    assert (plan.reopened, plan.brings_something) == (("C1",), False)


def test_what_another_changes_in_our_own_proposal_amends_it(coast: Desk) -> None:
    text = out(OURS)
    inner = Mark("delete", "Kimura", None, 29, 29, " and", within=0, offset=0)
    home(coast, text._replace(marks=(*text.marks, inner)))
    assert [(c.amends, c.result) for c in coast.proposal("P2").changes] == [
        ("P1.1", "It is small old.")
    ]


def test_an_amendment_that_comes_back_is_known(coast: Desk) -> None:
    text = out(OURS)
    inner = Mark("delete", "Kimura", None, 29, 29, " and", within=0, offset=0)
    text = text._replace(marks=(*text.marks, inner))
    home(coast, text)
    again = text._replace(stamp=sent(5, "P1", "P2"))
    assert not home(coast, again, content=b"PK once more").brings_something


def test_a_comment_on_words_of_our_own_proposal_is_on_it(coast: Desk) -> None:
    text = out(OURS)
    said = remark(0, start=29, end=29, within=0, offset=5, quote="old", author="Kimura")
    home(coast, text._replace(remarks=(said,)))
    comment = coast.comment("C3")
    assert (comment.about, comment.quote) == ("P1.1", "old")


def test_what_was_changed_without_tracking_is_proposed_by_who_is_named(coast: Desk) -> None:
    text = out(OURS.replace("open", "open to all").replace("¶Ships are let in.", ""))
    plan = home(coast, text, {UNTRACKED: "Kimura"})
    assert plan.names_untracked
    new = coast.proposal("P2")
    assert new.proposer == "Kimura"
    assert [(c.kind, c.line, c.result) for c in new.changes] == [
        ("replace", "1", "The port is open to all."),
        ("delete", "3", None),
    ]


def test_untracked_and_tracked_changes_of_one_line_both_start_from_what_is_stored(
    coast: Desk,
) -> None:
    text = out("The old port is {-Bob:open-}{+Bob:shut+}.¶It is small.¶Ships are let in.")
    home(coast, text, {UNTRACKED: "Kimura"})
    assert [coast.proposal(name).changes[0].result for name in ("P2", "P3")] == [
        "The old port is open.",
        "The port is shut.",
    ]


def test_nobody_is_guessed_to_have_changed_what_was_not_tracked(coast: Desk) -> None:
    text = out(OURS.replace("open", "shut"))
    with coast.reading() as now:
        plan = returning.plan(now, text, File("home.docx", b"PK"), {})
    assert plan.has_untracked


def test_our_own_proposal_that_was_accepted_in_the_file_is_told(coast: Desk) -> None:
    plan = home(coast, out("The port is open.¶It is small and old.¶Ships are let in."))
    assert (plan.taken_over, plan.brings_something) == (("P1.1",), False)


def test_our_own_proposal_that_was_rejected_in_the_file_is_told(coast: Desk) -> None:
    plan = home(coast, out("The port is open.¶It is small.¶Ships are let in."))
    assert (plan.brings_something, plan.missing) == (False, ("P1.1",))
    assert home(coast, out(OURS)).missing == ()


def test_what_changed_meanwhile_is_not_undone(coast: Desk) -> None:
    coast.accept(coast.replace("1", "The port is open all year."))
    text = out(OURS.replace("Ships are", "{-Kimura:Ships-}{+Kimura:Boats+} are"))
    home(coast, text)
    new = coast.proposal("P3")
    assert ([c.line for c in new.changes], new.stale) == (["3"], False)
    assert coast.line("1").text == "The port is open all year."


def test_a_file_without_a_stamp_must_be_told_which_state_it_began_with(coast: Desk) -> None:
    coast.accept("P1")
    text = marked("The port is {-B:open-}{+B:shut+}.¶It is small.¶Ships are let in.")
    with pytest.raises(Refused, match="does not say which state of the text it began with"):
        home(coast, text)
    home(coast, text, since="@1")
    assert [c.line for c in coast.proposal("P2").changes] == ["1"]


def test_a_file_without_a_stamp_needs_no_state_while_there_is_only_one(coast: Desk) -> None:
    home(coast, marked("The port is {-B:open-}{+B:shut+}.¶It is small.¶Ships are let in."))
    assert coast.proposal("P2").proposer == "B"


def test_the_file_that_a_document_came_from_brings_only_what_is_new_in_it(store: Store) -> None:
    first = marked(COAST)
    said = on(first, "Each party", 0, key="0AEE0DD1")
    desk = bring_in(store, first._replace(remarks=(said,)))
    more = on(first, "stay", 1, said="Since when?")
    longer = marked(COAST.replace("party may look", "party may {+C:always +}look"))
    plan = home(desk, longer._replace(remarks=(said, more)))
    assert (plan.known, [c.text for c in plan.brought.comments]) == (1, ["Since when?"])
    assert [(each.proposer, len(each.new)) for each in plan.brought.proposals] == [("C", 1)]


def test_the_very_file_is_not_imported_twice(coast: Desk) -> None:
    text = out(OURS.replace("open", "{-B:open-}{+B:shut+}"))
    home(coast, text)
    with pytest.raises(Refused, match="was imported at"):
        home(coast, text)


def test_another_document_is_refused(coast: Desk) -> None:
    body = "Nothing of this was ever said.¶Nor was that."
    with pytest.raises(Refused, match="this is no text of coast"):
        home(coast, marked(body)._replace(stamp=sent(4)))


def test_a_stamp_of_a_later_state_than_the_store_has_is_refused(coast: Desk) -> None:
    with pytest.raises(Refused, match="went out at @99"):
        home(coast, out(OURS)._replace(stamp=sent(99)))


def test_bringing_a_file_home_does_not_change_how_the_text_goes_out(store: Store) -> None:
    desk = bring_in(store, marked(COAST))
    before = desk.view()
    text = marked(COAST)
    home(desk, text._replace(remarks=(on(text, "stay", 0),)))
    assert desk.view() == before


def test_white_space_that_was_changed_without_tracking_is_no_change(coast: Desk) -> None:
    text = "The port is open. ¶ It is  small.¶¶Ships are let in."
    assert not home(coast, marked(text)._replace(stamp=sent(4))).brings_something


@pytest.mark.parametrize(
    ("told", "written"),
    [
        ("It is old. It is small.", "{-A side:It is small-}{+A side:It is old. It is small+}."),
        ("It is old, and", "{-A side:It is small.-}{+A side:It is old, and+}"),
    ],
)
def test_a_proposed_line_that_is_no_sentence_comes_home_as_it_went_out(
    store: Store, told: str, written: str
) -> None:
    document(store, *(Placed(text, "inline" if n else "paragraph") for n, text in enumerate(LINES)))
    desk = Desk(store)
    desk.replace("2", told)
    text = marked(f"The port is open. {written} Ships are let in.")
    assert not home(desk, text._replace(stamp=sent(2, "P1"))).brings_something


@pytest.mark.parametrize(
    "new", ["Boats are. Ferries are.", "boats, too:", "And boats. Ferries: 12"]
)
def test_a_line_put_in_that_is_no_sentence_comes_home_as_it_went_out(
    store: Store, new: str
) -> None:
    document(store, *(Placed(text, "inline" if n else "paragraph") for n, text in enumerate(LINES)))
    desk = Desk(store)
    desk.insert("2", new)
    text = marked(f"The port is open. It is small.{{+A side: {new}+}} Ships are let in.")
    assert not home(desk, text._replace(stamp=sent(2, "P1"))).brings_something


def test_who_writes_on_behind_a_proposed_line_is_heard(store: Store) -> None:
    document(store, *(Placed(text, "inline" if n else "paragraph") for n, text in enumerate(LINES)))
    desk = Desk(store)
    desk.insert("2", "Boats are")
    text = marked("The port is open. It is small.{+Kimura: Boats are let in.+} Ships are let in.")
    home(desk, text._replace(stamp=sent(2, "P1")))
    assert [change.result for change in desk.proposal("P2").changes] == ["Boats are let in."]


def test_a_split_within_a_sentence_comes_home_as_it_went_out(store: Store) -> None:
    document(store, *LINES)
    desk = Desk(store)
    desk.split("3", "Ships are let.", "They are in.", proposer="A side")
    text = marked("The port is open.¶It is small.¶Ships are let{+A side:. They are+} in.")
    assert not home(desk, text._replace(stamp=sent(2, "P1"))).brings_something
    desk.split("1", "The port;", "it is open.", proposer="A side")
    text = marked("The port{+A side:; it+} is open.¶It is small.¶Ships are let in.")
    assert not home(desk, text._replace(stamp=sent(3, "P2"))).brings_something


def moved_out(store: Store) -> tuple[Desk, Stamp]:
    """Two sentences in one line, which P1 would move to the end."""
    document(store, LINES[0], "It is small. It is old.", LINES[2])
    desk = Desk(store)
    desk.move("2", "3", proposer="A side")
    return desk, sent(2, "P1")


def test_a_move_that_went_out_as_deleted_and_inserted_comes_home(store: Store) -> None:
    desk, stamp = moved_out(store)
    text = marked(
        "The port is open.¶{-A side:It is small. It is old.¶-}Ships are let in."
        "{+A side:¶It is small. It is old.+}"
    )
    assert not home(desk, text._replace(stamp=stamp)).brings_something


def test_half_of_a_move_that_went_out_is_a_change_of_its_own(store: Store) -> None:
    desk, stamp = moved_out(store)
    text = marked("The port is open.¶{-A side:It is small. It is old.¶-}Ships are let in.")
    home(desk, text._replace(stamp=stamp))
    assert [(c.kind, c.line) for c in desk.proposal("P2").changes] == [("delete", "2")]


def test_a_move_to_another_place_is_another_one(store: Store) -> None:
    desk, stamp = moved_out(store)
    text = marked(
        "{+A side:It is small. It is old.¶+}The port is open.¶"
        "{-A side:It is small. It is old.¶-}Ships are let in."
    )
    home(desk, text._replace(stamp=stamp))
    assert [(c.kind, c.line, c.after) for c in desk.proposal("P2").changes] == [("move", "2", "0")]


def test_lines_that_are_no_sentences_stay_two_when_the_one_between_goes(store: Store) -> None:
    texts = ("The port is open", "it is small", "and ships are let in.")
    document(store, *(Placed(text, "inline" if n else "paragraph") for n, text in enumerate(texts)))
    desk = Desk(store)
    text = marked("The port is open {-Kimura:it is small -}and ships are let in.")
    home(desk, text._replace(stamp=sent(1)))
    assert [(c.kind, c.line) for c in desk.proposal("P1").changes] == [("delete", "2")]


def test_marks_that_come_home_as_they_went_out_are_not_read_as_others(store: Store) -> None:
    told = ("What is meant by this?", "海は広い。海は青い。", "Ships are let in.")
    document(store, *map(Placed, told))
    desk = Desk(store)
    names = desk.insert("1", "“Quoted words.”", proposer="A"), desk.delete("2", proposer="A")
    with desk.reading() as now:
        parcel = word.marked(now, nothing_came_in, None, names)
    base = plain(parcel.text, parcel.blocks, "", "en")
    back = read(write(base, parcel.outgoing), "back.docx")
    assert not home(desk, back).brings_something
    more = Mark("delete", "A", None, len(back.text) - 3, len(back.text) - 1, "in")
    assert home(desk, back._replace(marks=(*back.marks, more))).brings_something
