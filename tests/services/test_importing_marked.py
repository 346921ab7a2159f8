"""A marked text comes in: its untouched words, what each author would change, the remarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from sqlalchemy import select

from tests.services.desk import Desk
from tests.services.marks import DATE, marked, taken
from tests.services.test_importing_copy import exported
from tests.stores import AT, AUTHOR
from tracker.errors import BadInput
from tracker.exchange.marked import Mark, Marked, Remark
from tracker.exchange.record import Unit
from tracker.services import joints
from tracker.services.exporting import marked as exporting
from tracker.services.exporting.annotations import gather
from tracker.services.exporting.text import Request
from tracker.services.importing.copy.proposing import changes_of
from tracker.services.importing.copy.revising import _change
from tracker.services.importing.files import File
from tracker.services.importing.known import document_with
from tracker.services.importing.marked import new
from tracker.services.importing.marked.authoring import Authored
from tracker.services.importing.marked.basing import based_on_draft
from tracker.services.importing.marked.bringing import brought
from tracker.services.importing.marked.drafting import drafted
from tracker.services.importing.marked.recutting import Based
from tracker.services.lines import Line
from tracker.services.revising.applying import applied
from tracker.store import journal, tables
from tracker.store.open import Store


def paragraphs(lines: Sequence[Line]) -> list[str]:
    """The paragraphs of a running text, as words."""
    text = ""
    for lead, line in zip(joints.leads(lines), lines, strict=True):
        begins = line.markup.strip() or "\n\n" in lead
        text += ("\u2029" if begins else lead) + line.text
    return [" ".join(each.split()) for each in text.split("\u2029") if each.strip()]


def applied_text(based: Based, said: Authored) -> list[str]:
    """The paragraphs of a text after the changes that an author proposes."""
    known = {line.id: line for line in based.lines}
    changes = [
        _change(known, number, change)
        for number, change in enumerate(changes_of(said.comparison, "en"), 1)
    ]
    return paragraphs(applied(based.lines, changes, {line.label for line in based.lines}).lines)


def based(text: Marked, unit: Unit = "sentence", language: str = "en") -> Based:
    """A marked text on the lines that it would be stored in."""
    return based_on_draft(text, drafted(text, "a file", language, unit))


def remark(number: int, said: str = "Why?", **more: Any) -> Remark:
    """A comment of a file."""
    told = {"author": "Alice", "date": DATE, "start": None, "end": None, "text": said, **more}
    return Remark(id=str(number), **told)


def on(marked_text: Marked, words: str, number: int, **more: Any) -> Remark:
    """A comment on words of the untouched text."""
    start = marked_text.text.index(words)
    return remark(number, start=start, end=start + len(words), quote=words, **more)


def bring_in(
    store: Store, text: Marked, names: Mapping[str, str] | None = None, unit: Unit = "sentence"
) -> Desk:
    """Import a marked text as a new document, the way the command does."""
    file = File("coast.docx", b"PK a Word file")
    draft = drafted(text, file.name, "en", unit)
    with store.read() as connection:
        plan = new.plan(connection, text, draft, file, "coast", "The Coast", names or {})
    with journal.entry(store, AUTHOR, AT, "import") as entry:
        new.apply(entry, plan)
    desk = Desk(store)
    desk.check()
    return desk


COAST = (
    "# The Coast¶The ports stay {-B:open-}{+B:shut+} to ships. {+A:No ship is turned away. +}"
    "Each party may look.¶- {-A:The north has one port.¶-}- The south has two.{+A:¶The west has "
    "none.+}"
)


def test_the_untouched_text_is_stored_and_each_author_proposes(store: Store) -> None:
    desk = bring_in(store, marked(COAST))
    assert [text for _, text in desk.text()] == [
        "The Coast",
        "The ports stay open to ships.",
        "Each party may look.",
        "The north has one port.",
        "The south has two.",
    ]
    first, second = desk.proposal("P1"), desk.proposal("P2")
    assert (first.proposer, second.proposer) == ("B", "A")
    assert [(c.kind, c.line, c.result) for c in first.changes] == [
        ("replace", "2", "The ports stay shut to ships.")
    ]
    assert [(c.kind, c.line, c.after, c.result) for c in second.changes] == [
        ("insert", None, "2", "No ship is turned away."),
        ("delete", "4", None, None),
        ("insert", None, "5", "The west has none."),
    ]


def test_a_clean_export_is_markdown_that_the_store_knows_again(store: Store) -> None:
    desk = bring_in(store, marked(COAST))
    text = exported(desk)
    assert text == (
        "# The Coast\n\nThe ports stay open to ships. Each party may look.\n\n"
        "- The north has one port.\n- The south has two.\n"
    )
    with store.read() as connection:
        assert document_with(connection, text) == "coast"


def test_accepting_what_one_proposed_gives_what_he_wrote(store: Store) -> None:
    desk = bring_in(store, marked(COAST))
    desk.accept("P2")
    assert exported(desk) == (
        "# The Coast\n\nThe ports stay open to ships. No ship is turned away. Each party may look."
        "\n\n- The south has two.\n- The west has none.\n"
    )


def test_the_file_is_kept_byte_for_byte(store: Store) -> None:
    bring_in(store, marked(COAST))
    with store.read() as connection:
        row = connection.execute(select(tables.source)).one()
    assert (row.role, row.file, row.content) == ("imported", "coast.docx", b"PK a Word file")


def test_a_comment_flags_its_very_words_on_as_many_lines_as_they_stand_in(store: Store) -> None:
    text = marked("The port is open. The port is shut.¶It is small.")
    second = text.text.index("shut")
    told = text._replace(
        remarks=(
            remark(0, start=second, end=second + 4),
            on(text, "open. The port is shut.\u2029It", 1),
            remark(2, start=3, end=3),
            remark(3),
        )
    )
    desk = bring_in(store, told)
    spots = [
        [(a.line, a.quote) for a in desk.comment(f"C{number}").anchors] for number in range(1, 5)
    ]
    assert spots == [
        [("2", "shut")],
        [("1", "open."), ("2", None), ("3", "It")],
        [("1", None)],
        [],
    ]


def test_a_thread_is_a_comment_and_what_answers_it(store: Store) -> None:
    text = marked("The port is open.")
    told = text._replace(
        remarks=(
            on(text, "open", 0, author="Alice"),
            on(text, "open", 1, author="Bob", text="Because.", parent="0"),
            on(text, "open", 2, author="Alice", text="I see.", parent="0"),
        )
    )
    desk = bring_in(store, told)
    replies = [desk.comment("C2"), desk.comment("C3")]
    assert [(r.reply_to, r.relation, r.speaker, r.text) for r in replies] == [
        ("C1", "answers", "Bob", "Because."),
        ("C1", "answers", "Alice", "I see."),
    ]
    assert [a.quote for r in replies for a in r.anchors] == ["open", "open"]
    assert desk.comment("C1").kind == "observation"
    assert desk.comment("C1").disposition is None


def test_a_comment_goes_out_with_the_time_it_came_in_with(store: Store) -> None:
    text = marked(COAST)
    desk = bring_in(store, text._replace(remarks=(on(text, "Each party", 0),)))
    assert [each.date for each in desk.read(exporting.marked, Request()).remarks] == [DATE]
    told = desk.read(gather).annotations
    assert [each.created for each in told] == [f"{DATE}Z"]


def test_changes_go_out_with_the_times_they_came_in_with(store: Store) -> None:
    desk = bring_in(store, marked(COAST))
    for name in ("P1", "P2"):
        found = desk.read(exporting.marked, Request(proposals=(name,)))
        assert {(mark.date, mark.utc) for mark in found.marks} == {(DATE, None)}


def test_a_resolved_thread_is_noted_and_no_more(store: Store) -> None:
    text = marked("The port is open.")
    told = text._replace(remarks=(on(text, "open", 0, done=True), on(text, "open", 1, parent="0")))
    desk = bring_in(store, told)
    for name in ("C1", "C2"):
        settled = desk.comment(name).disposition
        assert settled is not None
        assert (settled.outcome, settled.reason, settled.by) == ("noted", None, None)
        assert (settled.date, settled.mode) == (None, None)


def test_a_comment_on_words_that_one_put_in_is_on_what_he_proposes(store: Store) -> None:
    text = marked("The port is {-A:shut-}{+A:open to all+}.")
    told = text._replace(remarks=(remark(0, start=16, end=16, within=1, offset=5, quote="to all"),))
    desk = bring_in(store, told)
    said = desk.comment("C1")
    assert (said.about, [a.quote for a in said.anchors]) == ("P1.1", ["to all"])


def test_what_another_takes_out_again_amends_the_change(store: Store) -> None:
    text = marked("The port is open{+A: to all ships+}.")
    inner = Mark("delete", "B", None, 16, 16, " all", within=0, offset=3)
    desk = bring_in(store, text._replace(marks=(*text.marks, inner)))
    amending = desk.proposal("P2")
    assert amending.proposer == "B"
    assert [(c.amends, c.base, c.result) for c in amending.changes] == [
        ("P1.1", "The port is open to all ships.", "The port is open to ships.")
    ]


def test_what_another_puts_into_words_that_one_put_in_amends_the_change(store: Store) -> None:
    text = marked("It is due {-A:now-}{+A:forty+}{+B:thirty+}{+A:-five+} days from then.")
    inner = Mark("delete", "B", None, 13, 13, "forty", within=1)
    desk = bring_in(store, text._replace(marks=(*text.marks[:2], inner, *text.marks[2:])))
    assert [c.result for c in desk.proposal("P1").changes] == [
        "It is due forty-five days from then."
    ]
    assert [(c.amends, c.result) for c in desk.proposal("P2").changes] == [
        ("P1.1", "It is due thirty-five days from then.")
    ]


def test_what_one_takes_out_of_his_own_words_is_not_proposed(store: Store) -> None:
    text = marked("The port is open{+A: to all ships+}.")
    inner = Mark("delete", "A", None, 16, 16, " all", within=0, offset=3)
    desk = bring_in(store, text._replace(marks=(*text.marks, inner)))
    assert [c.result for c in desk.proposal("P1").changes] == ["The port is open to ships."]


def test_an_author_may_go_by_another_name_here(store: Store) -> None:
    text = marked("The port is open{+Windows User: to all+}.")
    told = text._replace(remarks=(on(text, "port", 0, author="Windows User"),))
    desk = bring_in(store, told, {"Windows User": "Kimura"})
    assert desk.proposal("P1").proposer == "Kimura"
    assert desk.comment("C1").speaker == "Kimura"


def test_a_line_that_was_moved_is_proposed_to_move(store: Store) -> None:
    text = marked("First it is.¶{-A:Second it is.¶-}Third it is.¶{+A:Second it is.¶+}Fourth it is.")
    moved = tuple(mark._replace(move="m1") for mark in text.marks)
    desk = bring_in(store, text._replace(marks=moved))
    assert [(c.kind, c.line, c.after) for c in desk.proposal("P1").changes] == [("move", "2", "3")]


def test_what_no_change_of_lines_can_say_is_told(store: Store) -> None:
    found = brought(
        based(marked("One is.{+A:¶+} Two is. {+A: +}Three is.¶Four is.{-A:¶-}¶Five.")), {}
    )
    assert [found.based.marked.marks[number].text for number in found.left] == [
        *("\u2029", " ", "\u2029")
    ]
    assert found.broken == ("2",)


def test_a_name_over_two_lines_is_one(store: Store) -> None:
    text = marked("It is{+Ann\n Lee: so+}.")
    desk = bring_in(store, text._replace(remarks=(remark(0, author="Ann\n Lee"),)))
    assert (desk.proposal("P1").proposer, desk.comment("C1").speaker) == ("Ann Lee", "Ann Lee")


def test_a_comment_without_words_or_speaker_is_kept(store: Store) -> None:
    desk = bring_in(store, marked("It is.")._replace(remarks=(remark(0, "", author=""),)))
    said = desk.comment("C1")
    assert (said.speaker, said.text, said.verbatim) == ("(no name)", "(no words)", False)


def test_a_text_without_words_is_refused() -> None:
    with pytest.raises(BadInput, match="has no words but those that somebody would put in"):
        drafted(marked("{+A:New.+}"), "a file", "en", "sentence")


def test_a_file_without_a_word_is_refused_for_that(store: Store) -> None:
    with pytest.raises(BadInput, match="there are no words in"):
        bring_in(store, marked(" "))


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("One is.{+A: Two is.+}", ["insert after 1"]),
        ("One is.{-A: Two is.-}", ["delete 2"]),
        ("One is.{-A: Two is.-}{+A: Ten are.+} Three is.", ["replace 2"]),
        ("One is{+A:.¶Two+} so.", ["split 1"]),
        ("One is.{-A:¶-}Two is. Three is.", ["merge 1, 2"]),
        ("One is. Two{-A: is.¶Three-} is.", ["merge 2, 3"]),
        # What is put in before the first line of a paragraph begins the paragraph with it.
        ("{+A:Nought is. +}One is. Two is.", ["replace 1"]),
        ("{-A:One is.-}{+A:Ten are.+} Two is.", ["replace 1"]),
        ("One is.¶{-A:Two is.¶-}Three is.", ["delete 2"]),
        ("One is.{+A:¶Two is. Three is.+}", ["insert after 1", "insert after 1"]),
    ],
)
def test_marks_are_the_changes_of_lines_that_a_person_would_name(
    written: str, kinds: list[str]
) -> None:
    text = marked(written)
    found = brought(based(text), {})
    [coming] = found.proposals
    named = [
        f"{each.change.kind} " + ", ".join(str(line) for line, _ in each.change.bases)
        if each.change.bases
        else f"{each.change.kind} after {each.change.after_line}"
        for each in coming.new
    ]
    assert (named, found.left, found.broken) == (kinds, (), ())
    assert applied_text(found.based, coming.authored) == taken(text, "A")
