"""Why words stand: back to the version that brought them, its decision and who asked for it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.services.desk import Desk, document
from tests.services.parallels import store_english, store_japanese
from tests.services.seen import undo
from tests.stores import Stores
from tracker.errors import BadInput, NotFound, Refused, UsageError
from tracker.services import blame, changes, editions, lines, reverting
from tracker.services.changes import LineChange
from tracker.services.proposals import writing as proposing
from tracker.services.proposals.writing import Proposed
from tracker.services.reasons import Step, reasons
from tracker.services.snapshot import in_language
from tracker.services.translations import writing
from tracker.services.why import Answer, why
from tracker.store.open import Store, open_store


def ask(desk: Desk, words: str, label: str | None = None, **options: Any) -> Answer:
    answer: Answer = desk.read(why, words, label, **options)
    return answer


def credit(desk: Desk, label: str) -> list[tuple[str, str, str | None]]:
    with desk.reading() as now:
        found = blame.blame(now, lines.find(now, label))
    return [
        (
            c.text.strip(),
            f"{c.label}:{c.version.number}",
            c.reason.proposal and c.reason.proposal.id,
        )
        for c in found
    ]


@pytest.fixture
def decided(desk: Desk) -> Desk:
    """Line 1 got a port, and then all parties."""
    desk.say("1", words="harbour", speaker="One member", text="Say port.")
    first = desk.replace(
        "1",
        "The parties shall keep the port open to all ships.",
        answers=["C1"],
        proposer="Tokyo",
        rationale="It is one.",
    )
    desk.accept(first, by="The leaders", reason="Agreed.", date="2022-09")
    desk.accept(desk.replace("1", "All parties shall keep the port open to all ships."))
    return desk


def test_a_proposal_is_no_reason_for_what_only_an_undone_change_of_it_was_about(
    desk: Desk,
) -> None:
    name = desk.delete("1")
    desk.delete("2", to=name)
    undo(desk)
    desk.delete("3", to=name)
    desk.accept(name)
    with desk.reading() as now:
        steps = {label: Step(desk.line(label).id, now.at, None) for label in "123"}
        found = reasons(now, steps.values())
    about = [label for label, step in steps.items() if found[step].proposal is not None]
    assert about == ["1", "3"]


def test_words_are_followed_to_the_version_that_brought_them(decided: Desk) -> None:
    answer = ask(decided, "the port")
    assert (answer.line, answer.held.number, answer.version.number) == ("1", 3, 2)
    reason = answer.reason
    assert reason.proposal is not None
    assert reason.decision is not None
    assert (reason.proposal.id, reason.proposal.proposer) == ("P1", "Tokyo")
    assert (reason.decision.by, reason.decision.reason) == ("The leaders", "Agreed.")
    assert [(c.id, c.speaker) for c in reason.comments] == [("C1", "One member")]
    assert [each.version.number for each in answer.earlier] == [1]
    assert [(part.text, part.version.number) for part in answer.parts] == [
        *(("the ", 1), ("port", 2)),
    ]


def test_words_that_came_with_the_import_say_so(decided: Desk) -> None:
    answer = ask(decided, "open to all")
    assert (answer.version.number, answer.version.origin) == (1, "imported")
    assert answer.reason.proposal is None
    assert answer.earlier == ()


def test_words_that_are_gone_tell_what_took_them(decided: Desk) -> None:
    answer = ask(decided, "harbour")
    assert (answer.version.number, answer.held.number) == (1, 1)
    assert answer.went is not None
    assert answer.went.proposal is not None
    assert answer.went.proposal.id == "P1"
    decided.accept(decided.delete("2"))
    gone = ask(decided, "inspect any ship")
    assert gone.line == "2"
    assert gone.went is not None
    assert gone.went.proposal is not None
    assert gone.went.proposal.id == "P3"


def test_words_that_were_brought_together_came_when_those_between_them_went(desk: Desk) -> None:
    desk.accept(desk.replace("2", "Each party may inspect ships."))
    desk.accept(desk.replace("1", "The parties keep the harbour open to all ships."))
    answer = ask(desk, "The parties keep")
    assert answer.version.number == 2


@pytest.mark.parametrize(
    ("words", "label", "error", "told"),
    [
        ("ship", None, UsageError, "2 lines hold the words 'ship': 1, 2"),
        ("no such words", None, NotFound, "no line ever held the words"),
        ("talks", "1", NotFound, "no version of line 1 holds the words"),
        ("talks", "9", NotFound, "there is no line '9'"),
        (" ", None, BadInput, "no words were given"),
    ],
)
def test_what_cannot_be_answered_is_refused(
    desk: Desk, words: str, label: str | None, error: type[Exception], told: str
) -> None:
    with pytest.raises(error, match=told):
        ask(desk, words, label)


def test_each_word_is_credited_to_the_version_it_came_with(decided: Desk) -> None:
    assert credit(decided, "1") == [
        *(("All", "1:3", "P2"), ("parties shall keep the", "1:1", None), ("port", "1:2", "P1")),
        ("open to all ships.", "1:1", None),
    ]


def test_words_that_were_put_back_are_those_of_before(decided: Desk) -> None:
    decided.accept(decided.replace("1", "Open."))
    with decided.writing("revert") as (entry, now):
        reverting.revert(entry, now, f"@{entry.number - 1}")
    assert credit(decided, "1")[2] == ("port", "1:2", "P1")


def test_words_of_merged_lines_are_credited_in_the_order_in_which_they_stood(desk: Desk) -> None:
    document(desk.store, "The harbour is open.", "Ships are inspected.", "Talks settle.", key="two")
    there = Desk(desk.store, "two")
    there.accept(there.move("3", "1"))
    text = "The harbour is open. Talks settle. Ships are inspected."
    there.accept(there.merge("1", "3", "2", text=text))
    assert [(words, label) for words, label, _ in credit(there, "1")] == [
        *(("The harbour is open.", "1:1"), ("Talks settle.", "3:1")),
        ("Ships are inspected.", "2:1"),
    ]


def test_japanese_words_are_followed_within_a_run(desk: Desk) -> None:
    document(desk.store, "日本は制裁を検討する。", key="ja")
    there = Desk(desk.store, "ja")
    there.accept(there.replace("1", "日本は経済制裁を検討する。"))
    assert credit(there, "1") == [
        *(("日本は", "1:1", None), ("経済", "1:2", "P1"), ("制裁を検討する。", "1:1", None)),
    ]
    assert ask(there, "制裁").version.number == 1
    assert ask(there, "経済制裁").version.number == 2


def bilingual(store: Store) -> None:
    """Two texts, of which a line was translated anew and another went."""
    store_english(store)
    desk = Desk(store)
    store_japanese(desk)
    with desk.writing("translation add") as (entry, now):
        writing.add(entry, now, "ja", ["14"], "報告は公表される。", replace=True)
    desk.accept(desk.delete("7"))


def test_words_of_a_translation_are_answered_in_its_language(stores: Stores) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        with desk.reading() as now:
            there = in_language(now, "ja")
            answer, gone = why(there, "報告は公表"), why(there, "協議")
            blamed = blame.blame(there, lines.find(there, "14"))
        assert (answer.line, answer.version.number, answer.language) == ("14", 2, "ja")
        assert (gone.line, gone.went is not None, gone.is_authentic) == ("7", True, False)
        assert "".join(credit.text for credit in blamed) == "報告は公表される。"


def test_what_renders_a_part_of_a_split_line_was_not_made_by_the_split(stores: Stores) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        desk.accept(desk.split("14", "It is made public.", "That is within 30 days."))
        with desk.writing("propose") as (entry, now):
            told = Proposed(kind="delete", label="14")
            name = proposing.propose(entry, in_language(now, "ja"), told, proposer="東京").proposal
        desk.accept(name)
        with desk.writing("translation add") as (entry, now):
            writing.add(entry, now, "ja", ["14a"], "報告は30日以内に公表される。")
        with desk.reading() as now:
            there = in_language(now, "ja")
            blamed = blame.blame(there, lines.find(there, "14a"))
        assert [(credit.label, credit.version.number) for credit in blamed] == [("14a", 1)]


@pytest.mark.parametrize(
    ("asked", "words", "held"), [("en", "協議", "ja"), ("ja", "the waters", "en")]
)
def test_words_of_another_language_are_said_to_be_of_that(
    stores: Stores, asked: str, words: str, held: str
) -> None:
    with stores.copy(bilingual) as url:
        desk = Desk(open_store(url))
        with desk.reading() as now, pytest.raises(NotFound, match=f"no line in {asked}") as told:
            why(in_language(now, asked), words)
        assert str(told.value.hint).endswith(f"say --language {held}")
        with desk.reading() as now, pytest.raises(NotFound) as nowhere:
            why(in_language(now, asked), "no such words")
        assert "--language" not in str(nowhere.value.hint)


def changed(desk: Desk, key: str, since: str | None = None) -> list[LineChange]:
    with desk.reading() as now:
        earlier = since or changes.before(now, editions.find(now, key))
        return changes.between(now, earlier, key)


def test_every_line_of_an_edition_says_what_it_was_is_and_why(decided: Desk) -> None:
    decided.edition("first")
    name = decided.delete("2", answers=["C1"])
    decided.insert("3", "A last line.", to=name)
    decided.accept(name, reason="Too long.")
    decided.accept(decided.replace("1", "Open to all."))
    decided.accept(decided.replace("1", "Open to all ships."))
    decided.edition("second")
    found = changed(decided, "second")
    assert [(c.compared.label, c.compared.kinds, len(c.reasons)) for c in found] == [
        *(("1", ("edited",), 2), ("2", ("deleted",), 1), ("3a", ("inserted",), 1)),
    ]
    assert [r.proposal and r.proposal.id for c in found for r in c.reasons] == [
        *("P4", "P5", "P3", "P3"),
    ]
    assert [c.id for c in found[1].reasons[0].comments] == ["C1"]
    assert len(changed(decided, "second", "@1")) == 3


def test_the_first_edition_has_none_before_it(decided: Desk) -> None:
    decided.edition("first")
    with pytest.raises(Refused, match="first is the first edition"):
        changed(decided, "first")
    assert [c.compared.label for c in changed(decided, "first", "@1")] == ["1"]
    decided.say("1")
    with pytest.raises(Refused, match="came after first"):
        changed(decided, "first", decided.at)


def test_an_edition_is_corrected_and_its_text_stays(decided: Desk) -> None:
    decided.edition("first")
    with decided.writing("edition set") as (entry, now):
        editions.set_(entry, now, "first", {"status": "published", "date": "2022-09"})
    with decided.reading() as now:
        found = editions.find(now, "first")
    assert (found.status, found.date, found.state) == ("published", "2022-09", 7)
    for settings, error in (({"status": "lost"}, BadInput), ({"date": "2022-09"}, Refused)):
        with pytest.raises(error), decided.writing("edition set") as (entry, now):
            editions.set_(entry, now, "first", settings)
